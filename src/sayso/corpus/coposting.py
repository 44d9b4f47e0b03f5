"""Co-posting: near-equal texts by different authors within a short time, many threads.

An exact join, not a sample: two sets of words with a Jaccard of at least t must share
one of the rarest words of each, so only posts that meet in such a word are compared.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from sayso.corpus.chance import Floats
from sayso.corpus.pages import Ints

MIN_JACCARD = 0.8
WINDOW_S = 60.0
MIN_TEXTS = 2  # different texts that two authors must share, each in time
BATCH = 1_000_000  # pairs that are looked at together
_SLACK = 1e-9  # .8 times 5 is a little more than 4


class Post(NamedTuple):
    """One post or comment of any thread."""

    id: int
    author: str
    second: float
    """Since 1970."""
    text: str


class Match(NamedTuple):
    """Two posts that say nearly the same within the window; the earlier one first."""

    first: int
    second: int
    jaccard: float


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """Two authors who posted the same texts in time with each other."""

    authors: tuple[str, str]
    """Pseudonyms, sorted."""
    texts: int
    """How many posts of either are matched at least."""
    matches: tuple[Match, ...]


def find_matches(
    posts: Iterable[Post],
    *,
    min_jaccard: float = MIN_JACCARD,
    window_s: float = WINDOW_S,
) -> list[Match]:
    """Return all pairs of posts by different authors that match, by time.

    Posts are held as numbers of words; their order does not matter.
    """
    rows = _number(posts)
    found = [
        _compare(rows, pairs, min_jaccard)
        for pairs in _meetings(rows, min_jaccard, window_s)
    ]
    # Two posts may meet in several words, and so in several batches.
    best = {(one.second, one.first): one for batch in found for one in batch}
    return [
        Match(int(rows.ids[one.first]), int(rows.ids[one.second]), one.jaccard)
        for _, one in sorted(best.items())
    ]


def find_together(
    posts: Iterable[Post],
    *,
    min_jaccard: float = MIN_JACCARD,
    window_s: float = WINDOW_S,
    min_texts: int = MIN_TEXTS,
) -> tuple[Together, ...]:
    """Return the pairs of authors who posted several texts in time, most texts first.

    A text of one author that matches many of the other counts once.
    """
    author: dict[int, str] = {}

    def seen() -> Iterator[Post]:
        for post in posts:
            author[post.id] = post.author
            yield post

    found: dict[tuple[str, str], list[Match]] = defaultdict(list)
    for match in find_matches(seen(), min_jaccard=min_jaccard, window_s=window_s):
        low, high = sorted((author[match.first], author[match.second]))
        found[low, high].append(match)
    pairs = [
        Together(authors=names, texts=texts, matches=tuple(matches))
        for names, matches in found.items()
        if (texts := _count_texts(matches, author)) >= min_texts
    ]
    return tuple(sorted(pairs, key=lambda one: (-one.texts, one.authors)))


def _count_texts(matches: Sequence[Match], author: Mapping[int, str]) -> int:
    posts = {one for match in matches for one in (match.first, match.second)}
    return min(Counter(author[one] for one in posts).values())


class _Rows(NamedTuple):
    """Posts by time, as sets of words; a word's number is its rank by rarity."""

    ids: Ints
    authors: Ints
    seconds: Floats
    begins: Ints
    """Of each post in `words`, and one past the last."""
    words: Ints
    """Of each post the different words, the rarest first."""
    kinds: int
    """Number of different words."""

    @property
    def keys(self) -> Ints:
        """Post and word in one number, in order."""
        posts = np.arange(len(self.ids))
        return np.repeat(posts, np.diff(self.begins)) * self.kinds + self.words


class _Numbers(dict[str, int]):
    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def _number(posts: Iterable[Post]) -> _Rows:
    words, authors = _Numbers(), _Numbers()
    numbers, ends, who = array("i"), array("q"), array("i")
    ids, seconds = array("q"), array("d")
    for post in posts:
        numbers.extend(map(words.__getitem__, set(post.text.lower().split())))
        ends.append(len(numbers))
        who.append(authors[post.author])
        ids.append(post.id)
        seconds.append(post.second)
    order = np.lexsort((np.array(ids), np.array(seconds)))
    lengths = np.diff(np.array(ends), prepend=0)
    rank = np.empty(len(words), np.int64)
    counts = np.bincount(np.array(numbers), minlength=len(words))
    rank[np.argsort(counts, kind="stable")] = np.arange(len(words))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    kinds = max(len(words), 1)
    keys = np.repeat(place, lengths) * kinds + rank[np.array(numbers)]
    keys.sort()
    return _Rows(
        ids=np.array(ids)[order],
        authors=np.array(who)[order],
        seconds=np.array(seconds)[order],
        begins=np.concatenate([[0], np.cumsum(lengths[order])]),
        words=keys % kinds,
        kinds=kinds,
    )


def _meetings(rows: _Rows, least: float, window_s: float) -> Iterator[Ints]:
    """Yield pairs of posts that share one of their rarest words within the window.

    int64 (pairs, 2), the earlier one first; sizes and authors fit, too.
    """
    sizes = np.diff(rows.begins)
    prefix = np.where(sizes, sizes - np.ceil(least * sizes - _SLACK) + 1, 0)
    prefix = prefix.astype(np.int64)
    posts = np.repeat(np.arange(len(sizes)), prefix)
    at = np.arange(len(posts)) - np.repeat(np.cumsum(prefix) - prefix, prefix)
    words = rows.words[rows.begins[posts] + at]
    order = np.lexsort((posts, words))
    posts, words = posts[order], words[order]
    behind = sizes[posts] - at[order] - 1  # words of the post that are more common
    # The first post of the same word that is still within the window.
    oldest = np.searchsorted(rows.seconds, rows.seconds - window_s)
    keys = words * (len(sizes) + 1) + posts
    lows = np.searchsorted(keys, words * (len(sizes) + 1) + oldest[posts])
    counts = np.arange(len(posts)) - lows
    total = np.cumsum(counts)
    low = 0
    while low < len(posts):
        done = total[low - 1] if low else 0
        high = max(int(np.searchsorted(total, done + BATCH, side="right")), low + 1)
        own = counts[low:high]
        starts = np.repeat(lows[low:high] - np.cumsum(own) + own, own)
        met = starts + np.arange(len(starts))
        left, right = posts[met], np.repeat(posts[low:high], own)
        # Of a pair that is alike enough the rarest word in common leaves room for the
        # others behind it.
        most = 1 + np.minimum(behind[met], np.repeat(behind[low:high], own))
        needed = (sizes[left] + sizes[right]) * (least / (1 + least)) - _SLACK
        fits = (rows.authors[left] != rows.authors[right]) & (most >= needed)
        pairs = np.unique(left[fits] * len(sizes) + right[fits])
        yield np.stack([pairs // len(sizes), pairs % len(sizes)], axis=1)
        low = high


def _compare(rows: _Rows, pairs: Ints, least: float) -> list[Match]:
    """Return the pairs whose sets of words are alike enough, by their places."""
    left, right = pairs[:, 0], pairs[:, 1]
    sizes = np.diff(rows.begins)
    own = sizes[left]
    starts = np.repeat(rows.begins[left] - np.cumsum(own) + own, own)
    words = rows.words[starts + np.arange(len(starts))]
    wanted = np.repeat(right, own) * rows.kinds + words
    keys = rows.keys
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    both = np.bincount(
        np.repeat(np.arange(len(pairs)), own),
        weights=keys[at] == wanted,
        minlength=len(pairs),
    )
    jaccard = both / (own + sizes[right] - both)
    good = np.flatnonzero(jaccard >= least)
    return [Match(int(left[one]), int(right[one]), float(jaccard[one])) for one in good]
