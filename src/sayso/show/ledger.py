"""The ledger: one line for each statement, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from sayso.record import QuoteKind, Record, Span, Statement
from sayso.show.clean import clean, shorten

OUTLET = "outlet"
NOBODY = "somebody"
ARROW = "←"
NAME_CHARS = 48  # a source may be a sentence long; its head comes first
CONTENT_CHARS = 120
_NO_WORD = re.compile(r"\W+")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger tells of one statement; all text is safe to print."""

    number: int
    """From 1 in text order; 0 is the outlet's own voice."""
    id: str
    chain: tuple[str, ...]
    """Who speaks, who passes it on …, the outlet: officials, Bekri, outlet."""
    words: str
    """How the source is called here, where the chain does not tell it ("she")."""
    stance: str
    basis: str
    notes: tuple[str, ...]
    """How it is quoted if not indirectly, and what a reader must not miss."""
    content: str
    """Beginning of what is said; empty for a bare declined comment. Of the outlet the
    longest passage, and how much there is."""
    confidence: float


def number_statements(record: Record) -> dict[str, int]:
    """Return the number of each statement by its id: 0 is the outlet, then text order.

    Statements of joint sources start at one place; the place of their source tells
    which is first.
    """
    voices = [one for one in record.statements if not one.is_outlet]
    numbers = {one.id: 0 for one in record.statements if one.is_outlet}
    voices.sort(key=lambda one: (_start(one), one.source or Span(0, 0)))
    return numbers | {one.id: number for number, one in enumerate(voices, 1)}


def make_ledger(record: Record) -> tuple[Line, ...]:
    """Return the lines of all statements by number, the outlet's own voice last."""
    numbers = number_statements(record)
    chains = _chains(record)
    lines = [
        _line(record, one, number=numbers[one.id], chain=chains[one.id])
        for one in record.statements
    ]
    return tuple(sorted(lines, key=lambda line: (line.number == 0, line.number)))


def _start(statement: Statement) -> int:
    spans = [*statement.content, *filter(None, (statement.source, statement.cue))]
    return min((span.start for span in spans), default=0)


def _chains(record: Record) -> dict[str, tuple[str, ...]]:
    """Return by statement the names from its speaker outwards, the outlet last."""
    statements = {one.id: one for one in record.statements}
    actors = {actor.id: actor.name for actor in record.actors}

    def name(statement: Statement) -> str:
        if statement.speaker is not None:
            return shorten(clean(actors[statement.speaker]), NAME_CHARS)
        if statement.source is not None:
            return _words(record, statement)
        return NOBODY

    def chain(statement: Statement) -> Iterator[str]:
        one: Statement | None = statement
        while one is not None and not one.is_outlet:
            yield name(one)
            one = statements[one.within] if one.within is not None else None
        yield OUTLET

    return {one.id: tuple(chain(one)) for one in record.statements}


def _line(
    record: Record, statement: Statement, *, number: int, chain: tuple[str, ...]
) -> Line:
    words = _words(record, statement)
    if _folded(chain[0]) in _folded(words):
        chain = (words, *chain[1:])  # "Opposition leader Maud Serrin"
    return Line(
        number=number,
        id=statement.id,
        chain=chain,
        words="" if _folded(words) in _folded(chain[0]) else words,
        stance=statement.stance.value,
        basis="" if statement.is_outlet else statement.basis.value,
        notes=_notes(statement),
        content=_own(record, statement)
        if statement.is_outlet
        else shorten(clean(record.text_of(*statement.content)), CONTENT_CHARS),
        confidence=statement.confidence,
    )


def _own(record: Record, statement: Statement) -> str:
    """Return how much the outlet says itself, and its longest passage."""
    sizes = {span: span.end - span.start for span in statement.content}
    if not sizes:
        return ""
    share = 100 * sum(sizes.values()) // len(record.report.text)
    longest = max(sizes, key=lambda span: (sizes[span], -span.start))
    words = shorten(clean(longest.of(record.report.text)), CONTENT_CHARS)
    return f"{share} % of the text, such as: {words}"


def _words(record: Record, statement: Statement) -> str:
    words = statement.source.of(record.report.text) if statement.source else ""
    return shorten(clean(words), NAME_CHARS)


def _folded(name: str) -> str:
    """Return the words of a name marked off, so that "he" is not found in "the"."""
    return f" {_NO_WORD.sub(' ', name.casefold()).strip().removeprefix('the ')} "


def _notes(statement: Statement) -> tuple[str, ...]:
    if statement.is_outlet:
        return ("own voice",)
    notes = (
        (statement.quote.value, statement.quote is not QuoteKind.INDIRECT),
        ("hearsay", statement.hearsay),
        ("negated", statement.negated),
        ("not speech", not statement.speech),
    )
    return tuple(note for note, holds in notes if holds)
