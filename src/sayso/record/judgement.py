"""A person's decision on what the machine found; appended, never overwriting."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from sayso.record.span import Span


class Verdict(StrEnum):
    """What a person decides on a row."""

    CONFIRM = "confirm"
    REJECT = "reject"
    CORRECT = "correct"
    ADD = "add"
    MERGE = "merge"
    SPLIT = "split"
    UNDO = "undo"


class QuoteAnchor(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """The words judged, so that the judgement outlives the ids of one kit."""

    spans: tuple[Span, ...]
    quote: str


class Judgement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision of one person on one row, or on a row that the machine missed."""

    id: str
    report: str
    target: str | None
    """Id of the row; None for one that the machine missed."""
    anchor: QuoteAnchor
    kit: str
    """`Fingerprint.digest` of the kit that made the row."""
    field: str | None = None
    """Field of the row that the verdict is on; None for the row as a whole."""
    verdict: Verdict
    value: Any = None
    """The corrected or added value, as JSON; its shape is that of `field`."""
    tags: tuple[str, ...] = ()
    """From the project's own codebook."""
    coder: str
    time: str
    """ISO 8601 with the zone."""
    note: str | None = None
