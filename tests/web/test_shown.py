from __future__ import annotations

import io
import zipfile

import msgspec
import pytest
from fastapi.testclient import TestClient
from lxml import html

from sayso.export.formats import ExportFormat
from sayso.record import Record
from sayso.store.base import Store
from sayso.store.query import Condition, Query, View
from sayso.web.shown import shown_records

READY = [one for one in ExportFormat if one is not ExportFormat.MUC4]


def where(field: str, *values: str) -> Query:
    return Query(where=(Condition(field=field, values=values),))


def test_a_filter_of_statements_leaves_those_and_what_holds_them(store: Store) -> None:
    query = where("stance", "denies")
    wanted = {(row.record.report.id, row.claim.id) for row in store.ledger(query).rows}
    found = list(shown_records(store, View.STATEMENTS, query))
    assert {record.report.id for record in found} == {report for report, _ in wanted}
    for record in found:
        assert record.events == () and record.links == ()
        for one in record.statements:
            is_wanted = (record.report.id, one.id) in wanted
            assert is_wanted or one.is_outlet
            record.chain(one)


def test_events_take_their_voices_along(store: Store) -> None:
    for record in shown_records(store, View.EVENTS, Query()):
        assert record.events
        for event in record.events:
            for told in event.assertions:
                record.statement(told.statement)


def test_reports_leave_whole(store: Store) -> None:
    found = list(shown_records(store, View.REPORTS, Query(limit=1)))
    assert sorted(found, key=lambda one: one.report.id) == list(store.records())


@pytest.mark.parametrize("form", READY)
@pytest.mark.parametrize("view", ["reports", "statements", "events", "links"])
def test_every_view_leaves_in_every_form(
    client: TestClient, view: str, form: ExportFormat
) -> None:
    reply = client.get("/export", params={"view": view, "form": form.value})
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-disposition"].startswith("attachment")
    assert reply.content


def test_an_export_has_the_rows_of_the_filter(client: TestClient) -> None:
    page = html.document_fromstring(client.get("/ledger?stance=denies&q=raid").text)
    (form,) = page.xpath("//form[@action='/export']")
    asked = dict(form.form_values()) | {"form": "jsonl"}
    lines = client.get("/export", params=asked).content.splitlines()
    records = [msgspec.json.decode(line, type=Record) for line in lines]
    stances = [
        one.stance.value
        for record in records
        for one in record.statements
        if not one.is_outlet
    ]
    assert set(stances) == {"denies"}


def test_tables_leave_in_one_archive(client: TestClient) -> None:
    reply = client.get("/export", params={"view": "reports", "form": "csv"})
    names = zipfile.ZipFile(io.BytesIO(reply.content)).namelist()
    assert "manifest.json" in names and "statements.csv" in names


@pytest.mark.parametrize(
    "asked", [{"form": "exe"}, {"view": "runs"}, {"persons": "some"}, {"text": "x"}]
)
def test_an_export_that_there_is_not_is_refused(
    client: TestClient, asked: dict[str, str]
) -> None:
    reply = client.get("/export", params={"view": "reports", "form": "jsonl"} | asked)
    assert reply.status_code == 400
