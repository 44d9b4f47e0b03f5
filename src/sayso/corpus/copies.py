"""Copies among comments: the same words, nearly the same, or a part taken over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import numpy as np

from sayso.corpus.words import BREAK, Ints, Vocabulary, Word, cut_words, number_words
from sayso.record import Comment, Copies, Span

SHINGLE = 3  # words; one changed word of eight leaves two shingles standing
MIN_SHARED = 0.25  # of the shorter one's shingles, to be worth a look
MIN_WORDS = 4  # "I agree with you" is no copy
NEAR = 0.85  # of the words in common, in order: one word of seven may differ
PART_WORDS = 10  # in one row that two otherwise different comments share
ALL_PAIRS = (
    20  # comments with one shingle; of more, neighbours and the first are paired
)
PART_SHINGLES = 4_000_000  # sorted at a time
MAX_ALIGNED = 2_000  # words of a comment that are laid side by side


class Pair(NamedTuple):
    """Two comments by their places, and how much of their words they share in order."""

    left: int
    right: int
    similarity: float


class Copied(NamedTuple):
    """All that is copied in a thread."""

    groups: tuple[Copies, ...]
    units: tuple[int, ...]
    """For each comment a number that it shares with its author's others and with all
    whole copies of them."""


def find_copies(comments: Sequence[Comment]) -> Copied:
    """Return the groups of copies, the largest first, and who counts as one author.

    Whole copies are grouped; one who copies a part is told in a pair with it.
    """
    rows = _rows(comments)
    same = _same(rows)
    firsts = [places[0] for places in same]
    near, parts = _compare(rows, _candidates([rows[place] for place in firsts]), firsts)
    group_of = _join(len(firsts), near)
    members: dict[int, list[int]] = defaultdict(list)
    for number, places in enumerate(same):
        members[group_of[number]] += places
    whole = [
        (number, sorted(places))
        for number, places in members.items()
        if len(places) > 1 and len(rows[places[0]]) >= MIN_WORDS
    ]
    links = _weakest(group_of, near)
    groups = [
        _whole(comments, places, links.get(number, 1.0)) for number, places in whole
    ]
    groups += [_part(comments, firsts[p.left], firsts[p.right]) for p in parts]
    groups.sort(
        key=lambda one: (one.similarity < NEAR, -len(one.comments), one.comments)
    )
    return Copied(tuple(groups), _units(comments, [places for _, places in whole]))


def align(left: Sequence[Word], right: Sequence[Word]) -> list[tuple[int, int, int]]:
    """Return the runs of words in common: place in each, and length."""
    matcher = SequenceMatcher(
        None,
        [word.number for word in left[:MAX_ALIGNED]],
        [word.number for word in right[:MAX_ALIGNED]],
        autojunk=False,
    )
    return [(a, b, size) for a, b, size in matcher.get_matching_blocks() if size]


def _rows(comments: Sequence[Comment]) -> list[Ints]:
    """Return the words of each comment as numbers, without punctuation."""
    words = number_words((comment.text for comment in comments), Vocabulary())
    is_word = words.numbers != BREAK
    return np.split(words.numbers[is_word], np.cumsum(words.sizes)[:-1])


def _same(rows: Sequence[Ints]) -> list[list[int]]:
    """Return the places of comments with the same words, by first appearance."""
    found: dict[bytes, list[int]] = {}
    for place, row in enumerate(rows):
        found.setdefault(row.tobytes() or b"\0%d" % place, []).append(place)
    return list(found.values())


def _candidates(rows: Sequence[Ints]) -> list[tuple[int, int]]:
    """Return the pairs that share enough shingles to be compared word by word."""
    codes, owners, size = _shingles(rows)
    new = np.ones(len(codes), np.bool_)
    new[1:] = codes[1:] != codes[:-1]
    begins = np.flatnonzero(new)
    lengths = np.diff(np.append(begins, len(codes)))
    pairs = [np.zeros((0, 2), np.int64)]
    for distance in range(1, ALL_PAIRS):
        pairs.append(_apart(owners, begins, lengths, distance, most=ALL_PAIRS))
    long = lengths > ALL_PAIRS
    pairs.append(_apart(owners, begins[long], lengths[long], 1, most=len(owners)))
    heads = np.repeat(owners[begins[long]], lengths[long])
    inside = np.repeat(long, lengths)
    pairs.append(np.stack([heads, owners[inside]], axis=1))
    both = np.concatenate(pairs).astype(np.int64)
    both = np.sort(both[both[:, 0] != both[:, 1]], axis=1)
    found, counts = np.unique(both[:, 0] * len(rows) + both[:, 1], return_counts=True)
    left, right = found // max(len(rows), 1), found % max(len(rows), 1)
    enough = counts >= np.minimum(
        MIN_SHARED * np.minimum(size[left], size[right]), PART_WORDS - SHINGLE + 1
    )
    return list(zip(left[enough].tolist(), right[enough].tolist(), strict=True))


def _shingles(rows: Sequence[Ints]) -> tuple[Ints, Ints, Ints]:
    """Return shingles that several comments share, and how many each comment has.

    The shingles are hashes, ordered, with the comment of each beside it. They are
    sorted in parts, as most stand in one comment and need not be held.
    """
    lengths = np.array([len(row) for row in rows], np.int64)
    numbers = np.concatenate([*rows, np.zeros(0, np.int32)])
    owners = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
    count = max(len(numbers) - SHINGLE + 1, 0)
    inside = owners[:count] == owners[len(owners) - count :]
    codes = np.zeros(count, np.int64)
    for at in range(SHINGLE):
        codes *= 0x5851F42D4C957F2D
        codes += numbers[at : at + count] + 1
    codes, owners = codes[inside], owners[:count][inside]
    sizes = np.zeros(len(rows), np.int64)
    shared = [(np.zeros(0, np.int64), np.zeros(0, np.int32))]
    parts = len(codes) // PART_SHINGLES + 1
    part_of = (codes >> 40) % parts
    for part in range(parts):
        own = part_of == part
        found = _distinct(codes[own], owners[own])
        sizes += np.bincount(found[1], minlength=len(rows))
        shared.append(_repeated(*found))
    return (
        np.concatenate([s[0] for s in shared]),
        np.concatenate([s[1] for s in shared]),
        sizes,
    )


def _distinct(codes: Ints, owners: Ints) -> tuple[Ints, Ints]:
    """Return codes with their owners in order, each pair once."""
    order = np.lexsort((owners, codes))
    codes, owners = codes[order], owners[order]
    new = np.ones(len(codes), np.bool_)
    new[1:] = (codes[1:] != codes[:-1]) | (owners[1:] != owners[:-1])
    return codes[new], owners[new]


def _repeated(codes: Ints, owners: Ints) -> tuple[Ints, Ints]:
    """Return the codes that stand more than once; equal ones are neighbours."""
    again = np.zeros(len(codes), np.bool_)
    again[1:] = codes[1:] == codes[:-1]
    again[:-1] |= again[1:]
    return codes[again], owners[again]


def _apart(
    owners: Ints, begins: Ints, lengths: Ints, distance: int, *, most: int
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the pairs of owners of one shingle that stand so far apart."""
    fits = (lengths > distance) & (lengths <= most)
    counts = lengths[fits] - distance
    starts = np.repeat(begins[fits] - np.cumsum(counts) + counts, counts)
    left = starts + np.arange(int(counts.sum()))
    return np.stack([owners[left], owners[left + distance]], axis=1)


def _compare(
    rows: Sequence[Ints], pairs: Sequence[tuple[int, int]], firsts: Sequence[int]
) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs that are copies of the whole, and those that share a part."""
    near: list[Pair] = []
    parts: list[Pair] = []
    for left, right in pairs:
        a, b = rows[firsts[left]][:MAX_ALIGNED], rows[firsts[right]][:MAX_ALIGNED]
        matcher = SequenceMatcher(None, a.tolist(), b.tolist(), autojunk=False)
        blocks = [block.size for block in matcher.get_matching_blocks()]
        pair = Pair(left, right, 2 * sum(blocks) / (len(a) + len(b)))
        if pair.similarity >= NEAR and min(len(a), len(b)) >= MIN_WORDS:
            near.append(pair)
        elif max(blocks) >= PART_WORDS:
            parts.append(pair)
    return near, parts


def _join(count: int, pairs: Sequence[Pair]) -> list[int]:
    """Return for each the number of its group: those that pairs connect."""
    group = list(range(count))

    def root(one: int) -> int:
        while group[one] != one:
            group[one] = group[group[one]]
            one = group[one]
        return one

    for pair in pairs:
        left, right = sorted((root(pair.left), root(pair.right)))
        group[right] = left
    return [root(one) for one in range(count)]


def _weakest(group_of: Sequence[int], near: Sequence[Pair]) -> dict[int, float]:
    """Return by group the lowest of its members' likenesses to their next of kin."""
    best: dict[int, float] = {}
    for pair in near:
        for one in (pair.left, pair.right):
            best[one] = max(best.get(one, 0.0), pair.similarity)
    weakest: dict[int, float] = {}
    for one, similarity in best.items():
        group = group_of[one]
        weakest[group] = min(weakest.get(group, 1.0), similarity)
    return weakest


def _whole(
    comments: Sequence[Comment], places: Sequence[int], similarity: float
) -> Copies:
    """Return a group, with what each has in common with the first of them."""
    vocabulary = Vocabulary()
    first = _words(comments[places[0]], vocabulary)
    spans = []
    for place in places:
        row = _words(comments[place], vocabulary)
        runs = align(first, row)
        last = runs[-1]
        spans.append(
            Span(row[runs[0][1]].span.start, row[last[1] + last[2] - 1].span.end)
        )
    return Copies(
        comments=tuple(comments[place].n for place in places),
        similarity=round(similarity, 2),
        spans=tuple(spans),
    )


def _part(comments: Sequence[Comment], left: int, right: int) -> Copies:
    """Return a pair with the longest row of words that both have."""
    vocabulary = Vocabulary()
    places = sorted((left, right))
    words = [_words(comments[place], vocabulary) for place in places]
    *starts, size = max(align(*words), key=lambda run: run[2])
    shorter = min(len(row[:MAX_ALIGNED]) for row in words)
    return Copies(
        comments=tuple(comments[place].n for place in places),
        similarity=round(min(size / shorter, NEAR - 0.01), 2),
        spans=tuple(
            Span(row[at].span.start, row[at + size - 1].span.end)
            for row, at in zip(words, starts, strict=True)
        ),
    )


def _words(comment: Comment, vocabulary: Vocabulary) -> list[Word]:
    return [w for w in cut_words(comment.text, vocabulary) if w.number != BREAK]


def _units(
    comments: Sequence[Comment], groups: Sequence[Sequence[int]]
) -> tuple[int, ...]:
    """Return for each comment who counts as its author."""
    numbers: dict[str, int] = {}
    authors = [numbers.setdefault(one.author, len(numbers)) for one in comments]
    links = [
        Pair(authors[places[0]], authors[place], 1.0)
        for places in groups
        for place in places[1:]
    ]
    joined = _join(len(numbers), links)
    return tuple(joined[author] for author in authors)
