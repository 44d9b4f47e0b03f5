"""Which places and times hang on an act, and acts that cannot be one for their days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sayso.extract.events.features import path
from sayso.extract.events.mentions import Mention
from sayso.extract.events.stage import Stage
from sayso.record.entities import Time

MAX_STEPS = 4
"""In the tree, from an act to a place or time of its own."""
DAY = len("2024-03-31")


class Days(NamedTuple):
    """First and last day of a time, ISO 8601."""

    first: str
    last: str


def find_days(
    stage: Stage, mentions: Sequence[Mention], times: Sequence[Time]
) -> list[Days | None]:
    """Return the days that each act is told of; None where it is told of none."""
    dated = [
        (stage.tokens_of(span)[1] - 1, Days(time.earliest[:DAY], time.latest[:DAY]))
        for time in times
        if time.value and time.earliest and time.latest
        for span in time.mentions
    ]
    return [
        next((days for at, days in dated if is_near(stage, mention, at)), None)
        for mention in mentions
    ]


def are_apart(a: Days | None, b: Days | None) -> bool:
    """Tell whether two times are known and share no day."""
    return a is not None and b is not None and (a.last < b.first or b.last < a.first)


def is_near(stage: Stage, mention: Mention, token: int) -> bool:
    """Tell whether a word hangs on an act: in its sentence, voice and clause."""
    act = mention.token
    if (
        token >= len(stage.reading.tokens)
        or stage.sentence_numbers[token] != stage.sentence_numbers[act]
        or stage.voice_numbers[token] != stage.voice_numbers[act]
    ):
        return False
    steps = path(stage.reading.heads, act, token)
    return steps is not None and steps[0] <= 1 and sum(steps) <= MAX_STEPS
