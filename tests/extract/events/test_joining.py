"""Mentions of one act, put together by average linkage."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sayso.extract.events.joining import CAPTURE, _cluster, join_mentions
from sayso.extract.events.stage import set_stage
from sayso.vocab.event_words import load_event_words
from tests.build import make_reading, make_report
from tests.extract.events.judges import SaidJudge, mention
from tests.records import make_record, say

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


def test_a_raid_and_those_led_off_are_two_acts() -> None:
    text = "Gunmen raided Tora and led off nine."
    record = make_record(text, say("s0", None, None, text, outlet=True))
    stage = set_stage(
        make_report(text), make_reading(text), record.statements, load_event_words()
    )
    raid, led_off = mention(1), replace(mention(4), mode=CAPTURE)
    judge = SaidJudge(alike=0.9)

    assert len(join_mentions(stage, [raid, mention(4)], judge)) == 1
    assert len(join_mentions(stage, [raid, led_off], judge)) == 2
