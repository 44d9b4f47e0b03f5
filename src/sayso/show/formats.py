"""The forms that records can be written in; nothing else, as `--help` needs it."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """How records are written."""

    TABLE = "table"
    """The article with its marks and a ledger, for people."""
    JSON = "json"
    """Indented: one object for one report, else a list."""
    JSONL = "jsonl"
    """One record a line."""
