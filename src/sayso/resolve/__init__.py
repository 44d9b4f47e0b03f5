"""From strings to what they stand for: actors, later also places and dates."""
