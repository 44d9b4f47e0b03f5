"""Surface features of words and of their place round a cue, as the model reads them.

Training and reading share this file, so that both see the same numbers.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.reading import segment

Ints = npt.NDArray[np.int64]
STATES = 4
NEAR = 12  # distances up to here have a bucket of their own, farther ones share by log2
_FAR = 16


class Surface(NamedTuple):
    """Features of each word."""

    codes: Ints
    """Shape, quotation state and paragraph start in one number."""
    quotes: Ints
    """Quotation states."""


def surface(words: list[str], paragraphs: list[tuple[int, int]]) -> Surface:
    """Return the features of `words`."""
    shapes = np.fromiter(map(segment.shape_of, words), np.int64, len(words))
    quotes = np.array(segment.quote_states(words, paragraphs), np.int64)
    begins = np.zeros(len(words), np.int64)
    begins[[start for start, _ in paragraphs]] = 1
    return Surface((shapes * STATES + quotes) * 2 + begins, quotes)


def disturb(codes: Ints, rng: random.Random | None) -> Ints:
    """Return codes, now and then as if the text were all in capitals or small."""
    if rng is None or (roll := rng.random()) > 0.04:
        return codes
    shapes, rest = np.divmod(codes, STATES * 2)
    lower, upper = segment.SHAPES.index("lower"), segment.SHAPES.index("upper")
    letters = (shapes < 4) | (shapes == segment.SHAPES.index("initial"))
    changed: Ints = np.where(letters, lower if roll < 0.01 else upper, shapes)
    return changed * STATES * 2 + rest


def link_buckets(
    sentence_of: Ints, paragraph_of: Ints, cues: Sequence[tuple[int, int]], size: int
) -> tuple[Ints, Ints, Ints]:
    """Return buckets of distance (0-56), sentence (0-8) and paragraph (0-6).

    Each word is seen from each cue [start, end): int64 (cues, words), padded with 0 to
    `size` words.
    """
    n = len(sentence_of)
    start, end = np.array(cues, np.int64).T[:, :, None]
    places = np.arange(n)
    offset = np.where(places < start, places - start, np.maximum(places - end + 1, 0))
    far = NEAR + np.minimum(
        np.floor(np.log2(np.maximum(np.abs(offset), NEAR) / NEAR) * 4).astype(np.int64),
        _FAR - 1,
    )
    size_of = np.where(np.abs(offset) <= NEAR, np.abs(offset), far + 1)
    distance, sentence, paragraph = (
        np.zeros((len(cues), size), np.int64) for _ in range(3)
    )
    distance[:, :n] = np.sign(offset) * size_of + NEAR + _FAR
    sentence[:, :n] = np.clip(sentence_of - sentence_of[start], -4, 4) + 4
    paragraph[:, :n] = np.clip(paragraph_of - paragraph_of[start], -3, 3) + 3
    return distance, sentence, paragraph
