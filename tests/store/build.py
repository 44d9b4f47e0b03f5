"""Invented records with rows of every kind, for tests of projects.

record = make_record(1)                          # a report of its own
again = make_record(1, kit="0.2.0")              # the same, read by a newer kit
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sayso.record import (
    Actor,
    ActorKind,
    Assertion,
    Basis,
    Comment,
    CommentSpans,
    Event,
    EventPlace,
    EventTime,
    Fingerprint,
    Link,
    LinkKind,
    OverallStatus,
    Participant,
    Place,
    PlacePrecision,
    PlaceRole,
    QuoteKind,
    Record,
    Report,
    Role,
    Span,
    Stance,
    Statement,
    Status,
    TalkingPoint,
    Thread,
    Time,
    TimePrecision,
    Timex,
    TimexType,
    make_id,
    report_id,
    statement_id,
)

OUTLETS = ("Harbour Wire", "Tersa Post", "Valley Radio")
STANCES = (Stance.DENIES, Stance.CLAIMS, Stance.ASSERTS, Stance.BLAMES)
TEMPLATE = (
    "The Harbour Guard {verb} the raid on Port Ilmen number {number}. "
    "Mara Venn blamed the River Front for it on Tuesday."
)


def make_record(
    number: int,
    *,
    kit: str = "0.1.0",
    key: str | None = None,
    comments: Sequence[tuple[str, str | None, str]] = (),
    words: str = "",
    shift: int = 0,
    byline: str | None = None,
    **frame: Any,
) -> Record:
    """Return a record of an invented report.

    Args:
        number: Tells it from others: text, outlet, day and stances follow from it.
        kit: Version of sayso that read it.
        key: Its name; None is made from the number.
        comments: Author, time and text of each.
        words: Added to the text.
        shift: Moves the cue of the first statement to the right.
        byline: Is no part of the report's id.
        frame: Fields of the report to set.
    """
    text = (
        TEMPLATE.format(verb=("denied", "reported")[number % 2], number=number) + words
    )
    told: dict[str, Any] = {
        "url": None,
        "outlet": OUTLETS[number % len(OUTLETS)],
        "published": f"2019-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}",
        "title": f"Raid {number}",
    } | frame
    report = Report(
        id=report_id(text=text, **told),
        key=key or f"report-{number:05d}",
        keys=(key or f"report-{number:05d}",),
        byline=byline,
        language="en",
        text=text,
        comments=make_comments(comments),
        **told,
    )
    return _Making(report, number, kit, shift).make()


def make_comments(rows: Sequence[tuple[str, str | None, str]]) -> tuple[Comment, ...]:
    """Return a thread of author, time and text, numbered from 1."""
    return tuple(
        Comment(n=n, author=author, time=time, text=text)
        for n, (author, time, text) in enumerate(rows, 1)
    )


class _Making:
    def __init__(self, report: Report, number: int, kit: str, shift: int) -> None:
        self.report = report
        self.number = number
        self.kit = kit
        self.shift = shift

    def spot(self, words: str) -> Span:
        start = self.report.text.index(words)
        return Span(start, start + len(words))

    def make(self) -> Record:
        guard = self.actor("Harbour Guard", ActorKind.ORGANISATION, country="TRS")
        venn = self.actor("Mara Venn", ActorKind.PERSON)
        front = self.actor("River Front", ActorKind.ORGANISATION, authority="front-1")
        place, time = self.place(), self.time()
        statements = self.statements(guard, venn, front)
        said, blamed, outlet = statements
        status = (Status.DENIED, Status.HAPPENED)[self.number % 2]
        voices = (
            Assertion(statement=said.id, status=status, span=self.spot("the raid")),
            Assertion(
                statement=blamed.id, status=Status.HAPPENED, span=self.spot("for it")
            ),
        )
        comments = self.report.comments
        points = TalkingPoint(
            phrase="tell the truth",
            comments=tuple(CommentSpans(n=one.n, spans=()) for one in comments[:2]),
            authors=2,
            in_article=False,
            expected=0.1,
            p=0.001,
            q=0.01,
        )
        return Record(
            report=self.report,
            actors=(guard, venn, front),
            places=(place,),
            times=(time,),
            statements=(said, blamed, outlet),
            events=(self.event(voices, guard, place, time),),
            links=(self.link(voices[0], venn, guard),),
            thread=Thread(talking_points=(points,) if len(comments) > 1 else ()),
            kit=Fingerprint(sayso=self.kit, model=f"m{self.kit}", lexicons="l"),
        )

    def actor(self, name: str, kind: ActorKind, **fields: Any) -> Actor:
        span = self.spot(name)
        return Actor(
            id=make_id("a", self.report.id, "actor", (span,)),
            name=name,
            kind=kind,
            mentions=(span,),
            confidence=0.9,
            made_by="test",
            **fields,
        )

    def place(self) -> Place:
        span = self.spot("Port Ilmen")
        return Place(
            id=make_id("p", self.report.id, "place", (span,)),
            name="Port Ilmen",
            gazetteer_id="test:1",
            lat=10.5,
            lon=-3.25,
            country="TRS",
            precision=PlacePrecision.CITY,
            mentions=(span,),
            confidence=0.8,
            made_by="test",
        )

    def time(self) -> Time:
        span = self.spot("Tuesday")
        value = self.report.published or "2019-01-01"
        return Time(
            id=make_id("t", self.report.id, "time", (span,)),
            value=value,
            timex=Timex(type=TimexType.DATE, value=value),
            earliest=value,
            latest=value,
            precision=TimePrecision.DAY,
            rule="weekday",
            mentions=(span,),
            confidence=0.8,
            made_by="test",
        )

    def statements(self, guard: Actor, venn: Actor, front: Actor) -> list[Statement]:
        verb = ("denied", "reported")[self.number % 2]
        cue = self.spot(verb)
        cue = Span(cue.start + self.shift, cue.end + self.shift)
        rows = (
            (guard, cue, "the raid on Port Ilmen", (), STANCES[self.number % 3]),
            (
                venn,
                self.spot("blamed"),
                "the River Front for it",
                (front.id,),
                STANCES[3],
            ),
            (None, None, "on Tuesday", (), Stance.ASSERTS),
        )
        return [
            Statement(
                id=statement_id(
                    self.report.id, cue=at, source=by.mentions[0] if by else None
                ),
                source=by.mentions[0] if by else None,
                speaker=by.id if by else None,
                cue=at,
                content=(self.spot(content),),
                quote=QuoteKind.INDIRECT,
                stance=stance,
                basis=Basis.NAMED if by else Basis.NONE,
                about=about,
                confidence=(50 + (self.number * 7 + place * 13) % 50) / 100,
                made_by="test",
            )
            for place, (by, at, content, about, stance) in enumerate(rows)
        ]

    def event(
        self, voices: tuple[Assertion, ...], actor: Actor, place: Place, time: Time
    ) -> Event:
        trigger = self.spot("raid")
        by = (voices[0].statement,)
        return Event(
            id=make_id("e", self.report.id, "event", (trigger,)),
            trigger=trigger,
            type="ASSAULT",
            mode=("firearms", None)[self.number % 2],
            participants=(
                Participant(
                    role=Role.ACTOR,
                    span=actor.mentions[0],
                    actor=actor.id,
                    statements=by,
                ),
            ),
            places=(EventPlace(place=place.id, role=PlaceRole.AT, statements=by),),
            times=(EventTime(time=time.id, statements=by),),
            assertions=voices,
            status=(OverallStatus.DISPUTED, OverallStatus.ALLEGED)[self.number % 2],
            confidence=0.7,
            made_by="test",
        )

    def link(self, voice: Assertion, from_: Actor, to: Actor) -> Link:
        span = self.spot("Mara Venn blamed")
        return Link(
            id=make_id("l", self.report.id, "link", (span, from_.id, to.id)),
            kind=LinkKind.MEMBER_OF,
            from_=from_.id,
            to=to.id,
            span=span,
            assertions=(voice,),
            confidence=0.6,
            made_by="test",
        )
