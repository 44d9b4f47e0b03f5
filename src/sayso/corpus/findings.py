"""From phrases that passed the test to findings: no debris, no phrase told twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sayso.corpus.pages import Ints
from sayso.corpus.shape import is_phrase
from sayso.corpus.words import Words, cut_spans
from sayso.reading.types import Reading
from sayso.record import Comment, CommentSpans, Span, TalkingPoint

Read = Callable[[Comment], Reading]
"""Gives the Reading of a comment's text; asked only for comments that need it."""

MAX_POINTS = 200  # told of one thread, by evidence
LOOKS = 5  # places of a phrase whose parse is asked
SAME = 0.5  # share of places in common that makes two phrases one finding


class Candidate(NamedTuple):
    """A phrase that passed the test."""

    words: tuple[int, ...]
    comments: Ints
    """Places in the list of comments, sorted, each once."""
    starts: Ints
    """Places in all words, sorted."""
    authors: int
    strength: float
    """Ranks findings: -log p; from `LARGE` authors on, authors times log lift."""
    expected: float
    p: float
    q: float


class Shapes:
    """Looks at the shape of phrases where they stand; reads no comment twice."""

    def __init__(self, comments: Sequence[Comment], words: Words, read: Read) -> None:
        self._comments = comments
        self._words = words
        self._read = read
        self._readings: dict[int, Reading] = {}

    def has_shape(self, one: Candidate) -> bool:
        """Tell whether most of the places looked at show a noun or verb phrase."""
        step = max(1, len(one.comments) // LOOKS)
        looked = one.comments[::step][:LOOKS].tolist()
        good = sum(is_phrase(self._reading(n), self._span(one, n)) for n in looked)
        return 2 * good > len(looked)

    def _span(self, one: Candidate, comment: int) -> Span:
        """Return where the phrase stands first in a comment."""
        begin = self._words.begin(comment)
        start = int(one.starts[np.searchsorted(one.starts, begin)]) - begin
        text = self._comments[comment].text
        row = cut_spans(text)[start : start + len(one.words)]
        return Span(row[0].start, row[-1].end)

    def _reading(self, comment: int) -> Reading:
        if comment not in self._readings:
            self._readings[comment] = self._read(self._comments[comment])
        return self._readings[comment]


def merge(tested: Sequence[Candidate], shapes: Shapes) -> list[Candidate]:
    """Return one phrase for each finding: no part, no overlap, no debris.

    A longer phrase wins over its part if it loses no author; else the one of stronger
    evidence does. What shares half of its places with a finding is the same finding.
    """
    kept: list[Candidate] = []
    taken: list[Ints] = []
    for one in sorted(tested, key=lambda one: -len(one.words)):
        if not shapes.has_shape(one):
            continue
        places = _cover(one)
        # Phrases that stand at the same place have a word in common.
        rivals = [
            i
            for i, other in enumerate(kept)
            if set(one.words).intersection(other.words) and _meet(places, taken[i])
        ]
        if all(_beats(one, kept[i]) for i in rivals):
            for i in reversed(rivals):
                del kept[i], taken[i]
            kept.append(one)
            taken.append(places)
    return kept


def _cover(one: Candidate) -> Ints:
    """Return the places of all words of all uses of a phrase, sorted, each once."""
    cover: Ints = np.unique(one.starts[:, None] + np.arange(len(one.words)))
    return cover


def _meet(left: Ints, right: Ints) -> bool:
    small, large = sorted((left, right), key=len)
    at = np.minimum(np.searchsorted(large, small), len(large) - 1)
    return int(np.count_nonzero(large[at] == small)) >= SAME * len(small)


def _beats(part: Candidate, whole: Candidate) -> bool:
    """Tell whether the shorter of two phrases at the same places is the finding."""
    return part.authors > whole.authors and part.p <= whole.p * 1e3


def tell(
    found: Sequence[Candidate],
    comments: Sequence[Comment],
    words: Words,
    article: Sequence[int],
) -> tuple[TalkingPoint, ...]:
    """Return the findings as the record has them, in their order.

    Args:
        found: What to tell.
        comments: All of the thread; asked only for those with a finding.
        words: Their words.
        article: The words of the article.
    """
    where: list[list[CommentSpans]] = [[] for _ in found]
    phrases = [""] * len(found)
    for place, uses in _by_comment(found, words):
        comment = comments[place]
        row = cut_spans(comment.text)
        spans: dict[int, list[Span]] = {}
        for number, start in uses:
            last = row[start + len(found[number].words) - 1]
            spans.setdefault(number, []).append(Span(row[start].start, last.end))
        for number, own in spans.items():
            where[number].append(CommentSpans(n=comment.n, spans=tuple(own)))
            phrases[number] = phrases[number] or " ".join(
                own[0].of(comment.text).split()
            )
    return tuple(
        TalkingPoint(
            phrase=" ".join(phrase.split()),
            comments=tuple(own),
            authors=one.authors,
            in_article=_stands(one.words, article),
            expected=one.expected,
            p=one.p,
            q=one.q,
        )
        for one, phrase, own in zip(found, phrases, where, strict=True)
    )


def _by_comment(
    found: Sequence[Candidate], words: Words
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield each comment with a finding once: findings there, and places in it."""
    if not found:
        return
    starts = np.concatenate([one.starts for one in found])
    numbers = np.repeat(np.arange(len(found)), [len(one.starts) for one in found])
    order = np.lexsort((numbers, starts))
    starts, numbers = starts[order], numbers[order]
    places = words.comments_at(starts)
    cuts = np.flatnonzero(places[1:] != places[:-1]) + 1
    for low, high in zip([0, *cuts], [*cuts, len(starts)], strict=True):
        place = int(places[low])
        local = (starts[low:high] - words.begin(place)).tolist()
        yield place, list(zip(numbers[low:high].tolist(), local, strict=True))


def _stands(phrase: tuple[int, ...], words: Sequence[int]) -> bool:
    size = len(phrase)
    return any(
        tuple(words[at : at + size]) == phrase for at in range(len(words) - size + 1)
    )
