from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from lxml import html
from msgspec.structs import replace

from sayso.record import Verdict
from sayso.store.base import Store
from sayso.store.query import Condition, Query
from sayso.store.rows import Review
from tests.export.raid import raid_record
from tests.store.build import make_record
from tests.web.conftest import NewClient

DENIALS = Query(where=(Condition(field="stance", values=("denies",)),))
RECORD = raid_record()
ROW = {"report": RECORD.report.id, "target": RECORD.statements[0].id, "back": "/ledger"}
JSON = {"Accept": "application/json"}


def review_of(store: Store) -> Review:
    query = Query(where=(Condition(field="report", values=(ROW["report"],)),))
    rows = {row.claim.id: row.review for row in store.ledger(query).rows}
    return rows[ROW["target"]]


@pytest.mark.parametrize(
    ("verdict", "review"),
    [("confirm", Review.CONFIRMED), ("reject", Review.REJECTED)],
)
def test_a_form_decides_and_goes_back(
    client: TestClient, store: Store, verdict: str, review: Review
) -> None:
    form = ROW | {"verdict": verdict}
    reply = client.post("/judge", data=form, follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (303, "/ledger")
    assert review_of(store) is review
    (made,) = store.judgements()
    assert made.coder == "ada"


def test_a_script_gets_told_what_was_done(client: TestClient) -> None:
    reply = client.post("/judge", data=ROW | {"verdict": "confirm"}, headers=JSON)
    assert reply.json() == {"told": "confirm noted", "verdict": "confirm"}


def test_undo_takes_back_one_after_another(client: TestClient, store: Store) -> None:
    client.post("/judge", data=ROW | {"verdict": "confirm"})
    client.post("/correct", data=ROW | {"field": "stance", "value": "doubts"})
    assert review_of(store) is Review.CORRECTED
    client.post("/undo", data={"back": "/"})
    assert review_of(store) is Review.CONFIRMED
    client.post("/undo", data={"back": "/"})
    assert review_of(store) is Review.OPEN
    reply = client.post("/undo", data={"back": "/"}, headers=JSON)
    assert reply.json()["verdict"] == ""


def test_one_decision_can_be_taken_back_by_name(
    client: TestClient, store: Store
) -> None:
    client.post("/judge", data=ROW | {"verdict": "reject"})
    (made,) = store.judgements()
    form = {"report": ROW["report"], "judgement": made.id}
    assert client.post("/undo", data=form).status_code == 200
    assert review_of(store) is Review.OPEN
    assert client.post("/undo", data=form).status_code == 400


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/judge", {"verdict": "undo"}),
        ("/judge", {"verdict": "confirm", "target": "s99"}),
        ("/judge", {"verdict": "confirm", "note": "x" * 501}),
        ("/correct", {"field": "stance", "value": "shouts"}),
        ("/correct", {"field": "id", "value": "denies"}),
        ("/bulk", {"view": "actors", "verdict": "confirm", "rows": "1"}),
        ("/bulk", {"view": "events", "verdict": "confirm", "rows": "-1"}),
    ],
)
def test_what_a_form_must_not_say_is_refused(
    client: TestClient, store: Store, path: str, more: dict[str, str]
) -> None:
    assert client.post(path, data=ROW | more).status_code == 400
    assert store.judgements() == ()


def test_bulk_decides_exactly_what_was_shown(client: TestClient, store: Store) -> None:
    rows = len(store.ledger(DENIALS).rows)
    page = html.document_fromstring(client.get("/ledger?stance=denies").text)
    (shown,) = page.xpath("//form[@action='/bulk']")
    form = dict(shown.form_values()) | {"verdict": "reject"}
    assert form.pop("rows") == str(rows)
    late = client.post("/bulk", data=form | {"rows": str(rows + 1)})
    assert late.status_code == 409
    assert store.judgements() == ()
    assert client.post("/bulk", data=form | {"rows": str(rows)}).status_code == 200
    assert {row.review for row in store.ledger(DENIALS).rows} == {Review.REJECTED}
    assert len(store.judgements()) == rows
    client.post("/undo", data={})
    assert store.judgements() == ()


@pytest.mark.parametrize(
    "back",
    ["//evil.example", "https://evil.example", "/\\evil.example", "x", "/a\r\nb: c"],
)
def test_a_form_leads_back_to_our_own_pages_alone(
    client: TestClient, back: str
) -> None:
    form = ROW | {"verdict": "confirm", "back": back}
    reply = client.post("/judge", data=form, follow_redirects=False)
    assert reply.headers["location"] == "/"


def test_a_second_coder_sees_no_verdicts_and_agreement_is_told(
    new_client: NewClient, store: Store
) -> None:
    new_client("ada").post("/judge", data=ROW | {"verdict": "confirm", "note": "sure"})
    second = new_client("ben")
    page = second.get("/review?blind=1").text
    assert f'data-card="{ROW["target"]}"' in page
    assert "confirmed" not in page and "ada" not in page and "sure." not in page
    second.post("/judge", data=ROW | {"verdict": "reject"})
    assert "Nothing is left" in second.get("/review?blind=1").text
    agreement = second.get("/review/agreement").text
    assert "<bdi>ada</bdi> and <bdi>ben</bdi>" in agreement and "0 %" in agreement
    assert {one.verdict for one in store.judgements()} == {
        Verdict.CONFIRM,
        Verdict.REJECT,
    }


def test_review_by_effect_begins_with_what_is_disputed(
    client: TestClient, store: Store
) -> None:
    page = html.document_fromstring(client.get("/review?of=events&by=effect").text)
    (chip,) = page.xpath("//article//header/span[contains(@class, 'disputed')]")
    assert chip.text == "disputed"
    to = page.xpath("//a[normalize-space()='Ties']/@href")[0]
    assert "by=effect" in to


def test_ledger_tells_when_it_was_said_and_is_ordered_by_it(
    client: TestClient, store: Store
) -> None:
    record = make_record(1)
    first, *others = record.statements
    told = (replace(first, times=(record.times[0].id,)), *others)
    store.add_records([replace(record, statements=told)])

    page = client.get("/ledger?order=first_said&outlet=Tersa+Post").text

    assert 'aria-sort="ascending"' in page
    assert "said <bdi>2019-01-02 (“Tuesday”)</bdi>" in page
    assert "/ledger?outlet=Tersa+Post&amp;order=said" in page
