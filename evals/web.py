"""How long pages of the reader take, while another process adds reports.

    python -m evals.web big.sayso [--requests 400] [--ingest]

The project is one that `python -m evals.store --into /tmp --reports 100000` or
`sayso ingest` has made. With `--ingest` made reports are added in a second process as
fast as it can, so use a copy.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import socket
import statistics
import threading
import time
from http.client import HTTPConnection
from multiprocessing.synchronize import Event

import uvicorn

from evals.made import make_record
from sayso.store.base import Store
from sayso.store.projects import open_project
from sayso.store.query import Query
from sayso.store.rows import ReportHead
from sayso.web.app import create_app

BATCH = 50
FIRST_NEW = 10_000_000
"""Number of the first made report that no project has yet."""


def main() -> None:
    """Print the median, 95th percentile and longest time of each page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project")
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--ingest", action="store_true")
    options = parser.parse_args()
    stop = multiprocessing.Event()
    writer = multiprocessing.Process(target=add, args=(options.project, stop))
    with open_project(options.project) as store:
        if options.ingest:
            writer.start()
        paths = addresses(store.reports(Query(limit=200)).rows)
        print(f"{store.info().reports:,} reports")
        times = measure(store, paths, options.requests)
        print(f"{store.info().reports:,} reports at the end")
    stop.set()
    if options.ingest:
        writer.join()
    for path, spent in times.items():
        tell(path, spent)
    tell("all", [one for spent in times.values() for one in spent])


def add(project: str, stop: Event) -> None:
    """Add made reports until told to stop."""
    number = FIRST_NEW + time.time_ns() % FIRST_NEW
    with open_project(project) as store:
        while not stop.is_set():
            store.add_records(make_record(number + n) for n in range(BATCH))
            number += BATCH


def addresses(reports: tuple[ReportHead, ...]) -> dict[str, list[str]]:
    """Return by screen the addresses that are asked for."""
    ids = [report.id for report in reports]
    return {
        "/": ["/"],
        "/reports": ["/reports", "/reports?q=the"],
        "/reports/…": [f"/reports/{one}" for one in ids],
        "/ledger": [
            *("/ledger", "/ledger?stance=denies"),
            "/ledger?stance=denies&quote=direct",
        ],
        "/events": ["/events", "/events?status=disputed", "/events?type=ASSAULT"],
        "/review": ["/review", "/review?of=events"],
    }


def measure(
    store: Store, paths: dict[str, list[str]], requests: int
) -> dict[str, list[float]]:
    """Return by screen the milliseconds of each request."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    app = create_app(store, token="t", coder="eval", port=port)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.05)
    link = HTTPConnection("127.0.0.1", port)
    link.request("GET", "/enter?token=t")
    reply = link.getresponse()
    reply.read()
    cookie = {"Cookie": str(reply.getheader("set-cookie")).split(";")[0]}
    times: dict[str, list[float]] = {screen: [] for screen in paths}
    draw = random.Random(7)
    for number in range(requests):
        screen = list(paths)[number % len(paths)]
        began = time.perf_counter()
        link.request("GET", draw.choice(paths[screen]), headers=cookie)
        reply = link.getresponse()
        reply.read()
        assert reply.status == 200, (screen, reply.status)
        times[screen].append(1000 * (time.perf_counter() - began))
    server.should_exit = True
    thread.join()
    return times


def tell(name: str, spent: list[float]) -> None:
    """Print one line."""
    cuts = statistics.quantiles(spent, n=20)
    print(
        f"{name:<12} median {statistics.median(spent):6.0f} ms   "
        f"p95 {cuts[-1]:6.0f} ms   longest {max(spent):6.0f} ms"
    )


if __name__ == "__main__":
    main()
