"""A project of invented reports, and browsers that have come in by the token."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.store.base import Store
from sayso.store.projects import create_project
from sayso.store.run import Failure, Outcome, Run
from sayso.web.app import create_app
from sayso.web.people import Role
from tests.export.raid import planted_record, raid_record
from tests.export.samples import march_record, shelling_record, talks_record

BASE = "http://127.0.0.1:8000"
OWN = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
NewClient = Callable[..., TestClient]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a project with five reports and one failure."""
    with create_project(tmp_path / "delta.sayso") as store:
        fill(store)
        yield store


def fill(store: Store) -> None:
    """Add reports with claims of all kinds, and an input that failed."""
    time = "2026-01-01T10:00:00+00:00"
    run = Run(id="r1", kit="k", parameters={"files": "a"}, started=time)
    store.start_run(run)
    failure = Failure(
        input="broken.html", reason="there is no article", mend="save again", time=time
    )
    records = (
        talks_record(),
        march_record(),
        shelling_record(),
        raid_record(),
        planted_record(),
    )
    outcome = Outcome(run="r1", input="broken.html", digest="0" * 64, failure=failure)
    store.add_records(records, outcomes=[outcome])
    store.end_run("r1", time)


@pytest.fixture
def new_client(store: Store) -> Iterator[NewClient]:
    """Give a function that opens a browser of a person who has come in."""
    with ExitStack() as clients:

        def new(coder: str = "ada", role: Role = Role.ADMIN) -> TestClient:
            app = create_app(store, token="let-me-in", coder=coder, role=role)
            client = clients.enter_context(TestClient(app, base_url=BASE))
            assert client.get("/enter?token=let-me-in").status_code == 200
            client.headers.update(OWN)
            return client

        yield new


@pytest.fixture
def client(new_client: NewClient) -> TestClient:
    """Give the browser of one person."""
    return new_client()
