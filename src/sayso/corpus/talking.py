"""Talking points: phrases that more commenters share than chance would let them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sayso.corpus.chance import Floats, false_share, log_p
from sayso.corpus.findings import MAX_POINTS, Candidate, Read, Shapes, merge, tell
from sayso.corpus.pages import Ints
from sayso.corpus.phrases import Shared, find_shared
from sayso.corpus.words import BREAK, Vocabulary, Words, cut_words, stem
from sayso.record import Comment, TalkingPoint
from sayso.vocab.background import Background

MIN_AUTHORS = 3  # two people share a phrase too easily, whatever the sums say
MAX_Q = 0.02  # .05 told a few more of a topic's usual phrases on the made threads
LARGE = 1_000  # authors; from here on everything topical is significant, so that
# findings are ranked by share and lift
MIN_SHARE = 1e-4  # of the authors of a large thread
LOCAL_SHARE = 0.2  # of a word's uses outside the phrase that would be in it by chance
LOG_LEAST = math.log(1e-300)
TESTED = 5  # times as many phrases as are told have their shape looked at


def find_talking_points(
    comments: Sequence[Comment],
    words: Words,
    vocabulary: Vocabulary,
    units: Sequence[int],
    *,
    article: str,
    background: Background,
    read: Read,
) -> tuple[TalkingPoint, ...]:
    """Return the phrases that several authors push, the strongest first.

    Args:
        comments: All comments of the thread; asked only for those with a finding.
        words: Their words.
        vocabulary: What these are numbers in.
        units: For each comment the number of its author; authors of near-copies share
            one, as copying is told apart and must not count as agreement.
        article: What the comments stand under; empty if there is none.
        background: How often phrases stand in other text.
        read: Gives Readings, for the shape of phrases.
    """
    number = np.unique(np.asarray(units), return_inverse=True)[1].reshape(-1)
    said = [word.number for word in cut_words(article, vocabulary)]
    counts = words.count_uses(len(vocabulary.stems))
    counts += np.bincount(
        np.array([one for one in said if one != BREAK], np.int64),
        minlength=len(counts),
    )
    usual = _Usual(
        background, vocabulary.stems, counts, max(int(counts.sum()), 1), said
    )
    tested = _test(words, number, usual)
    kept = merge(tested, Shapes(comments, words, read))
    kept.sort(key=_strength)
    return tell(kept[:MAX_POINTS], comments, words, said)


class _Usual(NamedTuple):
    """What is usual in and around one thread."""

    background: Background
    stems: Sequence[str]
    counts: Ints
    """Uses of each word in the comments and the article."""
    total: int
    said: Sequence[int]
    """The words of the article."""

    def rates(self, level: Shared) -> Floats:
        """Return how often each phrase starts at a word, float64 (phrases,).

        The background's rate, or more where the thread makes it likely: by words that
        it uses outside the phrase too, as those of its topic, and by the article.
        """
        grams = level.grams
        outside = (self.counts[grams] - level.uses[:, None]).min(axis=1)
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


def _test(words: Words, units: Ints, usual: _Usual) -> list[Candidate]:
    """Return the phrases that pass, the strongest first."""
    authors = int(units.max(initial=-1)) + 1
    light = {stem(word) for word in usual.background.edges}
    edges = np.array(
        [one not in light and not one.isdigit() for one in usual.stems], np.bool_
    )
    at_least = max(MIN_AUTHORS, math.ceil(authors * MIN_SHARE))
    levels, tests = find_shared(words, units, at_least=at_least, edges=edges)
    if not levels:
        return []
    mean = float(words.sizes.sum()) / authors
    tested = [_log_p(one, usual, authors, mean) for one in levels]
    log_ps, shares = (np.concatenate(column) for column in zip(*tested, strict=True))
    users = np.concatenate([one.units for one in levels])
    qs = false_share(np.exp(log_ps), tests)
    strengths = (
        users * np.log(np.maximum(_least_share(users, authors) / shares, 1.0))
        if authors >= LARGE
        else -np.maximum(log_ps, LOG_LEAST)
    )
    # Of equal strength, as where p is too small to be told, more authors are more.
    order = np.lexsort([-users, -strengths])
    good = order[qs[order] <= MAX_Q][: MAX_POINTS * TESTED]
    where = _find_places(levels, good)
    return [
        Candidate(
            words=where[one][0],
            comments=np.unique(words.comments_at(where[one][1])),
            starts=where[one][1],
            authors=int(users[one]),
            strength=float(strengths[one]),
            expected=math.exp(log_ps[one]) * tests,
            p=math.exp(log_ps[one]),
            q=float(qs[one]),
        )
        for one in good.tolist()
    ]


def _find_places(
    levels: Sequence[Shared], phrases: Ints
) -> dict[int, tuple[tuple[int, ...], Ints]]:
    """Return words and places of some phrases, which are numbered over all levels."""
    found: dict[int, tuple[tuple[int, ...], Ints]] = {}
    first = 0
    for level in levels:
        end = first + len(level.grams)
        own = phrases[(phrases >= first) & (phrases < end)]
        places = _places_of(level, own - first)
        for one, starts in zip(own.tolist(), places, strict=True):
            found[one] = tuple(level.grams[one - first].tolist()), starts
        first = end
    return found


def _places_of(level: Shared, phrases: Ints) -> list[Ints]:
    """Return the places of each of some phrases."""
    rows = list(level.places(phrases)) if len(phrases) else []
    if not rows:
        return []
    starts, numbers = (np.concatenate(column) for column in zip(*rows, strict=True))
    order = np.argsort(numbers, kind="stable")
    starts, numbers = starts[order], numbers[order]
    lows = np.searchsorted(numbers, phrases)
    highs = np.searchsorted(numbers, phrases, side="right")
    return [starts[low:high] for low, high in zip(lows, highs, strict=True)]


def _log_p(
    level: Shared, usual: _Usual, authors: int, mean: float
) -> tuple[Floats, Floats]:
    """Return log p and the usual share of authors, each float64 (phrases,)."""
    rates = usual.rates(level)
    spread = [usual.background.spread_of(level.length, rate) for rate in rates]
    shares = 1 - np.exp(-rates * mean)
    return log_p(authors, level.units, shares, np.array(spread)), shares


def _least_share(users: Ints, authors: int) -> Floats:
    """Return the lower end of the 95 % interval (Wilson) of the share of authors."""
    share, z2 = users / authors, 1.96**2 / authors
    spread = np.sqrt(share * (1 - share) * z2 + z2**2 / 4)
    least: Floats = (share + z2 / 2 - spread) / (1 + z2)
    return least


def _strength(one: Candidate) -> tuple[float, int, int]:
    return (-one.strength, -one.authors, -len(one.words))
