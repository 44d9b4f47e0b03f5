"""Hand-made records for tests of the faces.

record = make_record(
    "“It is over,” she said.",
    say("s1", "she", "said", "“It is over,”", stance="claims"),
)
"""

from __future__ import annotations

from collections.abc import Iterable

from sayso.record import (
    Actor,
    ActorKind,
    Basis,
    Fingerprint,
    QuoteKind,
    Record,
    SectionKind,
    Span,
    Stance,
    Statement,
)
from tests.build import make_report, spot

KIT = Fingerprint(sayso="0.0.0", model="none", lexicons="none")
Saying = tuple[str, str | None, str | None, tuple[str, ...], dict[str, object]]


def say(
    name: str,
    source: str | None,
    cue: str | None,
    *content: str,
    **fields: object,
) -> Saying:
    """Return a statement in quoted words; `outlet=True` makes it the outlet's own."""
    return name, source, cue, content, fields


def make_record(
    text: str,
    *sayings: Saying,
    people: Iterable[tuple[str, str]] = (),
    comments: Iterable[str] = (),
    headline: str | None = None,
) -> Record:
    """Return a record of a text with statements and people (id and name)."""
    sections = {headline: SectionKind.HEADLINE} if headline else None
    return Record(
        report=make_report(text, comments=comments, sections=sections),
        actors=tuple(_actor(*person) for person in people),
        statements=tuple(_statement(text, *saying) for saying in sayings),
        kit=KIT,
    )


def _actor(actor_id: str, name: str) -> Actor:
    return Actor(
        id=actor_id,
        name=name,
        kind=ActorKind.PERSON,
        mentions=(Span(0, 1),),
        confidence=1.0,
        made_by="test",
    )


def _statement(
    text: str,
    name: str,
    source: str | None,
    cue: str | None,
    content: tuple[str, ...],
    fields: dict[str, object],
) -> Statement:
    is_outlet = fields.pop("outlet", False)
    known: dict[str, object] = {
        "quote": QuoteKind.INDIRECT,
        "stance": Stance.ASSERTS,
        "basis": Basis.NONE if source is None else Basis.NAMED,
        "hearsay": cue is None and not is_outlet,
        "confidence": 0.9,
        "made_by": "test",
    }
    return Statement(
        id=name,
        source=None if source is None else spot(text, source),
        cue=None if cue is None else spot(text, cue),
        content=tuple(spot(text, words) for words in content),
        **(known | fields),
    )
