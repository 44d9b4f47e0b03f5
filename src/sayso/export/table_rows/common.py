"""What rows of several tables have."""

from __future__ import annotations

from sayso.export.cells import Row
from sayso.export.redact import quote
from sayso.record import Record, Span


def span_cells(record: Record, span: Span | None) -> Row:
    """Return start, end and words of a span; the words only if they may leave."""
    return (None, None, None) if span is None else (*span, quote(record, span))


def joined(ids: tuple[str, ...]) -> str:
    """Return ids in one cell."""
    return " ".join(ids)


def actor_names(record: Record) -> dict[str | None, str]:
    """Return the name of each actor by its id."""
    return {actor.id: actor.name for actor in record.actors}
