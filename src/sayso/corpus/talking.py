"""Talking points: phrases that more commenters share than chance would let them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from sayso.corpus.chance import Floats, false_share, log_p
from sayso.corpus.phrases import Shared, find_shared
from sayso.corpus.shape import is_phrase
from sayso.corpus.words import (
    BREAK,
    Ints,
    Vocabulary,
    Words,
    cut_words,
    find_all,
    number_words,
    stem,
)
from sayso.reading.types import Reading
from sayso.record import Comment, CommentSpans, Span, TalkingPoint
from sayso.vocab.background import Background

Read = Callable[[Comment], Reading]
"""Gives the Reading of a comment's text; asked only for comments that need it."""

MIN_AUTHORS = 3  # two people share a phrase too easily, whatever the sums say
MAX_Q = 0.02  # .05 told a few more of a topic's usual phrases on the made threads
LARGE = 1_000  # comments; from here on everything topical is significant
MIN_SHARE = 1e-4  # of the authors of a large thread
MAX_POINTS = 200  # told of one thread, by evidence
LOOKS = 5  # places of a phrase whose parse is asked
LOCAL_SHARE = 0.2  # of a word's uses outside the phrase that would be in it by chance
LOG_LEAST = math.log(1e-300)
SAME = 0.5  # share of places in common that makes two phrases one finding


class Candidate(NamedTuple):
    """A phrase that passed the test."""

    words: tuple[int, ...]
    comments: Ints
    """Places in the list of comments, sorted, each once."""
    starts: Ints
    """Places in `Words.numbers`."""
    authors: int
    expected: float
    p: float
    q: float


def find_talking_points(
    comments: Sequence[Comment],
    units: Sequence[int],
    *,
    article: str,
    background: Background,
    read: Read,
) -> tuple[TalkingPoint, ...]:
    """Return the phrases that several authors push, the strongest first.

    Args:
        comments: All comments of the thread.
        units: For each comment the number of its author; authors of near-copies share
            one, as copying is told apart and must not count as agreement.
        article: What the comments stand under; empty if there is none.
        background: How often phrases stand in other text.
        read: Gives Readings, for the shape of phrases.
    """
    vocabulary = Vocabulary()
    words = number_words((comment.text for comment in comments), vocabulary)
    number = np.unique(np.asarray(units), return_inverse=True)[1].reshape(-1)
    said = [word.number for word in cut_words(article, vocabulary)]
    every = np.concatenate([words.numbers, np.array(said, np.int32)])
    every = every[every != BREAK]
    usual = _Usual(
        background,
        vocabulary.stems,
        np.bincount(every, minlength=len(vocabulary.stems)),
        max(len(every), 1),
        said,
    )
    tested = _test(words, number, vocabulary, usual)
    parser = _Parser(comments, vocabulary, read)
    kept = _merge(tested, parser)
    return tuple(_point(one, comments, parser, said) for one in kept)


class _Usual(NamedTuple):
    """What is usual in and around one thread."""

    background: Background
    stems: Sequence[str]
    counts: Ints
    """Uses of each word in the comments and the article."""
    total: int
    said: Sequence[int]
    """The words of the article."""

    def rates(self, words: Words, level: Shared) -> Floats:
        """Return how often each phrase starts at a word, float64 (phrases,).

        The background's rate, or more where the thread makes it likely: by words that
        it uses outside the phrase too, as those of its topic, and by the article.
        """
        grams = words.numbers[level.firsts[:, None] + np.arange(level.length)]
        uses = np.bincount(level.phrases, minlength=len(grams))
        outside = (self.counts[grams] - uses[:, None]).min(axis=1)
        local = LOCAL_SHARE * np.maximum(outside, 0) / self.total
        names = [tuple(self.stems[n] for n in row) for row in grams.tolist()]
        general = np.array([self.background.rate(name) for name in names])
        likely: Floats = np.maximum(np.maximum(local, general), self._in_article(grams))
        return likely

    def _in_article(self, grams: Ints) -> Floats:
        length = grams.shape[1]
        said = zip(*(self.said[at:] for at in range(length)), strict=False)
        found = Counter(said)
        uses = [found[tuple(row)] for row in grams.tolist()]
        return np.array(uses) / max(len(self.said), 1)


def _test(
    words: Words, units: Ints, vocabulary: Vocabulary, usual: _Usual
) -> list[Candidate]:
    """Return the phrases that pass, the strongest first."""
    authors = int(units.max(initial=-1)) + 1
    light = {stem(word) for word in usual.background.edges}
    edges = np.array(
        [one not in light and not one.isdigit() for one in vocabulary.stems], np.bool_
    )
    at_least = max(MIN_AUTHORS, math.ceil(authors * MIN_SHARE))
    levels, tests = find_shared(words, units, at_least=at_least, edges=edges)
    if not levels:
        return []
    mean = float(words.sizes.sum()) / authors
    log_ps = np.concatenate(
        [_log_p(one, words, usual, authors, mean) for one in levels]
    )
    users = np.concatenate([one.units for one in levels])
    qs = false_share(np.exp(log_ps), tests)
    places = [(one, i) for one in levels for i in range(len(one.firsts))]
    # A p of 0 is one too small to be told: there the number of authors decides.
    by_evidence = [-users, np.maximum(log_ps, LOG_LEAST)]
    order = np.lexsort(by_evidence[::-1] if authors >= LARGE else by_evidence)
    good = [i for i in order.tolist() if qs[i] <= MAX_Q][: MAX_POINTS * LOOKS]
    return [
        _candidate(words, places[i][0], places[i][1], tests, log_ps[i], qs[i])
        for i in good
    ]


def _log_p(
    level: Shared, words: Words, usual: _Usual, authors: int, mean: float
) -> Floats:
    """Return log p of each phrase, float64 (phrases,)."""
    rates = usual.rates(words, level)
    spread = [usual.background.spread_of(level.length, rate) for rate in rates]
    shares = 1 - np.exp(-rates * mean)
    return log_p(authors, level.units, shares, np.array(spread))


def _candidate(
    words: Words, level: Shared, phrase: int, tests: int, log_p: float, q: float
) -> Candidate:
    low, high = np.searchsorted(level.phrases, [phrase, phrase + 1])
    starts = level.starts[low:high]
    first = int(level.firsts[phrase])
    p = math.exp(log_p)
    return Candidate(
        words=tuple(words.numbers[first : first + level.length].tolist()),
        comments=np.unique(words.comments[starts]),
        starts=starts,
        authors=int(level.units[phrase]),
        expected=p * tests,
        p=p,
        q=float(q),
    )


class _Parser:
    """Finds phrases in comments and looks at their shape; reads no comment twice."""

    def __init__(
        self, comments: Sequence[Comment], vocabulary: Vocabulary, read: Read
    ) -> None:
        self._comments = comments
        self._vocabulary = vocabulary
        self._read = read
        self._readings: dict[int, Reading] = {}

    def spans(self, phrase: tuple[int, ...], place: int) -> list[Span]:
        """Return where the phrase stands in one comment."""
        text = self._comments[place].text
        return find_all(phrase, cut_words(text, self._vocabulary))

    def has_shape(self, one: Candidate) -> bool:
        """Tell whether most of the places looked at show a noun or verb phrase."""
        step = max(1, len(one.comments) // LOOKS)
        looked = [int(place) for place in one.comments[::step][:LOOKS]]
        good = sum(
            is_phrase(self._reading(place), self.spans(one.words, place)[0])
            for place in looked
        )
        return 2 * good > len(looked)

    def _reading(self, place: int) -> Reading:
        if place not in self._readings:
            self._readings[place] = self._read(self._comments[place])
        return self._readings[place]


def _merge(tested: list[Candidate], parser: _Parser) -> list[Candidate]:
    """Return one phrase for each finding: no part, no overlap, no debris.

    A longer phrase wins over its part if it loses no author; else the one of stronger
    evidence does. What shares half of its places with a finding is the same finding.
    """
    kept: list[Candidate] = []
    taken: list[set[int]] = []
    for one in sorted(tested, key=lambda one: -len(one.words)):
        if not parser.has_shape(one):
            continue
        places = _places(one)
        rivals = [
            i
            for i, other in enumerate(taken)
            if len(places & other) >= SAME * min(len(places), len(other))
        ]
        if all(_beats(one, kept[i]) for i in rivals):
            for i in reversed(rivals):
                del kept[i], taken[i]
            kept.append(one)
            taken.append(places)
    return sorted(kept, key=_strength)[:MAX_POINTS]


def _places(one: Candidate) -> set[int]:
    length = len(one.words)
    return {start + i for start in one.starts.tolist() for i in range(length)}


def _beats(part: Candidate, whole: Candidate) -> bool:
    """Tell whether the shorter of two phrases at the same places is the finding."""
    return part.authors > whole.authors and part.p <= whole.p * 1e3


def _strength(one: Candidate) -> tuple[float, int, int]:
    return (one.p, -one.authors, -len(one.words))


def _point(
    one: Candidate, comments: Sequence[Comment], parser: _Parser, said: list[int]
) -> TalkingPoint:
    where = tuple(
        CommentSpans(n=comments[place].n, spans=tuple(parser.spans(one.words, place)))
        for place in one.comments.tolist()
    )
    first = int(one.comments[0])
    phrase = parser.spans(one.words, first)[0].of(comments[first].text)
    length = len(one.words)
    return TalkingPoint(
        phrase=" ".join(phrase.split()),
        comments=where,
        authors=one.authors,
        in_article=any(
            tuple(said[at : at + length]) == one.words
            for at in range(len(said) - length + 1)
        ),
        expected=one.expected,
        p=one.p,
        q=one.q,
    )
