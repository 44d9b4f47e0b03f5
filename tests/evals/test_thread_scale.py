from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evals.thread_scale import make_comments, watch_spill
from sayso.corpus.keys import KeyTable
from sayso.corpus.pages import Ints

ROWS = 1_500_000


def test_made_comments_are_the_same_each_time() -> None:
    assert list(make_comments(50)) == list(make_comments(50))


@pytest.mark.slow
def test_table_past_its_memory_spills_and_gives_the_same(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    numbers = np.random.default_rng(5)
    keys, owners = numbers.integers(0, ROWS, ROWS), numbers.integers(0, 9, ROWS)

    def summed(table: KeyTable) -> list[int]:
        table.add(keys, owners)
        return [sum(part) for part in zip(*table.shared(2, sums), strict=True)]

    wanted = summed(KeyTable())
    with watch_spill(tmp_path) as spilled:
        found = summed(KeyTable(held_rows=0, duckdb_memory="32MB"))

    assert found == wanted
    assert spilled["temporary"] > 0


def sums(keys: Ints, owners: Ints) -> tuple[int, int, int]:
    """Return numbers that differ if rows or their order do."""
    places = np.arange(len(keys))
    return len(keys), int((keys * places).sum()), int((owners * places).sum())
