"""The page for the words and parts of a row, and for rows that the machine missed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from sayso.record import Record, Span, Verdict
from sayso.store.base import Store
from sayso.store.query import Condition, Query
from sayso.store.rows import Review
from tests.store.build import make_record
from tests.web.conftest import NewClient

WORDS = " The guard of Port Ilmen, said Ada Roe, saw the raid."
RECORD = make_record(1, words=WORDS)
TEXT = RECORD.report.text
REPORT = RECORD.report.id
SAID, EVENT, TIE = RECORD.statements[0], RECORD.events[0], RECORD.links[0]


@pytest.fixture
def record(store: Store) -> Record:
    store.add_records([RECORD])
    return RECORD


def path_of(row: str) -> str:
    return f"/reports/{REPORT}/rows/{row}"


def form_at(client: TestClient, path: str) -> dict[str, str]:
    """Return the form of a page as a browser would send it."""
    page = html.document_fromstring(client.get(path).text)
    (form,) = page.xpath("//form[contains(@class, 'edit-row')]")
    return dict(form.form_values())


def send(client: TestClient, path: str, form: dict[str, str]) -> Any:
    return client.post(path, data=form, follow_redirects=False)


def spot(words: str, nth: int = 0) -> Span:
    starts = [match.start() for match in re.finditer(re.escape(words), TEXT)]
    return Span(starts[nth], starts[nth] + len(words))


def corrections(store: Store) -> dict[str | None, Any]:
    return {one.field: one.value for one in store.judgements(REPORT)}


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("row", [SAID.id, EVENT.id, TIE.id])
def test_form_as_it_came_changes_nothing(
    client: TestClient, store: Store, row: str
) -> None:
    reply = send(client, path_of(row), form_at(client, path_of(row)))

    assert reply.status_code == 303
    assert reply.headers["location"] == f"/reports/{REPORT}#{row}"
    assert store.judgements(REPORT) == ()


@pytest.mark.usefixtures("record")
def test_words_written_by_hand_are_found_in_the_text(
    client: TestClient, store: Store
) -> None:
    form = form_at(client, path_of(SAID.id))
    form |= {"source": "Ada  Roe", "content.2": "on\r\nTuesday", "note": "look"}

    assert send(client, path_of(SAID.id), form).status_code == 303

    (source, content) = store.judgements(REPORT)
    assert (source.field, source.value) == ("source", list(spot("Ada Roe")))
    assert (source.verdict, source.note) == (Verdict.CORRECT, "look")
    assert content.value == [list(SAID.content[0]), list(spot("on Tuesday"))]
    page = client.get(f"/reports/{REPORT}").text
    assert "source as corrected</span> <bdi>“Ada Roe”</bdi>" in page
    assert re.search(r"S\d✎</small>", page)
    where = Query(where=(Condition(field="report", values=(REPORT,)),))
    assert store.ledger(where).rows[0].review is Review.CORRECTED
    assert "as corrected" in client.get(f"/ledger?report={REPORT}").text

    client.post("/undo", data={"back": "/"})
    assert store.judgements(REPORT) == ()


@pytest.mark.usefixtures("record")
def test_words_that_stand_twice_are_asked_for(client: TestClient, store: Store) -> None:
    form = form_at(client, path_of(SAID.id)) | {"source": "Port Ilmen"}

    reply = send(client, path_of(SAID.id), form)

    assert reply.status_code == 422
    assert "choose which are meant" in reply.text
    page = html.document_fromstring(reply.text)
    starts = page.xpath("//input[@type='radio' and @name='source.at']/@value")
    assert starts == [str(spot("Port Ilmen", n).start) for n in (0, 1)]
    assert store.judgements(REPORT) == ()

    (sent,) = page.xpath("//form[contains(@class, 'edit-row')]")
    chosen = dict(sent.form_values()) | {"source.at": starts[1]}
    assert send(client, path_of(SAID.id), chosen).status_code == 303
    assert corrections(store)["source"] == list(spot("Port Ilmen", 1))


@pytest.mark.usefixtures("record")
def test_source_can_be_taken_away(client: TestClient, store: Store) -> None:
    form = form_at(client, path_of(SAID.id)) | {"source": " "}

    send(client, path_of(SAID.id), form)

    assert corrections(store) == {"source": None}


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        (SAID.id, "source", "Somebody Else"),
        (SAID.id, "cue", ""),
        (SAID.id, "stance", "shouts"),
        (EVENT.id, "type", "PARTY"),
        (EVENT.id, "voice.1", "s000"),
        (EVENT.id, "part.1.role", "guest"),
        (TIE.id, "to", "a000"),
        (TIE.id, "kind", "likes"),
        (TIE.id, "voice.1", ""),
        (EVENT.id, "place.1", "p000"),
        (EVENT.id, "time.1", "t000"),
    ],
)
def test_wrong_fields_come_back_and_keep_nothing(
    client: TestClient, store: Store, row: str, field: str, value: str
) -> None:
    form = form_at(client, path_of(row)) | {field: value}

    reply = send(client, path_of(row), form)

    assert reply.status_code == 422
    assert "1 field needs another look" in reply.text
    assert store.judgements() == ()


@pytest.mark.usefixtures("record")
def test_position_that_does_not_fit_the_words_is_not_believed(
    client: TestClient, store: Store
) -> None:
    form = form_at(client, path_of(SAID.id))
    form |= {"source": "Ada Roe", "source.at": "3", "cue.at": "99999999999"}

    send(client, path_of(SAID.id), form)

    assert corrections(store) == {"source": list(spot("Ada Roe"))}


@pytest.mark.usefixtures("record")
def test_parts_counts_and_voices_of_an_event_are_corrected(
    client: TestClient, store: Store
) -> None:
    path = path_of(EVENT.id)
    form = form_at(client, path) | {"trigger": "the raid", "trigger.at": ""}
    form |= {"part.2": "River Front", "part.2.role": "target"}
    form |= {"count.1": "number 1", "count.1.low": "3", "count.1.high": "7"}
    form |= {"count.1.what": "injured", "voice.1.status": "denied"}
    form |= {"place.1": "", "time.1": "", "place.2": "", "time.2": ""}
    raids = str(spot("the raid", 1).start)

    send(client, path, form | {"trigger.at": raids})

    found = corrections(store)
    assert found["trigger"] == list(spot("the raid", 1))
    ours, theirs = found["participants"]
    assert ours["actor"] == EVENT.participants[0].actor
    assert (theirs["role"], theirs["actor"]) == ("target", RECORD.actors[2].id)
    (count,) = found["counts"]
    assert (count["what"], count["low"], count["high"]) == ("injured", 3, 7)
    assert found["assertions"][0]["status"] == "denied"
    assert found["places"] == found["times"] == []
    page = client.get(f"/reports/{REPORT}").text
    assert "counts as corrected" in page and "injured 3 to 7 “number 1”" in page
    assert "disputed" in client.get(f"/events?report={REPORT}").text


@pytest.mark.usefixtures("record")
def test_least_more_than_most_is_told(client: TestClient, store: Store) -> None:
    form = form_at(client, path_of(EVENT.id))
    form |= {"count.1": "number 1", "count.1.low": "9", "count.1.high": "7"}

    reply = send(client, path_of(EVENT.id), form | {"count.1.what": "killed"})

    assert "The least is more than the most" in reply.text
    assert store.judgements() == ()


def add_path(kind: str) -> str:
    return f"/reports/{REPORT}/add/{kind}"


@pytest.mark.usefixtures("record")
def test_missed_statement_is_added_and_taken_back(
    client: TestClient, store: Store
) -> None:
    form = form_at(client, add_path("statement") + "?quote=said")
    assert form["cue.at"] == str(spot("said").start)
    form |= {"source": "Ada Roe", "content.1": "saw the raid", "stance": "claims"}

    reply = send(client, add_path("statement"), form)

    record = store.record(REPORT, added=True)
    added = record.statements[-1]
    assert reply.headers["location"] == f"/reports/{REPORT}#{added.id}"
    assert (added.cue, added.source) == (spot("said"), spot("Ada Roe"))
    page = client.get(f"/reports/{REPORT}").text
    assert f'id="{added.id}"' in page and "added by <bdi>ada</bdi>" in page
    assert f'data-card="{added.id}"' in client.get("/ledger?review=added").text
    judge = {"report": REPORT, "target": added.id, "verdict": "confirm"}
    assert client.post("/judge", data=judge).status_code == 200

    (made,) = [one for one in store.judgements() if one.verdict is Verdict.ADD]
    client.post("/undo", data={"report": REPORT, "judgement": made.id})
    assert store.record(REPORT, added=True) == RECORD


@pytest.mark.usefixtures("record")
def test_missed_event_and_tie_are_added(client: TestClient, store: Store) -> None:
    timed = len(store.timeline().rows) - 1
    event = form_at(client, add_path("event")) | {"trigger": "saw the raid"}
    event |= {"type": "ASSAULT", "voice.1": RECORD.statements[1].id}
    event |= {"voice.1.status": "denied", "part.1": "River Front"}
    event |= {"part.1.role": "actor", "count.1": "number 1", "count.1.low": "4"}
    event |= {"place.1": RECORD.places[0].id, "time.1": RECORD.times[0].id}
    tie = form_at(client, add_path("link")) | {"span": "blamed the River Front"}
    tie |= {"from": RECORD.actors[1].id, "to": RECORD.places[0].id, "kind": "based_in"}

    assert send(client, add_path("event"), event).status_code == 303
    assert send(client, add_path("link"), tie).status_code == 303

    record = store.record(REPORT, added=True)
    added, link = record.events[-1], record.links[-1]
    assert added.assertions[0].statement == RECORD.statements[1].id
    assert added.status == "denied"
    assert (added.counts[0].low, added.counts[0].high) == (4, None)
    assert added.participants[0].actor == RECORD.actors[2].id
    assert [one.place for one in added.places] == [RECORD.places[0].id]
    assert [one.time for one in added.times] == [RECORD.times[0].id]
    assert len(store.timeline().rows) == 2 + timed
    assert (link.from_, link.to) == (RECORD.actors[1].id, RECORD.places[0].id)
    assert "denied" in client.get("/events?review=added").text


@pytest.mark.usefixtures("record")
def test_row_without_its_words_is_not_added(client: TestClient, store: Store) -> None:
    for kind in ("statement", "event", "link"):
        form = form_at(client, add_path(kind))
        assert send(client, add_path(kind), form).status_code == 422
    assert store.judgements() == ()


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "path",
    [
        path_of("s000000000000"),
        path_of(RECORD.actors[0].id),
        path_of(RECORD.statements[-1].id),
        add_path("actor"),
        f"/reports/none/rows/{SAID.id}",
    ],
)
def test_what_has_no_such_form_is_told(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, data={}).status_code == 404


@pytest.mark.usefixtures("record")
def test_exports_carry_what_people_added_and_corrected(
    client: TestClient, store: Store
) -> None:
    form = form_at(client, add_path("statement") + "?quote=said")
    send(client, add_path("statement"), form | {"content.1": "saw the raid"})
    row = store.record(REPORT, added=True).statements[-1].id

    jsonl = client.get("/export?view=statements&form=jsonl&filter=review%3Dadded").text

    assert f'"{row}"' in jsonl and "coder:ada" in jsonl


@pytest.mark.usefixtures("record")
def test_second_coder_sees_no_corrections(new_client: NewClient, store: Store) -> None:
    first = new_client("ada")
    form = form_at(first, path_of(SAID.id)) | {"source": "Ada Roe"}
    send(first, path_of(SAID.id), form)

    second = new_client("ben")
    page = second.get("/review?blind=1").text
    assert f'data-card="{SAID.id}"' in page
    assert "as corrected" not in page
    (to,) = html.document_fromstring(page).xpath("//a[@data-key='w']/@href")
    form = form_at(second, to)
    assert (form["source"], form["blind"]) == ("Harbour Guard", "1")

    reply = send(second, path_of(SAID.id), form | {"source": "The Harbour Guard"})

    assert reply.headers["location"].startswith("/review?")
    mine, yours = store.judgements()
    assert (mine.coder, yours.coder) == ("ada", "ben")
    assert yours.value == list(spot("The Harbour Guard"))
    assert "Nothing is left" in second.get(reply.headers["location"]).text
