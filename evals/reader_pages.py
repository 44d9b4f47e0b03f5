"""How long each page of the reader takes, with any of its filters.

    python -m evals.reader_pages PROJECT [--rounds 20] [--ingest] [--over 300]

Asks the application in this process, so that what is measured is the store, the
drawing and the page, without a browser. Lists are asked for as they are, by the most
frequent value of each of their facets, by two of them, by words and by an actor; each
of these pages shows all facets. `--ingest` runs `sayso ingest` with one process on the
project meanwhile, so use a copy. `python -m evals.store --into DIR --reports N` makes a
large project of invented reports.
"""

from __future__ import annotations

import argparse
import os
import secrets
import statistics
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from fastapi.testclient import TestClient

from evals.ingest import ingesting
from sayso.store.base import Store
from sayso.store.projects import open_project
from sayso.store.query import Query, View
from sayso.web.app import create_app

BASE = "http://127.0.0.1:8000"
LISTS = {
    "/reports": View.REPORTS,
    "/ledger": View.STATEMENTS,
    "/events": View.EVENTS,
    "/links": View.LINKS,
    "/review": View.STATEMENTS,
    "/review?of=events": View.EVENTS,
    "/review?of=links": View.LINKS,
    "/threads": View.COMMENTS,
    "/actors": View.ACTORS,
    "/places": View.PLACES,
}


class Times(NamedTuple):
    """What 95 % of the calls of a page stay below, in milliseconds."""

    p95: float
    of_one_core: float
    """On a busy machine, what an idle one would need."""


def addresses(store: Store) -> Iterator[str]:
    """Give the pages, those of one actor, place and so on for the most frequent."""
    actor = store.actors(Query(limit=1)).rows[0].actor.id
    place = store.places(Query(limit=1)).rows[0].place.id
    head = store.reports(Query(limit=1)).rows[0]
    outlet = head.outlet or ""
    words = sorted((head.title or "the").split(), key=len)
    yield from ("/", f"/reports/{head.id}", "/jobs", "/review/agreement")
    for path, view in LISTS.items():
        yield from _filtered(store, path, view, (words[0], words[-1]), actor)
    yield from ("/timeline", "/map", "/network", "/threads", "/actors", "/places")
    yield from (f"/{page}?outlet={outlet}" for page in ("timeline", "map", "network"))
    yield from (f"/{page}?actor={actor}" for page in ("timeline", "map", "network"))
    yield from ("/timeline/data.csv", "/map/data.csv", "/network/data.csv")
    yield from (f"/actors/{actor}", f"/places/{place}", "/runs")
    for row in store.comments(Query(limit=1)).rows:
        yield f"/threads/{row.record.report.id}"
    for edge in store.network(Query(limit=1))[:1]:
        yield f"/network/tie?from={edge.from_.id}&kind={edge.kind}&to={edge.to.id}"


def _filtered(
    store: Store, path: str, view: View, words: tuple[str, str], actor: str
) -> Iterator[str]:
    """Give a list as it is, and by all kinds of filters."""
    found = store.facets(view)
    frequent = {one.field: one.counts[0].value for one in found.facets if one.counts}
    fields = [(field, value) for field, value in frequent.items() if value]
    mark = "&" if "?" in path else "?"
    yield path
    filters = [[one] for one in fields] + [fields[:2], fields[-2:], fields[:3]]
    if view not in (View.ACTORS, View.PLACES):
        filters += [[("q", word)] for word in words]
        filters += [[("q", words[0]), *fields[:1]], [("since", "2018-01-01")]]
    if view in (View.STATEMENTS, View.EVENTS, View.LINKS):
        filters += [[("actor", actor)], [("actor", actor), *fields[:1]]]
    for one in dict.fromkeys(map(urlencode, filters)):
        if one:
            yield f"{path}{mark}{one}"


def main() -> None:
    """Print the median, the 95th percentile and the size of each page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--ingest", action="store_true", help="while one goes on")
    parser.add_argument("--over", type=float, default=0, help="print p95 above, in ms")
    arguments = parser.parse_args()
    token = secrets.token_urlsafe()
    beside = ingesting(arguments.project) if arguments.ingest else nullcontext()
    with open_project(arguments.project) as store, beside:
        before = store.info().reports
        print(f"{before:,} reports, {arguments.rounds} rounds, {_load()}")
        app = create_app(store, token=token, coder="eval")
        worst = []
        with TestClient(app, base_url=BASE) as client:
            client.get("/enter", params={"token": token})
            for address in addresses(store):
                times, line = measure(client, address, arguments.rounds)
                worst.append(times)
                if times.p95 >= arguments.over:
                    print(line, flush=True)
        added = store.info().reports - before
    highest = max(one.p95 for one in worst), max(one.of_one_core for one in worst)
    print(f"{len(worst)} pages, highest p95 {highest[0]:.0f} ms, {_load()}")
    print(f"highest p95 of the time of one core {highest[1]:.0f} ms")
    print(f"{added:,} reports came in meanwhile")


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f}"


def measure(client: TestClient, address: str, rounds: int) -> tuple[Times, str]:
    """Return the times and the line of figures of one page, asked for once before."""
    client.get(address).raise_for_status()
    took, worked = [], []
    for _ in range(rounds):
        start, at_work = time.perf_counter(), time.process_time()
        size = len(client.get(address).content)
        took.append(1000 * (time.perf_counter() - start))
        worked.append(1000 * (time.process_time() - at_work))
    found = Times(p95=_p95(took), of_one_core=_p95(worked))
    shown = address if len(address) < 64 else address[:63] + "…"
    return found, (
        f"{shown:64} {statistics.median(took):6.0f} ms  p95 {found.p95:6.0f} ms  "
        f"of one core {found.of_one_core:6.0f} ms  {size / 1000:6.0f} kB"
    )


def _p95(spent: list[float]) -> float:
    return statistics.quantiles(spent, n=20)[-1]


if __name__ == "__main__":
    main()
