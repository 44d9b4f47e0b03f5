"""Text that would be script in every field of a project, on every page in a browser."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import pytest
from fastapi import FastAPI, Response
from msgspec.structs import replace

from sayso.export.export import export
from sayso.export.formats import ExportFormat, Options, Persons, TextKept
from sayso.record import Actor, Comment, Event, Record, Verdict, report_id
from sayso.show.clean import clean
from sayso.store.base import Store
from sayso.store.judgements import decide, merge_owners
from sayso.store.projects import create_project
from sayso.store.query import Query
from sayso.store.run import Failure, Outcome, Run
from sayso.web.guard import HEADERS
from tests.export.raid import planted_record
from tests.web.browser import browsing, hosting, looking, needs_browser, serving
from tests.web.test_escaping import PAYLOADS, poisoned

pytestmark = [pytest.mark.slow, needs_browser]
CROWDS = tuple(PAYLOADS[first::25] for first in range(25))
"""Twenty payloads for each of twenty-five reports."""
EVERY = Query(limit=1000)
TIME = "2026-01-02T10:00:00+00:00"
LISTS = (
    *("/", "/reports", "/ledger", "/events", "/links", "/timeline", "/map"),
    *("/network", "/threads", "/actors", "/places", "/review", "/review?of=events"),
    *("/review?of=links", "/review?blind=1", "/review/agreement", "/runs", "/runs/r"),
)
FILTERED = ("/reports", "/ledger", "/timeline", "/map", "/network", "/threads")
WRONG = ("/ledger?since=soon", "/network?least=x")
AT_ONCE = 50
"""Files whose jobs Home shows."""
LONGEST = 190
"""Bytes of a file's name before its ending."""
DROP = """(names) => Promise.all(names.map((name) => fetch(
  `/ingest?name=${encodeURIComponent(name)}`,
  { method: "POST", body: "x", redirect: "manual" })))"""
AT_REST = """() => {
  const states = [...document.querySelectorAll("#jobs [data-state]")];
  return states.length && states.every((one) =>
    ["done", "failed"].includes(one.dataset.state));
}"""
OWN_POLICY = HEADERS["Content-Security-Policy"]
LAX_POLICY = "script-src 'unsafe-inline'"
SEEN = "() => document.title + document.body.textContent"
ENOUGH = 40
"""Characters by which a payload is known where pages cut long names."""


def crowded(payloads: list[str]) -> Record:
    """Return a record with some payload in every field that can hold text."""
    record, some = planted_record(), cycle(payloads)
    text = "\n\n".join((record.report.text, *payloads))
    frame = {name: next(some) for name in ("url", "outlet", "title")}
    published = record.report.published
    ident = report_id(text=text, published=published, **frame)
    report = replace(
        record.report,
        **frame,
        id=ident,
        text=text,
        byline=next(some),
        key=next(some),
        keys=tuple(payloads),
        comments=tuple(_comments(record, payloads)),
    )
    [point], [place, *_] = record.thread.talking_points, record.places
    points = tuple(replace(point, phrase=payload) for payload in payloads)
    places = tuple(
        replace(
            place, id=f"p{n:02}", name=payload, country=payload, gazetteer_id=payload
        )
        for n, payload in enumerate(payloads, 1)
    )
    return replace(
        record,
        report=report,
        actors=tuple(_named(record.actors, payloads)),
        places=places,
        times=tuple(replace(one, value=next(some)) for one in record.times),
        events=tuple(_filled(one, payloads) for one in record.events),
        thread=replace(record.thread, talking_points=points),
    )


def _comments(record: Record, payloads: list[str]) -> Iterator[Comment]:
    """Give the comments of a record, and one more of each payload."""
    known = record.report.comments
    for one, payload in zip(known, payloads, strict=False):
        text = f"{one.text} {payload}"
        yield Comment(n=one.n, author=payload, time=payload, text=text)
    for n, payload in enumerate(payloads, len(known) + 1):
        yield Comment(n=n, author=payload, time=payload, text=payload)


def _named(actors: tuple[Actor, ...], payloads: list[str]) -> Iterator[Actor]:
    """Give actors that share the payloads out as their names."""
    for n, one in enumerate(actors):
        name, *aliases = payloads[n :: len(actors)]
        yield replace(one, name=name, aliases=tuple(aliases), country=name)


def _filled(event: Event, payloads: list[str]) -> Event:
    """Return an event at all places, with counts of everything."""
    [place, *_], [count, *_] = event.places, event.counts
    return replace(
        event,
        type=payloads[0],
        mode=payloads[1],
        counts=tuple(replace(count, of=payload) for payload in payloads),
        places=tuple(
            replace(place, place=f"p{n:02}") for n in range(1, len(payloads) + 1)
        ),
    )


def fill(store: Store) -> None:
    """Put all payloads in a project: reports, runs, failures, decisions, notes."""
    told = dict.fromkeys(PAYLOADS, PAYLOADS[0])
    store.start_run(Run(id="r", kit=PAYLOADS[0], parameters=told, started=TIME))
    outcomes = [
        Outcome(
            run="r",
            input=payload,
            digest=f"{number:064x}",
            failure=Failure(input=payload, reason=payload, mend=payload, time=TIME),
        )
        for number, payload in enumerate(PAYLOADS)
    ]
    records = [crowded(payloads) for payloads in CROWDS]
    store.add_records(records, outcomes=outcomes)
    for record, payloads in zip(records, CROWDS, strict=True):
        told = {"coder": payloads[0], "time": TIME, "note": " ".join(payloads)}
        for row in ("s02", "e01", "l01"):
            tags = tuple(payloads)
            store.judge([decide(record, row, Verdict.REJECT, tags=tags, **told)])
    first, second, *_ = [row.actor.id for row in store.actors(EVERY).rows]
    note = " ".join(CROWDS[0])
    store.judge([merge_owners(second, first, coder=PAYLOADS[0], time=TIME, note=note)])


def addresses(store: Store) -> Iterator[tuple[str, str]]:
    """Give all pages but those of errors: what each is of, and its address."""
    asked = urlencode({"q": "raid", "outlet": CROWDS[0][1], "speaker": PAYLOADS[2]})
    yield from (("list", path) for path in LISTS)
    yield from (("filtered", f"{path}?{asked}") for path in FILTERED)
    rows = cycle(("s02", "l01"))
    parts = cycle(("statement", "event", "link"))
    for one, payloads in zip(store.reports(EVERY).rows, CROWDS, strict=True):
        words = urlencode({"quote": " ".join(payloads)})
        yield from (("report", f"/reports/{one.id}"), ("thread", f"/threads/{one.id}"))
        yield from (
            ("row", f"/reports/{one.id}/rows/{row}") for row in ("e01", next(rows))
        )
        yield "added", f"/reports/{one.id}/add/{next(parts)}?{words}"
    for row in store.actors(EVERY).rows:
        same = urlencode({"same": row.actor.name[:20]})
        yield "actor", f"/actors/{row.actor.id}?{same}"
    for place in store.places(EVERY).rows[::20]:
        yield "place", f"/places/{place.place.id}"
    for edge in store.network(EVERY):
        ends = {"from": edge.from_.id, "kind": edge.kind, "to": edge.to.id}
        yield "tie", f"/network/tie?{urlencode(ends)}"


def known_in(text: str, payloads: list[str]) -> set[str]:
    """Return the payloads that a page shows as text."""
    told = _on_a_line(text)
    return {one for one in payloads if _on_a_line(one)[:ENOUGH] in told}


def _on_a_line(text: str) -> str:
    return re.sub(r"\s+", " ", clean(text)).strip()


def see(page: Any, base: str, path: str, *, status: int = 200) -> set[str]:
    """Open a page; return the payloads that it shows."""
    reply = page.goto(f"{base}{path}")
    assert reply.status == status, path
    assert page.url == f"{base}{path}"
    assert page.title().endswith("· sayso"), path
    return known_in(page.evaluate(SEEN), PAYLOADS)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a project that is full of payloads."""
    folder = tmp_path_factory.mktemp("hot")
    with create_project(folder / "hot.sayso") as store:
        fill(store)
        yield store


def test_no_payload_runs_and_none_is_left_to_the_policy(project: Store) -> None:
    shown: defaultdict[str, set[str]] = defaultdict(set)
    with serving(project, PAYLOADS[0]) as base, browsing(base) as page:
        for what, path in addresses(project):
            shown[what] |= see(page, base, path)
    for what in ("list", "report", "thread", "added", "actor"):
        assert shown[what] == set(PAYLOADS), what
    for what in ("filtered", "row", "place", "tie"):
        assert shown[what], what


def test_no_payload_runs_on_a_page_that_tells_an_error(project: Store) -> None:
    shown: set[str] = set()
    names = [without_slashes(payload) for payload in PAYLOADS]
    with serving(project) as base, browsing(base) as page:
        for payloads, path in zip(CROWDS, cycle(WRONG), strict=False):
            see(page, base, f"{path}{quote_plus(' '.join(payloads[:5]))}", status=400)
            words = quote(without_slashes(" ".join(payloads)))
            see(page, base, f"/reports/unknown{words}", status=404)
            shown |= known_in(page.evaluate(SEEN), names)
    assert shown == set(names)


def without_slashes(text: str) -> str:
    """Return a text that can be part of an address or name a file."""
    return text.replace("/", "∕")


def test_no_name_of_a_dropped_file_runs(tmp_path: Path) -> None:
    names = [without_slashes(payload) for payload in PAYLOADS]
    files = [f"{name}.jsonl" for name in packed(names)]
    shown: set[str] = set()
    with (
        create_project(tmp_path / "hot.sayso") as store,
        serving(store, PAYLOADS[0]) as base,
        browsing(base) as page,
    ):
        for first in range(0, len(files), AT_ONCE):
            page.evaluate(DROP, files[first : first + AT_ONCE])
            page.goto(f"{base}/")
            page.wait_for_function(AT_REST, timeout=120_000)
            shown |= known_in(page.locator("#jobs").text_content(), names)
    assert shown == set(names)


def packed(names: list[str]) -> Iterator[str]:
    """Give names one behind another, as many as a file's name can hold."""
    some = ""
    for name in names:
        if len(f"{some}{name}".encode()) > LONGEST:
            yield some
            some = ""
        some += name
    yield some


def test_no_payload_runs_in_a_dossier(tmp_path: Path) -> None:
    out = tmp_path / "dossier.html"
    options = Options(persons=Persons.ALL, text=TextKept.FULL)
    export(map(poisoned, PAYLOADS), out, ExportFormat.HTML, options)
    with looking(out.as_uri()) as page:
        page.goto(out.as_uri())
        assert page.url == out.as_uri()
        assert page.get_by_text(PAYLOADS[0]).count() > 0
        assert page.title() != "got"


def echoing(words: str, policy: str) -> FastAPI:
    """Return an application that escapes nothing, under a policy."""
    app = FastAPI()

    @app.get("/")
    def home() -> Response:
        headers = {"Content-Security-Policy": policy}
        return Response(words, media_type="text/html", headers=headers)

    return app


@pytest.mark.parametrize(
    ("policy", "fault"),
    [(OWN_POLICY, "Content Security Policy"), (LAX_POLICY, "dialog: 1")],
    ids=["left to the policy", "run"],
)
@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "<img src=data:, onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    ],
)
def test_a_page_that_escaped_nothing_would_be_noticed(
    words: str, policy: str, fault: str
) -> None:
    with (
        pytest.raises(AssertionError, match=fault),
        hosting(lambda _: echoing(words, policy)) as base,
        looking(base) as page,
    ):
        page.goto(base)
        page.wait_for_timeout(300)
