from __future__ import annotations

import csv
import io

from fastapi.testclient import TestClient

from sayso.store.base import Store
from sayso.store.query import Query
from sayso.web.routes.timeline import ROWS, bars_of


def rows_of(client: TestClient, path: str) -> list[dict[str, str]]:
    text = client.get(path).text.lstrip("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_every_dated_event_is_on_the_timeline(client: TestClient, store: Store) -> None:
    bars = bars_of(store.timeline(Query(limit=ROWS)).rows)

    page = client.get("/timeline")

    assert page.status_code == 200
    assert len(bars) > 0
    assert page.text.count('class="days ') == len(bars)


def test_a_bar_leads_to_its_event_in_the_report(
    client: TestClient, store: Store
) -> None:
    row = store.timeline(Query(limit=1)).rows[0].row

    page = client.get("/timeline").text

    assert f'href="/reports/{row.record.report.id}#{row.claim.id}"' in page


def test_the_data_are_the_rows_of_the_same_address(
    client: TestClient, store: Store
) -> None:
    status = store.timeline().rows[0].row.claim.status.value

    every = rows_of(client, "/timeline/data.csv")
    some = rows_of(client, f"/timeline/data.csv?status={status}")

    assert {row["status"] for row in some} == {status}
    assert [row for row in every if row["status"] == status] == some


def test_data_come_as_a_file(client: TestClient) -> None:
    answer = client.get("/timeline/data.json")

    assert answer.headers["content-type"] == "application/json"
    assert "timeline.json" in answer.headers["content-disposition"]


def test_other_forms_are_refused(client: TestClient) -> None:
    assert client.get("/timeline/data.exe").status_code == 422


def test_months_count_what_the_store_counts(client: TestClient, store: Store) -> None:
    told = client.get("/timeline/months.json").json()

    assert {row["month"]: row["statements"] for row in told} == {
        one.month: one.statements for one in store.periods()
    }


def test_months_say_that_they_leave_a_filter_out(client: TestClient) -> None:
    assert "The months take" in client.get("/timeline?type=ASSAULT").text
    assert "The months take" not in client.get("/timeline?outlet=x").text


def test_a_filter_without_events_offers_a_way_back(client: TestClient) -> None:
    page = client.get("/timeline?actor=Anobody")

    assert page.status_code == 200
    assert "Take the filters away" in page.text


def test_no_cursor_is_an_error_with_a_mend(client: TestClient) -> None:
    answer = client.get("/timeline?after=nonsense")

    assert answer.status_code == 400
    assert "is not the end of a page" in answer.text
