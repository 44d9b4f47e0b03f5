"""Ties between actors, or actors and places, each on the word of those who tell it."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.links_ends import Ends
from sayso.extract.links_find import find_ties
from sayso.extract.links_sureness import sureness
from sayso.extract.links_tie import Tie, TieText
from sayso.extract.tree import Tree
from sayso.reading.types import Reading
from sayso.record.claims import (
    Assertion,
    Link,
    LinkKind,
    Stance,
    Statement,
    Status,
)
from sayso.record.entities import Actor, Place
from sayso.record.ids import make_id
from sayso.record.report import Report
from sayso.record.span import Span
from sayso.vocab.ties import TIES, TieWords

_Key = tuple[LinkKind, str, str]
_DOUBTING = frozenset({Stance.DOUBTS, Stance.ASKS, Stance.BELIEVES})


def find_links(
    report: Report,
    reading: Reading,
    statements: Sequence[Statement],
    actors: Sequence[Actor],
    places: Sequence[Place],
    words: TieWords,
) -> tuple[Link, ...]:
    """Return the links of a report in text order, each with one assertion a voice.

    The same tie told twice is one link: its span is the first telling. A voice is the
    innermost statement whose content holds the words, or else the outlet.
    """
    tree = Tree(reading)
    told = gather_ties(tree, statements, actors, places, words)
    voices = _Voices(statements)
    links = (_link(report, tree, voices, ties) for ties in told.values())
    return tuple(
        sorted(
            (link for link in links if link.assertions),
            key=lambda link: (link.span, link.kind, link.from_, link.to),
        )
    )


def gather_ties(
    tree: Tree,
    statements: Sequence[Statement],
    actors: Sequence[Actor],
    places: Sequence[Place],
    words: TieWords,
) -> dict[_Key, list[Tie]]:
    """Return the ties of a report by kind and ends, each in text order."""
    told: dict[_Key, list[Tie]] = {}
    speakers = {statement.speaker for statement in statements}
    ends = Ends(tree, actors, places, speakers)
    for tie in find_ties(TieText(tree=tree, ends=ends, words=words)):
        told.setdefault((tie.kind, tie.from_.id, tie.to.id), []).append(tie)
    return told


class _Voices:
    """Look-up from words to the statement that says them."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._outlet = next((s for s in statements if s.is_outlet), None)
        self._pieces = sorted(
            (piece.end - piece.start, piece, number, statement)
            for number, statement in enumerate(statements)
            if not statement.is_outlet
            for piece in statement.content
        )

    def of(self, span: Span) -> Statement | None:
        """Return the innermost statement that holds a span, or the outlet's own."""
        held = (s for _, piece, _, s in self._pieces if piece.holds(span))
        return next(held, self._outlet)


def _link(report: Report, tree: Tree, voices: _Voices, ties: Sequence[Tie]) -> Link:
    first = ties[0]
    span = tree.span_of(*first.tokens)
    assertions: dict[str, Assertion] = {}
    for tie in ties:
        said = tree.span_of(*tie.tokens)
        voice = voices.of(said)
        if voice is not None and voice.id not in assertions:
            assertions[voice.id] = Assertion(
                statement=voice.id, status=_status(tie, voice), span=said
            )
    return Link(
        id=make_id(
            "l", report.id, "link", (span, first.kind, first.from_.id, first.to.id)
        ),
        kind=first.kind,
        from_=first.from_.id,
        to=first.to.id,
        span=span,
        assertions=tuple(assertions.values()),
        confidence=sureness(ties),
        made_by=f"{TIES}:{first.line}" if first.line else "rule:links",
    )


def _status(tie: Tie, voice: Statement) -> Status:
    """Return what a voice says of a tie.

    A tie in a noun phrase ("their commander") is taken for granted by whoever says it,
    even in a denial of something else; a tie in a clause is what the voice denies.
    """
    denies = voice.stance is Stance.DENIES and not voice.negated
    if tie.is_negated != (denies and tie.is_claim):
        return Status.DENIED
    if tie.is_hedged or (tie.is_claim and voice.stance in _DOUBTING):
        return Status.POSSIBLE
    return Status.HAPPENED
