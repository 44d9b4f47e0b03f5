"""Mentions that name one act, put together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from sayso.extract.events.arguments import find_arguments
from sayso.extract.events.features import LOSSES, pair_rows
from sayso.extract.events.judge import Judge
from sayso.extract.events.mentions import Mention
from sayso.extract.events.stage import Stage

THRESHOLD = 0.65
"""Least mean probability between two groups that are joined."""
APART = 0.8
"""What is left of a pair's probability when its verbs have other objects."""
_AIMS = frozenset({"object", "against"})
MAX_MENTIONS = 400
"""A report with more mentions is joined in stretches of this many: pairs grow with the
square, and a mention rarely looks back further."""


def join_mentions(
    stage: Stage,
    mentions: Sequence[Mention],
    judge: Judge,
    threshold: float = THRESHOLD,
) -> list[list[Mention]]:
    """Return groups of mentions that name one act, by the first of each group."""
    groups: list[list[Mention]] = []
    for at in range(0, len(mentions), MAX_MENTIONS):
        groups += _join(stage, mentions[at : at + MAX_MENTIONS], judge, threshold)
    return sorted(groups, key=lambda group: group[0].token)


def _join(
    stage: Stage, mentions: Sequence[Mention], judge: Judge, threshold: float
) -> list[list[Mention]]:
    pairs = list(combinations(range(len(mentions)), 2))
    if not pairs:
        return [[mention] for mention in mentions]
    scores = judge.same(
        pair_rows(stage, [(mentions[a], mentions[b]) for a, b in pairs])
    )
    aims = [_aims(stage, mention.token) for mention in mentions]
    alike = {
        (a, b): float(score) * (APART if _differ(aims[a], aims[b]) else 1)
        for (a, b), score in zip(pairs, scores, strict=True)
    }
    groups = [[n] for n in range(len(mentions))]
    while len(groups) > 1:
        best, first, second = max(
            (_mean(alike, a, b), -i, -j)
            for (i, a), (j, b) in combinations(enumerate(groups), 2)
        )
        if best < threshold:
            break
        groups[-first] = sorted(groups[-first] + groups[-second])
        del groups[-second]
    return [[mentions[n] for n in group] for group in groups]


def _aims(stage: Stage, token: int) -> frozenset[str]:
    """Return the nouns that a verb is told to be done to, folded.

    Whom an act killed or hurt need not be what it was aimed at.
    """
    reading = stage.reading
    if reading.upos[token] != "VERB" or stage.lemmas[token] in LOSSES:
        return frozenset()
    return frozenset(
        reading.words[at].lower()
        for at, label in find_arguments(stage, token).items()
        if label in _AIMS and reading.upos[at] in ("NOUN", "PROPN")
    )


def _differ(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a) and bool(b) and not a & b


def _mean(
    alike: dict[tuple[int, int], float], a: Sequence[int], b: Sequence[int]
) -> float:
    scores = [alike[min(x, y), max(x, y)] for x in a for y in b]
    return sum(scores) / len(scores)
