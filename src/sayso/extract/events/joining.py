"""Mentions that name one act, put together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from sayso.extract.events.dating import are_apart, find_days
from sayso.extract.events.features import pair_rows
from sayso.extract.events.judge import Judge
from sayso.extract.events.mentions import Mention
from sayso.extract.events.stage import Stage
from sayso.record.entities import Time

THRESHOLD = 0.65
"""Least mean probability between two groups that are joined."""
OTHER_DAYS = 0.4
"""What is left of a pair's probability when its days do not meet."""
CAPTURE = "abduct"
OTHER_MODE = 0.6
"""What is left of it when one word takes people away and the other does not: a raid and
those led off are two acts (decision D9 of the conflict set's codebook)."""
MAX_MENTIONS = 120
"""A report with more mentions is joined in stretches of this many: pairs grow with the
square, and a mention rarely looks back further."""


def join_mentions(
    stage: Stage,
    mentions: Sequence[Mention],
    judge: Judge,
    times: Sequence[Time] = (),
    threshold: float = THRESHOLD,
) -> list[list[Mention]]:
    """Return groups of mentions that name one act, by the first of each group."""
    groups: list[list[Mention]] = []
    for at in range(0, len(mentions), MAX_MENTIONS):
        some = mentions[at : at + MAX_MENTIONS]
        groups += _join(stage, some, judge, times, threshold)
    return sorted(groups, key=lambda group: group[0].token)


def _join(
    stage: Stage,
    mentions: Sequence[Mention],
    judge: Judge,
    times: Sequence[Time],
    threshold: float,
) -> list[list[Mention]]:
    pairs = list(combinations(range(len(mentions)), 2))
    if not pairs:
        return [[mention] for mention in mentions]
    scores = judge.same(
        pair_rows(stage, [(mentions[a], mentions[b]) for a, b in pairs])
    )
    days = find_days(stage, mentions, times)
    sums = np.zeros((len(mentions), len(mentions)))
    for (a, b), score in zip(pairs, scores, strict=True):
        kept = OTHER_DAYS if are_apart(days[a], days[b]) else 1.0
        if (mentions[a].mode == CAPTURE) != (mentions[b].mode == CAPTURE):
            kept *= OTHER_MODE
        sums[a, b] = float(score) * kept
    return [[mentions[n] for n in group] for group in _cluster(sums, threshold)]


def _cluster(sums: npt.NDArray[np.float64], threshold: float) -> list[list[int]]:
    """Return groups by average linkage; `sums` holds scores above its diagonal.

    A group lives in the row and column of its first member; joining two adds up their
    rows, so that a mean is one division and each round one look at the whole.
    """
    groups = {n: [n] for n in range(len(sums))}
    sizes = np.ones(len(sums))
    both = np.triu(sums, 1)
    both = both + both.T
    dead = np.tril(np.ones_like(both)).astype(bool)
    while len(groups) > 1:
        means = np.where(dead, -np.inf, both / np.outer(sizes, sizes))
        first, second = divmod(int(means.argmax()), len(sums))
        if means[first, second] < threshold:
            break
        groups[first] = sorted(groups[first] + groups.pop(second))
        both[first] += both[second]
        both[:, first] += both[:, second]
        sizes[first] += sizes[second]
        dead[second] = dead[:, second] = True
    return list(groups.values())
