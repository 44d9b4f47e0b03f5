from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.routing import Mount

from sayso.store.base import Store
from sayso.web.app import all_routes, create_app
from sayso.web.people import Role, role_of
from tests.export.raid import raid_record
from tests.web.conftest import NewClient

DECLARED = {
    ("GET", "/"): Role.READER,
    ("GET", "/jobs"): Role.READER,
    ("POST", "/ingest"): Role.EDITOR,
    ("GET", "/reports"): Role.READER,
    ("GET", "/reports/{report}"): Role.READER,
    ("GET", "/ledger"): Role.READER,
    ("GET", "/events"): Role.READER,
    ("GET", "/links"): Role.READER,
    ("GET", "/review"): Role.CODER,
    ("GET", "/review/agreement"): Role.READER,
    ("POST", "/judge"): Role.CODER,
    ("POST", "/correct"): Role.CODER,
    ("POST", "/undo"): Role.CODER,
    ("POST", "/bulk"): Role.CODER,
    ("GET", "/export"): Role.READER,
}
"""Of the screens of this folder's routes; writes of others are checked by rule."""
CELLS = [
    (method, route.path, role_of(route.openapi_extra) or Role.ADMIN)
    for route in all_routes()
    for method in sorted(route.methods or ())
]


def test_routes_are_as_declared() -> None:
    found = {(method, path): needed for method, path, needed in CELLS}
    assert DECLARED.items() <= found.items()
    for (method, path), needed in found.items():
        if method == "POST":
            assert needed >= Role.CODER, path


def test_no_route_is_outside_the_table(store: Store) -> None:
    app = create_app(store, token="t", coder="ada")
    plain = [route for route in app.routes if isinstance(route, Mount)]
    assert [route.path for route in plain] == ["/static"]
    assert app.openapi_url is None and app.docs_url is None


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_is_declared_and_no_more(
    new_client: NewClient, role: Role
) -> None:
    client = new_client(role=role)
    for method, path, needed in CELLS:
        reply = client.request(method, re.sub(r"\{\w+\}", "x", path))
        if role >= needed:
            assert reply.status_code != 403, path
            assert reply.status_code < 500, path
        else:
            assert reply.status_code == 403, path


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/jobs",
        "/reports",
        "/ledger",
        "/events",
        "/links",
        "/review",
        "/review?of=events",
        "/review?of=links&blind=1",
        "/review/agreement",
    ],
)
def test_screens_open(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_the_reader_shows_text_cards_chain_and_comments(client: TestClient) -> None:
    record = raid_record()
    page = client.get(f"/reports/{record.report.id}").text
    assert "The defence ministry" in page
    assert 'class="m-source"' in page and 'class="tag t-event"' in page
    assert '<bdi class="outlet">Harbour Wire</bdi>' in page
    for comment in record.report.comments:
        assert f'id="comment-{comment.n}"' in page


def test_a_report_that_is_not_there_is_told(client: TestClient) -> None:
    reply = client.get("/reports/nothing")
    assert reply.status_code == 404
    assert "the project has no report nothing" in reply.text


def test_a_filter_in_the_address_is_what_is_shown(client: TestClient) -> None:
    page = client.get("/ledger?stance=denies").text
    assert page.count("data-card=") == 2
    assert "Confirm all 2" in page
    assert 'href="/ledger"' in page  # which takes the condition away


def test_a_wrong_day_is_told_and_not_a_fault(client: TestClient) -> None:
    reply = client.get("/ledger?since=yesterday")
    assert reply.status_code == 400
    assert "not a first day" in reply.text


def test_a_reader_sees_no_buttons_that_decide(new_client: NewClient) -> None:
    page = new_client(role=Role.READER).get("/ledger").text
    assert 'action="/judge"' not in page and 'action="/bulk"' not in page
    assert 'href="/review"' not in page


def test_scripts_of_all_pages_are_small() -> None:
    scripts = Path("src/sayso/web/static").glob("*.js")
    assert sum(script.stat().st_size for script in scripts) < 60_000
