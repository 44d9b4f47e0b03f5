from __future__ import annotations

import pytest

from sayso.extract.incidents_names import is_acronym, is_same


@pytest.mark.parametrize(
    ("slot", "left", "right"),
    [
        ("organisation", "red moth front", "rmf"),
        ("organisation", "front", "red moth front"),
        ("individual", "rebel", "rebels"),
        ("victim", "ilun dabar", "colonel dabar"),
        ("target", "house", "house of the mayor"),
    ],
)
def test_two_ways_to_name_one(slot: str, left: str, right: str) -> None:
    assert is_same(slot, left, right)
    assert is_same(slot, right, left)


@pytest.mark.parametrize(
    ("slot", "left", "right"),
    [
        ("organisation", "red moth front", "blue moth army"),
        ("individual", "rebels", "soldiers"),
        ("victim", "ilun dabar", "ilun serra"),
        ("target", "bus", "buses of the line"),
    ],
)
def test_names_of_two(slot: str, left: str, right: str) -> None:
    assert not is_same(slot, left, right)


@pytest.mark.parametrize(
    ("short", "long", "told"),
    [
        ("rmf", "red moth front", True),
        ("rmfo", "red moth front of oram", True),
        ("rm", "red moth front", False),
        ("xyz", "red moth front", False),
        ("red moth", "red moth front", False),
        ("rmf", "rmf", False),
    ],
)
def test_acronyms_are_made_of_initials(short: str, long: str, *, told: bool) -> None:
    assert is_acronym(short, long) is told
