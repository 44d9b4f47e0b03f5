from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from sayso.engine_segments import (
    MANIFEST,
    Segment,
    find_segments,
    row_of,
    seal,
    write_rows,
)
from sayso.errors import IntakeError
from sayso.ingest.ingest import Found
from sayso.ingest.segments import ingest_segments
from sayso.intake import find_pieces
from sayso.store.projects import open_project
from tests.ingest import build
from tests.ingest.build import engine, export_hash, take_in


def write_segments(found: Iterable[Found], folder: Path) -> Iterator[Segment]:
    """Do what a cluster does, here: each input is a segment of its own."""
    for number, one in enumerate(found):
        place = folder / f"segment-{number}"
        place.mkdir(parents=True)
        (outcome,) = engine()([one])
        write_rows([row_of(one, outcome, keep_raw=True)], place / "a.parquet")
        yield seal(place)


def test_committer_gives_the_project_of_one_process(tmp_path: Path) -> None:
    rows = build.write_rows(tmp_path / "a.jsonl", range(5))
    inputs = [rows, rows, tmp_path / "gone.txt"]
    folder = tmp_path / "segments"
    write = partial(write_segments, folder=folder)

    with open_project(tmp_path / "one", create=True) as store:
        take_in(store, rows)
    with open_project(tmp_path / "two", create=True) as store:
        *_, tally = ingest_segments(find_pieces(inputs), store, folder, write)

    assert export_hash(tmp_path / "one") == export_hash(tmp_path / "two")
    assert (tally.new, tally.known, tally.failed) == (5, 5, 1)
    assert not folder.exists()


def test_segments_left_by_a_cut_are_taken_first(tmp_path: Path) -> None:
    rows = build.write_rows(tmp_path / "a.jsonl", range(3))
    folder = tmp_path / "segments"
    list(write_segments(find_pieces([rows]), folder))
    (folder / "segment-2" / MANIFEST).unlink()  # cut while it was written
    read: list[Found] = []

    def rest(found: Iterable[Found]) -> Iterator[Segment]:
        read.extend(found)
        yield from ()

    with open_project(tmp_path / "one", create=True) as store:
        *_, tally = ingest_segments(find_pieces([rows]), store, folder, rest)

    assert (tally.new, tally.known) == (2, 2)
    assert [one.key for one in read] == [f"{rows}:3"]


def test_file_that_was_altered_is_refused(tmp_path: Path) -> None:
    rows = build.write_rows(tmp_path / "a.jsonl", range(1))
    (segment,) = write_segments(find_pieces([rows]), tmp_path / "segments")
    path = segment.folder / "a.parquet"
    path.write_bytes(path.read_bytes() + b"x")

    (found,) = find_segments(tmp_path / "segments")
    with pytest.raises(IntakeError, match="manifest"):
        list(found.rows())
