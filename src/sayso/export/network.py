"""The network of actors: nodes, and edges that each name their voices.

An edge is one link of one report, or one event between two actors. An actor with an
entry in the authority file is one node over all reports, and so is a public actor of
one name, kind and country; anybody else is a node of their own in each report.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from sayso.export.coding import days_of
from sayso.export.redact import quote
from sayso.export.voices import evidence, voices_line
from sayso.record import Actor, Event, Link, Place, Record, Role

_ID_DIGITS = 16  # 64 bits: a clash among ten million nodes has odds of 3e-6


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """An actor or place."""

    id: str
    label: str
    kind: str
    country: str = ""
    sector: str = ""
    authority: str = ""


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """One tie that a report tells, with who says so."""

    id: str
    source: str
    target: str
    label: str
    """Kind of link, or type of event."""
    claim: str
    """link or event."""
    status: str = ""
    """Overall status of an event."""
    voices: str
    text: str
    report: str
    outlet: str
    published: str
    start: str
    """First and last day: of the event; of a link the day of publication alone."""
    end: str


class Network:
    """Nodes and edges on disk, each once, in the order of their ids."""

    def __init__(self, records: Iterable[Record], path: Path) -> None:
        """Gather from all records into a new file at `path`."""
        self._path = path
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("pragma journal_mode = off")
            connection.execute("pragma synchronous = off")
            for name in ("nodes", "edges"):
                connection.execute(
                    f"create table {name} (id text primary key, row blob) without rowid"
                )
            for record in records:
                nodes, edges = network_of(record)
                for name, rows in (("nodes", nodes), ("edges", edges)):
                    connection.executemany(
                        f"insert or ignore into {name} values (?, ?)",
                        [(row.id, msgspec.msgpack.encode(row)) for row in rows],
                    )
            connection.commit()

    def nodes(self) -> Iterator[Node]:
        """Give all nodes."""
        for row in self._rows("nodes"):
            yield msgspec.msgpack.decode(row, type=Node)

    def edges(self) -> Iterator[Edge]:
        """Give all edges."""
        for row in self._rows("edges"):
            yield msgspec.msgpack.decode(row, type=Edge)

    def _rows(self, name: str) -> Iterator[bytes]:
        with closing(sqlite3.connect(self._path)) as connection:
            for (row,) in connection.execute(f"select row from {name} order by id"):
                yield row


def network_of(record: Record) -> tuple[list[Node], list[Edge]]:
    """Return the edges of a record, and the nodes that they join."""
    known = {actor.id: _actor_node(record, actor) for actor in record.actors}
    known |= {place.id: _place_node(record, place) for place in record.places}
    edges = [
        _link_edge(record, link, known)
        for link in record.links
        if link.from_ in known and link.to in known
    ]
    for event in record.events:
        edges += _event_edges(record, event, known)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = {node.id: node for node in known.values() if node.id in ends}
    return list(nodes.values()), edges


def _actor_node(record: Record, actor: Actor) -> Node:
    key = [record.report.id, actor.id]
    if actor.authority:
        key = ["authority", actor.authority]
    elif actor.public:
        key = [actor.name.casefold(), actor.kind, actor.country or ""]
    return Node(
        id=_digest(key),
        label=actor.name,
        kind=actor.kind,
        country=actor.country or "",
        sector=actor.sector or "",
        authority=actor.authority or "",
    )


def _place_node(record: Record, place: Place) -> Node:
    key = [record.report.id, place.id]
    if place.gazetteer_id:
        key = ["place", place.gazetteer_id]
    return Node(
        id=_digest(key), label=place.name, kind="place", country=place.country or ""
    )


def _link_edge(record: Record, link: Link, known: dict[str, Node]) -> Edge:
    published = record.report.published or ""
    return _edge(
        record,
        link,
        key=[link.id],
        ends=(known[link.from_], known[link.to]),
        label=link.kind,
        text=quote(record, link.span),
        days=(published, published),
    )


def _event_edges(
    record: Record, event: Event, known: dict[str, Node]
) -> Iterator[Edge]:
    days = days_of(record, event)
    told = ("", "") if days is None else (days.first.isoformat(), days.last.isoformat())
    sources = _actors(event, Role.ACTOR)
    targets = _actors(event, Role.TARGET, Role.VICTIM)
    for source in sources:
        for target in targets:
            yield _edge(
                record,
                event,
                key=[event.id, source, target],
                ends=(known[source], known[target]),
                label=event.type,
                text=evidence(record, event),
                days=told,
            )


def _actors(event: Event, *roles: Role) -> list[str]:
    found = (one.actor for one in event.participants if one.role in roles)
    return [*dict.fromkeys(filter(None, found))]


def _edge(
    record: Record,
    claim: Event | Link,
    *,
    key: list[str],
    ends: tuple[Node, Node],
    label: str,
    text: str | None,
    days: tuple[str, str],
) -> Edge:
    report = record.report
    is_event = isinstance(claim, Event)
    return Edge(
        id=_digest([report.id, *key]),
        source=ends[0].id,
        target=ends[1].id,
        label=label,
        claim="event" if is_event else "link",
        status=claim.status.value if isinstance(claim, Event) else "",
        voices=voices_line(record, claim),
        text=text or "",
        report=report.id,
        outlet=report.outlet or "",
        published=report.published or "",
        start=days[0],
        end=days[1],
    )


def _digest(key: list[str]) -> str:
    return hashlib.sha256(msgspec.json.encode(key)).hexdigest()[:_ID_DIGITS]
