from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import IntakeError
from sayso.ingest.codings import CodedEvent, CodingForm, read_events, read_texts
from sayso.ingest.compare import (
    MACHINE,
    compare,
    keep_events,
    keep_texts,
    score_events,
)
from sayso.record import Record, Span, Stance, Verdict
from sayso.store.base import Store
from sayso.store.judgements import add_row, decide
from sayso.store.projects import open_project
from tests.records import make_record, say

TEXT = "Ama Torvik denied it. Bo Lund confirmed it."
NOW = "2026-01-01T00:00:00Z"


@pytest.fixture
def record() -> Record:
    return make_record(
        TEXT,
        say("s1", "Ama Torvik", "denied", "it", stance=Stance.DENIES),
        say("s2", "Bo Lund", "confirmed", "it@2", stance=Stance.CONFIRMS),
    )


@pytest.fixture
def store(tmp_path: Path, record: Record) -> Iterator[Store]:
    with open_project(tmp_path / "delta.sayso", create=True) as opened:
        opened.add_records([record])
        yield opened


def doccano(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def bring(store: Store, path: Path, coder: str, **labels: str) -> None:
    keep_texts(read_texts(path, labels), store, coder=coder, time=NOW)


def test_coder_and_machine_are_compared_by_label(store: Store, tmp_path: Path) -> None:
    spans = [[0, 10, "SRC"], [22, 29, "SRC"], [11, 17, "cue"], [11, 20, "odd"]]
    bring(store, doccano(tmp_path / "a", {"text": TEXT, "label": spans}), "ada",
          SRC="source")  # fmt: skip

    found = compare(store, "ada", MACHINE)

    assert found.reports == 1
    assert set(found.spans) == {"source", "cue"}
    assert found.spans["source"].f1 == 1.0
    assert found.spans["cue"].f1 == pytest.approx(2 / 3)


def test_text_without_labels_counts_as_coded(store: Store, tmp_path: Path) -> None:
    entity = {"id": 1, "label": "cue", "start_offset": 11, "end_offset": 17}
    bring(store, doccano(tmp_path / "a", {"text": TEXT, "entities": [entity]}), "ada")
    bring(store, doccano(tmp_path / "b", {"text": TEXT, "label": []}), "bo")

    found = compare(store, "ada", "bo")

    assert found.reports == 1
    assert (found.spans["cue"].first, found.spans["cue"].second) == (1, 0)


def test_second_import_adds_nothing(store: Store, tmp_path: Path) -> None:
    path = doccano(tmp_path / "a", {"text": TEXT, "label": [[0, 10, "source"]]})
    first, second = (
        keep_texts(read_texts(path, {}), store, coder="ada", time=time)
        for time in (NOW, "2027-01-01T00:00:00Z")
    )

    assert (first.new, first.known) == (2, 0)
    assert (second.new, second.known) == (0, 2)
    assert len(store.judgements()) == 2
    assert store.moved() == ()


def test_text_of_no_report_is_counted(store: Store, tmp_path: Path) -> None:
    path = doccano(tmp_path / "a", {"text": "Another text.", "label": []})

    done = keep_texts(read_texts(path, {}), store, coder="ada", time=NOW)

    assert (done.new, done.unmatched) == (0, 1)


@pytest.mark.parametrize(
    "row", [{"text": "x", "label": [[0, 2, "a"]]}, {"label": []}, ["text"]]
)
def test_line_that_does_not_fit_is_told(tmp_path: Path, row: object) -> None:
    with pytest.raises(IntakeError, match=":1:"):
        list(read_texts(doccano(tmp_path / "a", row), {}))


def test_verdicts_on_the_same_rows_are_compared(store: Store, record: Record) -> None:
    for coder, verdict in [("ada", Verdict.CONFIRM), ("bo", Verdict.REJECT)]:
        for row in ("s1", "s2"):
            told = verdict if row == "s2" else Verdict.CONFIRM
            store.judge([decide(record, row, told, coder=coder, time=NOW)])

    found = compare(store, "ada", "bo")

    assert (found.rows.rows, found.rows.raw) == (2, 0.5)


def test_corrected_and_added_rows_are_compared(store: Store, record: Record) -> None:
    told = {"time": NOW, "verdict": Verdict.CORRECT, "field": "source"}
    spans = {"ada": (30, 39), "bo": (32, 39), "cy": (0, 3)}
    for coder, at in spans.items():
        source = decide(record, "s1", coder=coder, value=[0, 3], **told)  # type: ignore[arg-type]
        value = [0, len(coder)]
        other = decide(record, "s2", coder=coder, value=value, **told)  # type: ignore[arg-type]
        added = add_row(
            record,
            (Span(*at),),
            field="events",
            value={"type": "AID"},
            coder=coder,
            time=NOW,
        )
        store.judge([source, other, added])

    coding = compare(store, "ada", "bo").coding
    assert (coding.fields, coding.equal) == (2, 1)
    assert (coding.first_added, coding.second_added, coding.both_added) == (1, 1, 1)
    assert compare(store, "ada", "cy").coding.both_added == 0

    (machine,) = compare(store, "ada", MACHINE).machine
    assert (machine.confirmed, machine.corrected, machine.added) == (0, 2, 1)


def event(id_: str, day: str, lon: float, deaths: int, last: str = "") -> CodedEvent:
    return CodedEvent(
        id=id_, first_day=day, last_day=last or day, country="Halvaren",
        lat=10.0, lon=lon, low=deaths, best=deaths, high=deaths,
    )  # fmt: skip


def test_events_are_matched_once_and_the_nearest_first() -> None:
    ours = [event("a", "2024-05-06", 20.0, 7), event("b", "2024-05-06", 20.2, 3)]
    theirs = [
        event("x", "2024-05-07", 20.19, 3),
        event("y", "2024-05-06", 30.0, 9),
        event("z", "2024-05-09", 20.0, 7),
    ]

    score = score_events(ours, theirs)

    assert (score.first, score.second, score.both) == (2, 3, 1)
    assert score.f1 == pytest.approx(2 / 5)
    assert score.deaths_equal == 1


def test_events_of_ucdp_and_acled_meet_in_a_project(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "u.csv").write_text(
        "id,date_start,date_end,country,latitude,longitude,low,best,high\n"
        "1,2024-05-06 00:00:00.000,2024-05-06 00:00:00.000,Halvaren,10,20,7,7,9\n"
    )
    (tmp_path / "a.csv").write_text(
        "event_id_cnty,event_date,country,latitude,longitude,fatalities\n"
        "HAL1,2024-05-06,Halvaren,10.1,20,8\n"
    )
    for form, name in [(CodingForm.UCDP, "u"), (CodingForm.ACLED, "a")]:
        events = list(read_events(tmp_path / f"{name}.csv", form))
        keep_events(events, store, coder=name, time=NOW)

    found = compare(store, "u", "a")

    assert (found.events.both, found.events.deaths_equal) == (1, 1)


def test_table_of_another_form_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,day\n1,2\n", encoding="utf-8")

    with pytest.raises(IntakeError, match="row 1"):
        list(read_events(tmp_path / "a.csv", CodingForm.UCDP))
