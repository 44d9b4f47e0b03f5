"""How long the pages with figures, threads, actors, places and runs take.

    python -m evals.reader_pages PROJECT [--rounds 20]

Asks the application in this process, so that what is measured is the store, the
drawing and the page, without a browser. `python -m evals.store --into DIR --reports N`
makes a large project of invented reports.
"""

from __future__ import annotations

import argparse
import secrets
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from fastapi.testclient import TestClient

from sayso.store.base import Store
from sayso.store.projects import open_project
from sayso.store.query import Query
from sayso.web.app import create_app

BASE = "http://127.0.0.1:8000"


def addresses(store: Store) -> Iterator[str]:
    """Give the pages, those of one actor, place and so on for the most frequent."""
    actor = store.actors(Query(limit=1)).rows[0].actor.id
    place = store.places(Query(limit=1)).rows[0].place.id
    outlet = store.reports(Query(limit=1)).rows[0].outlet or ""
    yield from ("/timeline", "/map", "/network", "/threads", "/actors", "/places")
    yield from (f"/{page}?outlet={outlet}" for page in ("timeline", "map", "network"))
    yield from (f"/{page}?actor={actor}" for page in ("timeline", "map", "network"))
    yield from ("/timeline/data.csv", "/map/data.csv", "/network/data.csv")
    yield from (f"/actors/{actor}", f"/places/{place}", "/runs")
    for row in store.comments(Query(limit=1)).rows:
        yield f"/threads/{row.record.report.id}"
    for edge in store.network(Query(limit=1))[:1]:
        yield f"/network/tie?from={edge.from_.id}&kind={edge.kind}&to={edge.to.id}"


def main() -> None:
    """Print the median, the 95th percentile and the size of each page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    token = secrets.token_urlsafe()
    with open_project(arguments.project) as store:
        print(f"{store.info().reports:,} reports, {arguments.rounds} rounds")
        app = create_app(store, token=token, coder="eval")
        with TestClient(app, base_url=BASE) as client:
            client.get("/enter", params={"token": token})
            for address in addresses(store):
                print(measure(client, address, arguments.rounds))


def measure(client: TestClient, address: str, rounds: int) -> str:
    """Return the line of figures of one page, asked for once before they count."""
    client.get(address).raise_for_status()
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        size = len(client.get(address).content)
        took.append(1000 * (time.perf_counter() - start))
    middle, worst = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    shown = address if len(address) < 48 else address[:47] + "…"
    return f"{shown:48} {middle:6.0f} ms  p95 {worst:6.0f} ms  {size / 1000:6.0f} kB"


if __name__ == "__main__":
    main()
