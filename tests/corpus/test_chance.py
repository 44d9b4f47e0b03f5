from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus.chance import false_share, log_p, log_tail


def exact_tail(m: int, rate: float, spread: float) -> list[float]:
    """Work the truncated tail out by gamma functions, term by term."""
    a, b = rate * spread, (1 - rate) * spread

    def log_beta(x: float, y: float) -> float:
        return math.lgamma(x) + math.lgamma(y) - math.lgamma(x + y)

    chances = [
        math.comb(m, k) * math.exp(log_beta(k + a, m - k + b) - log_beta(a, b))
        for k in range(m + 1)
    ]
    return [math.fsum(chances[k:]) / math.fsum(chances[1:]) for k in range(1, m + 1)]


@pytest.mark.parametrize("authors", [2, 5, 40])
@pytest.mark.parametrize(("rate", "spread"), [(1e-4, 60), (0.02, 400), (0.3, 5)])
def test_tail_is_exact(authors: int, rate: float, spread: float) -> None:
    tail = np.exp(log_tail(authors, rate, spread))

    assert tail == pytest.approx(exact_tail(authors, rate, spread), rel=1e-6)


def test_tail_of_a_million_is_finite_and_falls() -> None:
    tail = log_tail(1_000_000, 1e-6, 2000)

    assert np.isfinite(tail).all()
    assert (np.diff(tail) < 0).all()


@given(rate=st.floats(1e-9, 0.4), spread=st.integers(2, 5000), used=st.integers(1, 50))
def test_shared_sums_never_make_p_smaller(rate: float, spread: int, used: int) -> None:
    told = log_p(50, np.array([used]), np.array([rate]), np.array([float(spread)]))
    true = log_tail(50, rate, spread)[used - 1]

    assert told[0] >= true - 1e-9


def test_false_share_follows_benjamini_and_hochberg() -> None:
    q = false_share(np.array([0.03, 0.001, 0.02]), 10)

    assert q.tolist() == pytest.approx([0.1, 0.01, 0.1])
