"""Speed and size of a project: `python -m evals.store --into FOLDER --reports 100000`.

Made reports of 450 words drawn by Zipf's law, each with 15 statements, 3 events and 2
links by actors and places that are drawn likewise. Told are reports added a second, the
size against that of the articles, and how long each view takes, cold and warm alike,
while another process goes on adding; the time of one core tells on a busy machine what
an idle one would need. A project made before is used again.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Event as Stop
from pathlib import Path

from evals.made import OUTLETS, TYPES, day_of, make_record, vocabulary
from evals.sets import table
from sayso.record import Stance
from sayso.store.base import Store
from sayso.store.projects import open_project
from sayso.store.query import Condition, Query, View

BATCH = 200


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
        rows += [("view", "p50 ms", "p95 ms", "max ms", "p95 ms of one core")]
        rows += measure(store, where, args.reports, args.rounds, args.pace)
    print(table([row for row in rows if len(row) == 2]))
    print(table([row for row in rows if len(row) == 5]))


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
) -> Iterator[tuple[str, float, float, float, float]]:
    """Give the time of each view while another process adds reports."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    writer = context.Process(target=go_on, args=(where, count, pace, stop))
    writer.start()
    try:
        for name, call in views(store).items():
            taken, worked = [], []
            for number in range(rounds):
                began, at_work = time.perf_counter(), time.process_time()
                call(number)
                taken.append((time.perf_counter() - began) * 1000)
                worked.append((time.process_time() - at_work) * 1000)
            yield name, statistics.median(taken), p95(taken), max(taken), p95(worked)
    finally:
        stop.set()
        writer.join()


def p95(taken: list[float]) -> float:
    """Return the time that 95 % of the calls stay below."""
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * 0.95))]


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


if __name__ == "__main__":
    main()
