"""Who asserts a claim, and how the voices of one claim read in a line."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sayso.export.redact import quote
from sayso.record import Event, Link, Record, Span, Statement, Status

OUTLET, NOBODY = "outlet", "unnamed"


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """One voice that speaks of an event or link."""

    statement: str
    name: str
    """Speaker, else the words of the source; "outlet" is the report itself."""
    is_outlet: bool
    status: Status
    span: Span
    """Words that say it."""


def voices_of(record: Record, claim: Event | Link) -> Iterator[Voice]:
    """Give the voices of an event or link, in the order of its assertions."""
    by_id = {one.id: one for one in record.statements}
    for assertion in claim.assertions:
        statement = by_id[assertion.statement]
        yield Voice(
            statement=statement.id,
            name=voice_name(record, statement),
            is_outlet=statement.is_outlet,
            status=assertion.status,
            span=assertion.span,
        )


def evidence(record: Record, claim: Event | Link) -> str | None:
    """Return the words of the first voice that a reader can judge the claim by.

    Of a source it is the whole passage of what it says; of the outlet, whose voice is
    the rest of the article, only the words that the assertion stands on.
    """
    first = claim.assertions[0]
    statement = record.statement(first.statement)
    passages = () if statement.is_outlet else statement.content
    held = (span for span in passages if span.holds(first.span))
    return quote(record, next(held, first.span))


def voice_name(record: Record, statement: Statement) -> str:
    """Return who speaks: the actor's name, else the words, else "unnamed"."""
    if statement.is_outlet:
        return OUTLET
    speaker = record.speaker(statement)
    if speaker is not None:
        return speaker.name
    source = None if statement.source is None else quote(record, statement.source)
    return source or NOBODY


def voices_line(record: Record, claim: Event | Link) -> str:
    """Return the voices with what each says of the claim: "outlet: happened; …"."""
    return "; ".join(
        f"{voice.name}: {voice.status.value}" for voice in voices_of(record, claim)
    )
