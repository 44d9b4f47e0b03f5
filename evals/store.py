"""Speed and size of a project: `python -m evals.store --into FOLDER --reports 100000`.

Made reports of 450 words drawn by Zipf's law, each with 15 statements, 3 events and 2
links by actors and places that are drawn likewise. Told are reports added a second, the
size against that of the articles, and how long each view takes, cold and warm alike,
while another process goes on adding. A project made before is used again.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from multiprocessing.synchronize import Event as Stop
from pathlib import Path

from evals.sets import table
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
from sayso.store.base import Store
from sayso.store.projects import open_project
from sayso.store.query import Condition, Query, View

WORDS, STATEMENTS, EVENTS, LINKS, ACTORS = 450, 15, 3, 2, 8
VOCABULARY, PEOPLE, SITES, OUTLETS = 50_000, 40_000, 3_000, 80
FIRST_DAY, DAYS = date(2015, 1, 1), 3_000
TYPES = ("ASSAULT", "PROTEST", "COERCE", "AID", "CONSULT", "SANCTION", "RETREAT")
BATCH = 200
MADE = {"confidence": 0.8, "made_by": "eval"}


def main() -> None:
    """Make the project if need be, and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--into", type=Path, required=True, help="folder of the project"
    )
    parser.add_argument("--url", help="a postgresql:// project instead of a file")
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40, help="calls of each view")
    parser.add_argument(
        "--pace", type=float, default=20, help="reports a second added meanwhile"
    )
    args = parser.parse_args()
    where = args.url or str(args.into / f"made-{args.reports}.sayso")
    with open_project(where, create=True) as store:
        rows = [("figure", "value"), *fill(store, args.reports)]
        if not args.url:
            rows += size(Path(where), args.reports)
        rows += [("view", "p50 ms", "p95 ms", "max ms")]
        rows += measure(store, where, args.reports, args.rounds, args.pace)
    print(table([row for row in rows if len(row) == 2]))
    print(table([row for row in rows if len(row) == 4]))


def fill(store: Store, count: int) -> Iterator[tuple[str, object]]:
    """Add what is missing; give reports added a second, without making them."""
    have = store.info().reports
    spent = 0.0
    for start in range(have, count, BATCH):
        batch = [make_record(n) for n in range(start, min(count, start + BATCH))]
        began = time.perf_counter()
        store.add_records(batch)
        spent += time.perf_counter() - began
    info = store.info()
    yield "reports", info.reports
    yield "statements", info.statements
    if spent:
        yield "reports added a second", (count - have) / spent


def size(path: Path, count: int) -> Iterator[tuple[str, object]]:
    """Give the bytes of the file beside those of the articles."""
    sample = [len(make_record(n).report.text.encode()) for n in range(200)]
    text = statistics.mean(sample) * count
    yield "MB of the file", path.stat().st_size / 1e6
    yield "times the articles", path.stat().st_size / text


def measure(
    store: Store, where: str, count: int, rounds: int, pace: float
) -> Iterator[tuple[str, object, object, object]]:
    """Give the time of each view while another process adds reports."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    writer = context.Process(target=go_on, args=(where, count, pace, stop))
    writer.start()
    try:
        for name, call in views(store).items():
            taken = []
            for number in range(rounds):
                began = time.perf_counter()
                call(number)
                taken.append((time.perf_counter() - began) * 1000)
            taken.sort()
            p95 = taken[min(len(taken) - 1, int(len(taken) * 0.95))]
            yield name, statistics.median(taken), p95, taken[-1]
    finally:
        stop.set()
        writer.join()


def go_on(where: str, start: int, pace: float, stop: Stop) -> None:
    """Add reports in batches of ten at a pace until told to stop."""
    with open_project(where) as store:
        for first in itertools.count(start + store.info().reports, 10):
            began = time.perf_counter()
            store.add_records([make_record(n) for n in range(first, first + 10)])
            if stop.wait(max(0.0, 10 / pace - (time.perf_counter() - began))):
                return


def views(store: Store) -> dict[str, Callable[[int], object]]:
    """Return a call of each view; the number varies what is asked for."""
    actors = [row.actor.id for row in store.actors(Query(limit=200)).rows]
    sites = [row.place.id for row in store.places(Query(limit=200)).rows]
    stances = list(Stance)
    outlets = [f"Outlet {n}" for n in range(OUTLETS)]

    def only(**fields: str) -> tuple[Condition, ...]:
        return tuple(Condition(field=f, values=(v,)) for f, v in fields.items())

    def stance(n: int) -> str:
        return stances[n % len(stances)].value

    def outlet(n: int) -> str:
        return outlets[n % OUTLETS]

    def word(n: int) -> str:
        return vocabulary()[(n * 37) % 2_000]

    def deep(n: int) -> object:
        after = store.ledger(Query(limit=1, until=str(day_of(n * 61)))).next
        return store.ledger(Query(after=after))

    s = View.STATEMENTS
    return {
        "ledger": lambda n: store.ledger(),
        "ledger, deep page": deep,
        "ledger by stance": lambda n: store.ledger(Query(where=only(stance=stance(n)))),
        "ledger by stance and outlet": lambda n: store.ledger(
            Query(where=only(stance=stance(n), outlet=outlet(n)))
        ),
        "ledger by speaker": lambda n: store.ledger(
            Query(where=only(speaker=actors[n % len(actors)]))
        ),
        "ledger by speaker and stance": lambda n: store.ledger(
            Query(where=only(speaker=actors[n % len(actors)], stance=stance(n)))
        ),
        "ledger by words": lambda n: store.ledger(Query(text=word(n))),
        "ledger by words and stance": lambda n: store.ledger(
            Query(text=word(n), where=only(stance=stance(n)))
        ),
        "ledger by month": lambda n: store.ledger(
            Query(where=only(month=str(day_of(n * 61))[:7]))
        ),
        "facets": lambda n: store.facets(s),
        "facets by stance": lambda n: store.facets(
            s, Query(where=only(stance=stance(n)))
        ),
        "facets by stance and outlet": lambda n: store.facets(
            s, Query(where=only(stance=stance(n), outlet=outlet(n)))
        ),
        "facets by speaker": lambda n: store.facets(
            s, Query(where=only(speaker=actors[n % len(actors)]))
        ),
        "facets by words": lambda n: store.facets(s, Query(text=word(n))),
        "events": lambda n: store.events(),
        "events by type and country": lambda n: store.events(
            Query(where=only(type=TYPES[n % len(TYPES)], country="TRS"))
        ),
        "events at a place": lambda n: store.events(
            Query(where=only(place=sites[n % len(sites)]))
        ),
        "facets of events": lambda n: store.facets(View.EVENTS),
        "links": lambda n: store.links(),
        "links of an actor": lambda n: store.links(
            Query(where=only(actor=actors[n % len(actors)]))
        ),
        "timeline": lambda n: store.timeline(),
        "timeline by type": lambda n: store.timeline(
            Query(where=only(type=TYPES[n % len(TYPES)]))
        ),
        "periods": lambda n: store.periods(),
        "periods of an actor": lambda n: store.periods(
            Query(where=only(actor=actors[n % len(actors)]))
        ),
        "map": lambda n: store.map(),
        "map by type": lambda n: store.map(
            Query(where=only(type=TYPES[n % len(TYPES)]))
        ),
        "network": lambda n: store.network(),
        "network of an actor": lambda n: store.network(
            Query(where=only(actor=actors[n % len(actors)]))
        ),
        "actors": lambda n: store.actors(),
        "actors by name": lambda n: store.actors(Query(where=only(name=f"Person {n}"))),
        "actor": lambda n: store.actor(actors[n % len(actors)]),
        "places": lambda n: store.places(),
        "place": lambda n: store.place(sites[n % len(sites)]),
        "reports": lambda n: store.reports(),
        "comments": lambda n: store.comments(),
        "search": lambda n: store.search(Query(text=word(n))),
        "search, two words": lambda n: store.search(
            Query(text=f"{word(n)} {word(n + 9)}")
        ),
        "queue": lambda n: store.queue(s),
        "queue by stance": lambda n: store.queue(
            s, Query(where=only(stance=stance(n)))
        ),
        "info": lambda n: store.info(),
    }


# Made records


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
            id=make_id("a", self.report.id, "actor", mentions[:1]),
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
            id=make_id("p", self.report.id, "place", mentions[:1]),
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
            id=make_id("t", self.report.id, "time", (span,)),
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
            id=make_id("e", self.report.id, "event", (trigger,)),
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


if __name__ == "__main__":
    main()
