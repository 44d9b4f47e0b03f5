"""A server and a browser for tests that drive pages as a person would."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn

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


@contextmanager
def serving(store: Store, coder: str = "ada") -> Iterator[str]:
    """Serve a project; gives the address of the way in."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    app = create_app(store, token="t", coder=coder, port=port)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
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
def browsing(base: str, *, scheme: str = "light", width: int = 1280) -> Iterator[Any]:
    """Give a page of a browser that has come in; faults on it fail the test."""
    from playwright.sync_api import sync_playwright

    faults: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 900},
            accept_downloads=True,
        )
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: _answer(dialog, faults))
        page.on(
            "console",
            lambda told: faults.append(told.text) if told.type == "error" else None,
        )
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((base, "blob:"))
                else faults.append(f"asked for {request.url}")
            ),
        )
        page.goto(f"{base}/enter?token=t")
        page.wait_for_url(f"{base}/")
        yield page
        browser.close()
    assert faults == []


def _answer(dialog: Any, faults: list[str]) -> None:
    if dialog.type != "confirm":
        faults.append(f"dialog: {dialog.message}")
    dialog.accept()


def screens(store: Store) -> list[str]:
    """Return an address of each page of the application."""
    actors = store.actors(Query(limit=1)).rows
    places = store.places(Query(limit=1)).rows
    found = {
        "report": raid_record().report.id,
        "actor": actors[0].actor.id,
        "place": places[0].place.id,
        "run": "r1",
        "row": raid_record().events[0].id,
        "what": "event",
    }
    paths = []
    for route in all_routes():
        names = re.findall(r"\{(\w+)\}", route.path)
        is_page = "GET" in (route.methods or ()) and not _is_part(route.path)
        if is_page and all(_known(name, found) for name in names):
            path = route.path
            for name in names:
                path = path.replace(f"{{{name}}}", found[_known(name, found)])
            paths.append(path)
    return paths


def _known(name: str, found: dict[str, str]) -> str:
    return next((known for known in found if name.startswith(known)), "")


def _is_part(path: str) -> bool:
    """Tell whether an address gives no page of its own: data, or a part of one."""
    return path in ("/export", "/jobs", "/network/tie") or "{kind}" in path
