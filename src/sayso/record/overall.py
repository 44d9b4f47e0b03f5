"""What all voices together make of an event, and records of sure rows alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from msgspec.structs import replace

from sayso.record.claims import (
    Assertion,
    Count,
    Event,
    EventPlace,
    EventTime,
    Link,
    OverallStatus,
    Participant,
    Statement,
    Status,
)
from sayso.record.record import Record
from sayso.record.report import SectionKind
from sayso.record.span import Span

Row = TypeVar("Row", Participant, EventPlace, EventTime, Count)
_HAPPENS = frozenset({Status.HAPPENED, Status.ONGOING})


def overall_status(
    assertions: Sequence[Assertion],
    outlet: str | None,
    headlines: Sequence[Span] = (),
) -> OverallStatus:
    """Return the first that fits: disputed, reported, alleged, the shared one, mixed.

    A headline that repeats what a source says is no report of the outlet's own.

    Args:
        assertions: What the voices say of the event, at least one.
        outlet: Id of the outlet's own statement, if the report has one.
        headlines: Where the report's headlines stand.
    """
    statuses = {assertion.status for assertion in assertions}
    if statuses & _HAPPENS and Status.DENIED in statuses:
        return OverallStatus.DISPUTED
    sourced = any(a.statement != outlet and a.status in _HAPPENS for a in assertions)
    if any(
        a.statement == outlet
        and a.status in _HAPPENS
        and not (sourced and any(line.holds(a.span) for line in headlines))
        for a in assertions
    ):
        return OverallStatus.REPORTED
    if statuses <= _HAPPENS:
        return OverallStatus.ALLEGED
    if len(statuses) == 1:
        return OverallStatus(next(iter(statuses)).value)
    return OverallStatus.MIXED


def keep_sure(record: Record, floor: float) -> Record:
    """Return a record without statements, events and links below a confidence.

    A statement within one that goes moves to the next one outwards. Of an event that
    stays, the voices that go are taken out, and its status is derived anew; an event or
    link without a voice goes. The outlet's own voice always stays.

    Args:
        record: As read.
        floor: Least confidence, 0 to 1.
    """
    sure = {s.id: s for s in record.statements if s.is_outlet or s.confidence >= floor}
    outlet = next((s.id for s in record.statements if s.is_outlet), None)
    all_by_id = {s.id: s for s in record.statements}
    lines = record.report.sections_of(SectionKind.HEADLINE)
    events = (
        _voiced(e, sure, outlet, lines) for e in record.events if e.confidence >= floor
    )
    links = (_told(link, sure) for link in record.links if link.confidence >= floor)
    return replace(
        record,
        statements=tuple(
            replace(s, within=_outer(s, sure, all_by_id)) for s in sure.values()
        ),
        events=tuple(event for event in events if event is not None),
        links=tuple(link for link in links if link is not None),
    )


def _outer(
    statement: Statement, sure: dict[str, Statement], known: dict[str, Statement]
) -> str | None:
    within = statement.within
    while within is not None and within not in sure:
        within = known[within].within
    return within


def _voiced(
    event: Event,
    sure: dict[str, Statement],
    outlet: str | None,
    headlines: Sequence[Span],
) -> Event | None:
    assertions = tuple(a for a in event.assertions if a.statement in sure)
    if not assertions:
        return None
    return replace(
        event,
        assertions=assertions,
        status=overall_status(assertions, outlet, headlines),
        participants=_rows(event.participants, sure),
        places=_rows(event.places, sure),
        times=_rows(event.times, sure),
        counts=_rows(event.counts, sure),
    )


def _rows(rows: tuple[Row, ...], sure: dict[str, Statement]) -> tuple[Row, ...]:
    kept = (
        replace(row, statements=tuple(s for s in row.statements if s in sure))
        for row in rows
    )
    return tuple(row for row in kept if row.statements)


def _told(link: Link, sure: dict[str, Statement]) -> Link | None:
    assertions = tuple(a for a in link.assertions if a.statement in sure)
    return replace(link, assertions=assertions) if assertions else None
