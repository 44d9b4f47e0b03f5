"""Events: what is said to happen, joined over its mentions, with a status a voice."""
