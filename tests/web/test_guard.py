from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from sayso.store.base import Store
from sayso.web.app import all_routes, create_app
from sayso.web.guard import HEADERS
from tests.web.conftest import BASE, OWN

FOREIGN_HOSTS = (
    "evil.example",
    "evil.example:8000",
    "127.0.0.1.evil.example:8000",
    "127.0.0.1",
    "127.0.0.1:9000",
    "localhost:80",
    "192.168.1.4:8000",
    "0.0.0.0:8000",
    "[::2]:8000",
    "127.0.0.1:8000@evil.example",
    "127.0.0.1:8000.evil.example",
    "",
)
CROSS_SITE = (
    {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://127.0.0.1:3000", "Sec-Fetch-Site": "same-site"},
    {"Origin": "http://localhost:8000"},
    {"Origin": "https://127.0.0.1:8000"},
    {"Origin": "null"},
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    {"Origin": BASE, "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "", "Sec-Fetch-Site": ""},
    {},
)
ROUTES = [
    (method, re.sub(r"\{\w+\}", "x", route.path))
    for route in all_routes()
    for method in sorted(route.methods or ())
]
EVERY = [*ROUTES, ("GET", "/static/app.js"), ("GET", "/enter?token=let-me-in")]
WRITES = [path for method, path in ROUTES if method == "POST"]


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_foreign_host_is_refused_on_every_route(
    client: TestClient, host: str
) -> None:
    for method, path in EVERY:
        reply = client.request(method, path, headers={"Host": host})
        assert reply.status_code == 421, path
        assert "set-cookie" not in reply.headers


def test_a_rebound_name_cannot_come_in_even_with_the_token(store: Store) -> None:
    with TestClient(create_app(store, token="t", coder="ada"), base_url=BASE) as client:
        host = {"Host": "evil.example:8000"}
        assert client.get("/enter?token=t", headers=host).status_code == 421
        assert client.get("/enter?token=t").status_code == 200  # not spent by it


@pytest.mark.parametrize("headers", CROSS_SITE)
def test_a_write_from_another_page_is_refused(
    client: TestClient, store: Store, headers: dict[str, str]
) -> None:
    for name in OWN:
        del client.headers[name]
    for path in WRITES:
        reply = client.post(path, content="verdict=confirm", headers=headers)
        assert reply.status_code == 403, path
    assert store.info().judgements == 0


@pytest.mark.parametrize("cookie", [None, "sayso-8000=guess", "other=1; sayso-8000="])
def test_without_a_session_nothing_is_answered(
    store: Store, cookie: str | None
) -> None:
    headers = OWN | ({"Cookie": cookie} if cookie else {})
    with TestClient(create_app(store, token="t", coder="ada"), base_url=BASE) as client:
        for method, path in EVERY:
            reply = client.request(method, path, headers=headers)
            assert reply.status_code == 401, path
            assert "sayso serve" in reply.text


def test_the_token_works_once(store: Store) -> None:
    with TestClient(create_app(store, token="t", coder="ada"), base_url=BASE) as client:
        assert client.get("/enter?token=wrong").status_code == 401
        first = client.get("/enter?token=t")
        assert first.status_code == 200
        told = first.headers["set-cookie"]
        assert "HttpOnly" in told and "SameSite=Strict" in told
        assert client.get("/").status_code == 200
        client.cookies.clear()
        assert client.get("/enter?token=t").status_code == 401
        assert client.get("/").status_code == 401


@pytest.mark.parametrize("path", ["/", "/ledger", "/nope", "/static/app.js"])
def test_every_answer_has_the_policy(client: TestClient, path: str) -> None:
    reply = client.get(path)
    for name, value in HEADERS.items():
        assert reply.headers[name] == value
    assert "unsafe" not in reply.headers["Content-Security-Policy"]


def test_another_page_cannot_embed_what_is_read(client: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert client.get("/ledger", headers=headers).status_code == 403


def test_a_body_without_length_or_above_the_cap_is_refused(client: TestClient) -> None:
    reply = client.post("/judge", content=iter([b"x"]))
    assert reply.status_code == 411
    reply = client.post("/judge", headers={"Content-Length": str(10**12)})
    assert reply.status_code == 413


def test_an_address_beyond_measure_is_refused(client: TestClient) -> None:
    assert client.get("/ledger?q=" + "x" * 20_000).status_code == 414
    assert client.get("/ledger?q=" + "x" * 1_000).status_code == 400
