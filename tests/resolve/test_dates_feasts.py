from __future__ import annotations

import datetime as dt

import pytest

from sayso.resolve.dates_feasts import (
    diwali,
    easter,
    feast,
    orthodox_easter,
    passover,
)


@pytest.mark.parametrize(
    ("year", "western", "eastern", "seder"),
    [
        (2016, (3, 27), (5, 1), (4, 23)),
        (2019, (4, 21), (4, 28), (4, 20)),
        (2021, (4, 4), (5, 2), (3, 28)),
        (2024, (3, 31), (5, 5), (4, 23)),
    ],
)
def test_moving_feasts(
    year: int,
    western: tuple[int, int],
    eastern: tuple[int, int],
    seder: tuple[int, int],
) -> None:
    assert easter(year) == dt.date(year, *western)
    assert orthodox_easter(year) == dt.date(year, *eastern)
    assert passover(year) == dt.date(year, *seder)


@pytest.mark.parametrize(
    ("rule", "first", "last"),
    [
        ("12-25", "2021-12-25", "2021-12-25"),
        ("11 4 4", "2021-11-25", "2021-11-25"),
        ("11 4 4 +1", "2021-11-26", "2021-11-26"),
        ("05 -1 1", "2021-05-31", "2021-05-31"),
        ("easter 1", "2021-04-05", "2021-04-05"),
        ("hijri 10-01", "2021-05-13", "2021-05-13"),
        ("hijri 09-01 30", "2021-04-13", "2021-05-12"),
    ],
)
def test_rule_gives_first_and_last_day(rule: str, first: str, last: str) -> None:
    assert tuple(map(str, feast(rule, 2021))) == (first, last)


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2013, (11, 3)),
        (2017, (10, 19)),
        (2019, (10, 27)),
        (2020, (11, 14)),
        (2021, (11, 4)),
        (2022, (10, 24)),
        (2023, (11, 12)),
        (2025, (10, 20)),
    ],
)
def test_diwali_is_the_evening_before_the_new_moon(
    year: int, day: tuple[int, int]
) -> None:
    assert diwali(year) == dt.date(year, *day)
