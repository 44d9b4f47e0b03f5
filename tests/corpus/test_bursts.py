from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from sayso.corpus.bursts import MAX_Q, find_bursts, poisson_tails
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


def test_tails_are_those_of_a_poisson() -> None:
    tails = poisson_tails(np.array([2, 1, 400]), np.array([1.0, 0.5, 300.0]))

    assert tails[:2] == pytest.approx([1 - 2 * np.exp(-1), 1 - np.exp(-0.5)])
    assert tails[2] == pytest.approx(tail_by_adding(400, 300.0))


@pytest.mark.parametrize("mean", [0.01, 0.2, 1.0, 3.5, 40.0, 2_000.0, 100_000.0])
def test_two_deviations_above_the_mean_are_not_yet_unusual(mean: float) -> None:
    highest = math.floor(mean + 2 * math.sqrt(mean))

    assert highest == 0 or tail_by_adding(highest, mean) > MAX_Q


def tail_by_adding(count: int, mean: float) -> float:
    logs = (k * math.log(mean) - mean - math.lgamma(k + 1) for k in range(count))
    return 1 - math.fsum(map(math.exp, logs))
