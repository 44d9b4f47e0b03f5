"""What the event head looks at that finds who means an act without naming it.

As in `features`, training and run time share these functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sayso.extract.events.features import LOSSES, rows, side_by_side, width
from sayso.extract.events.features_voices import voice_features
from sayso.extract.events.mentions import Floats, Mention
from sayso.extract.events.stage import OUTLET, Stage

POINTERS = frozenset(
    ["it", "that", "this", "so", "charge", "claim", "allegation", "report", "account",
     "accusation", "responsibility", "role", "involvement", "part", "story", "incident",
     "version", "figure", "any", "those", "such", "link"]
)  # fmt: skip


class Allusion(NamedTuple):
    """An act and a voice that does not name it but may mean it."""

    mentions: Sequence[Mention]
    """Of the act, the main one first."""
    acts: Sequence[Sequence[int]]
    """Words that name each act of the report, this one's among them."""
    rank: int
    """Of the act among those."""
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
                _standing(stage, hint),
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


_IMPLIED_SIZE = 16 + 25 + 24 + 7 + 14


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


def _standing(stage: Stage, hint: Allusion) -> Floats:
    """Return how the act stands among all acts, seen from the voice.

    A voice means at most a few acts: the one told last, the one that its speaker or the
    voice around it named, the one that the report is about; and one that names acts
    itself means others less often.
    """
    voice = stage.voices[hint.voice]
    inside = stage.said[hint.voice].tokens
    at = voice.cue[0] if voice.cue else (inside[0] if inside else 0)
    own = hint.acts[hint.rank]
    numbers = stage.voice_numbers
    told = [(token, act) for act, words in enumerate(hint.acts) for token in words]
    named = {act for token, act in told if numbers[token] == hint.voice}
    before = [pair for pair in told if pair[0] < at]
    after = [pair for pair in told if pair[0] > at and numbers[pair[0]] != hint.voice]
    last = max(before, default=(-1, -1))
    paragraph = [
        act
        for token, act in told
        if stage.paragraph_numbers[token] == stage.paragraph_numbers[at]
    ]
    earlier = _earlier(stage, hint.voice, at)
    sentence = stage.sentence_numbers[at]
    return np.array(
        [
            float(not named),
            min(len(named), 3) / 3,
            float(last[1] == hint.rank),
            float(last[1] == hint.rank and numbers[last[0]] == earlier),
            float(min(after, default=(0, -1))[1] == hint.rank),
            float(len(own) == max(map(len, hint.acts))),
            float(bool(paragraph) and hint.rank in paragraph),
            paragraph.count(hint.rank) / max(1, len(paragraph)),
            float(earlier is not None and any(numbers[t] == earlier for t in own)),
            float(any(numbers[t] == voice.outer for t in own)),
            float(any(stage.sentence_numbers[t] == sentence for t in own)),
            float(any(stage.sentence_numbers[t] == sentence - 1 for t in own)),
            float(any(numbers[t] == earlier for t, _ in told)),
            min(len(hint.acts), 12) / 12,
        ],
        np.float32,
    )


def _earlier(stage: Stage, number: int, at: int) -> int | None:
    """Return the voice of the same speaker that spoke last before a place."""
    speaker = stage.voices[number].statement.speaker
    if speaker is None:
        return None
    spoken = [
        (stage.said[other].tokens[0], other)
        for other, voice in enumerate(stage.voices)
        if voice.statement.speaker == speaker
        and other not in (number, OUTLET)
        and stage.said[other].tokens
    ]
    return max((pair for pair in spoken if pair[0] < at), default=(0, None))[1]


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


SIZES = {"implied": (3, _IMPLIED_SIZE)}
"""Vectors and plain numbers in a row of this head."""
