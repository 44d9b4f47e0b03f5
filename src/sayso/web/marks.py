"""The text of a report cut into pieces, each with the marks that lie over it.

Cut here and not in the browser, which counts in other units. Each layer has a colour, a
style of line of its own and a label, so that marks over one another can be told apart.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from sayso.record import Event, Link, Record, SectionKind, Span, Statement
from sayso.show.clean import clean
from sayso.show.ledger import number_statements

_GAP = re.compile(r"\n[ \t]*\n\s*")
_DEPTHS = 3


class Layer(StrEnum):
    """What a mark is; marks over one place are nested in this order."""

    CONTENT = "content"
    EVENT = "event"
    SOURCE = "source"
    CUE = "cue"
    PLACE = "place"
    DATE = "date"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Words that are part of a claim, or name a place or a time."""

    layer: Layer
    span: Span
    label: str
    """S1, C1, [1, E1, P, D."""
    owner: str
    """Id of the statement, event, place or time."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A run of text under the same marks."""

    text: str
    """Safe to look at."""
    layers: tuple[Layer, ...] = ()
    depth: int = 0
    """How many contents hold it, at most three."""
    owners: str = ""
    """Ids, separated by spaces."""
    opens: tuple[Mark, ...] = ()
    """Marks that begin here; their labels stand before the text."""
    closes: tuple[Mark, ...] = ()
    """Contents that end here; their brackets stand behind it."""


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph in pieces."""

    kind: SectionKind
    pieces: tuple[Piece, ...]


def find_marks(record: Record) -> tuple[Mark, ...]:
    """Return the marks of all statements, events, places and times of a record."""
    numbers = number_statements(record)
    marks = [
        mark
        for one in record.statements
        if not one.is_outlet
        for mark in statement_marks(one, str(numbers[one.id]))
    ]
    for number, event in enumerate(record.events, 1):
        marks += event_marks(event, str(number))
    for place in record.places:
        marks += _mentions(place.mentions, Layer.PLACE, "P", place.id)
    for time in record.times:
        marks += _mentions(time.mentions, Layer.DATE, "D", time.id)
    return tuple(marks)


def claim_marks(claim: Statement | Event | Link) -> tuple[Mark, ...]:
    """Return the marks of one claim alone, without numbers."""
    if isinstance(claim, Statement):
        return tuple(statement_marks(claim, ""))
    if isinstance(claim, Event):
        return tuple(event_marks(claim, ""))
    return (Mark(layer=Layer.EVENT, span=claim.span, label="tie", owner=claim.id),)


def statement_marks(statement: Statement, number: str) -> Iterator[Mark]:
    """Give the marks of a statement: source, cue and contents."""
    parts = [(Layer.SOURCE, "S", statement.source), (Layer.CUE, "C", statement.cue)]
    parts += [(Layer.CONTENT, "[", span) for span in statement.content]
    for layer, letter, span in parts:
        if span is not None:
            label = f"{letter}{number}"
            yield Mark(layer=layer, span=span, label=label, owner=statement.id)


def event_marks(event: Event, number: str) -> Iterator[Mark]:
    """Give the marks of an event: all its mentions."""
    yield from _mentions(
        (event.trigger, *event.also), Layer.EVENT, f"E{number}", event.id
    )


def _mentions(
    spans: Iterable[Span], layer: Layer, label: str, owner: str
) -> list[Mark]:
    return [Mark(layer=layer, span=one, label=label, owner=owner) for one in spans]


def cut(record: Record, marks: Sequence[Mark]) -> tuple[Paragraph, ...]:
    """Return the whole text in paragraphs, cut at all edges of the marks."""
    text = record.report.text
    bounds = _paragraphs(text)
    edges = {edge for pair in bounds for edge in pair}
    edges.update(edge for mark in marks for edge in mark.span)
    pieces = list(_pieces(text, sorted(edges | {0, len(text)}), marks))
    found, at = [], 0
    for start, end in bounds:
        inside = []
        while at < len(pieces) and pieces[at][0].start < end:
            if pieces[at][0].start >= start:
                inside.append(pieces[at][1])
            at += 1
        kind = _kind(record, Span(start, end))
        found.append(Paragraph(kind=kind, pieces=tuple(inside)))
    return tuple(found)


def around(record: Record, marks: Sequence[Mark]) -> tuple[Paragraph, ...]:
    """Return the paragraphs that the marks touch."""
    return tuple(
        paragraph
        for paragraph in cut(record, marks)
        if any(piece.layers for piece in paragraph.pieces)
    )


def _paragraphs(text: str) -> list[Span]:
    gaps = [Span(*gap.span()) for gap in _GAP.finditer(text)]
    edges = [0, *itertools.chain.from_iterable(gaps), len(text)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [Span(start, end) for start, end in pairs if start < end]


def _kind(record: Record, paragraph: Span) -> SectionKind:
    """Return which section holds all of a paragraph; else it is of the body."""
    for section in record.report.sections:
        if section.span.holds(paragraph):
            return section.kind
    return SectionKind.BODY


def _pieces(
    text: str, edges: Sequence[int], marks: Sequence[Mark]
) -> Iterator[tuple[Span, Piece]]:
    """Give the text cut at all edges; one sweep, as reports may hold thousands."""
    begin: dict[int, list[Mark]] = {}
    end: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda one: (one.span.start, -one.span.end)):
        if mark.span.start < mark.span.end:
            begin.setdefault(mark.span.start, []).append(mark)
            end.setdefault(mark.span.end, []).append(mark)
    active: list[Mark] = []
    order = list(Layer)
    for start, stop in itertools.pairwise(edges):
        for mark in end.get(start, ()):
            active.remove(mark)
        active += begin.get(start, ())
        layers = {mark.layer for mark in active}
        depth = sum(mark.layer is Layer.CONTENT for mark in active)
        closes = [m for m in reversed(end.get(stop, [])) if m.layer is Layer.CONTENT]
        yield (
            Span(start, stop),
            Piece(
                text=clean(text[start:stop]),
                layers=tuple(layer for layer in order if layer in layers),
                depth=min(depth, _DEPTHS),
                owners=" ".join(dict.fromkeys(mark.owner for mark in active)),
                opens=tuple(begin.get(start, ())),
                closes=tuple(closes),
            ),
        )
