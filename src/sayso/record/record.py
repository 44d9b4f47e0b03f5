"""The Record: all that sayso finds in one report, as plain data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec

from sayso.record.claims import Event, Link, Statement
from sayso.record.entities import Actor, Place, Time
from sayso.record.report import Report
from sayso.record.span import Span
from sayso.record.thread import Thread

SCHEMA = 1
"""Number of the form below; a change of meaning or shape raises it."""


class Fingerprint(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Versions and hashes of everything that made a record; None: not in use."""

    sayso: str
    model: str
    ontology: str | None = None
    lexicons: str
    gazetteer: str | None = None
    background: str | None = None

    def digest(self) -> str:
        """Return 16 hex digits that stand for the whole fingerprint."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:16]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One report with all its claims, actors, places, times and thread findings.

    Equal report and equal kit give byte-equal JSON, whatever the batch or engine.
    """

    schema: int = SCHEMA
    report: Report
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    links: tuple[Link, ...] = ()
    thread: Thread = Thread()
    kit: Fingerprint

    def spans(self) -> Iterator[Span]:
        """Give every span into `report.text`; those into comments are in `thread`."""
        rows = (self.actors, self.places, self.times)
        claims = (self.statements, self.events, self.links)
        for group in (self.report.sections, *rows, *claims):
            yield from _spans_in(group)

    def text_of(self, *spans: Span) -> str:
        """Return the words of the spans; several are joined by " … "."""
        return " … ".join(span.of(self.report.text) for span in spans)

    def outlet_voice(self) -> Statement | None:
        """Return the statement that holds what the outlet says in its own voice."""
        voices = (statement for statement in self.statements if statement.is_outlet)
        return next(voices, None)

    def statement(self, statement_id: str) -> Statement:
        """Return the statement of that id.

        Raises:
            KeyError: This record has no such statement.
        """
        for statement in self.statements:
            if statement.id == statement_id:
                return statement
        raise KeyError(statement_id)

    def speaker(self, statement: Statement) -> Actor | None:
        """Return the actor who speaks; None if nobody is named or it is not known."""
        speakers = (actor for actor in self.actors if actor.id == statement.speaker)
        return next(speakers, None)

    def statements_by(self, actor: Actor) -> tuple[Statement, ...]:
        """Return all that this actor says, in the order of the record."""
        return tuple(one for one in self.statements if one.speaker == actor.id)

    def chain(self, statement: Statement) -> tuple[Statement, ...]:
        """Return the statement, the one that it stands within, and so on outwards.

        The outlet, which holds them all, is not repeated at the end.

        Raises:
            KeyError: A statement stands within one that the record does not have.
            ValueError: A statement stands within itself, in some steps.
        """
        links = [statement]
        while links[-1].within is not None:
            outer = self.statement(links[-1].within)
            if outer in links:
                raise ValueError(f"statement {outer.id} stands within itself")
            links.append(outer)
        return tuple(links)


def _spans_in(value: object) -> Iterator[Span]:
    """Give the spans in nested structs and tuples: a new field cannot be forgotten."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _spans_in(part)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _spans_in(getattr(value, name))
