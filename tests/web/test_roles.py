"""Every route for every kind of person: what is declared is what is done."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from starlette.routing import Mount

from sayso.store.accounts import ROLES
from sayso.store.base import Store
from sayso.web.app import all_routes, create_app
from sayso.web.people import Role, role_of
from sayso.web.routes import ROUTERS, TEAM_ROUTERS
from tests.store.places import on_postgres
from tests.web.conftest import BASE, OWN, NewClient
from tests.web.team import PEOPLE, Team, open_team

DECLARED = {
    ("GET", "/"): Role.READER,
    ("GET", "/actors"): Role.READER,
    ("GET", "/actors/{actor_id}"): Role.READER,
    ("POST", "/actors/{actor_id}/merge"): Role.EDITOR,
    ("POST", "/actors/{actor_id}/split"): Role.EDITOR,
    ("POST", "/actors/{actor_id}/undo"): Role.EDITOR,
    ("POST", "/bulk"): Role.CODER,
    ("POST", "/correct"): Role.CODER,
    ("GET", "/events"): Role.READER,
    ("GET", "/export"): Role.READER,
    ("POST", "/ingest"): Role.EDITOR,
    ("GET", "/jobs"): Role.READER,
    ("POST", "/judge"): Role.CODER,
    ("GET", "/ledger"): Role.READER,
    ("GET", "/links"): Role.READER,
    ("GET", "/map"): Role.READER,
    ("GET", "/map/data.{kind}"): Role.READER,
    ("GET", "/network"): Role.READER,
    ("GET", "/network/data.{kind}"): Role.READER,
    ("GET", "/network/tie"): Role.READER,
    ("GET", "/places"): Role.READER,
    ("GET", "/places/{place_id}"): Role.READER,
    ("POST", "/places/{place_id}/merge"): Role.EDITOR,
    ("POST", "/places/{place_id}/split"): Role.EDITOR,
    ("POST", "/places/{place_id}/undo"): Role.EDITOR,
    ("GET", "/reports"): Role.READER,
    ("GET", "/reports/{report}"): Role.READER,
    ("GET", "/reports/{report}/add/{what}"): Role.CODER,
    ("POST", "/reports/{report}/add/{what}"): Role.CODER,
    ("GET", "/reports/{report}/rows/{row}"): Role.CODER,
    ("POST", "/reports/{report}/rows/{row}"): Role.CODER,
    ("GET", "/review"): Role.CODER,
    ("GET", "/review/agreement"): Role.READER,
    ("GET", "/runs"): Role.READER,
    ("GET", "/runs/{run_id}"): Role.READER,
    ("GET", "/threads"): Role.READER,
    ("GET", "/threads/{report}"): Role.READER,
    ("GET", "/threads/{report}/arrivals.{kind}"): Role.READER,
    ("GET", "/timeline"): Role.READER,
    ("GET", "/timeline/data.{kind}"): Role.READER,
    ("GET", "/timeline/months.{kind}"): Role.READER,
    ("POST", "/undo"): Role.CODER,
}
"""A new route is told here, too; what nobody has thought about is not served."""
DECLARED_OF_TEAMS = {
    ("GET", "/account"): Role.NEWCOMER,
    ("POST", "/account/password"): Role.NEWCOMER,
    ("GET", "/login"): Role.NOBODY,
    ("POST", "/login"): Role.NOBODY,
    ("POST", "/logout"): Role.NEWCOMER,
    ("GET", "/users"): Role.ADMIN,
    ("POST", "/users"): Role.ADMIN,
    ("POST", "/users/{name}/disable"): Role.ADMIN,
    ("POST", "/users/{name}/enable"): Role.ADMIN,
    ("POST", "/users/{name}/password"): Role.ADMIN,
    ("POST", "/users/{name}/role"): Role.ADMIN,
}
OF_ALL = DECLARED | DECLARED_OF_TEAMS
NAMES = {Role[role.upper()]: name for name, role in PEOPLE.items()}
NAMES[Role.NEWCOMER] = "new"


def found(routers: tuple[object, ...]) -> dict[tuple[str, str], Role | None]:
    """Return the route table, with the role that each route declares."""
    return {
        (method, route.path): role_of(route.openapi_extra)
        for route in all_routes(routers)
        for method in route.methods or ()
    }


def ask(client: TestClient, method: str, path: str) -> Response:
    """Send a request to a route, with names that nothing has."""
    plain = re.sub(r"\{\w+\}", "x", path)
    return client.request(method, plain, follow_redirects=False)


def is_let(reply: Response) -> bool:
    """Tell whether a request came to its route, and nothing broke there."""
    to_sign_in = reply.headers.get("location", "").startswith("/login?")
    return reply.status_code < 500 and not (
        reply.status_code in (401, 403) or to_sign_in
    )


@pytest.fixture(scope="module", params=[on_postgres])
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """Give a team that no test changes for the next one."""
    with open_team(tmp_path_factory.mktemp("team")) as team:
        yield team


def test_no_route_is_unlisted() -> None:
    assert found(ROUTERS) == DECLARED
    assert found(TEAM_ROUTERS) == OF_ALL


def test_nothing_is_served_beside_the_routes(store: Store) -> None:
    app = create_app(store, token="t", coder="ada")

    assert [one.path for one in app.routes if isinstance(one, Mount)] == ["/static"]
    assert app.openapi_url is None and app.docs_url is None and app.redoc_url is None
    assert {
        (method.upper(), path)
        for path, told in app.openapi()["paths"].items()
        for method in told
    } == set(DECLARED)


def test_no_write_is_for_readers_or_nobody() -> None:
    own = {"/login", "/logout", "/account/password"}
    writes = {
        path: needed for (method, path), needed in OF_ALL.items() if method != "GET"
    }

    assert {path for path, needed in writes.items() if needed < Role.CODER} == own


def test_roles_of_accounts_are_those_of_people() -> None:
    assert [Role[role.upper()] for role in ROLES] == list(Role)[Role.READER :]


@pytest.mark.parametrize("role", [Role.READER, Role.CODER, Role.EDITOR, Role.ADMIN])
def test_one_person_may_do_what_their_role_may(
    new_client: NewClient, role: Role
) -> None:
    client = new_client(role=role)

    for (method, path), needed in DECLARED.items():
        reply = ask(client, method, path)
        if role >= needed:
            assert is_let(reply), (method, path, reply.status_code)
        else:
            assert reply.status_code == 403, (method, path)


def test_without_the_link_nothing_is_done(store: Store) -> None:
    app = create_app(store, token="t", coder="ada")
    with TestClient(app, base_url=BASE, headers=OWN) as client:
        for method, path in DECLARED:
            assert ask(client, method, path).status_code == 401, path


@pytest.mark.parametrize("role", [role for role in Role if role > Role.NOBODY])
def test_a_member_may_do_what_their_role_may(team: Team, role: Role) -> None:
    for (method, path), needed in OF_ALL.items():
        client = team.browser()
        team.sign_in(client, NAMES[role])  # anew: one of the routes signs out
        reply = ask(client, method, path)
        if role >= needed:
            assert is_let(reply), (method, path, reply.status_code)
        else:
            assert reply.status_code == 403, (method, path)


def test_who_has_not_signed_in_may_do_that_alone(team: Team) -> None:
    client = team.browser()

    for (method, path), needed in OF_ALL.items():
        reply = ask(client, method, path)
        if needed is Role.NOBODY:
            assert is_let(reply), (method, path)
        elif method == "GET":
            assert reply.status_code == 303, path
            assert reply.headers["location"].partition("?")[0] == "/login"
        else:
            assert reply.status_code == 401, path
