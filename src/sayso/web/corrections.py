"""What people made of a row: the fields that they corrected, and where these lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sayso.record import (
    Assertion,
    Count,
    Event,
    EventPlace,
    EventTime,
    Judgement,
    Link,
    Participant,
    Record,
    Span,
    Statement,
)
from sayso.show.clean import clean, shorten
from sayso.show.ledger import number_statements
from sayso.store.coding import corrected, told_by_row
from sayso.store.rows import AnyRow
from sayso.web.marks import Mark, event_marks, statement_marks

WORDS = 200
PEN = "✎"
"""Stands behind the number of a mark that a person has set otherwise."""
Claim = Statement | Event | Link
_FIELDS: Mapping[type, tuple[str, ...]] = {
    Statement: ("stance", "source", "cue", "content"),
    Event: (
        *("type", "trigger", "status", "assertions", "participants", "counts"),
        *("places", "times"),
    ),
    Link: ("kind", "from_", "to", "span", "assertions"),
}


def find_corrections(row: AnyRow) -> tuple[tuple[str, str], ...]:
    """Return the corrected fields of a row, each with what it is by now, in words."""
    old: Claim = row.claim
    now = corrected(row.record, old, row.judgements)
    names = {one.id: one.name for one in row.record.actors}
    names |= {one.id: one.name for one in row.record.places}
    names |= {one.id: one.value or one.timex.value for one in row.record.times}
    return tuple(
        (
            {"from_": "from", "assertions": "voices"}.get(field, field),
            _tell(row.record, getattr(now, field), names) or "none",
        )
        for field in _FIELDS[type(old)]
        if getattr(now, field) != getattr(old, field)
    )


def correction_marks(record: Record, judgements: Sequence[Judgement]) -> Iterator[Mark]:
    """Give the marks of words that people have set otherwise than the machine."""
    told = told_by_row(record, judgements)
    numbers = number_statements(record)
    for statement in record.statements:
        now = corrected(record, statement, told.get(statement.id, ()))
        if now != statement:
            number = str(numbers[statement.id])
            yield from _fresh(
                statement_marks(statement, number),
                statement_marks(now, number + PEN),
            )
    for n, event in enumerate(record.events, 1):
        changed = corrected(record, event, told.get(event.id, ()))
        if changed.trigger != event.trigger:
            yield from _fresh(
                event_marks(event, f"{n}"), event_marks(changed, f"{n}{PEN}")
            )


def _fresh(old: Iterable[Mark], now: Iterable[Mark]) -> Iterator[Mark]:
    known = {(one.layer, one.span) for one in old}
    yield from (one for one in now if (one.layer, one.span) not in known)


def _tell(record: Record, value: object, names: Mapping[str, str]) -> str:
    """Return a value of a row in words."""
    if isinstance(value, Span):
        return f"“{shorten(clean(record.text_of(value)), WORDS)}”"
    if isinstance(value, tuple):
        return "; ".join(_tell(record, one, names) for one in value)
    if isinstance(value, Participant):
        return f"{value.role.value} {_tell(record, value.span, names)}"
    if isinstance(value, Count):
        number = tell_interval(value.low, value.high, value.approximate)
        return f"{value.what.value} {number} {_tell(record, value.span, names)}"
    if isinstance(value, EventPlace):
        return f"{value.role.value} {clean(names.get(value.place, value.place))}"
    if isinstance(value, EventTime):
        return clean(names.get(value.time, value.time))
    if isinstance(value, Assertion):
        place = number_statements(record).get(value.statement, 0)
        return f"{value.status.value} in S{place}" if place else value.status.value
    return clean(names.get(str(value), str(value or ""))).replace("_", " ")


def tell_interval(low: int | None, high: int | None, approximate: bool) -> str:
    """Return a number of people in words: 4, about 10 to 12, 3 or more."""
    about = "about " if approximate else ""
    if low == high:
        return f"{about}{low:,}" if low is not None else "some"
    if high is None:
        return f"{about}{low:,} or more"
    return f"{about}{high:,} or fewer" if low is None else f"{about}{low:,} to {high:,}"
