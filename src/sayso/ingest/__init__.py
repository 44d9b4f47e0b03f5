"""INPUTS -> PROJECT: batches of reports read and kept, so that nothing is read twice.

`ingest` takes pieces to a project, `reread` renews its records with another kit. Both
go on where they were cut off: a batch is kept as a whole, with the note that its inputs
need not be read again, or not at all.
"""
