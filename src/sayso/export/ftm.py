"""Actors, events and links as FollowTheMoney entities, one JSON object a line.

FollowTheMoney has no schema for "X says that Y": statements become notes on whoever
speaks, and who asserts an event or link stands in its `summary`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sayso.export.codes import Codes
from sayso.export.coding import days_of, main_place
from sayso.export.json_files import write_lines
from sayso.export.persons import HIDDEN
from sayso.export.redact import quote, shown
from sayso.export.voices import evidence, voices_line
from sayso.record import (
    Actor,
    ActorKind,
    Event,
    Link,
    LinkKind,
    Record,
    Role,
)

_SCHEMAS = {
    ActorKind.PERSON: "Person",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.STATE: "PublicBody",
    ActorKind.GROUP: "LegalEntity",
}
_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_LANGUAGES = {"en": "eng"}  # other languages have no kit, so they have no rows
_MEMBERS = frozenset({LinkKind.MEMBER_OF, LinkKind.LEADS})
_JOINABLE = frozenset({"Organization", "PublicBody"})


def write_ftm(records: Iterable[Record], path: Path, codes: Codes) -> int:
    """Write all entities; return how many."""
    found = (one for record in records for one in entities(record, codes))
    return write_lines(path, found)


def entities(record: Record, codes: Codes) -> Iterator[dict[str, Any]]:
    """Give the report, its actors, events, links and statements as entities."""
    yield _article(record)
    for actor in record.actors:
        yield _actor(record, actor, codes)
    for event in record.events:
        yield _event(record, event, codes)
    ends = {actor.id: actor for actor in record.actors}
    for link in record.links:
        if link.from_ in ends and link.to in ends:
            yield _link(record, link, ends)
    yield from _notes(record)


def _article(record: Record) -> dict[str, Any]:
    report = record.report
    is_address = report.url is not None and HIDDEN not in report.url
    return _entity(
        record,
        "report",
        "Article",
        title=report.title,
        author=report.byline,
        publisher=report.outlet,
        publishedAt=_date(report.published),
        sourceUrl=report.url if is_address else None,
        language=_LANGUAGES.get(report.language),
        bodyText=shown(record.report.text),
    )


def _actor(record: Record, actor: Actor, codes: Codes) -> dict[str, Any]:
    return _entity(
        record,
        actor.id,
        _schema_of(actor),
        name=actor.name,
        alias=list(actor.aliases),
        country=_country(actor.country, codes),
        sector=actor.sector if actor.kind is not ActorKind.PERSON else None,
        proof=_id(record, "report"),
    )


def _schema_of(actor: Actor) -> str:
    if actor.kind is ActorKind.ORGANISATION and actor.sector in _STATE_SECTORS:
        return "PublicBody"
    return _SCHEMAS[actor.kind]


def _event(record: Record, event: Event, codes: Codes) -> dict[str, Any]:
    place, days = main_place(record, event), days_of(record, event)
    roles = (Role.ACTOR, Role.TARGET, Role.VICTIM)
    involved = (one.actor for one in event.participants if one.role in roles)
    return _entity(
        record,
        event.id,
        "Event",
        name=" ".join(filter(None, (event.type, event.mode))),
        startDate=None if days is None else days.first.isoformat(),
        endDate=None if days is None else days.last.isoformat(),
        location=None if place is None else place.name,
        country=None if place is None else _country(place.country, codes),
        involved=[_id(record, one) for one in dict.fromkeys(filter(None, involved))],
        summary=f"{event.status.value}: {voices_line(record, event)}",
        description=evidence(record, event),
        proof=_id(record, "report"),
    )


def _link(record: Record, link: Link, ends: dict[str, Actor]) -> dict[str, Any]:
    told = {
        "role": link.kind.value,
        "summary": voices_line(record, link),
        "description": quote(record, link.span),
        "proof": _id(record, "report"),
    }
    first, second = _id(record, link.from_), _id(record, link.to)
    if link.kind in _MEMBERS and _schema_of(ends[link.to]) in _JOINABLE:
        return _entity(
            record, link.id, "Membership", member=first, organization=second, **told
        )
    return _entity(record, link.id, "UnknownLink", subject=first, object=second, **told)


def _notes(record: Record) -> Iterator[dict[str, Any]]:
    for one in record.statements:
        if one.speaker is None:
            continue
        said = quote(record, *one.content)
        yield _entity(
            record,
            one.id,
            "Note",
            name=f"{one.stance.value} ({one.basis.value})",
            description=said,
            entity=[_id(record, one.speaker), _id(record, "report")],
            proof=_id(record, "report"),
        )


def _country(code: str | None, codes: Codes) -> str | None:
    """Return the two letters, in lower case, that FollowTheMoney has for a country."""
    country = codes.countries.get(code or "")
    return None if country is None else country.alpha2.lower()


def _entity(record: Record, row: str, schema: str, **told: Any) -> dict[str, Any]:
    properties = {
        name: value if isinstance(value, list) else [value]
        for name, value in told.items()
        if value not in (None, "", [])
    }
    return {"id": _id(record, row), "schema": schema, "properties": properties}


def _id(record: Record, row: str) -> str:
    return f"sayso-{record.report.id[:16]}-{row}"


def _date(published: str | None) -> str | None:
    """Return a date that FollowTheMoney takes: no unknown parts, no interval."""
    if published is None or "/" in published or "X" in published:
        return None
    return published
