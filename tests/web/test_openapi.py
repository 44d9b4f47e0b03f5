"""Every route called by its OpenAPI description: nothing that is sent breaks it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import schemathesis.openapi
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from lxml import html
from schemathesis import Case

import sayso.web
from sayso.export.formats import ExportFormat
from sayso.record import Stance
from sayso.store.base import Store
from sayso.store.query import View
from sayso.web.jobs import Jobs
from tests.export.raid import raid_record
from tests.store.places import on_postgres
from tests.web.conftest import NewClient
from tests.web.team import Team, open_team
from tests.web.test_roles import DECLARED, DECLARED_OF_TEAMS

EXAMPLES = 15
TEMPLATES = Path(sayso.web.__file__).parent / "templates"
FORM = "application/x-www-form-urlencoded"
RECORD = raid_record()
CLAIMS = (*RECORD.statements, *RECORD.events, *RECORD.links)
ROWS = (*CLAIMS, *RECORD.actors, *RECORD.places, *RECORD.times)
CODES: dict[str, Sequence[str]] = {
    "report": [RECORD.report.id],
    "run_id": ["r1"],
    "target": [row.id for row in ROWS],
    "row": [row.id for row in CLAIMS],
    "what": ["statement", "event", "link", "nothing"],
    "verdict": ["confirm", "reject", "correct", "add", "undo"],
    "field": ["stance", "type", "kind", "id"],
    "view": ["statements", "events", "links", "reports"],
    "form": list(ExportFormat),
    "kind": ["csv", "json", "statement", "event", "link"],
    "of": ["statements", "events", "links"],
    "filter": ["", "stance=denies", "q=raid", "since=yesterday", "month=2026-01"],
    "rows": ["0", "1", "-1", "²", "9" * 30],
    "after": ["WzFd", "e30", "!"],
    "since": ["2026-01-01", "2026-13-40", "0000-00-00"],
    "until": ["2026-12-31", "9999-12-31"],
    "name": ["ben", "eve", "a.txt", "../../a", "a\0b"],
    "role": ["reader", "admin", "nobody"],
    "password": ["not that of ada"],
    "first": ["0", "1", "-1", "9" * 30],
}
"""What a field may have to mean something; it gets further in than any string."""


WORDS = ("", "3", "The defence ministry", "raid", "nowhere said", "0-4")
"""What other fields of a form may have; some are words of the report."""
PAGES = [
    f"/reports/{RECORD.report.id}/{path}"
    for path in ("add/statement", "add/event", "add/link")
]
"""Whose forms have fields that no template names."""
NEEDED = {"/network/tie": ("from", "kind", "to")}
"""Names without which a page shows nothing."""


def describe(app: FastAPI, codes: dict[str, Sequence[str]]) -> dict[str, Any]:
    """Return the description of an application, with all that its pages may send.

    Routes read filters and forms by themselves: it tells only paths.

    Args:
        app: The application.
        codes: Values by the names of fields; those that have none take any string.
    """
    fields = {name: _field(name, codes) for name in sorted(codes)}
    form = {
        "type": "object",
        "properties": fields,
        "required": [name for name in sorted(codes) if name in CODES],
        "additionalProperties": False,
    }
    body = {"required": True, "content": {FORM: {"schema": form}}}
    told = app.openapi()
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            own = operation.setdefault("parameters", [])
            for one in own:
                one["schema"] = _field(one["name"], codes)
            if method == "get":
                known = {one["name"] for one in own}
                own += [
                    {
                        "name": name,
                        "in": "query",
                        "schema": schema,
                        "required": name in NEEDED.get(path, ()),
                    }
                    for name, schema in fields.items()
                    if name not in known
                ]
            elif path != "/ingest":  # whose body is a file
                operation["requestBody"] = body
    return told


def _field(name: str, codes: dict[str, Sequence[str]]) -> dict[str, Any]:
    # A string beside the codes would swallow them: one in a million would be a code.
    return {"enum": list(codes[name])} if codes.get(name) else {"type": "string"}


def names_of(client: TestClient) -> set[str]:
    """Return the names of the fields of all forms, by templates and by pages."""
    names = {
        name
        for template in TEMPLATES.glob("*.html")
        for name in re.findall(r'name="(\w+)"', template.read_text("utf-8"))
    }
    for path in PAGES:
        page = html.fromstring(client.get(path).text)
        names.update(map(str, page.xpath("//main//@name")))
    return names


def codes_of(store: Store, names: set[str]) -> dict[str, Sequence[str]]:
    """Return what fields may have to mean something in a project."""
    actors = [row.actor.id for row in store.actors().rows]
    places = [row.place.id for row in store.places().rows]
    both = [*actors, *places]
    pairs = [f"{RECORD.report.id} {actor.id}" for actor in RECORD.actors]
    return {
        **dict.fromkeys(sorted(names), WORDS),
        **CODES,
        **dict.fromkeys(("actor_id", "actor", "speaker", "about"), actors),
        **dict.fromkeys(("place_id", "place"), places),
        **dict.fromkeys(("from", "to", "into"), both),
        "rows": [*CODES["rows"], str(store.facets(View.STATEMENTS).rows)],
        "value": [*Stance, "PROTEST", *pairs],
    }


def try_out(
    client: TestClient,
    store: Store,
    route: tuple[str, str],
    send: Callable[[Case], int],
) -> None:
    """Send a route codes, and then any strings; a fault of the server is an error."""
    app, reached = client.app, list[bool]()
    assert isinstance(app, FastAPI)
    known = codes_of(store, names_of(client))
    for codes in (known, dict.fromkeys(known, ())):
        app.openapi_schema = None
        description = schemathesis.openapi.from_dict(describe(app, codes))
        method, path = route

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=description[path][method].as_strategy())
        def call(case: Case) -> None:
            status = send(case)
            reached.append(status < 400)
            assert status < 500

        call()
    # Else what is sent is not what the page asks for.
    assert any(reached) or route[0] != "GET"


def pass_on(client: TestClient, case: Case) -> int:
    """Send what was made up as a browser would; return the status."""
    told = case.as_transport_kwargs(base_url=str(client.base_url))
    reply = client.request(
        told["method"],
        told["url"],
        params=told.get("params"),
        data=told.get("data") if isinstance(told.get("data"), dict) else None,
        content=b"text" if case.path == "/ingest" else None,
        follow_redirects=False,
    )
    return reply.status_code


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave files that are sent unread: what is tried out here is the pages."""
    monkeypatch.setattr(Jobs, "_read", lambda self, job: False)


@pytest.mark.slow
@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("route", DECLARED, ids=" ".join)
def test_nothing_that_one_person_sends_breaks_a_route(
    new_client: NewClient, store: Store, route: tuple[str, str]
) -> None:
    client = new_client()

    try_out(client, store, route, lambda case: pass_on(client, case))


@pytest.fixture(scope="module", params=[on_postgres])
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """Give a team; what tests send changes it, but for its admin ada."""
    with open_team(tmp_path_factory.mktemp("team")) as team:
        yield team


@pytest.mark.slow
@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("route", [*DECLARED_OF_TEAMS, *DECLARED], ids=" ".join)
def test_nothing_that_a_team_sends_breaks_a_route(
    team: Team, route: tuple[str, str]
) -> None:
    client = team.browser()

    def send(case: Case) -> int:
        team.clock.now += 60  # so that nothing is held back for being frequent
        team.sign_in(client, "ada")  # anew: it may have been signed out
        return pass_on(client, case)

    team.sign_in(client, "ada")
    try_out(client, team.store, route, send)
