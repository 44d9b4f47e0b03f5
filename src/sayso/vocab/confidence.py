"""Weights by which signs tell how likely a row of a record is right.

`data/lexicons/confidence.toml` holds a table each for statements, events and links: the
weight of each sign and a `constant`. `python -m training.confidence --write` fits them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from sayso.errors import VocabError

WEIGHTS = "confidence.toml"
CONSTANT = "constant"
MEND = "fit the weights anew with `python -m training.confidence --write`"


class Judged(StrEnum):
    """What has a confidence of its own."""

    STATEMENT = "statement"
    EVENT = "event"
    LINK = "link"


def probability(judged: Judged, signs: Mapping[str, float]) -> float:
    """Return the probability that a row with such signs is right, rounded to .01.

    Raises:
        VocabError: The file has other signs than these.
    """
    weights = load_weights()[judged]
    if weights.keys() != {*signs, CONSTANT}:
        raise VocabError(_unlike(judged, weights, {*signs, CONSTANT}), mend=MEND)
    odds = weights[CONSTANT] + sum(
        weights[name] * value for name, value in signs.items()
    )
    return round(1 / (1 + math.exp(-odds)), 2)


@cache
def load_weights() -> Mapping[Judged, Mapping[str, float]]:
    """Return the shipped weights by sign.

    Raises:
        VocabError: The file is no TOML, or lacks a table.
    """
    data = (files("sayso") / "data" / "lexicons" / WEIGHTS).read_bytes()
    try:
        weights = msgspec.toml.decode(data, type=dict[Judged, dict[str, float]])
    except msgspec.MsgspecError as error:
        raise VocabError(f"{WEIGHTS}: {error}", mend=MEND) from error
    if missing := sorted(set(Judged) - weights.keys()):
        raise VocabError(f"{WEIGHTS}: no table {missing[0]}", mend=MEND)
    return weights


def _unlike(judged: Judged, weights: Collection[str], signs: Collection[str]) -> str:
    odd = sorted(set(weights) ^ set(signs))
    return f"{WEIGHTS}: table {judged} and the code differ in {', '.join(odd)}"
