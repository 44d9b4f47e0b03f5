from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus import keys as module
from sayso.corpus.keys import KeyTable
from sayso.corpus.pages import Ints

ROWS = st.lists(st.tuples(st.integers(0, 2**62), st.integers(0, 5)), max_size=30)
KEY = np.array([4, 4])
FEW = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=30)


def table_of(rows: list[tuple[int, int]], **limits: int) -> KeyTable:
    table = KeyTable(**limits)
    for at in range(0, len(rows), 7):
        own = np.array(rows[at : at + 7], np.int64).reshape(-1, 2)
        table.add(own[:, 0], own[:, 1])
    return table


def rows_of(keys: Ints, others: Ints) -> list[tuple[int, int]]:
    return list(zip(keys.tolist(), others.tolist(), strict=True))


def shared(table: KeyTable, at_least: int) -> list[tuple[int, int]]:
    return [row for batch in table.shared(at_least, rows_of) for row in batch]


def tally(table: KeyTable) -> list[tuple[int, int]]:
    return [row for batch in table.tally(rows_of) for row in batch]


@given(rows=FEW | ROWS, at_least=st.integers(1, 3))
def test_shared_keys_are_those_of_plain_counting(
    rows: list[tuple[int, int]], at_least: int
) -> None:
    owners = defaultdict(set)
    for key, owner in rows:
        owners[key].add(owner)
    wanted = [
        (key, owner)
        for key in sorted(owners)
        for owner in sorted(owners[key])
        if len(owners[key]) >= at_least
    ]

    assert shared(table_of(rows), at_least) == wanted


@pytest.mark.parametrize("held", [0, 10])
def test_rows_on_disk_give_the_same_in_any_number_of_batches(
    held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("duckdb")
    numbers = np.random.default_rng(3)
    rows = [tuple(row) for row in numbers.integers(0, 9, (40, 2)).tolist()]
    wanted, counted = shared(table_of(rows), 2), tally(table_of(rows))
    monkeypatch.setattr(module, "PART_ROWS", 15)

    for limits in ({}, {"held_rows": held}):
        table = table_of(rows, **limits)
        assert sorted(shared(table, 2)) == wanted
        assert sorted(tally(table)) == counted


def test_rows_are_grouped_anew_by_what_is_made_of_them() -> None:
    table = KeyTable()
    others = table.fill(lambda key: (key, np.array([7, 8]), key.sum()), [KEY, KEY + 1])

    again = table.regroup(2, lambda keys, owners: (owners.astype(np.int64), keys))

    assert others == [8, 10]
    assert shared(again, 2) == [(7, 4), (7, 5), (8, 4), (8, 5)]
