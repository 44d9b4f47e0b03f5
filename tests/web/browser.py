"""A server and a browser for tests that drive pages as a person would."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import uvicorn
from fastapi import FastAPI

from sayso.store.base import Store
from sayso.store.query import Query
from sayso.web.app import all_routes, create_app
from tests.export.raid import raid_record

CHROMIUM = os.environ.get("SAYSO_TEST_CHROMIUM") or shutil.which("chromium")
needs_browser = pytest.mark.skipif(
    CHROMIUM is None or importlib.util.find_spec("playwright") is None,
    reason="no browser: apt-get install chromium, or set SAYSO_TEST_CHROMIUM; and "
    "script/setup browser",
)
REPORT = raid_record().report.id
NO_PAGES = ("/export", "/jobs")
"""Routes that send a file, or a part of a page."""
WRONG = (
    *("/nowhere", "/reports/unknown", "/network/tie"),
    *("/ledger?since=soon", "/network?least=x"),
)
"""Addresses that give an error page."""
SERIOUS = ("serious", "critical")
OPEN_ALL = (
    "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
)
SIDEWAYS = (
    "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
)


@contextmanager
def serving(store: Store, coder: str = "ada") -> Iterator[str]:
    """Serve a project to one person; gives the address."""

    def make_app(port: int) -> FastAPI:
        return create_app(store, token="t", coder=coder, port=port)

    with hosting(make_app) as base:
        yield base


@contextmanager
def hosting(make_app: Callable[[int], FastAPI]) -> Iterator[str]:
    """Serve the application that is made for a port; gives the address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    config = uvicorn.Config(make_app(port), log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def browsing(
    base: str, *, scheme: str = "light", width: int = 1280, scripts: bool = True
) -> Iterator[Any]:
    """Give a page of a browser that has come in; faults on it fail the test."""
    with looking(base, scheme=scheme, width=width, scripts=scripts) as page:
        page.goto(f"{base}/enter?token=t")
        page.wait_for_url(f"{base}/")
        yield page


@contextmanager
def looking(
    base: str, *, scheme: str = "light", width: int = 1280, scripts: bool = True
) -> Iterator[Any]:
    """Give a page of a browser that may ask for `base` alone; faults fail the test."""
    from playwright.sync_api import sync_playwright

    faults: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 900},
            accept_downloads=True,
            java_script_enabled=scripts,
        )
        page = context.new_page()
        watch(page, base, faults)
        yield page
        browser.close()
    assert faults == [], "\n".join(faults)


def watch(page: Any, base: str, faults: list[str]) -> None:
    """Note errors on a page, its policy's among them, and what it asks others for."""
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("dialog", lambda dialog: _answer(dialog, faults))
    page.on("console", lambda told: _hear(told, faults))
    page.on("popup", lambda other: faults.append(f"opened {other.url}"))

    def ask(request: Any) -> None:
        if not request.url.startswith((base, "blob:")):
            faults.append(f"asked for {request.url}")

    page.on("request", ask)


def _answer(dialog: Any, faults: list[str]) -> None:
    if dialog.type != "confirm":
        faults.append(f"dialog: {dialog.message}")
    dialog.accept()


def _hear(told: Any, faults: list[str]) -> None:
    # A browser calls it an error that a page for a wrong address says 400 or 404.
    address = urlsplit(told.location.get("url", ""))
    path = f"{address.path}?{address.query}" if address.query else address.path
    is_wrong = told.text.startswith("Failed to load resource") and path.startswith(
        WRONG
    )
    if told.type == "error" and not is_wrong:
        faults.append(f"{path}: {told.text}")


def serious_of(page: Any) -> list[str]:
    """Return what axe finds serious on a page, with all of it opened."""
    axe = files("axe_core_python").joinpath("axe.min.js").read_text()
    page.evaluate(OPEN_ALL)
    # Not by a script element, which the policy of the page forbids.
    page.evaluate(axe)
    violations = page.evaluate("axe.run().then((told) => told.violations)")
    return [
        f"{urlsplit(page.url).path}: {one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in violations
        if one["impact"] in SERIOUS
    ]


def is_wide(page: Any) -> bool:
    """Tell whether a page has to be scrolled sideways, with all of it opened."""
    page.evaluate(OPEN_ALL)
    return bool(page.evaluate(SIDEWAYS) > 0)


def screens(store: Store) -> list[str]:
    """Return addresses of each page of the application, some as filters change them."""
    actor = store.actors(Query(limit=1)).rows[0].actor
    place = store.places(Query(limit=1)).rows[0].place
    row = raid_record().events[0].id
    found = {"report": REPORT, "actor": actor.id, "place": place.id, "run": "r1"}
    found |= {"row": row, "what": "event"}
    paths = [
        _filled(route.path, found)
        for route in all_routes()
        if "GET" in (route.methods or ())
        and route.path not in (*NO_PAGES, *WRONG)
        and "{kind}" not in route.path
    ]
    return [
        *paths,
        *(_tie(store), f"/actors/{actor.id}?same=a", f"/threads/{REPORT}?point=1"),
        *(f"/reports/{one.id}" for one in store.reports(Query(limit=50)).rows),
        *(f"/review?of={of}" for of in ("events", "links")),
        *("/review?blind=1", "/review?stance=asks"),
        *("/ledger?stance=denies&q=raid&since=2019-01-01", "/ledger?q=nothing"),
        *("/network?least=1", "/timeline?q=raid", "/threads?q=army"),
        *WRONG,
    ]


def _filled(path: str, found: dict[str, str]) -> str:
    """Return the path of a route with an example for each of its parameters."""

    def example(name: re.Match[str]) -> str:
        known = [word for word in found if name[1].startswith(word)]
        assert known, f"screens() needs an example for {name[1]} in {path}"
        return found[known[0]]

    return re.sub(r"\{(\w+)\}", example, path)


def _tie(store: Store) -> str:
    edge = store.network(Query(limit=1))[0]
    ends = {"from": edge.from_.id, "kind": edge.kind, "to": edge.to.id}
    return f"/network/tie?{urlencode(ends)}"
