"""Where reports name an actor or a place: mentions with the words about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from sayso.record import Actor, Place, Record, Span
from sayso.show.clean import clean
from sayso.store.rows import AnyRow

AROUND = 60  # characters on each side of a mention
EACH = 3  # mentions shown of one report


class Snippet(msgspec.Struct, frozen=True, kw_only=True):
    """A mention with some words about it."""

    before: str
    words: str
    after: str


class InReport(msgspec.Struct, frozen=True, kw_only=True):
    """All mentions of one actor or place of a report."""

    report: str
    row: str
    """Id of the actor or place within the report."""
    title: str
    outlet: str | None
    published: str | None
    name: str
    """As this report has it."""
    snippets: tuple[Snippet, ...]
    more: int


def actor_mentions(rows: Iterable[AnyRow], actor_id: str) -> tuple[InReport, ...]:
    """Return by report the mentions of an actor of the project.

    Args:
        rows: Claims that it takes part in.
        actor_id: Of the project.
    """
    return _mentions(
        rows,
        lambda row: (
            one
            for one in row.record.actors
            if (known := row.actors.get(one.id)) and known.id == actor_id
        ),
    )


def place_mentions(rows: Iterable[AnyRow], place_id: str) -> tuple[InReport, ...]:
    """Return by report the mentions of a place of the project.

    Args:
        rows: Claims that it takes part in.
        place_id: Of the project.
    """
    return _mentions(
        rows,
        lambda row: (
            one
            for one in row.record.places
            if (known := row.places.get(one.id)) and known.id == place_id
        ),
    )


def _mentions(
    rows: Iterable[AnyRow], find: Callable[[AnyRow], Iterable[Actor | Place]]
) -> tuple[InReport, ...]:
    found: dict[tuple[str, str], InReport] = {}
    for row in rows:
        for one in find(row):
            key = row.record.report.id, one.id
            if key not in found:
                found[key] = _in_report(row.record, one)
    return tuple(found.values())


def _in_report(record: Record, one: Actor | Place) -> InReport:
    report = record.report
    return InReport(
        report=report.id,
        row=one.id,
        title=report.title or report.key,
        outlet=report.outlet,
        published=report.published,
        name=one.name,
        snippets=tuple(_snippet(report.text, span) for span in one.mentions[:EACH]),
        more=max(len(one.mentions) - EACH, 0),
    )


def _snippet(text: str, span: Span) -> Snippet:
    low, high = max(span.start - AROUND, 0), min(span.end + AROUND, len(text))
    before, after = text[low : span.start], text[span.end : high]
    return Snippet(
        before=("…" if low else "") + _line(before),
        words=_line(span.of(text)),
        after=_line(after) + ("…" if high < len(text) else ""),
    )


def _line(text: str) -> str:
    return clean(text).replace("\n", " ")
