"""Acts of a report as rows of event data: its events, and statements that are acts.

A statement that demands, blames or promises is an act in words: its speaker did it,
and whoever passes it on is the voice that says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from sayso.export.codes import Codes
from sayso.export.coding import (
    Days,
    Party,
    days_of,
    main_place,
    parties,
    party_of_actor,
)
from sayso.export.redact import quote
from sayso.export.voices import evidence, voice_name, voices_line
from sayso.record import Event, Place, Record, Role, Span, Statement, Status

_LONG_AGO_DAYS = 366  # before publication: a year back is an earlier period


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One act with those who say it."""

    id: str
    """Of the event or statement."""
    origin: str
    """event or statement."""
    type: str | None
    """PLOVER type; None if PLOVER drops such statements."""
    mode: str | None
    cameo: str
    """CAMEO base code."""
    auxiliary: tuple[str, ...] = ()
    """PLOVER's modes beside the mode: what the status and the date tell."""
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    place: Place | None = None
    days: Days | None = None
    status: str
    voices: str
    span: Span
    """Trigger or cue."""
    text: str | None


def find_acts(record: Record, codes: Codes) -> Iterator[Act]:
    """Give the acts of a report: events first, then statements, each in their order."""
    for event in record.events:
        if event.type in codes.ontology.types:
            yield _of_event(record, event, codes)
    for statement in record.statements:
        act = _of_statement(record, statement, codes)
        if act is not None:
            yield act


def _of_event(record: Record, event: Event, codes: Codes) -> Act:
    days = days_of(record, event)
    told = {one.status for one in event.assertions}
    auxiliary = {codes.ontology.auxiliary_of(status) for status in told}
    if _is_long_ago(days, record.report.published):
        auxiliary.add("historical")
    return Act(
        id=event.id,
        origin="event",
        type=event.type,
        mode=event.mode,
        cameo=codes.ontology.cameo_base(event.type, event.mode),
        auxiliary=tuple(sorted(filter(None, auxiliary))),
        sources=parties(record, event, Role.ACTOR),
        targets=parties(record, event, Role.TARGET, Role.VICTIM),
        place=main_place(record, event),
        days=days,
        status=event.status.value,
        voices=voices_line(record, event),
        span=event.trigger,
        text=evidence(record, event),
    )


def _is_long_ago(days: Days | None, published: str | None) -> bool:
    try:
        printed = date.fromisoformat((published or "")[:10])
    except ValueError:
        return False
    return days is not None and (printed - days.last).days > _LONG_AGO_DAYS


def _of_statement(record: Record, statement: Statement, codes: Codes) -> Act | None:
    if statement.cue is None:
        return None
    words = statement.cue.of(record.report.text).split()
    sense = codes.ontology.spoken(statement, codes.lexicon.lemmas(words))
    if sense is None:
        return None
    teller = record.outlet_voice()
    if statement.within is not None:
        teller = record.statement(statement.within)
    voice = "outlet" if teller is None else voice_name(record, teller)
    return Act(
        id=statement.id,
        origin="statement",
        type=sense.type,
        mode=sense.mode,
        cameo=sense.cameo,
        sources=(_speaker(record, statement),),
        targets=_targets(record, statement),
        status="reported" if statement.within is None else "alleged",
        voices=f"{voice}: {Status.HAPPENED.value}",
        span=statement.cue,
        text=quote(record, *statement.content),
    )


def _speaker(record: Record, statement: Statement) -> Party:
    actor = record.speaker(statement)
    if actor is not None:
        return party_of_actor(actor)
    return Party(name=voice_name(record, statement))


def _targets(record: Record, statement: Statement) -> tuple[Party, ...]:
    """Return who is told, else the one actor that the words are about."""
    if statement.addressee is not None:
        for actor in record.actors:
            if any(statement.addressee.holds(one) for one in actor.mentions):
                return (party_of_actor(actor),)
        return (Party(name=quote(record, statement.addressee)),)
    about = [one for one in record.actors if one.id in statement.about]
    others = [one for one in about if one.id != statement.speaker]
    return (party_of_actor(others[0]),) if len(others) == 1 else ()
