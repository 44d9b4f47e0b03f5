"""What hangs on a row: a rank for reviewers with little time; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sayso.record import (
    Assertion,
    Event,
    Link,
    OverallStatus,
    Record,
    SectionKind,
    Statement,
)
from sayso.record.overall import overall_status

DISPUTED, ALLEGED, IDENTITY, OTHER = range(4)
_RANKS = {OverallStatus.DISPUTED: DISPUTED, OverallStatus.ALLEGED: ALLEGED}


def rank_effects(record: Record) -> Mapping[str, int]:
    """Return by id how much hangs on each statement, event and link, 0 the most.

    0: a disputed event or tie, and each statement without which it would not be so;
    1: likewise where it is alleged; 2: a statement whose speaker is told by other
    words than a name, so that a wrong tie makes it somebody else's; 3: all others.
    """
    ranks = {one.id: OTHER for one in record.statements} | dict(_claims(record))
    for statement, rank in (*_voices(record), *_identities(record)):
        ranks[statement] = min(rank, ranks.get(statement, OTHER))
    return ranks


def sum_up(record: Record, assertions: Sequence[Assertion]) -> OverallStatus:
    """Return what all voices of a record make of an event or link, one at least."""
    outlet = record.outlet_voice()
    lines = record.report.sections_of(SectionKind.HEADLINE)
    return overall_status(assertions, outlet.id if outlet else None, lines)


def _claims(record: Record) -> Iterator[tuple[str, int]]:
    for event in record.events:
        yield event.id, _RANKS.get(event.status, OTHER)
    for link in record.links:
        yield link.id, _rank(record, link.assertions)


def _voices(record: Record) -> Iterator[tuple[str, int]]:
    claims: tuple[Event | Link, ...] = (*record.events, *record.links)
    for claim in claims:
        rank = _rank(record, claim.assertions)
        for voice in {one.statement for one in claim.assertions}:
            left = [one for one in claim.assertions if one.statement != voice]
            if rank != OTHER and (not left or _rank(record, left) != rank):
                yield voice, rank


def _rank(record: Record, assertions: Sequence[Assertion]) -> int:
    return _RANKS.get(sum_up(record, assertions), OTHER)


def _identities(record: Record) -> Iterator[tuple[str, int]]:
    names = {
        actor.id: {actor.name.lower(), *(name.lower() for name in actor.aliases)}
        for actor in record.actors
    }
    for statement in record.statements:
        if statement.speaker in names and not _is_named(record, statement, names):
            yield statement.id, IDENTITY


def _is_named(
    record: Record, statement: Statement, names: Mapping[str, set[str]]
) -> bool:
    words = record.text_of(statement.source).lower() if statement.source else ""
    return any(name in words for name in names[statement.speaker or ""])
