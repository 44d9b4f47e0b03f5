"""Stretches of words that may fill a slot, and the signs by which they are ranked.

The tags of the incident head look at one place at a time. What a filler is shows from
all places at once: how often the words occur, whether they would rather fill another
slot, and how often such words filled the slot in the texts that the head was made from.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sayso.reading.decode import Floats, Ints
from sayso.reading.slot_scores import SLOTS, FillerWords, SlotScores
from sayso.reading.types import TokenRange

# Of the probability that a filler begins. From .04 to .01 the fillers among the
# candidates rose by an eighth, which the ranker can use since it sees their vectors.
FLOOR = 0.01
BESIDE = 3  # words before and after a candidate that its vector tells of
MAX_WORDS = 8  # longest filler of nine in ten; longer ones are whole clauses
_EDGES = frozenset(("the", "a", "an", '"', "'", ",", ".", "“", "”", "‘", "’"))
_LEAST = -6.0  # log probability that stands for "no such stretch"
SIGNS = (
    "best", "mean", "found", "occurs", "sure", "relevance", "present", "belongs",
    "sentence", "length", "rival", "elsewhere", "phrase", "word", "phrase_known",
    "word_known", "digit",
)  # fmt: skip


class Mention(NamedTuple):
    """One stretch of tokens that may fill a slot."""

    tokens: TokenRange
    score: float
    """Log probability of exactly this stretch."""
    sureness: float
    """Mean probability of its tokens to be in a filler."""


Candidates = Mapping[str, tuple[Mention, ...]]
"""Mentions by their words in lower case."""


def find_candidates(scores: SlotScores) -> dict[str, Candidates]:
    """Return the candidates of each slot, articles and marks round them left out."""
    return {slot: _of_slot(scores, n) for n, slot in enumerate(SLOTS)}


def name_of(words: tuple[str, ...], tokens: TokenRange) -> str:
    """Return the words of a stretch, parted by single spaces."""
    return " ".join(words[slice(*tokens)])


def belonging(scores: SlotScores, mentions: tuple[Mention, ...]) -> Floats:
    """Return how well mentions belong to an incident of each kind, 0 to 1: (kinds,)."""
    means = [scores.kinds[slice(*m.tokens)].mean(0) for m in mentions]
    mean: Floats = np.mean(means, axis=0)
    return mean


def read_signs(
    scores: SlotScores,
    candidates: Mapping[str, Candidates],
    words: FillerWords,
    own: Mapping[str, frozenset[str]] | None = None,
) -> dict[str, Floats]:
    """Return the signs of all candidates of each slot, float32 (candidates, SIGNS).

    Args:
        scores: What the head says.
        candidates: Of `find_candidates`.
        words: How often words filled the slots.
        own: Fillers of this very text that `words` has counted, to be taken off again:
            for training, where the text would else tell its own answers.
    """
    text = f" {' '.join(scores.words)} "
    number_of = _numbers(scores)
    shared = (
        _log_odds(scores.relevance),
        math.log(float(scores.present.max()) + 1e-3),
    )
    out = {}
    for slot, found in candidates.items():
        rows = []
        for name, mentions in found.items():
            best = max(mentions, key=lambda mention: mention.score)
            kin = max(
                float(scores.kinds[slice(*m.tokens)].mean(0).max()) for m in mentions
            )
            rows.append(
                (
                    best.score,
                    sum(m.score for m in mentions) / len(mentions),
                    math.log(len(mentions)),
                    math.log(max(text.count(f" {name} "), 1)),
                    max(m.sureness for m in mentions),
                    *shared,
                    math.log(kin + 1e-3),
                    min(number_of[min(m.tokens[0] for m in mentions)], 15) / 15,
                    math.log(name.count(" ") + 1),
                    _rival(found, name, best) - best.score,
                    _elsewhere(candidates, slot, name) - best.score,
                    *_habits(words, slot, name, None if own is None else own[slot]),
                    float(any(letter.isdigit() for letter in name)),
                )
            )
        out[slot] = np.array(rows, np.float32).reshape(len(rows), len(SIGNS))
    return out


def read_senses(
    scores: SlotScores, candidates: Mapping[str, Candidates]
) -> dict[str, Floats]:
    """Return a vector of each candidate of each slot, float32 (candidates, 5 width).

    It tells what the words mean in their context, what those before and after them
    mean without it, weighted by how sure each mention is; and what the surest mention
    and its last word mean without context.
    """
    size, both = scores.vectors.shape
    sums = np.zeros((size + 1, both))
    np.cumsum(scores.vectors, axis=0, out=sums[1:])
    width = both // 2
    out = {}
    for slot, found in candidates.items():
        rows = [_sense(scores, sums, width, mentions) for mentions in found.values()]
        out[slot] = np.array(rows, np.float32).reshape(len(rows), 5 * width)
    return out


def _sense(
    scores: SlotScores, sums: Floats, width: int, mentions: tuple[Mention, ...]
) -> Floats:
    starts, ends = np.array([mention.tokens for mention in mentions]).T
    shares = np.exp([mention.score for mention in mentions])
    shares /= shares.sum()
    before = np.maximum(starts - BESIDE, 0)
    after = np.minimum(ends + BESIDE, len(sums) - 1)
    parts = [
        shares @ _means(sums[:, :width], starts, ends),
        shares @ _means(sums[:, width:], before, starts),
        shares @ _means(sums[:, width:], ends, after),
    ]
    start, end = max(mentions, key=lambda mention: mention.score).tokens
    words = scores.vectors[start:end, width:]
    return np.concatenate([*parts, words.mean(0), words[-1]])


def _means(sums: Floats, starts: Ints, ends: Ints) -> Floats:
    """Return the mean row of each stretch; zeros where it is empty."""
    sizes = np.maximum(ends - starts, 1)[:, None]
    means: Floats = (sums[ends] - sums[starts]) / sizes
    return means


def _of_slot(scores: SlotScores, slot: int) -> dict[str, tuple[Mention, ...]]:
    rows = scores.tags[slot]
    if not len(rows):
        return {}
    inside = np.exp(rows[:, 2])
    ends = np.log(np.append(1 - inside[1:], 1) + 1e-6)
    found: dict[str, dict[TokenRange, Mention]] = {}
    least = math.log(FLOOR / 2)
    for start in np.flatnonzero(rows[:, 1] > math.log(FLOOR)).tolist():
        begun = float(rows[start, 1])
        for end in range(start + 1, min(start + MAX_WORDS, len(rows)) + 1):
            if end > start + 1:
                begun += float(rows[end - 1, 2])
            if begun < least:
                break
            score = begun + float(ends[end - 1])
            trimmed = _trim(scores.words, start, end)
            if score < least or trimmed[0] >= trimmed[1]:
                continue
            outside = np.exp(rows[slice(*trimmed), 0]).mean()
            mention = Mention(trimmed, score, 1 - float(outside))
            places = found.setdefault(name_of(scores.words, trimmed), {})
            places[trimmed] = max(places.get(trimmed, mention), mention)
    return {name: tuple(places.values()) for name, places in found.items()}


def _trim(words: tuple[str, ...], start: int, end: int) -> TokenRange:
    while start < end and words[start] in _EDGES:
        start += 1
    while start < end and words[end - 1] in _EDGES:
        end -= 1
    return start, end


def _numbers(scores: SlotScores) -> list[int]:
    """Return the number of each token's sentence."""
    return [
        n for n, (start, end) in enumerate(scores.sentences) for _ in range(start, end)
    ]


def _rival(found: Candidates, name: str, best: Mention) -> float:
    """Return the best score of another candidate that shares a token with this one."""
    start, end = best.tokens
    return max(
        (
            other.score
            for key, mentions in found.items()
            for other in mentions
            if key != name and other.tokens[0] < end and start < other.tokens[1]
        ),
        default=_LEAST,
    )


def _elsewhere(candidates: Mapping[str, Candidates], slot: str, name: str) -> float:
    """Return the best score of the same words in another slot."""
    return max(
        (
            mention.score
            for other, found in candidates.items()
            for mention in found.get(name, ())
            if other != slot
        ),
        default=_LEAST,
    )


def _habits(
    words: FillerWords, slot: str, name: str, own: frozenset[str] | None
) -> tuple[float, float, float, float]:
    """Return how readily the phrase and its last word fill the slot, and how known."""
    last = name.rsplit(" ", 1)[-1]
    filled, seen = words.filled[slot].get(name, 0), words.seen.get(name, 0)
    ended, ended_seen = words.ended[slot].get(last, 0), words.seen.get(last, 0)
    if own is not None:
        filled -= name in own
        seen -= 1
        ended -= any(one.rsplit(" ", 1)[-1] == last for one in own)
        ended_seen -= 1
    return (
        _rate(filled, seen),
        _rate(ended, ended_seen),
        math.log(max(seen, 0) + 1),
        math.log(max(ended_seen, 0) + 1),
    )


def _rate(filled: int, seen: int) -> float:
    """Return a smoothed log rate; a tenth for what was never seen."""
    return math.log((max(filled, 0) + 0.3) / (seen + 1)) if seen > 0 else math.log(0.1)


def _log_odds(share: float) -> float:
    clipped = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))
