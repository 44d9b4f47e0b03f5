from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sayso.corpus.bursts import find_bursts, poisson_tail
from tests.corpus.build import make_comments

START = datetime(2024, 3, 1, 8, tzinfo=UTC)


def times_at(*minutes: float) -> list[str]:
    return [(START + timedelta(minutes=one)).isoformat() for one in minutes]


def test_sudden_comments_are_a_burst() -> None:
    minutes = [*range(0, 1200, 40), *(605 + second / 10 for second in range(8))]
    times = times_at(*minutes)

    bursts = find_bursts(make_comments(*["Rain."] * len(times), times=times))

    assert [one.comments for one in bursts] == [tuple(range(31, 39))]
    assert bursts[0].q <= 0.01


def test_even_comments_are_none() -> None:
    times = times_at(*range(0, 400, 4))

    assert find_bursts(make_comments(*["Rain."] * len(times), times=times)) == ()


def test_days_without_a_clock_and_no_times_are_none() -> None:
    assert find_bursts(make_comments(*["Rain."] * 30, times=["2024-03-01"] * 30)) == ()
    assert find_bursts(make_comments(*["Rain."] * 30)) == ()


def test_tail_is_that_of_a_poisson() -> None:
    assert poisson_tail(2, 1.0) == pytest.approx(1 - 2 * 0.36787944117)
