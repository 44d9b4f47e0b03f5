from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.engine import Outcome
from sayso.ingest import ingest as ingest_module
from sayso.ingest.ingest import Found, ingest
from sayso.intake import find_pieces
from sayso.store.base import Store
from sayso.store.projects import open_project
from tests.ingest.build import engine, export_hash, take_in, write_rows

TEXT = "The ministry denied on Monday that it had sent troops to the valley."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_project(tmp_path / "delta.sayso", create=True) as opened:
        yield opened


def never_read(found: object) -> Iterator[Outcome]:
    raise AssertionError("nothing is to be read")
    yield


def test_second_ingest_reads_nothing(store: Store, tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "a.jsonl", range(120))

    first = take_in(store, rows)
    second = take_in(store, rows, read_all=never_read)

    assert (first.new, first.known) == (120, 0)
    assert (second.new, second.known) == (0, 120)
    assert store.info().reports == 120


def test_order_splits_repeats_and_workers_do_not_matter(tmp_path: Path) -> None:
    numbers = list(range(130))
    random.Random(1).shuffle(numbers)
    parts = [
        write_rows(tmp_path / "b.jsonl", numbers[:50]),
        write_rows(tmp_path / "c.jsonl", numbers[30:]),
    ]
    whole = write_rows(tmp_path / "a.jsonl", range(130))

    with open_project(tmp_path / "one", create=True) as one:
        take_in(one, whole)
        take_in(one, whole, whole)
    with open_project(tmp_path / "two", create=True) as two:
        take_in(two, *parts, read_all=engine(jobs=2))

    assert export_hash(tmp_path / "one") == export_hash(tmp_path / "two")


def test_same_report_under_two_names_has_both_keys(
    store: Store, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")

    tally = take_in(store, tmp_path / "a.txt", tmp_path / "b.txt")

    (record,) = store.records()
    assert record.report.keys == ("a.txt", "b.txt")
    assert tally.inputs == 2


def test_same_file_twice_in_one_run_is_read_once(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    tally = take_in(store, tmp_path / "a.txt", tmp_path / "a.txt")

    assert (tally.new, tally.known) == (1, 1)


def test_failures_are_kept_told_and_leave_when_mended(
    store: Store, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("They crash here.", encoding="utf-8")
    told: list[str] = []
    found = find_pieces([bad, tmp_path / "gone.txt"])

    *_, tally = ingest(
        found, store, engine(), tell=lambda one: told.append(one.error.message)
    )

    assert tally.failed == 2
    assert [one.input for one in store.failures().rows] == [
        str(bad),
        str(tmp_path / "gone.txt"),
    ]
    assert "it crashed" in store.failures().rows[0].reason
    assert "no such file" in told[1]

    bad.write_text(TEXT, encoding="utf-8")
    (tmp_path / "gone.txt").write_text(TEXT, encoding="utf-8")
    take_in(store, bad, tmp_path / "gone.txt")

    assert store.failures().rows == ()


def test_failed_input_is_tried_again(store: Store, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("They crash here.", encoding="utf-8")

    assert take_in(store, bad).failed == 1
    assert take_in(store, bad).failed == 1


def test_bad_row_does_not_stop_the_file(store: Store, tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "a.jsonl", range(3))
    text = rows.read_text("utf-8").splitlines()
    rows.write_text("\n".join([text[0], "{broken", text[1]]), encoding="utf-8")

    tally = take_in(store, rows)

    assert (tally.new, tally.failed) == (2, 1)
    assert store.failures().rows[0].input == f"{rows}:2"


def test_original_is_kept_on_request_only(store: Store, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(f"{TEXT} {name}\r\n".encode())

    take_in(store, tmp_path / "a.txt", keep_raw=True)
    take_in(store, tmp_path / "b.txt")

    by_key = {one.report.key: store.raw(one.report.id) for one in store.records()}
    assert by_key["b.txt"] is None
    assert by_key["a.txt"] is not None
    assert by_key["a.txt"].content == f"{TEXT} a.txt\r\n".encode()


def test_run_is_noted_with_kit_and_end(store: Store, tmp_path: Path) -> None:
    take_in(store, write_rows(tmp_path / "a.jsonl", range(3)))

    (run,) = store.runs()
    assert run.inputs == 3
    assert run.ended is not None
    assert run.kit


def test_slow_reports_are_kept_before_the_batch_is_full(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest_module, "BATCH_SECONDS", -1.0)
    rows = write_rows(tmp_path / "a.jsonl", range(3))
    kept = [store.info().reports for _ in ingest(find_pieces([rows]), store, engine())]

    assert kept == [1, 2, 3]


def test_cut_ingest_goes_on_where_it_was(store: Store, tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "a.jsonl", range(120))
    began = ingest(find_pieces([rows]), store, engine())
    next(began)
    began.close()

    read: list[Found] = []

    def counting(found: Iterator[Found]) -> Iterator[Outcome]:
        return engine()(read.append(one) or one for one in found)

    take_in(store, rows, read_all=counting)

    assert len(read) == 70
    assert store.info().reports == 120
