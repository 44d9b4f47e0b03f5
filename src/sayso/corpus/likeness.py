"""Which comments are worth laying side by side: those that share rows of three words.

Same texts count once. Comments are known by their place in the thread, from 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from sayso.corpus.keys import KeyTable
from sayso.corpus.pages import Ints
from sayso.corpus.words import BREAK, Words

SHINGLE = 3  # words; one changed word of eight leaves two shingles standing
MIN_SHARED = 0.25  # of the shorter one's shingles, to be worth a look
PART_WORDS = 10  # in one row that two otherwise different comments share
ENOUGH = PART_WORDS - SHINGLE + 1  # shingles in common, however long the comments
NEIGHBOURS = (
    20  # of comments with one shingle these pair up; of more, the next and first
)
_MIX, _ALSO = 0x5851F42D4C957F2D, 0x9E3779B97F4A7C1  # odd, to spread bits by products
_SIGN = (1 << 63) - 1


def group_same(words: Words) -> list[list[int]]:
    """Return the comments with the same words, each group by first appearance.

    A comment without a word is like no other.
    """
    hashes = np.concatenate([np.zeros(0, np.int64), *_hashes(words)])
    order = np.argsort(hashes, kind="stable")
    new = np.ones(len(order), np.bool_)
    new[1:] = hashes[order[1:]] != hashes[order[:-1]]
    begins = np.flatnonzero(new)
    ends = np.append(begins[1:], len(order))
    is_single = ends - begins == 1
    groups: list[list[int]] = order[begins[is_single]][:, None].tolist()
    for begin, end in zip(begins[~is_single], ends[~is_single], strict=True):
        groups += _really_same(words, order[begin:end].tolist())
    return sorted(groups)


def _really_same(words: Words, places: list[int]) -> list[list[int]]:
    """Return groups of equal rows: different ones may have the same hash."""
    found: dict[bytes, list[int]] = defaultdict(list)
    for place in places:
        found[words.row(place).tobytes() or b"\0%d" % place].append(place)
    return list(found.values())


def _hashes(words: Words) -> Iterator[Ints]:
    """Yield for each comment of a chunk a hash of its words in order."""
    for number, chunk in enumerate(words.chunks):
        first, end = words.comments_in(number)
        sizes = words.sizes[first:end]
        row = chunk[chunk != BREAK].astype(np.int64)
        at = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        mixed = (row + 1) * _MIX ^ (at + 1) * _ALSO
        mixed = (mixed ^ (mixed >> 29)) * _MIX
        hashes = np.zeros(end - first, np.int64)
        np.add.at(hashes, np.repeat(np.arange(end - first), sizes), mixed)
        yield hashes


def find_alike(words: Words, places: Ints) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share enough shingles to be compared word by word.

    Args:
        words: All comments.
        places: Which of them to look at; of the same texts one is enough.
    """
    table, sizes = _shingles(words, places)
    pairs = KeyTable()
    for codes, owners in table.shared(2):
        for found in _pairs(codes, owners):
            pairs.add(found[:, 0] * len(words) + found[:, 1], np.zeros(len(found)))
    for keys, counts in pairs.tally():
        left, right = keys // len(words), keys % len(words)
        shorter = np.minimum(sizes[left], sizes[right])
        good = counts >= np.minimum(MIN_SHARED * shorter, ENOUGH)
        yield from zip(left[good].tolist(), right[good].tolist(), strict=True)


def _shingles(words: Words, places: Ints) -> tuple[KeyTable, Ints]:
    """Return the shingles of some comments, and how many different ones each has."""
    table = KeyTable()
    wanted = np.zeros(len(words), np.bool_)
    wanted[places] = True
    sizes = np.zeros(len(words), np.int64)
    for number, chunk in enumerate(words.chunks):
        owners = words.owners(number)
        is_word = (chunk != BREAK) & wanted[owners]
        row, owners = chunk[is_word], owners[is_word]
        count = max(len(row) - SHINGLE + 1, 0)
        inside = owners[:count] == owners[len(owners) - count :]
        codes = np.zeros(count, np.int64)
        for at in range(SHINGLE):
            codes *= _MIX
            codes += row[at : at + count] + 1
        codes, owners = codes[inside] & _SIGN, owners[:count][inside]
        both = codes * _MIX + owners  # a hash that is the same for the same two
        order = np.argsort(both)
        new = np.ones(len(order), np.bool_)
        new[1:] = both[order[1:]] != both[order[:-1]]
        once = order[new]
        table.add(codes[once], owners[once])
        sizes += np.bincount(owners[once], minlength=len(words))
    return table, sizes


def _pairs(codes: Ints, owners: Ints) -> Iterator[Ints]:
    """Yield pairs of comments that share a shingle, int64 (pairs, 2), the lower first.

    Args:
        codes: Shingles in order.
        owners: The comments that have each, in order.
    """
    new = np.ones(len(codes), np.bool_)
    new[1:] = codes[1:] != codes[:-1]
    begins = np.flatnonzero(new)
    lengths = np.diff(np.append(begins, len(codes)))
    is_long = lengths > NEIGHBOURS
    for distance in range(1, NEIGHBOURS):
        fits = lengths > distance
        if distance > 1:
            fits &= ~is_long
        yield _apart(owners, begins[fits], lengths[fits], distance)
    # With the first of a long run; its neighbour has met it already.
    heads = np.repeat(owners[begins[is_long]], lengths[is_long] - 2)
    rest = np.repeat(is_long, lengths)
    rest[begins] = False
    rest[begins[is_long] + 1] = False
    yield np.stack([heads, owners[rest]], axis=1).astype(np.int64)


def _apart(owners: Ints, begins: Ints, lengths: Ints, distance: int) -> Ints:
    """Return the pairs of owners of one shingle that stand so far apart."""
    counts = lengths - distance
    starts = np.repeat(begins - np.cumsum(counts) + counts, counts)
    left = starts + np.arange(int(counts.sum()))
    both = np.stack([owners[left], owners[left + distance]], axis=1)
    return both.astype(np.int64)
