"""RECORD and JUDGEMENTS -> rows that people added, and rows as they corrected them.

Pure. The machine's rows stay as they are: what is made here stands beside them. An
added row is told by its words and a few codes; who speaks, in whose words it stands and
which actors take part follow from where the words are, and a newer kit tells it anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from sayso.errors import StoreError
from sayso.record import (
    Assertion,
    Basis,
    Count,
    Event,
    EventPlace,
    EventTime,
    Judgement,
    Link,
    Participant,
    Place,
    PlaceRole,
    QuoteKind,
    Record,
    Span,
    Statement,
    Status,
    Time,
    Verdict,
    make_id,
    statement_id,
)
from sayso.store.coding_forms import (
    ADDED,
    CORRECTED,
    Added,
    AddedEvent,
    AddedLink,
    AddedStatement,
)
from sayso.store.effect import sum_up

Row = TypeVar("Row", bound=Statement | Event | Link)
AnyClaim = Statement | Event | Link
BY = "coder:"
"""Begins `made_by` of rows that a person added; the name follows."""
_QUOTES = frozenset("\"“”„«‹'‘’")
_LISTS = {"s": "statements", "e": "events", "l": "links"}


def with_added(record: Record, judgements: Iterable[Judgement]) -> Record:
    """Return the record with the rows that people added at the end of its lists."""
    for _, row in added_rows(record, judgements):
        record = _with(record, row)
    return record


def _with(record: Record, row: AnyClaim) -> Record:
    """Return the record with a row, once."""
    name = _LISTS[row.id[0]]
    rows = getattr(record, name)
    if any(one.id == row.id for one in rows):
        return record
    return replace(record, **{name: (*rows, row)})


def added_rows(
    record: Record, judgements: Iterable[Judgement]
) -> Iterator[tuple[Judgement, AnyClaim]]:
    """Give each row that was added, as the record's other rows make it.

    One that cannot stand is left out: a tie whose end is no actor of the record (any
    more), or an event in a record without any statement. Several may be one row, and a
    row may be one that the machine has found since: their ids are then equal.
    """
    for judgement in judgements:
        value = _added(judgement)
        row = None if value is None else _Making(record, judgement).row(value)
        if row is not None:
            yield judgement, row
            record = _with(record, row)  # may be the voice of those that follow


def told_by_row(
    record: Record, judgements: Sequence[Judgement]
) -> dict[str, tuple[Judgement, ...]]:
    """Return judgements by the row that they are on, or that they have added."""
    made = {one.id: row.id for one, row in added_rows(record, judgements)}
    rows: dict[str, list[Judgement]] = {}
    for one in judgements:
        target = one.target or made.get(one.id)
        if target is not None:
            rows.setdefault(target, []).append(one)
    return {target: tuple(told) for target, told in rows.items()}


def corrected(record: Record, row: Row, judgements: Iterable[Judgement]) -> Row:
    """Return a row of a record with the corrections of its fields, the last of each."""
    forms = CORRECTED[row.id[0]]
    for one in judgements:
        field = one.field or ""
        if one.verdict is Verdict.CORRECT and field in forms:
            value = msgspec.convert(one.value, forms[field])
            name = "from_" if field == "from" else field
            row = replace(row, **{name: value})
    if isinstance(row, Event) and row.assertions:
        return replace(row, status=sum_up(record, row.assertions))
    return row


def check(record: Record, judgement: Judgement) -> None:
    """Check a judgement against the text that it is on.

    Raises:
        StoreError: Its quote is not what stands at its spans, a span leaves the text,
            or its value has not the form of the field.
    """
    anchor = judgement.anchor
    spans = list(anchor.spans)
    try:
        spans += _spans(_value(judgement))
    except msgspec.ValidationError as error:
        raise StoreError(
            f"{judgement.field} cannot be {judgement.value!r}: {error}",
            mend="give a value of the form that the field has in a record",
        ) from error
    end = len(record.report.text)
    for span in spans:
        if not 0 <= span.start < span.end <= end:
            raise StoreError(
                f"the span {span.start} to {span.end} is not in the report, "
                f"which has {end} characters",
                mend="count characters of the report's text, from 0",
            )
    if anchor.quote != record.text_of(*anchor.spans):
        raise StoreError(
            f"{anchor.quote[:80]!r} is not what stands at its place in the report",
            mend="quote the report as it stands, to the character",
        )


def _value(one: Judgement) -> object:
    field = one.field or ""
    if one.verdict is Verdict.CORRECT and one.target:
        form = CORRECTED.get(one.target[0], {}).get(field)
        return None if form is None else msgspec.convert(one.value, form)
    return _added(one)


def _added(one: Judgement) -> Added | None:
    is_row = one.verdict is Verdict.ADD and one.report and one.anchor.spans
    form = ADDED.get(one.field or "")
    return msgspec.convert(one.value, form) if is_row and form else None


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _spans(part)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _spans(getattr(value, name))


class _Making:
    """Makes one added row out of its words and what the record has there."""

    def __init__(self, record: Record, judgement: Judgement) -> None:
        self.record = record
        self.anchor = judgement.anchor.spans[0]
        self.frame: dict[str, Any] = {
            "confidence": 1.0,
            "made_by": BY + judgement.coder,
        }

    def row(self, value: Added) -> AnyClaim | None:
        if isinstance(value, AddedStatement):
            return self._statement(value)
        return (
            self._event(value) if isinstance(value, AddedEvent) else self._link(value)
        )

    def _statement(self, told: AddedStatement) -> Statement:
        source, text = told.source, self.record.report.text
        holder = self._holder(self.anchor)
        before = {text[max(span.start - 1, 0) : span.start] for span in told.content}
        actors = self.record.actors
        return Statement(
            id=statement_id(self.record.report.id, cue=self.anchor, source=source),
            source=source,
            speaker=actor_at(self.record, source) if source else None,
            cue=self.anchor,
            content=told.content,
            within=holder.id if holder and not holder.is_outlet else None,
            quote=QuoteKind.DIRECT if before & _QUOTES else QuoteKind.INDIRECT,
            stance=told.stance,
            hearsay=source is None,
            basis=self._basis(source),
            about=tuple(
                one.id
                for one in actors
                if any(part.holds(at) for part in told.content for at in one.mentions)
            ),
            **self.frame,
        )

    def _basis(self, source: Span | None) -> Basis:
        if source is None:
            return Basis.NONE
        words = self.record.text_of(source)
        names = {
            name for one in self.record.actors for name in (one.name, *one.aliases)
        }
        is_named = any(name in words and not name.islower() for name in names)
        return Basis.NAMED if is_named else Basis.ROLE

    def _event(self, told: AddedEvent) -> Event | None:
        voices = self._voices(told.voice, told.status)
        if not voices:
            return None
        by = tuple(one.statement for one in voices)
        return Event(
            id=make_id("e", self.record.report.id, "event", (self.anchor,)),
            trigger=self.anchor,
            type=told.type,
            participants=tuple(
                Participant(
                    role=one.role,
                    span=one.span,
                    actor=actor_at(self.record, one.span),
                    statements=by,
                )
                for one in told.participants
            ),
            counts=tuple(
                Count(
                    what=one.what,
                    low=one.low,
                    high=one.high,
                    span=one.span,
                    statements=by,
                )
                for one in told.counts
            ),
            places=tuple(
                EventPlace(place=one, role=PlaceRole.AT, statements=by)
                for one in _met(self.record.places, told.place)
            ),
            times=tuple(
                EventTime(time=one, statements=by)
                for one in _met(self.record.times, told.time)
            ),
            assertions=voices,
            status=sum_up(self.record, voices),
            **self.frame,
        )

    def _link(self, told: AddedLink) -> Link | None:
        from_, to = actor_at(self.record, told.from_), actor_at(self.record, told.to)
        to = to or next(iter(_met(self.record.places, told.to)), None)
        voices = self._voices(told.voice, told.status)
        if from_ is None or to is None or not voices:
            return None
        anchor = (self.anchor, from_, to)
        return Link(
            id=make_id("l", self.record.report.id, "link", anchor),
            kind=told.kind,
            from_=from_,
            to=to,
            span=self.anchor,
            assertions=voices,
            **self.frame,
        )

    def _voices(self, voice: str | None, status: Status) -> tuple[Assertion, ...]:
        known = {one.id for one in self.record.statements}
        holder = self._holder(self.anchor)
        name = voice if voice in known else holder.id if holder else None
        if name is None:
            return ()
        return (Assertion(statement=name, status=status, span=self.anchor),)

    def _holder(self, span: Span) -> Statement | None:
        """Return the innermost statement about some words, else the outlet's voice."""
        holding = [
            one
            for one in self.record.statements
            if not one.is_outlet and any(part.holds(span) for part in one.content)
        ]
        sizes = {one.id: sum(b - a for a, b in one.content) for one in holding}
        return min(
            holding,
            key=lambda one: (sizes[one.id], one.id),
            default=self.record.outlet_voice(),
        )


def actor_at(record: Record, span: Span) -> str | None:
    """Return the id of the actor whose mention fits some words best, if any meets."""
    found = [
        (-_shared(span, at), at.end - at.start, one.id)
        for one in record.actors
        for at in one.mentions
        if at.meets(span)
    ]
    return min(found)[2] if found else None


def _met(rows: Sequence[Place] | Sequence[Time], span: Span | None) -> tuple[str, ...]:
    """Return the id of the first place or time that some words mention, if any."""
    if span is None:
        return ()
    met = (one.id for one in rows if any(at.meets(span) for at in one.mentions))
    return tuple(met)[:1]


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
