"""Parts of the invented records for exports; spans are given in quoted words."""

from __future__ import annotations

from sayso.record import (
    Actor,
    ActorKind,
    Anchor,
    AnchorKind,
    Basis,
    Fingerprint,
    Place,
    QuoteKind,
    Report,
    Section,
    SectionKind,
    Span,
    Stance,
    Statement,
    Time,
    TimePrecision,
    Timex,
    TimexType,
    report_id,
)
from tests.build import spot

KIT = Fingerprint(sayso="0.1.0", model="m 1", lexicons="l", ontology="o")
SURE = {"confidence": 0.9, "made_by": "test"}


def report(
    text: str, key: str, *, headline: str | None = None, **frame: str | None
) -> Report:
    """Return a report; what of the frame is not told gets a fitting value."""
    frame = {"url": None, "outlet": "Harbour Wire", "published": "2019-08-14"} | frame
    frame.setdefault("title", headline)
    byline = frame.pop("byline", None)
    start = len(headline) + 2 if headline else 0
    sections = [Section(kind=SectionKind.BODY, span=Span(start, len(text)))]
    if headline:
        head = Section(kind=SectionKind.HEADLINE, span=Span(0, len(headline)))
        sections.insert(0, head)
    return Report(
        id=report_id(text=text, **frame),
        key=key,
        keys=(key,),
        byline=byline,
        language="en",
        text=text,
        sections=tuple(sections),
        **frame,
    )


def actor(text: str, name: str, actor_id: str, *mentions: str, **told: object) -> Actor:
    """Return an actor; without further mentions the first place of the name is one."""
    spans = tuple(spot(text, words) for words in mentions or (name,))
    told = {"kind": ActorKind.PERSON} | told
    return Actor(id=actor_id, name=name, mentions=spans, **told, **SURE)


def place(text: str, name: str, place_id: str, **told: object) -> Place:
    """Return a place at the first mention of its name."""
    return Place(id=place_id, name=name, mentions=(spot(text, name),), **told, **SURE)


def outlet(statement_id: str, text: str, *content: str) -> Statement:
    """Return the outlet's own voice."""
    return Statement(
        id=statement_id,
        source=None,
        cue=None,
        content=tuple(spot(text, words) for words in content),
        quote=QuoteKind.INDIRECT,
        stance=Stance.ASSERTS,
        basis=Basis.NONE,
        **SURE,
    )


def say(
    statement_id: str, text: str, source: str, cue: str, *content: str, **told: object
) -> Statement:
    """Return what a source says."""
    told = {
        "quote": QuoteKind.INDIRECT,
        "stance": Stance.ASSERTS,
        "basis": Basis.NAMED,
    } | told
    return Statement(
        id=statement_id,
        source=spot(text, source),
        cue=spot(text, cue),
        content=tuple(spot(text, words) for words in content),
        **told,
        **SURE,
    )


def day(text: str, words: str, time_id: str, first: str, last: str) -> Time:
    """Return a time reckoned from the day of publication."""
    is_day = first == last
    value = first if is_day else f"{first}/{last}"
    return Time(
        id=time_id,
        value=value,
        timex=Timex(type=TimexType.DATE, value=value),
        earliest=first,
        latest=last,
        precision=TimePrecision.DAY if is_day else TimePrecision.INTERVAL,
        anchor=Anchor(kind=AnchorKind.PUBLISHED),
        rule="test",
        mentions=(spot(text, words),),
        **SURE,
    )
