"""Mentions of one act, put together by average linkage."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.events.joining import _cluster

THRESHOLD = 0.6


def _naive(scores: np.ndarray) -> list[list[int]]:
    """Join as the definition has it, means taken anew each time."""
    groups = [[n] for n in range(len(scores))]
    while len(groups) > 1:
        pairs = [(i, j) for i in range(len(groups)) for j in range(i + 1, len(groups))]
        means = [
            float(
                np.mean(
                    [scores[min(x, y), max(x, y)] for x in groups[i] for y in groups[j]]
                )
            )
            for i, j in pairs
        ]
        best = int(np.argmax(means))
        if means[best] < THRESHOLD:
            break
        i, j = pairs[best]
        groups[i] = sorted(groups[i] + groups.pop(j))
    return groups


@given(st.integers(2, 7), st.randoms(use_true_random=False))
def test_clusters_are_those_of_the_definition(size: int, draw: object) -> None:
    scores = np.zeros((size, size))
    for i in range(size):
        for j in range(i + 1, size):
            scores[i, j] = draw.random()  # type: ignore[attr-defined]

    assert sorted(_cluster(scores, THRESHOLD)) == sorted(_naive(scores))


@pytest.mark.parametrize(("score", "groups"), [(0.7, 1), (0.5, 3)])
def test_the_threshold_decides(score: float, groups: int) -> None:
    scores = np.triu(np.full((3, 3), score), 1)

    assert len(_cluster(scores, THRESHOLD)) == groups
