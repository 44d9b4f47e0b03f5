"""Which comments are worth laying side by side: those that share rows of three words.

Same texts count once. Comments are known by their place in the thread, from 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from sayso.corpus.pages import Ints
from sayso.corpus.words import BREAK, Flags, Part, Words

SHINGLE = 3  # words; one changed word of eight leaves two shingles standing
MIN_SHARED = 0.25  # of the shorter one's shingles, to be worth a look
PART_WORDS = 10  # in one row that two otherwise different comments share
ENOUGH = PART_WORDS - SHINGLE + 1  # shingles in common, however long the comments
NEIGHBOURS = (
    20  # of comments with one shingle these pair up; of more, the next and first
)
_MIX, _ALSO = 0x5851F42D4C957F2D, 0x9E3779B97F4A7C1  # odd, to spread bits by products
_SIGN = (1 << 63) - 1
_TOGETHER = 10_000  # groups whose words are fetched at once


def group_same(words: Words) -> list[list[int]]:
    """Return the comments with the same words, each group by first appearance.

    A comment without a word is like no other.
    """
    found = words.spread.map(_hashes, words.chunks, words.parts())
    hashes = np.concatenate([np.zeros(0, np.int64), *found])
    order = np.argsort(hashes, kind="stable")
    new = np.ones(len(order), np.bool_)
    new[1:] = hashes[order[1:]] != hashes[order[:-1]]
    begins = np.flatnonzero(new)
    ends = np.append(begins[1:], len(order))
    is_single = ends - begins == 1
    groups: list[list[int]] = order[begins[is_single]][:, None].tolist()
    runs = list(zip(begins[~is_single], ends[~is_single], strict=True))
    for at in range(0, len(runs), _TOGETHER):
        own = [order[begin:end].tolist() for begin, end in runs[at : at + _TOGETHER]]
        groups += _really_same(words, own)
    return sorted(groups)


def _really_same(words: Words, groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return groups of equal rows: different ones may have the same hash."""
    places = [place for own in groups for place in own]
    rows = iter(words.rows(places))
    split: list[list[int]] = []
    for own in groups:
        found: dict[bytes, list[int]] = defaultdict(list)
        for place in own:
            found[next(rows).tobytes() or b"\0%d" % place].append(place)
        split += found.values()
    return split


def _hashes(chunk: Ints, part: Part) -> Ints:
    """Return for each comment of a chunk a hash of its words in order."""
    is_word = chunk != BREAK
    owners = part.owners[is_word] - part.first
    sizes = np.bincount(owners, minlength=len(part.lengths))
    row = chunk[is_word].astype(np.int64)
    at = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    mixed = (row + 1) * _MIX ^ (at + 1) * _ALSO
    mixed = (mixed ^ (mixed >> 29)) * _MIX
    hashes = np.zeros(len(sizes), np.int64)
    np.add.at(hashes, owners, mixed)
    return hashes


def find_alike(words: Words, places: Ints) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share enough shingles to be compared word by word.

    Args:
        words: All comments.
        places: Which of them to look at; of the same texts one is enough.
    """
    wanted = np.zeros(len(words), np.bool_)
    wanted[places] = True
    columns = (words.chunks, words.parts(), words.by_chunk(wanted))
    table = words.spread.table(words.total)
    found = table.fill(_shingles, *columns)
    sizes = np.concatenate([np.zeros(0, np.int32), *found])
    pairs = table.regroup(2, partial(_pairs, len(words)))
    for left, right in pairs.tally(partial(_often_enough, sizes)):
        yield from zip(left.tolist(), right.tolist(), strict=True)


def _shingles(chunk: Ints, part: Part, wanted: Flags) -> tuple[Ints, Ints, Ints]:
    """Return the shingles of the wanted comments of a chunk, and who has them.

    And for each comment how many different ones it has.
    """
    is_word = (chunk != BREAK) & np.repeat(wanted, part.lengths)
    row, owners = chunk[is_word], part.owners[is_word]
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
    sizes = np.bincount(owners[once] - part.first, minlength=len(wanted))
    return codes[once], owners[once], sizes.astype(np.int32)


def _often_enough(sizes: Ints, keys: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Return the pairs that share enough shingles, out of keys as of `_pairs`."""
    left, right = keys // len(sizes), keys % len(sizes)
    shorter = np.minimum(sizes[left], sizes[right])
    good = counts >= np.minimum(MIN_SHARED * shorter, ENOUGH)
    return left[good], right[good]


def _pairs(comments: int, codes: Ints, owners: Ints) -> tuple[Ints, Ints]:
    """Return the pairs of comments that share a shingle, each as one key.

    The lower one times the number of comments plus the other; owners are not needed.

    Args:
        comments: How many there are.
        codes: Shingles in order.
        owners: The comments that have each, in order.
    """
    new = np.ones(len(codes), np.bool_)
    new[1:] = codes[1:] != codes[:-1]
    begins = np.flatnonzero(new)
    lengths = np.diff(np.append(begins, len(codes)))
    is_long = lengths > NEIGHBOURS
    pairs = []
    for distance in range(1, NEIGHBOURS):
        fits = lengths > distance
        if distance > 1:
            fits &= ~is_long
        pairs.append(_apart(owners, begins[fits], lengths[fits], distance))
    # With the first of a long run; its neighbour has met it already.
    heads = np.repeat(owners[begins[is_long]], lengths[is_long] - 2)
    rest = np.repeat(is_long, lengths)
    rest[begins] = False
    rest[begins[is_long] + 1] = False
    pairs.append((heads, owners[rest]))
    left, right = (np.concatenate(one) for one in zip(*pairs, strict=True))
    keys = left.astype(np.int64) * comments + right
    return keys, np.zeros(len(keys), np.int32)


def _apart(
    owners: Ints, begins: Ints, lengths: Ints, distance: int
) -> tuple[Ints, Ints]:
    """Return the pairs of owners of one shingle that stand so far apart."""
    counts = lengths - distance
    starts = np.repeat(begins - np.cumsum(counts) + counts, counts)
    left = starts + np.arange(int(counts.sum()))
    return owners[left], owners[left + distance]
