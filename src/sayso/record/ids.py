"""Ids that are hashes of content: the same input gives the same ids anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from sayso.record.span import Span

ROW_DIGITS = 12  # 48 bits: among 10,000 rows of a report a clash has odds of 2e-7


def report_id(
    *,
    text: str,
    url: str | None,
    outlet: str | None,
    published: str | None,
    title: str | None,
) -> str:
    """Return the id of a report: 64 hex digits.

    Two outlets that print one wire make two reports. It is the sha256 of the compact
    UTF-8 JSON list [text, url, outlet, published, title].
    """
    return _digest([text, url, outlet, published, title])


def make_id(
    letter: str, report_id: str, kind: str, anchor: Sequence[Span | int | str | None]
) -> str:
    """Return the id of a row: `letter` and 12 hex digits.

    Args:
        letter: s(tatement), e(vent), l(ink), a(ctor), p(lace) or t(ime).
        report_id: The report that the row is found in.
        kind: Name of the row's type in lower case, such as "event".
        anchor: What tells the row from all others of its kind: of an event its
            trigger, of a link its span and both ends, of actors, places and times the
            first mention; for statements see `statement_id`.
    """
    return letter + _digest([report_id, kind, list(anchor)])[:ROW_DIGITS]


def statement_id(
    report_id: str,
    *,
    cue: Span | None,
    source: Span | None,
    conjunct: int = 0,
) -> str:
    """Return the id of a statement.

    Args:
        report_id: The report that the statement is found in.
        cue: The reporting expression. The outlet's own voice has None; a quotation
            that nobody introduces gives its first content span instead.
        source: Words naming who speaks, if any.
        conjunct: Number, from 0, among the statements that share cue and source.
    """
    start = None if source is None else source.start
    return make_id("s", report_id, "statement", (cue, start, conjunct))


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
