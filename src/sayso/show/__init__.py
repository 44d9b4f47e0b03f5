"""RECORD -> what a person looks at: pages of a terminal and cells of a notebook.

A claim is never shown without its words, its source and its place in the report.
"""
