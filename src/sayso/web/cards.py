"""Rows of the project as the pages show them: who said it, what of it is reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from sayso.record import (
    Assertion,
    Event,
    Judgement,
    Link,
    Record,
    Span,
    Statement,
    Verdict,
)
from sayso.show.clean import clean, shorten
from sayso.show.ledger import OUTLET, Line, make_ledger
from sayso.store.coding import BY
from sayso.store.rows import ActorRef, AnyRow, PlaceRef, Review
from sayso.web.corrections import find_corrections, tell_interval

WORDS = 160


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """What one voice says of an event or tie."""

    statement: str
    number: int
    chain: tuple[str, ...]
    status: str
    words: str
    counts: tuple[str, ...] = ()
    """"killed 3 soldiers", as this voice gives them."""
    places: tuple[str, ...] = ()
    times: tuple[str, ...] = ()


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A statement, event or tie with all that a person needs to judge it."""

    kind: str
    """statement, event or link."""
    report: str
    id: str
    number: int
    """In its report, from 1; 0 is the outlet's own voice."""
    chain: tuple[str, ...] = ()
    """Of a statement: who speaks, who passes it on …, the outlet."""
    speaker: ActorRef | None = None
    about: tuple[ActorRef, ...] = ()
    head: str
    """Of a statement its stance; of an event its type; of a tie its kind."""
    notes: tuple[str, ...] = ()
    words: str
    """What is said; the trigger; the words of the tie."""
    status: str = ""
    voices: tuple[Voice, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    """Of an event: role and words of those who take part; of a tie its ends."""
    events: tuple[str, ...] = ()
    """Of a statement: the events that it tells of."""
    confidence: float
    review: Review
    judgements: tuple[Judgement, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    """Fields that people corrected, each with what it is by now."""
    added_by: str = ""
    """Who has added the row; empty: the machine found it."""
    outlet: str
    title: str
    published: str
    said: str = ""
    """Of a statement: when it was said, if the report tells."""
    field: str
    """That a correction is mostly on."""
    value: str
    """Of this field, as found."""

    @property
    def is_outlet(self) -> bool:
        """Tell whether it is what the outlet says in its own voice."""
        return self.kind == "statement" and self.number == 0

    @property
    def decisions(self) -> tuple[str, ...]:
        """Return the judgements on it, each in a few words."""
        return tuple(map(_decision, self.judgements))


class Cards:
    """Makes cards; what all rows of one report share is found once."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[str, Line]] = {}

    def make(self, row: AnyRow) -> Card:
        """Return the card of a row."""
        claim = row.claim
        if isinstance(claim, Statement):
            return self._statement(row, claim)
        if isinstance(claim, Event):
            return self._event(row, claim)
        return self._link(row, claim)

    def lines(self, record: Record) -> Mapping[str, Line]:
        """Return the line of the ledger of each statement of a record by its id."""
        key = record.report.id
        if key not in self._lines:
            self._lines[key] = {line.id: line for line in make_ledger(record)}
        return self._lines[key]

    def _statement(self, row: AnyRow, one: Statement) -> Card:
        line = self.lines(row.record)[one.id]
        events = [
            _type(event)
            for event in row.record.events
            if any(told.statement == one.id for told in event.assertions)
        ]
        return Card(
            kind="statement",
            number=line.number,
            chain=_chain(row.record, line),
            speaker=row.actors.get(one.speaker) if one.speaker else None,
            about=tuple(row.actors[i] for i in one.about if i in row.actors),
            head=one.stance.value,
            notes=tuple(filter(None, (line.basis, *line.notes))),
            words=line.content
            if one.is_outlet
            else clean(row.record.text_of(*one.content)),
            events=tuple(dict.fromkeys(events)),
            said=_said(row.record, one),
            field="stance",
            value=one.stance.value,
            **_frame(row),
        )

    def _event(self, row: AnyRow, one: Event) -> Card:
        text = row.record.report.text
        return Card(
            kind="event",
            number=1 + row.record.events.index(one),
            head=_type(one),
            notes=("no particular occasion",) if one.generic else (),
            words=clean(one.trigger.of(text)),
            status=one.status.value,
            voices=tuple(self._voices(row, one.assertions, one)),
            parts=tuple(
                (part.role.value, shorten(clean(part.span.of(text)), WORDS))
                for part in one.participants
            ),
            field="type",
            value=one.type,
            **_frame(row),
        )

    def _link(self, row: AnyRow, one: Link) -> Card:
        ends: list[ActorRef | PlaceRef | None] = [
            row.actors.get(one.from_),
            row.actors.get(one.to) or row.places.get(one.to),
        ]
        names = [clean(end.name) if end else "?" for end in ends]
        return Card(
            kind="link",
            number=1 + row.record.links.index(one),
            head=one.kind.value,
            words=clean(one.span.of(row.record.report.text)),
            voices=tuple(self._voices(row, one.assertions, None)),
            parts=(("from", names[0]), ("to", names[1])),
            field="kind",
            value=one.kind.value,
            **_frame(row),
        )

    def _voices(
        self,
        row: AnyRow,
        assertions: Iterable[Assertion],
        event: Event | None,
    ) -> Iterable[Voice]:
        lines = self.lines(row.record)
        for told in assertions:
            line = lines[told.statement]
            yield Voice(
                statement=told.statement,
                number=line.number,
                chain=_chain(row.record, line),
                status=told.status.value,
                words=shorten(clean(told.span.of(row.record.report.text)), WORDS),
                counts=_counts(row.record, event, told.statement),
                places=_places(row, event, told.statement),
                times=_times(row.record, event, told.statement),
            )


def _frame(row: AnyRow) -> dict[str, Any]:
    report, made_by = row.record.report, row.claim.made_by
    return {
        "report": report.id,
        "id": row.claim.id,
        "confidence": row.claim.confidence,
        "review": row.review,
        "judgements": row.judgements,
        "corrections": find_corrections(row),
        "added_by": clean(made_by[len(BY) :]) if made_by.startswith(BY) else "",
        "outlet": clean(report.outlet or ""),
        "title": shorten(clean(report.title or report.key), WORDS),
        "published": report.published or "",
    }


def _chain(record: Record, line: Line) -> tuple[str, ...]:
    """Return the chain with the outlet by its name."""
    outlet = shorten(clean(record.report.outlet or OUTLET), 48)
    return (*line.chain[:-1], outlet)


def _type(event: Event) -> str:
    mode = f" · {event.mode}" if event.mode else ""
    return f"{event.type}{mode}".lower().replace("_", " ")


def _counts(record: Record, event: Event | None, statement: str) -> tuple[str, ...]:
    return tuple(
        f"{one.what.value} {tell_interval(one.low, one.high, one.approximate)}"
        f"{' ' + clean(one.of) if one.of else ''}"
        f" (“{shorten(clean(one.span.of(record.report.text)), 60)}”)"
        for one in (event.counts if event else ())
        if statement in one.statements
    )


def _places(row: AnyRow, event: Event | None, statement: str) -> tuple[str, ...]:
    return tuple(
        f"{one.role.value} {clean(row.places[one.place].name)}"
        for one in (event.places if event else ())
        if statement in one.statements and one.place in row.places
    )


def _times(record: Record, event: Event | None, statement: str) -> tuple[str, ...]:
    times = {time.id: time for time in record.times}
    return tuple(
        _day(times[one.time].value, times[one.time].mentions, record)
        for one in (event.times if event else ())
        if statement in one.statements and one.time in times
    )


def _said(record: Record, one: Statement) -> str:
    times = {time.id: time for time in record.times}
    told = [times[at] for at in one.times if at in times]
    return _day(told[0].value, told[0].mentions, record) if told else ""


def _day(value: str | None, mentions: tuple[Span, ...], record: Record) -> str:
    words = f"“{clean(mentions[0].of(record.report.text))}”" if mentions else ""
    return f"{value} ({words})" if value and words else value or words


def _decision(one: Judgement) -> str:
    told = f"{clean(one.coder)}: {one.verdict.value}"
    if one.verdict is Verdict.CORRECT and one.field:
        told += f" {one.field}"
        told += f" to {clean(one.value)}" if isinstance(one.value, str) else ""
    return told + (f" ({shorten(clean(one.note), 80)})" if one.note else "")
