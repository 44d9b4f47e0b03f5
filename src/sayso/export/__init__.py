"""Records on their way out: redacted, then written in the form of another tool.

`export.py` knows the forms; each has a file of its own. `redact.py` decides what leaves
before any of them sees a record.
"""
