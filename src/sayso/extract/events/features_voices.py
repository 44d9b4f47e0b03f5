"""What the event heads look at where voices count: who says what of an act.

As in `features`, training and run time share these functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sayso.extract.events.features import (
    LOSSES,
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
POINTERS = frozenset(
    ["it", "that", "this", "so", "charge", "claim", "allegation", "report", "account",
     "accusation", "responsibility", "role", "involvement", "part", "story", "incident",
     "version", "figure", "any", "those", "such", "link"]
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


class Allusion(NamedTuple):
    """An act and a voice that does not name it but may mean it."""

    mentions: Sequence[Mention]
    """Of the act, the main one first."""
    rank: int
    """Of the act among all acts of the report."""
    voice: int
    doers: frozenset[str]
    """Ids of those who do the act."""
    others: frozenset[str]
    """Ids of its targets and victims."""
    counted: bool
    """The voice gives a number of people of the act."""


def implied_rows(stage: Stage, pairs: Sequence[Allusion]) -> Floats:
    """Return float32 (pairs, 3 width + F) of acts and voices that may mean them."""
    at = np.array([hint.mentions[0].token for hint in pairs], int)
    cues = [stage.cue_means[hint.voice] for hint in pairs]
    contents = [stage.content_means[hint.voice] for hint in pairs]
    numbers = [
        np.concatenate(
            [
                _implied(stage, hint.mentions, hint.rank, hint.voice),
                _ties(stage, hint),
            ]
        )
        for hint in pairs
    ]
    return side_by_side(
        len(pairs),
        [
            stage.reading.middle[at],
            rows(cues, width(stage)),
            rows(contents, width(stage)),
            rows(numbers, _IMPLIED_SIZE),
        ],
    )


_IMPLIED_SIZE = 16 + 25 + 24 + 7


def _ties(stage: Stage, hint: Allusion) -> Floats:
    statement = stage.voices[hint.voice].statement
    naming = [
        stage.voices[stage.voice_numbers[m.token]].statement for m in hint.mentions
    ]
    speaker = statement.speaker
    about = frozenset(statement.about)
    return np.array(
        [
            float(speaker in hint.doers),
            float(speaker in hint.others),
            float(bool(about & hint.doers)),
            float(bool(about & hint.others)),
            float(speaker is not None and any(s.speaker == speaker for s in naming)),
            float(speaker is None),
            float(hint.counted),
        ],
        np.float32,
    )


def _implied(
    stage: Stage, mentions: Sequence[Mention], rank: int, number: int
) -> Floats:
    voice = stage.voices[number]
    inside, lemmas, hinted, counts = stage.said[number]
    at = voice.cue[0] if voice.cue else (inside[0] if inside else 0)
    sentences = [stage.sentence_numbers[m.token] for m in mentions]
    here = stage.sentence_numbers[at]
    before = [m for m in mentions if m.token < at]
    gap = min(abs(here - s) for s in sentences)
    main = mentions[0]
    last = max((stage.sentence_numbers[m.token] for m in before), default=here)
    speakers = {stage.voice_numbers[m.token] for m in mentions}
    likeness = _cosine(stage.reading.vectors[main.token], stage.content_means[number])
    return np.array(
        [
            *main.types[1:],
            *voice_features(stage, number),
            *(float(gap <= limit) for limit in (0, 1, 2, 3, 5, 8)),
            float(bool(before)),
            float(rank == 0),
            float(rank == 1),
            min(rank, 10) / 10,
            min(len(mentions), 6) / 6,
            float(any(stage.headline[m.token] for m in mentions)),
            float(bool(lemmas & LOSSES)),
            float(bool(lemmas & POINTERS)),
            float(main.kind in hinted),
            float(bool(hinted)),
            float(counts),
            min(len(inside), 40) / 40,
            float(voice.outer in speakers),
            float(len(speakers - {OUTLET}) > 0),
            float(OUTLET in speakers),
            min(here - last, 10) / 10,
            likeness,
            float(_shares_actor(stage, mentions, number)),
        ],
        np.float32,
    )  # fmt: skip


def _shares_actor(stage: Stage, mentions: Sequence[Mention], number: int) -> bool:
    """Tell whether the voice's own words lie in a sentence that names the act."""
    source = stage.voices[number].source
    if source is None:
        return False
    words = {w.lower() for w in stage.reading.words[slice(*source)] if w[0].isupper()}
    return any(words & stage.names[stage.sentence_numbers[m.token]] for m in mentions)


def _cosine(a: Floats, b: Floats) -> float:
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float((a * b).sum()) / size if size else 0.0


SIZES = {"told": (4, _TOLD_SIZE), "implied": (3, _IMPLIED_SIZE)}
"""Vectors and plain numbers in a row of each head on voices."""
