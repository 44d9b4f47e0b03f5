"""Co-posting: near-equal texts by different authors within a short time, many threads.

An exact join, not a sample: two sets of words with a Jaccard of at least t must share
one of the rarest words of each, so only posts that meet in such a word are compared.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

MIN_JACCARD = 0.8
WINDOW_S = 60.0
MIN_TEXTS = 2  # different texts that two authors must share, each in time
_WORD = re.compile(r"\S+")


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


class Together(NamedTuple):
    """Two authors who posted the same texts in time with each other."""

    authors: tuple[str, str]
    """Pseudonyms, sorted."""
    matches: tuple[Match, ...]


def find_matches(
    posts: Iterable[Post],
    *,
    min_jaccard: float = MIN_JACCARD,
    window_s: float = WINDOW_S,
) -> Iterator[Match]:
    """Give all pairs of posts by different authors that match, by the later one's time.

    Posts are held as numbers of words; of the index only what is in the window is
    looked at. Order of input does not matter.
    """
    ordered = sorted(posts, key=lambda post: (post.second, post.id))
    sets = _number_by_rarity(ordered)
    index: dict[int, list[int]] = defaultdict(list)
    begins: Counter[int] = Counter()
    for at, (post, words) in enumerate(zip(ordered, sets, strict=True)):
        oldest = post.second - window_s
        seen: set[int] = set()
        size = len(words)
        for word in words[: size - math.ceil(min_jaccard * size - 1e-9) + 1]:
            posting = index[word]
            start = begins[word]
            while start < len(posting) and ordered[posting[start]].second < oldest:
                start += 1
            if start > 64 and 2 * start > len(posting):
                del posting[:start]
                start = 0
            begins[word] = start
            seen.update(posting[start:])
            posting.append(at)
        for other in sorted(seen):
            if ordered[other].author != post.author:
                jaccard = _jaccard(sets[other], words, min_jaccard)
                if jaccard >= min_jaccard:
                    yield Match(ordered[other].id, post.id, jaccard)


def find_together(
    posts: Sequence[Post],
    *,
    min_jaccard: float = MIN_JACCARD,
    window_s: float = WINDOW_S,
    min_texts: int = MIN_TEXTS,
) -> tuple[Together, ...]:
    """Return the pairs of authors who posted several texts in time, most texts first.

    A text of one author that matches many of the other counts once.
    """
    author = {post.id: post.author for post in posts}
    found: dict[tuple[str, str], list[Match]] = defaultdict(list)
    for match in find_matches(posts, min_jaccard=min_jaccard, window_s=window_s):
        low, high = sorted((author[match.first], author[match.second]))
        found[low, high].append(match)
    pairs = [
        Together(names, tuple(matches))
        for names, matches in found.items()
        if _texts(matches) >= min_texts
    ]
    return tuple(sorted(pairs, key=lambda one: (-_texts(one.matches), one.authors)))


def _texts(matches: Sequence[Match]) -> int:
    """Return how many posts of either side are matched at least."""
    return min(
        len({one.first for one in matches}), len({one.second for one in matches})
    )


def _number_by_rarity(posts: Sequence[Post]) -> list[Sequence[int]]:
    """Return the different words of each post, the rarest first.

    Words are numbered by how many posts have them, so that plain order is rarity.
    """
    counts: Counter[str] = Counter()
    names: dict[str, int] = {}
    rows: list[array[int]] = []
    for post in posts:
        words = set(_WORD.findall(post.text.lower()))
        counts.update(words)
        rows.append(array("i", [names.setdefault(word, len(names)) for word in words]))
    ranks = array("i", bytes(4 * len(names)))
    by_rarity = sorted(names, key=lambda word: (counts[word], word))
    for rank, word in enumerate(by_rarity):
        ranks[names[word]] = rank
    return [array("i", sorted(ranks[name] for name in row)) for row in rows]


def _jaccard(left: Sequence[int], right: Sequence[int], least: float) -> float:
    """Return the Jaccard of two sets; 0 where their sizes alone rule out `least`."""
    small, large = sorted((len(left), len(right)))
    if not small or small < least * large - 1e-9:
        return 0.0
    both = len(set(left).intersection(right))
    return both / (small + large - both)
