"""Made reports with claims of all kinds, for figures that need very many of them.

Words, actors, places and outlets are drawn by Zipf's law. `make_record(n)` is the same
record on every machine; it says nothing on how well anything is read.
"""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta
from functools import cache

from sayso.record import (
    Actor,
    ActorKind,
    Assertion,
    Basis,
    Comment,
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
    Time,
    TimePrecision,
    Timex,
    TimexType,
    make_id,
    report_id,
    statement_id,
)

WORDS, STATEMENTS, EVENTS, LINKS, ACTORS = 450, 15, 3, 2, 8
VOCABULARY, PEOPLE, SITES, OUTLETS = 50_000, 40_000, 3_000, 80
FIRST_DAY, DAYS = date(2015, 1, 1), 3_000
TYPES = ("ASSAULT", "PROTEST", "COERCE", "AID", "CONSULT", "SANCTION", "RETREAT")
MADE = {"confidence": 0.8, "made_by": "eval"}


@cache
def vocabulary() -> tuple[str, ...]:
    """Return made words, the frequent ones short."""
    syllables = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "ro", "tu", "sa", "ve")
    chosen = random.Random(1)
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        length = (
            1 + int(len(words) > 12) + int(len(words) > 200) + int(len(words) > 5_000)
        )
        words["".join(chosen.choices(syllables, k=length + chosen.randrange(3)))] = None
    return tuple(words)


@cache
def weights(count: int) -> tuple[float, ...]:
    """Return the running sums of Zipf's law over some ranks."""
    return tuple(itertools.accumulate(1 / (rank + 5) for rank in range(count)))


def day_of(number: int) -> date:
    """Return the day of a report."""
    return FIRST_DAY + timedelta(days=number * 7 % DAYS)


def make_record(number: int) -> Record:
    """Return the made record of a number; equal numbers give equal records."""
    return _Making(number).record()


class _Making:
    def __init__(self, number: int) -> None:
        self.number = number
        self.random = random.Random(number)
        self.counted = 0
        words = self.random.choices(
            vocabulary(), cum_weights=weights(VOCABULARY), k=WORDS
        )
        words[0] = f"{words[0]}{number}"
        self.spans = []
        start = 0
        for word in words:
            self.spans.append(Span(start, start + len(word)))
            start += len(word) + 1
        outlet = f"Outlet {self.pick(OUTLETS)}"
        told = {
            "url": f"https://outlet.example/{number}",
            "outlet": outlet,
            "published": str(day_of(number)),
            "title": " ".join(words[:8]),
        }
        text = " ".join(words)
        self.report = Report(
            id=report_id(text=text, **told),
            key=told["url"],
            keys=(told["url"],),
            language="en",
            text=text,
            comments=tuple(
                Comment(n=n, author=f"c{n}", text=" ".join(words[n * 9 : n * 9 + 20]))
                for n in range(1, self.random.randrange(6))
            ),
            **told,
        )

    def pick(self, count: int) -> int:
        return self.random.choices(range(count), cum_weights=weights(count))[0]

    def count(self) -> int:
        """Return another number each time: spans made at random may be equal."""
        self.counted += 1
        return self.counted

    def span(self, length: int = 2) -> Span:
        first = self.random.randrange(WORDS - length)
        return Span(self.spans[first].start, self.spans[first + length - 1].end)

    def record(self) -> Record:
        actors = tuple(self.actor() for _ in range(ACTORS))
        places = tuple(self.place() for _ in range(3))
        times = (self.time(), self.time())
        statements = tuple(self.statement(n, actors) for n in range(STATEMENTS))
        events = tuple(
            self.event(statements, actors, places, times) for _ in range(EVENTS)
        )
        links = tuple(self.link(statements, actors) for _ in range(LINKS))
        return Record(
            report=self.report,
            actors=actors,
            places=places,
            times=times,
            statements=statements,
            events=events,
            links=links,
            kit=Fingerprint(sayso="0.1.0", model="made", lexicons="made"),
        )

    def actor(self) -> Actor:
        who = self.pick(PEOPLE)
        mentions = tuple(sorted(self.span() for _ in range(3)))
        return Actor(
            id=make_id("a", self.report.id, "actor", (mentions[0], self.count())),
            name=f"Person {who}",
            kind=ActorKind.PERSON if who % 3 else ActorKind.ORGANISATION,
            country=("TRS", "ILM", None)[who % 3],
            sector=("GOV", "MIL", None)[who % 3],
            authority=f"made:{who}" if who % 5 == 0 else None,
            mentions=mentions,
            **MADE,
        )

    def place(self) -> Place:
        where = self.pick(SITES)
        mentions = (self.span(1), self.span(1))
        return Place(
            id=make_id("p", self.report.id, "place", (mentions[0], self.count())),
            name=f"Town {where}",
            gazetteer_id=f"made:{where}",
            lat=where % 180 - 90 + 0.5,
            lon=where % 360 - 180 + 0.5,
            country=("TRS", "ILM")[where % 2],
            precision=PlacePrecision.CITY,
            radius_km=5,
            mentions=mentions,
            **MADE,
        )

    def time(self) -> Time:
        span = self.span(1)
        value = str(day_of(self.number) - timedelta(days=self.random.randrange(30)))
        return Time(
            id=make_id("t", self.report.id, "time", (span, value, self.count())),
            value=value,
            timex=Timex(type=TimexType.DATE, value=value),
            earliest=value,
            latest=value,
            precision=TimePrecision.DAY,
            rule="made",
            mentions=(span,),
            **MADE,
        )

    def statement(self, n: int, actors: tuple[Actor, ...]) -> Statement:
        by = self.random.choice(actors) if n else None
        cue = self.span(1) if n else None
        source = by.mentions[0] if by else None
        stance = list(Stance)[self.pick(len(Stance))]
        return Statement(
            id=statement_id(self.report.id, cue=cue, source=source, conjunct=n),
            source=source,
            speaker=by.id if by else None,
            cue=cue,
            content=(self.span(20),),
            quote=list(QuoteKind)[self.pick(3)],
            stance=stance,
            basis=list(Basis)[self.pick(5)] if by else Basis.NONE,
            about=(self.random.choice(actors).id,),
            confidence=self.random.randrange(40, 100) / 100,
            made_by="eval",
        )

    def voices(self, statements: tuple[Statement, ...]) -> tuple[Assertion, ...]:
        return tuple(
            Assertion(
                statement=one.id,
                status=self.random.choice((Status.HAPPENED, Status.DENIED)),
                span=one.content[0],
            )
            for one in self.random.sample(statements, 2)
        )

    def event(
        self,
        statements: tuple[Statement, ...],
        actors: tuple[Actor, ...],
        places: tuple[Place, ...],
        times: tuple[Time, ...],
    ) -> Event:
        voices = self.voices(statements)
        by = (voices[0].statement,)
        trigger, actor = self.span(1), self.random.choice(actors)
        place, at = self.random.choice(places), self.random.choice(times)
        return Event(
            id=make_id("e", self.report.id, "event", (trigger, self.count())),
            trigger=trigger,
            type=TYPES[self.pick(len(TYPES))],
            participants=(
                Participant(
                    role=Role.ACTOR,
                    span=actor.mentions[0],
                    actor=actor.id,
                    statements=by,
                ),
            ),
            places=(EventPlace(place=place.id, role=PlaceRole.AT, statements=by),),
            times=(EventTime(time=at.id, statements=by),),
            assertions=voices,
            status=self.random.choice((OverallStatus.DISPUTED, OverallStatus.ALLEGED)),
            **MADE,
        )

    def link(
        self, statements: tuple[Statement, ...], actors: tuple[Actor, ...]
    ) -> Link:
        one, other = self.random.sample(actors, 2)
        span = self.span(4)
        return Link(
            id=make_id("l", self.report.id, "link", (span, one.id, other.id)),
            kind=list(LinkKind)[self.pick(len(LinkKind))],
            from_=one.id,
            to=other.id,
            span=span,
            assertions=self.voices(statements),
            **MADE,
        )
