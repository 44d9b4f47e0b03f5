"""What must not reach a team's routes does not: by name, by page, by session."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sayso.web.app import all_routes
from sayso.web.guard import HEADERS, HTTPS_HEADERS
from sayso.web.routes import TEAM_ROUTERS
from tests.store.places import on_postgres
from tests.web.team import BASE, COOKIE, HOST, OWN, PASSWORD, Team, open_team

FOREIGN_HOSTS = (
    "evil.example",
    "127.0.0.1:8321",
    "localhost:8321",
    f"{HOST}:8321",
    f"{HOST}:80",
    f"{HOST}.evil.example",
    f"{HOST}.",
    f"evil.example@{HOST}",
    "192.0.2.1",
    "",
)
CROSS_SITE = (
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://other.example.org", "Sec-Fetch-Site": "same-site"},
    {"Origin": f"http://{HOST}"},
    {"Origin": f"{BASE}:8321"},
    {"Origin": "null"},
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    {"Origin": BASE, "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "none"},
    {},
)
ROUTES = [
    (method, re.sub(r"\{\w+\}", "x", route.path))
    for route in all_routes(TEAM_ROUTERS)
    for method in sorted(route.methods or ())
]
EVERY = [*ROUTES, ("GET", "/static/app.js"), ("GET", "/nope")]
WRITES = [path for method, path in ROUTES if method == "POST"]


@pytest.fixture(scope="module", params=[on_postgres])
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """Give a team that no test changes for the next one."""
    with open_team(tmp_path_factory.mktemp("team")) as team:
        yield team


@pytest.mark.parametrize("name", ["ada", None])
@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_foreign_host_is_refused_on_every_route(
    team: Team, host: str, name: str | None
) -> None:
    client = team.signed_in(name) if name else team.browser()

    for method, path in EVERY:
        reply = client.request(method, path, headers={"Host": host})
        assert reply.status_code == 421, path
        assert "set-cookie" not in reply.headers


def test_a_rebound_name_cannot_sign_in_even_with_the_password(team: Team) -> None:
    form = {"name": "ada", "password": PASSWORD}

    reply = team.browser().post(
        "/login", data=form, headers={"Host": "evil.example", **OWN}
    )

    assert reply.status_code == 421
    assert "set-cookie" not in reply.headers


@pytest.mark.parametrize("headers", CROSS_SITE)
def test_a_write_from_another_page_is_refused(
    team: Team, headers: dict[str, str]
) -> None:
    client = team.signed_in("ada")
    for name in OWN:
        del client.headers[name]

    for path in WRITES:
        reply = client.post(path, content="name=ada&role=reader", headers=headers)
        assert reply.status_code == 403, path

    assert {one.name: one.role for one in team.accounts.listed()}["ada"] == "admin"
    assert team.store.info().judgements == 0


@pytest.mark.parametrize("cookie", [None, f"{COOKIE}=guess", f"{COOKIE}=", "a;;=;b=="])
def test_without_a_session_nothing_but_the_sign_in_is_answered(
    team: Team, cookie: str | None
) -> None:
    headers = {"Cookie": cookie} if cookie else {}

    for method, path in EVERY:
        if path in ("/login", "/static/app.js"):
            continue
        reply = team.browser().request(
            method, path, headers=headers, follow_redirects=False
        )
        assert reply.status_code == (303 if method == "GET" else 401), path
        assert "delta" not in reply.text


@pytest.mark.parametrize("path", ["/", "/login", "/users", "/nope", "/static/app.js"])
def test_every_answer_has_the_policy_and_asks_for_https(team: Team, path: str) -> None:
    for client in (team.signed_in("ada"), team.browser()):
        reply = client.get(path, follow_redirects=False)
        for name, value in (HEADERS | HTTPS_HEADERS).items():
            assert reply.headers[name] == value


def test_another_page_cannot_embed_what_is_read(team: Team) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}

    for path in ("/ledger", "/login", "/static/app.js"):
        assert team.signed_in("ada").get(path, headers=headers).status_code == 403


def test_the_way_in_of_one_person_is_none_for_a_team(team: Team) -> None:
    reply = team.browser().get("/enter?token=t", follow_redirects=False)

    assert reply.status_code == 303
    assert "set-cookie" not in reply.headers
