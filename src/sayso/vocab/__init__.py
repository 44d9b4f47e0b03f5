"""Loaders of the word lists in `data/`: cues, phrases, names of offices and states."""

from __future__ import annotations
