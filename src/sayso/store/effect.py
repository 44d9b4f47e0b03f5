"""What hangs on a row: a rank for reviewers with little time; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sayso.record import (
    Assertion,
    Event,
    Link,
    OverallStatus,
    Record,
    Statement,
    Status,
)

DISPUTED, ALLEGED, IDENTITY, OTHER = range(4)
_RANKS = {OverallStatus.DISPUTED: DISPUTED, OverallStatus.ALLEGED: ALLEGED}
_SAID_TO_BE = {Status.HAPPENED, Status.ONGOING}


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


def sum_up(assertions: Iterable[Assertion], outlets: set[str]) -> OverallStatus:
    """Return what all voices make of an event or link; see the contract of a Record.

    Args:
        assertions: Of the event or link, one at least.
        outlets: Ids of the statements in the outlet's own voice.
    """
    voices = tuple(assertions)
    told = {voice.status for voice in voices}
    if told & _SAID_TO_BE and Status.DENIED in told:
        return OverallStatus.DISPUTED
    if any(one.status in _SAID_TO_BE and one.statement in outlets for one in voices):
        return OverallStatus.REPORTED
    if told <= _SAID_TO_BE:
        return OverallStatus.ALLEGED
    return OverallStatus(told.pop().value) if len(told) == 1 else OverallStatus.MIXED


def outlets_of(record: Record) -> set[str]:
    """Return the ids of the statements in the outlet's own voice."""
    return {one.id for one in record.statements if one.is_outlet}


def _claims(record: Record) -> Iterator[tuple[str, int]]:
    outlets = outlets_of(record)
    for event in record.events:
        yield event.id, _RANKS.get(event.status, OTHER)
    for link in record.links:
        yield link.id, _RANKS.get(sum_up(link.assertions, outlets), OTHER)


def _voices(record: Record) -> Iterator[tuple[str, int]]:
    outlets = outlets_of(record)
    claims: tuple[Event | Link, ...] = (*record.events, *record.links)
    for claim in claims:
        rank = _RANKS.get(sum_up(claim.assertions, outlets), OTHER)
        for voice in {one.statement for one in claim.assertions}:
            left = [one for one in claim.assertions if one.statement != voice]
            if rank != OTHER and _changes(left, rank, outlets):
                yield voice, rank


def _changes(left: list[Assertion], rank: int, outlets: set[str]) -> bool:
    return not left or _RANKS.get(sum_up(left, outlets), OTHER) != rank


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
