"""On a local cluster of two nodes; slow, as Ray takes its time to start."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from sayso.engine_ray import write_segments
from sayso.ingest.segments import ingest_segments
from sayso.intake import find_pieces
from sayso.store.projects import open_project
from tests.cluster import needs_ray, two_nodes
from tests.ingest.build import export_hash, open_plain_pieces, take_in, write_rows

pytestmark = needs_ray


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    with two_nodes():
        yield


def test_two_nodes_give_the_bytes_of_one_process(tmp_path: Path, cluster: None) -> None:
    import ray

    assert len([node for node in ray.nodes() if node["Alive"]]) == 2
    rows = write_rows(tmp_path / "a.jsonl", range(60))
    (tmp_path / "bad.txt").write_text("They crash here.", encoding="utf-8")
    (tmp_path / "worse.txt").write_text("They die here.", encoding="utf-8")
    inputs = [rows, tmp_path / "bad.txt", tmp_path / "worse.txt", tmp_path / "gone.txt"]

    with open_project(tmp_path / "one", create=True) as store:
        take_in(store, rows)
    with open_project(tmp_path / "two", create=True) as store:
        segments = tmp_path / "segments"
        write = partial(
            write_segments,
            folder=segments,
            open_reader=open_plain_pieces,
            keep_raw=True,
            window=40,
        )
        *_, tally = ingest_segments(find_pieces(inputs), store, segments, write)
        failed = [one.input for one in store.failures().rows]
        kept = [store.raw(one.report.id) for one in store.records()]

    assert export_hash(tmp_path / "one") == export_hash(tmp_path / "two")
    assert (tally.new, tally.failed) == (60, 3)
    assert failed == sorted(map(str, inputs[1:]))
    assert None not in kept
    assert not segments.exists()
