from __future__ import annotations

import hashlib
import random
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sayso.errors import StoreError
from sayso.record import Record, Verdict, to_json
from sayso.store.base import Store
from sayso.store.judgements import decide
from sayso.store.projects import create_project, open_project
from sayso.store.query import Condition, Query, View
from sayso.store.run import Added, Failure, Outcome, Raw, Run
from tests import strategies
from tests.store.build import make_record

NOW = "2026-01-05T10:00:00+00:00"
RUN = Run(id="r1", kit="k", parameters={"jobs": "1"}, started=NOW)


def export(store: Store) -> bytes:
    return b"\n".join(to_json(record) for record in store.records())


def see_all(store: Store) -> list[object]:
    """Return what the views tell that must not depend on the order of adding."""
    rows = store.ledger(Query(limit=1000)).rows
    return [
        [(row.record.report.id, row.claim.id) for row in rows],
        *(store.facets(view) for view in View),
        store.map(),
        store.network(),
        store.periods(),
        store.actors(),
        store.places(),
    ]


def test_records_come_back_as_they_were(store: Store) -> None:
    records = [make_record(n, comments=[("c1", NOW, "no")]) for n in range(5)]

    added = store.add_records(records)

    assert added == Added(new=5, merged=0, unchanged=0)
    wanted = sorted(records, key=lambda record: record.report.id)
    assert list(store.records()) == wanted
    assert list(store.records(after=wanted[1].report.id)) == wanted[2:]
    assert store.record(records[3].report.id) == records[3]


@given(records=st.lists(strategies.records(), max_size=3))
def test_any_record_comes_back_as_it_was(
    records: list[Record], tmp_path_factory: pytest.TempPathFactory
) -> None:
    one_each = {record.report.id: record for record in records}
    folder = tmp_path_factory.mktemp("any")
    with create_project(folder / "any.sayso") as store:
        store.add_records(one_each.values())

        assert {record.report.id: record for record in store.records()} == one_each


def test_adding_again_changes_nothing(store: Store) -> None:
    records = [make_record(n) for n in range(20)]
    store.add_records(records)
    once, seen = export(store), see_all(store)

    added = store.add_records(reversed(records))

    assert added == Added(new=0, merged=0, unchanged=20)
    assert (export(store), see_all(store)) == (once, seen)


def test_shuffled_and_split_batches_give_the_same_project(
    store: Store, new_place: Callable[[], str]
) -> None:
    records = [
        *(make_record(n) for n in range(30)),
        *(make_record(n, key=f"second-{n}") for n in range(0, 30, 3)),
        *(make_record(n, comments=[("c1", None, f"no {n}")]) for n in range(0, 30, 4)),
        *(make_record(n, byline="Ada Ro") for n in range(0, 30, 5)),
    ]
    store.add_records(records)
    random.Random(3).shuffle(records)
    with create_project(new_place()) as other:
        for start in range(0, len(records), 7):
            other.add_records(records[start : start + 7])

        assert export(other) == export(store)
        assert see_all(other) == see_all(store)


def test_parallel_writers_give_the_same_project(
    place: str, new_place: Callable[[], str]
) -> None:
    records = [make_record(n, key=f"k{n % 2}-{n}") for n in range(40)]
    with create_project(place) as store:
        store.add_records(records)
        wanted = export(store), see_all(store)
    where = new_place()
    create_project(where).close()

    def add(part: list[Record]) -> None:
        with open_project(where) as mine:
            for record in part:
                mine.add_records([record])

    parts = [records[:25], records[15:], records[::-2]]
    writers = [threading.Thread(target=add, args=(part,)) for part in parts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    with open_project(where) as store:
        assert (export(store), see_all(store)) == wanted


def test_keys_of_a_report_read_twice_are_joined(store: Store) -> None:
    store.add_records([make_record(1, key="b.html")])
    added = store.add_records([make_record(1, key="a.html")])

    assert added == Added(new=0, merged=1, unchanged=0)
    (record,) = store.records()
    assert record.report.key == "a.html"
    assert record.report.keys == ("a.html", "b.html")


def test_comments_of_a_report_read_twice_are_merged(store: Store) -> None:
    first = [("c1", None, "no"), ("c2", NOW, "yes")]
    store.add_records([make_record(1, comments=first)])
    store.add_records([make_record(1, comments=[*first, ("c1", NOW, "never")])])
    store.add_records([make_record(1, comments=[first[1], ("c1", None, "odd")])])

    (record,) = store.records()
    told = [(one.n, one.author, one.text) for one in record.report.comments]
    assert told[:3] == [(1, "c1", "no"), (2, "c2", "yes"), (3, "c1", "never")]
    assert [text for _, _, text in told[3:]] == ["odd"]
    assert len(store.comments().rows) == 4


def test_newer_kit_replaces_rows_and_older_does_not(store: Store) -> None:
    old, new = make_record(1, kit="0.9.0"), make_record(1, kit="0.10.0", shift=3)

    store.add_records([old])
    store.add_records([new])
    store.add_records([old])

    assert list(store.records()) == [new]
    ids = {row.claim.id for row in store.ledger().rows}
    assert ids == {statement.id for statement in new.statements}


def test_older_reading_keeps_its_comments_alive(store: Store) -> None:
    store.add_records([make_record(1, kit="0.1.0", comments=[("c1", None, "no")])])
    store.add_records([make_record(1, kit="0.2.0")])

    (record,) = store.records()
    assert record.kit.sayso == "0.2.0"
    assert [comment.text for comment in record.report.comments] == ["no"]


def test_failed_batch_leaves_nothing(store: Store) -> None:
    stray = Raw(report="0" * 64, content=b"x", digest="d", url=None, retrieved=None)

    with pytest.raises(StoreError, match="belongs to report"):
        store.add_records([make_record(1)], raw=[stray])

    assert list(store.records()) == []
    assert store.info().reports == 0


def test_original_comes_back(store: Store) -> None:
    record = make_record(1)
    content = b"<p>The Harbour Guard ...\x00\xff"
    raw = Raw(
        report=record.report.id,
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        url="https://harbour.example/1",
        retrieved=NOW,
    )

    store.add_records([record, make_record(2)], raw=[raw])

    assert store.raw(record.report.id) == raw
    assert store.raw(make_record(2).report.id) is None


def test_inputs_are_acknowledged_with_their_reports(store: Store) -> None:
    store.start_run(RUN)
    record = make_record(1)
    failure = Failure(input="b.txt", reason="empty", mend="fill it", time=NOW)
    store.add_records(
        [record],
        outcomes=[
            Outcome(
                run="r1", input="a.txt", digest="a" * 64, reports=(record.report.id,)
            ),
            Outcome(run="r1", input="b.txt", digest="b" * 64, failure=failure),
        ],
    )
    store.end_run("r1", NOW)

    assert store.acknowledged(["a" * 64, "b" * 64, "c" * 64]) == {"a" * 64}
    assert store.failures().rows == (failure,)
    (run,) = store.runs()
    assert (run.inputs, run.failures, run.ended) == (2, 1, NOW)
    first, second = store.outcomes("r1").rows
    assert first.reports == (record.report.id,)
    assert second.failure == failure


def test_failure_goes_when_the_input_gives_its_report(store: Store) -> None:
    store.start_run(RUN)
    failure = Failure(input="a.txt", reason="empty", mend="fill it", time=NOW)
    key = {"run": "r1", "input": "a.txt"}
    store.add_records([], outcomes=[Outcome(**key, digest="a" * 64, failure=failure)])
    store.add_records([], outcomes=[Outcome(**key, digest="b" * 64)])

    assert store.failures().rows == ()


PLANTED = "Zyxwvut"


def plant(store: Store) -> str:
    """Add a report with a word everywhere that it can stand; return its id."""
    record = make_record(
        1,
        words=f" {PLANTED} of {PLANTED}-town said so.",
        outlet=f"{PLANTED} Post",
        url=f"https://x.example/{PLANTED}",
        title=PLANTED,
        key=f"{PLANTED}.html",
        comments=[("c1", None, f"so {PLANTED}"), ("c2", None, PLANTED)],
    )
    named = replace(record.actors[0], name=f"{PLANTED} Guard", aliases=(PLANTED,))
    known = replace(record.actors[2], name=f"Great {PLANTED} River Front")
    record = replace(record, actors=(named, record.actors[1], known))
    raw = Raw(
        report=record.report.id,
        content=PLANTED.encode() * 9,
        digest="d",
        url=PLANTED,
        retrieved=None,
    )
    failure = Failure(input=f"{PLANTED}.html", reason=PLANTED, mend="-", time=NOW)
    name = {"run": "r1", "input": f"{PLANTED}.html"}
    store.add_records([], outcomes=[Outcome(**name, digest="a", failure=failure)])
    store.add_records(
        [record],
        raw=[raw],
        outcomes=[Outcome(**name, digest="b", reports=(record.report.id,))],
    )
    target = record.statements[0].id
    decision = decide(
        record,
        target,
        Verdict.REJECT,
        coder="ada",
        time=NOW,
        note=PLANTED,
        value=PLANTED,
    )
    store.judge([decision])
    return record.report.id


def test_deleted_report_is_found_in_no_byte(tmp_path: Path) -> None:
    place = tmp_path / "project.sayso"
    with create_project(place) as store, open_project(place) as reader:
        store.start_run(RUN)
        store.add_records(make_record(n) for n in range(2, 300))
        before = see_all(store)
        report_id = plant(store)
        assert reader.search(Query(text=PLANTED)).rows
        (tmp_path / "project.sayso.before-1.backup").write_text(PLANTED)

        store.delete(report_id)

        assert see_all(store) == before
        for path in tmp_path.iterdir():
            assert PLANTED.lower().encode() not in path.read_bytes().lower(), path.name
    whole = sqlite3.connect(place).execute("pragma integrity_check").fetchone()
    assert whole == ("ok",)


def test_deleted_report_is_found_in_no_row(store: Store) -> None:
    store.start_run(RUN)
    store.add_records(make_record(n) for n in range(2, 30))
    before = see_all(store)
    report_id = plant(store)

    store.delete(report_id)

    assert see_all(store) == before
    assert store.judgements(in_force=False) == ()
    assert store.failures().rows == store.outcomes("r1").rows == ()


def test_deletion_that_a_reader_holds_up_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.store.sqlite.BUSY_MS", 50)
    place = tmp_path / "project.sayso"
    with create_project(place) as store, open_project(place) as reader:
        store.start_run(RUN)
        store.add_records(make_record(n) for n in range(2, 5))
        report_id = plant(store)
        held = reader.records()
        next(held)

        with pytest.raises(StoreError, match="a reader still holds"):
            store.delete(report_id)
        assert len(list(store.records())) == 3

        held.close()
        store.delete(report_id)
        for path in tmp_path.iterdir():
            assert PLANTED.lower().encode() not in path.read_bytes().lower(), path.name
        with pytest.raises(StoreError, match="has no report"):
            store.delete(report_id)


def test_deleting_what_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(StoreError, match="has no report"):
        store.delete("0" * 64)


def test_words_of_a_deleted_report_are_not_found(store: Store) -> None:
    kept, gone = make_record(1, words=" Lantern."), make_record(2, words=" Lantern.")
    store.add_records([kept, gone])
    store.delete(gone.report.id)

    (hit,) = store.search(Query(text="lantern")).rows
    assert hit.report.id == kept.report.id
    where = (Condition(field="stance", values=("blames",)),)
    assert store.facets(View.STATEMENTS, Query(where=where)).rows == 1
