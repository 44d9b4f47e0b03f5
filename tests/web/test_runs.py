from __future__ import annotations

import html

import pytest
from fastapi.testclient import TestClient
from msgspec.structs import replace

from sayso.store.base import Store
from sayso.store.run import Outcome, Run
from sayso.web.routes.runs import duration, methods
from tests.store.build import make_record

RUN = Run(
    id="r2",
    kit="k",
    parameters={"engine": "<b>"},
    started="2026-02-01T10:00:00+00:00",
    ended="2026-02-01T11:02:03+00:00",
)


def test_runs_are_listed_with_what_they_gave(client: TestClient) -> None:
    page = client.get("/runs").text

    assert 'href="/runs/r1"' in page
    assert "2026-01-01 10:00:00" in page


def test_a_run_tells_what_failed_and_how_to_mend_it(client: TestClient) -> None:
    page = client.get("/runs/r1").text

    assert "broken.html" in page
    assert "there is no article" in page
    assert "save again" in page


def test_a_run_tells_its_kit_and_parameters(client: TestClient, store: Store) -> None:
    record = make_record(1)
    kit = record.kit.digest()
    store.start_run(replace(RUN, kit=kit, ended=None))
    outcome = Outcome(
        run="r2", input="a.txt", digest="1" * 64, reports=(record.report.id,)
    )
    store.add_records([record], outcomes=[outcome])

    page = client.get("/runs/r2").text

    assert kit in page
    assert "&lt;b&gt;" in page
    assert f'href="/reports/{record.report.id}"' in page
    assert f"sayso {record.kit.sayso}" in html.unescape(page)
    assert "not yet, or it was cut off" in page


def test_the_paragraph_tells_what_others_need_to_do_it_again() -> None:
    record = make_record(1)

    told = methods(replace(RUN, inputs=1200, failures=3), record.kit, 1150)

    assert f"sayso {record.kit.sayso}, kit k" in told
    assert f"model {record.kit.model}" in told
    assert "1,200 inputs, of which 3 gave no report" in told
    assert "began 2026-02-01 and ended 2026-02-01" in told


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        ("2026-02-01T10:00:05+00:00", "5 s"),
        ("2026-02-01T10:02:05+00:00", "2 min 5 s"),
        ("2026-02-01T11:02:03+00:00", "1 h 2 min"),
        ("at night", None),
        (None, None),
    ],
)
def test_a_run_took_so_long(ended: str | None, told: str | None) -> None:
    assert duration(replace(RUN, ended=ended)) == told


def test_no_run_is_not_found(client: TestClient) -> None:
    assert client.get("/runs/none").status_code == 404
