"""Which voices speak of an act, and with which status each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sayso.extract.events.aspect import settle_status
from sayso.extract.events.features_allusions import Allusion, implied_rows
from sayso.extract.events.features_voices import told_rows
from sayso.extract.events.judge import Judge
from sayso.extract.events.mentions import Mention
from sayso.extract.events.stage import OUTLET, Stage
from sayso.record.claims import Status

STATUSES = tuple(Status)
TOLD, IMPLIED = 0.5, 0.6
"""Least probability of an assertion by a voice that names the act, or does not; the
second by folds of the conflict set, where .5 gave more assertions and a lower F1."""
REACH = 10
"""Sentences from the nearest mention to a voice that may mean the act unnamed."""


class Cast(NamedTuple):
    """Who is in an act and who counts for it."""

    doers: frozenset[str]
    """Ids of actors."""
    others: frozenset[str]
    """Ids of targets and victims."""
    counting: frozenset[int]
    """Numbers of the voices that give a number of people."""


class Telling(NamedTuple):
    """What a voice says of an act."""

    status: Status
    sure: float
    token: int | None
    """The word that names the act; None where the voice means it without naming it."""


def find_named(
    stage: Stage,
    groups: Sequence[Sequence[Mention]],
    judge: Judge,
    threshold: float = TOLD,
) -> list[dict[int, Telling]]:
    """Return for each act what the voices that name it say, by number of the voice."""
    return [_named(stage, group, judge, threshold) for group in groups]


def find_implied(
    stage: Stage,
    groups: Sequence[Sequence[Mention]],
    casts: Sequence[Cast],
    judge: Judge,
    threshold: float = IMPLIED,
) -> list[dict[int, Telling]]:
    """Return for each act what voices say that mean it without naming it."""
    found: list[dict[int, Telling]] = [{} for _ in groups]
    pairs = [
        (event, voice)
        for event, group in enumerate(groups)
        for voice in _others(stage, group)
    ]
    acts = [[mention.token for mention in group] for group in groups]
    rows = implied_rows(
        stage,
        [
            Allusion(
                mentions=groups[event],
                acts=acts,
                rank=event,
                voice=voice,
                doers=casts[event].doers,
                others=casts[event].others,
                counted=voice in casts[event].counting,
            )
            for event, voice in pairs
        ],
    )
    if len(rows) == 0:
        return found
    for (event, voice), scores in zip(pairs, judge.implied(rows), strict=True):
        sure = 1 - float(scores[0])
        if sure > threshold:
            status = STATUSES[int(scores[1:].argmax())]
            found[event][voice] = Telling(status, sure, None)
    return found


def _named(
    stage: Stage, group: Sequence[Mention], judge: Judge, told_from: float
) -> dict[int, Telling]:
    pairs = [(mention, stage.voice_numbers[mention.token]) for mention in group]
    scores = judge.told(told_rows(stage, pairs))
    found: dict[int, Telling] = {}
    for voice in dict.fromkeys(number for _, number in pairs):
        own = [n for n, (_, number) in enumerate(pairs) if number == voice]
        mean = scores[own].mean(0)
        sure = 1 - float(mean[0])
        if sure > told_from:
            best = max(own, key=lambda n: float(scores[n, 1:].max()))
            status = STATUSES[int(np.argmax(mean[1:]))]
            token = pairs[best][0].token
            found[voice] = Telling(settle_status(stage, token, status), sure, token)
    return found


def _others(stage: Stage, group: Sequence[Mention]) -> list[int]:
    """Return the voices near an act that do not name it."""
    naming = {stage.voice_numbers[mention.token] for mention in group}
    places = [stage.sentence_numbers[mention.token] for mention in group]
    out = []
    for number, voice in enumerate(stage.voices):
        if number in naming or number == OUTLET or not voice.content:
            continue
        at = voice.cue[0] if voice.cue else voice.content[0][0]
        here = stage.sentence_numbers[min(at, len(stage.sentence_numbers) - 1)]
        if min(abs(here - place) for place in places) <= REACH:
            out.append(number)
    return out
