"""What the event heads look at where voices count: who says what of an act.

As in `features`, training and run time share these functions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sayso.extract.events.features import (
    RELATIONS,
    UPOS,
    above,
    ancestors,
    one_hot,
    rows,
    side_by_side,
    width,
)
from sayso.extract.events.mentions import Floats, Mention
from sayso.extract.events.stage import OUTLET, Stage
from sayso.record.claims import QuoteKind, Stance

HELPERS = (
    "not", "n't", "never", "no", "will", "would", "could", "may", "might", "can",
    "should", "must", "if", "unless", "to", "have", "had", "has", "be", "been",
    "being", "is", "are", "was", "were", "until", "before", "while", "without",
)  # fmt: skip
UPPER_WORDS = (
    "plan", "try", "attempt", "fail", "threaten", "refuse", "vow", "intend", "want",
    "order", "begin", "start", "continue", "stop", "prevent", "avoid", "expect",
    "suspect", "accuse", "alleged", "call", "agree", "promise", "deny", "claim", "call",
    "allow", "ask", "urge", "hope", "fear", "say", "tell", "prepare", "due", "ready",
)  # fmt: skip
STANCES = tuple(Stance)
QUOTES = tuple(QuoteKind)


def told_rows(stage: Stage, pairs: Sequence[tuple[Mention, int]]) -> Floats:
    """Return float32 (pairs, 4 width + F) of a mention and the voice that says it."""
    reading = stage.reading
    at = np.array([mention.token for mention, _ in pairs], int)
    upper = np.array([above(stage, mention.token) for mention, _ in pairs], int)
    cues = [stage.cue_means[number] for _, number in pairs]
    numbers = [_told(stage, mention, number) for mention, number in pairs]
    return side_by_side(
        len(pairs),
        [
            reading.vectors[at],
            reading.middle[at],
            reading.vectors[upper],
            rows(cues, width(stage)),
            rows(numbers, _TOLD_SIZE),
        ],
    )


_TOLD_SIZE = 16 + 18 + 31 + len(HELPERS) + len(UPPER_WORDS) + 5 + 25


def _told(stage: Stage, mention: Mention, number: int) -> Floats:
    reading, token = stage.reading, mention.token
    near = {reading.words[c].lower() for c in stage.children[token]}
    above = {stage.lemmas[t] for t in ancestors(reading.heads, token, 4)[1:]}
    above_near = {
        reading.words[c].lower()
        for t in ancestors(reading.heads, token, 2)[1:]
        for c in stage.children[t]
    }
    return np.array(
        [
            *mention.types[1:],
            *one_hot(reading.upos[token], UPOS),
            *one_hot(reading.deprels[token].partition(":")[0], RELATIONS),
            *(float(word in near) for word in HELPERS),
            *(float(word in above) for word in UPPER_WORDS),
            float(bool(above_near & {"not", "n't", "never", "no"})),
            float(bool(above_near & {"will", "would", "to"})),
            float(bool(above_near & {"if", "unless", "whether"})),
            float(stage.headline[token]),
            mention.factual / 3,
            *voice_features(stage, number),
        ],
        np.float32,
    )


def voice_features(stage: Stage, number: int) -> list[float]:
    """Return 25 numbers on a voice: stance, negation, kind, depth."""
    statement = stage.voices[number].statement
    own = number == OUTLET
    return [
        *(float(not own and statement.stance is stance) for stance in STANCES),
        float(own),
        float(statement.negated),
        float(statement.speech),
        float(statement.hearsay),
        *(float(not own and statement.quote is kind) for kind in QUOTES),
        float(statement.source is None),
        min(stage.voices[number].depth, 3) / 3,
    ]


SIZES = {"told": (4, _TOLD_SIZE)}
"""Vectors and plain numbers in a row of the head on voices that name an act."""
