"""Words that tell who claims or blames, and what was only tried or threatened."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from sayso.reading.decode import Floats, posteriors
from sayso.reading.slot_scores import CueJudge
from sayso.reading.types import TokenRange

BEFORE, AROUND = 5, 8  # words; wider windows are the sentence, which is a scope itself
LEAST = 1e-4  # of a probability, that its logarithm is no sign of its own
SCOPES = ("before", "after", "around", "sentence", "next", "text")


def judge(
    head: Floats,
    words: Sequence[str],
    sentences: Sequence[TokenRange],
    tokens: Sequence[int],
    rule: CueJudge,
    others: Sequence[float] | Floats = (),
) -> int:
    """Return the number of the likeliest label, by the head and by cues near `tokens`.

    Args:
        head: Probabilities of the labels, float32 (labels,).
        words: All words of the text, in lower case.
        sentences: Token ranges that cover them.
        tokens: What is judged, in text order; the first token without any.
        rule: What the signs weigh.
        others: Further signs.
    """
    signs = judge_signs(head, words, sentences, tokens, rule.cues, others)
    weights = np.array(rule.weights)
    told = posteriors((weights[:, :-1] * signs).sum(1) + weights[:, -1])
    return int((told * np.array(rule.levels)).argmax())


def judge_signs(
    head: Floats,
    words: Sequence[str],
    sentences: Sequence[TokenRange],
    tokens: Sequence[int],
    cues: Mapping[str, str],
    others: Sequence[float] | Floats = (),
) -> Floats:
    """Return the cues near `tokens`, log probabilities of the head, and `others`."""
    near = cue_signs(words, sentences, tokens or [0], cues)
    return np.array([*near, *np.log(head + LEAST), *others], np.float32)


def cue_signs(
    words: Sequence[str],
    sentences: Sequence[TokenRange],
    tokens: Sequence[int],
    cues: Mapping[str, str],
) -> Floats:
    """Return which cues stand where: float32 (cues * scopes + 2,).

    Args:
        words: All words of the text, in lower case.
        sentences: Token ranges that cover them.
        tokens: What is judged, in text order, at least one.
        cues: Patterns by name; each is looked for in every scope.
    """
    scopes = _scopes(words, sentences, tokens)
    found = [
        float(_compiled(pattern).search(scope) is not None)
        for pattern in cues.values()
        for scope in scopes
    ]
    own = [n for n, sentence in enumerate(sentences) if _holds(sentence, tokens)]
    return np.array([*found, math.log(len(tokens)), min(own) / 10], np.float32)


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _scopes(
    words: Sequence[str], sentences: Sequence[TokenRange], tokens: Sequence[int]
) -> tuple[str, ...]:
    """Return the words of each scope, stretches parted by a bar."""
    texts = [" ".join(words[start:end]) for start, end in sentences]
    own = [n for n, sentence in enumerate(sentences) if _holds(sentence, tokens)]
    beside = {n + step for n in own for step in (-1, 1)} - set(own)
    windows = (
        [words[max(0, t - BEFORE) : t] for t in tokens],
        [words[t + 1 : t + 1 + BEFORE] for t in tokens],
        [words[max(0, t - AROUND) : t + 1 + AROUND] for t in tokens],
    )
    near = tuple(" | ".join(" ".join(part) for part in window) for window in windows)
    return (
        *near,
        " | ".join(texts[n] for n in own),
        " | ".join(texts[n] for n in sorted(beside) if 0 <= n < len(texts)),
        " ".join(words),
    )


def _holds(sentence: TokenRange, tokens: Sequence[int]) -> bool:
    return any(sentence[0] <= token < sentence[1] for token in tokens)
