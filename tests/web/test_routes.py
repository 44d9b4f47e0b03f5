from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.web.people import Role
from tests.export.raid import raid_record
from tests.web.conftest import NewClient


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
