"""Measures what the shipped kit reaches: one command for each figure.

Run from the repository's root, for example `python -m evals.attribution`. Which command
gives which figure, and on what data, stands in docs/evals.md.
"""
