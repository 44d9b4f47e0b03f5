"""REPORT -> READING: all that the neural net says of a text, and nothing more."""
