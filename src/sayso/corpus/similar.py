"""Similar points: sentences of several commenters that mean much the same.

Found by sentence vectors, without a test against chance: topics make sentences alike,
and the vectors tell paraphrases from neighbours only roughly. So they are kept apart
from what is tested, and only what is clearly similar is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np

from sayso.record import Comment, Span

MIN_COSINE = 0.7
MAX_COMMENTS = 2_000  # each is read by the model, all sentences are compared
MIN_AUTHORS = 3
MIN_WORDS = 5
SAME_WORDS = 0.6  # Jaccard: what is alike to the eye is told as copies or phrases

Vectors = np.ndarray[Any, np.dtype[np.float32]]


class Sentences(NamedTuple):
    """The sentences of one comment."""

    spans: Sequence[Span]
    vectors: Vectors
    """float32 (sentences, width), each of length 1."""


Embed = Callable[[Comment], Sentences]


class SimilarSentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a comment."""

    n: int
    span: Span


class SimilarPoint(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences of several authors that mean much the same, the most typical first."""

    sentences: tuple[SimilarSentence, ...]
    authors: int
    cosine: float
    """Of each with the first, the lowest."""


class _Place(NamedTuple):
    comment: Comment
    span: Span
    words: frozenset[str]


def find_similar(
    comments: Iterable[Comment], embed: Embed, *, min_cosine: float = MIN_COSINE
) -> tuple[SimilarPoint, ...]:
    """Return the groups of similar sentences, most authors first.

    Each is a sentence with all that are near to it, so that no chain of likenesses
    leads from one meaning to another. No sentence is in two of them.

    Args:
        comments: A thread of at most some hundreds, as each is embedded.
        embed: Gives the sentences of a comment.
        min_cosine: From which likeness on two sentences are similar.
    """
    places, rows = _collect(comments, embed)
    if not rows:
        return ()
    near = _near(places, np.stack(rows), min_cosine)
    found: list[SimilarPoint] = []
    taken: set[int] = set()
    for centre in sorted(near, key=lambda one: (-len(near[one]), one)):
        own = {place: cosine for place, cosine in near[centre] if place not in taken}
        members = [centre, *sorted(own)]
        authors = {places[one].comment.author for one in members}
        if centre in taken or len(authors) < MIN_AUTHORS:
            continue
        taken.update(members)
        found.append(
            SimilarPoint(
                sentences=tuple(
                    SimilarSentence(n=places[one].comment.n, span=places[one].span)
                    for one in members
                ),
                authors=len(authors),
                cosine=round(min(own.values()), 2),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.authors, one.sentences[0].n)))


def _collect(
    comments: Iterable[Comment], embed: Embed
) -> tuple[list[_Place], list[Vectors]]:
    """Return the sentences that are long enough, and their vectors."""
    places: list[_Place] = []
    rows: list[Vectors] = []
    for comment in comments:
        spans, vectors = embed(comment)
        for span, vector in zip(spans, vectors, strict=True):
            words = frozenset(span.of(comment.text).casefold().split())
            if len(words) >= MIN_WORDS:
                places.append(_Place(comment, span, words))
                rows.append(vector)
    return places, rows


def _near(
    places: Sequence[_Place], rows: Vectors, least: float
) -> dict[int, list[tuple[int, float]]]:
    """Return for each sentence those of others that are near in meaning alone."""
    cosines = rows @ rows.T
    near: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for left, right in np.argwhere(np.triu(cosines >= least, 1)).tolist():
        one, other = places[left], places[right]
        both = len(one.words & other.words) / len(one.words | other.words)
        if one.comment.author != other.comment.author and both < SAME_WORDS:
            cosine = float(cosines[left, right])
            near[left].append((right, cosine))
            near[right].append((left, cosine))
    return near
