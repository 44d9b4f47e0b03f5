"""The words that name acts."""

from __future__ import annotations

from sayso.extract.events.aspect import is_leading
from sayso.extract.events.features import TYPES, candidates, trigger_rows
from sayso.extract.events.judge import Judge, TriggerAnswers
from sayso.extract.events.mentions import Mention
from sayso.extract.events.stage import Stage

THRESHOLD = 0.5
"""Least probability that a word names an act; by folds of the conflict set .5 and .55
are level, .45 and .6 worse."""


def find_mentions(
    stage: Stage, judge: Judge, threshold: float = THRESHOLD
) -> list[Mention]:
    """Return the words that name acts, in text order."""
    tokens = candidates(stage)
    if not tokens:
        return []
    scores = judge.triggers(trigger_rows(stage, tokens))
    return [
        _mention(judge, scores, number, token)
        for number, token in enumerate(tokens)
        if 1 - float(scores.types[number, 0]) > threshold
        and not is_leading(stage, token)
    ]


def _mention(judge: Judge, scores: TriggerAnswers, number: int, token: int) -> Mention:
    types = scores.types[number]
    kind = TYPES[int(types[1:].argmax())]
    return Mention(
        token=token,
        kind=kind,
        mode=best_mode(judge, scores, number, kind),
        types=types,
        generic=float(scores.generic[number]),
        factual=float(scores.factual[number]),
    )


def best_mode(
    judge: Judge, scores: TriggerAnswers, number: int, kind: str
) -> str | None:
    """Return the mode that scores best within a type; None if none of it does."""
    own = [n for n, (of, _) in enumerate(judge.modes) if of == kind]
    if not own:
        return None
    best = max(own, key=lambda n: float(scores.modes[number, n]))
    return judge.modes[best][1] or None
