"""Copies among comments: the same words, nearly the same, or a part taken over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

import numpy as np

from sayso.corpus.likeness import PART_WORDS, find_alike, group_same
from sayso.corpus.words import BREAK, Vocabulary, Word, Words, cut_words
from sayso.record import Comment, Copies, Span

MIN_WORDS = 4  # "I agree with you" is no copy
NEAR = 0.85  # of the words in common, in order: one word of seven may differ
MAX_ALIGNED = 2_000  # words of a comment that are laid side by side
PAIRS = 20_000  # whose words are fetched at once
_BATCH = 500  # of them that are compared together


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


def find_copies(
    comments: Sequence[Comment],
    words: Words,
    vocabulary: Vocabulary,
    authors: Sequence[int],
) -> Copied:
    """Return the groups of copies, the largest first, and who counts as one author.

    Whole copies are grouped; one who copies a part is told in a pair with it.

    Args:
        comments: All comments of the thread; asked only for those that are copies.
        words: Their words.
        vocabulary: What these are numbers in.
        authors: For each comment the number of its author, from 0.
    """
    same = group_same(words)
    firsts = np.array([places[0] for places in same], np.int64)
    near, parts = _compare(words, find_alike(words, firsts))
    group_of = _join(len(words), near)
    members: dict[int, list[int]] = defaultdict(list)
    for places in same:
        members[group_of[places[0]]] += places
    whole = [
        (number, sorted(places))
        for number, places in members.items()
        if len(places) > 1 and words.sizes[places[0]] >= MIN_WORDS
    ]
    links = _weakest(group_of, near)
    groups = [
        _whole([comments[place] for place in places], links.get(number, 1), vocabulary)
        for number, places in whole
    ]
    for pair in parts:
        places = sorted((pair.left, pair.right))
        groups.append(_part([comments[place] for place in places], vocabulary))
    groups.sort(
        key=lambda one: (one.similarity < NEAR, -len(one.comments), one.comments)
    )
    return Copied(tuple(groups), _units(authors, [places for _, places in whole]))


def align(left: Sequence[Word], right: Sequence[Word]) -> list[tuple[int, int, int]]:
    """Return the runs of words in common: place in each, and length."""
    matcher = SequenceMatcher(
        None,
        [word.number for word in left[:MAX_ALIGNED]],
        [word.number for word in right[:MAX_ALIGNED]],
        autojunk=False,
    )
    return [(a, b, size) for a, b, size in matcher.get_matching_blocks() if size]


def find_changes(original: str, copy: str) -> tuple[Span, ...]:
    """Return where a copy has other words than the original, as spans of the copy.

    Words side by side make one span; case, marks and endings are no change.
    """
    vocabulary = Vocabulary()
    left, right = _words(original, vocabulary), _words(copy, vocabulary)
    end, changed = 0, []
    for _, start, size in (*align(left, right), (0, len(right), 0)):
        if start > end:
            changed.append(Span(right[end].span.start, right[start - 1].span.end))
        end = start + size
    return tuple(changed)


def _compare(
    words: Words, pairs: Iterable[tuple[int, int]]
) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs that are copies of the whole, and those that share a part."""
    near: list[Pair] = []
    parts: list[Pair] = []
    pairs = iter(pairs)
    while some := list(islice(pairs, PAIRS)):
        found = words.spread.map(_lay_side_by_side, _batches(words, some))
        measures = (one for batch in found for one in batch)
        for (left, right), measure in zip(some, measures, strict=True):
            pair = Pair(left, right, measure.similarity)
            if pair.similarity >= NEAR and measure.shorter >= MIN_WORDS:
                near.append(pair)
            elif measure.longest_run >= PART_WORDS:
                parts.append(pair)
    return near, parts


class _Measure(NamedTuple):
    """What two comments have in common."""

    similarity: float
    longest_run: int
    shorter: int
    """Words of the shorter one."""


def _batches(
    words: Words, pairs: Sequence[tuple[int, int]]
) -> Iterator[list[tuple[list[int], list[int]]]]:
    """Yield the words of pairs of comments."""
    places = sorted({place for pair in pairs for place in pair})
    rows = dict(zip(places, words.rows(places), strict=True))
    for at in range(0, len(pairs), _BATCH):
        yield [
            (rows[left][:MAX_ALIGNED].tolist(), rows[right][:MAX_ALIGNED].tolist())
            for left, right in pairs[at : at + _BATCH]
        ]


def _lay_side_by_side(pairs: list[tuple[list[int], list[int]]]) -> list[_Measure]:
    measures = []
    for a, b in pairs:
        matcher = SequenceMatcher(None, a, b, autojunk=False)
        blocks = [block.size for block in matcher.get_matching_blocks()]
        similarity = 2 * sum(blocks) / (len(a) + len(b))
        measures.append(_Measure(similarity, max(blocks), min(len(a), len(b))))
    return measures


def _join(count: int, pairs: Iterable[Pair]) -> list[int]:
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


def _whole(own: Sequence[Comment], similarity: float, vocabulary: Vocabulary) -> Copies:
    """Return a group, with what each has in common with the first of them."""
    first = _words(own[0].text, vocabulary)
    known: dict[str, Span] = {}
    for text in (one.text for one in own):
        if text not in known:
            row = _words(text, vocabulary)
            runs = align(first, row)
            last = row[runs[-1][1] + runs[-1][2] - 1]
            known[text] = Span(row[runs[0][1]].span.start, last.span.end)
    return Copies(
        comments=tuple(one.n for one in own),
        similarity=round(similarity, 2),
        spans=tuple(known[one.text] for one in own),
    )


def _part(own: Sequence[Comment], vocabulary: Vocabulary) -> Copies:
    """Return a pair with the longest row of words that both have."""
    words = [_words(one.text, vocabulary) for one in own]
    *starts, size = max(align(*words), key=lambda run: run[2])
    shorter = min(len(row[:MAX_ALIGNED]) for row in words)
    return Copies(
        comments=tuple(one.n for one in own),
        similarity=round(min(size / shorter, NEAR - 0.01), 2),
        spans=tuple(
            Span(row[at].span.start, row[at + size - 1].span.end)
            for row, at in zip(words, starts, strict=True)
        ),
    )


def _words(text: str, vocabulary: Vocabulary) -> list[Word]:
    return [word for word in cut_words(text, vocabulary) if word.number != BREAK]


def _units(authors: Sequence[int], groups: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return for each comment who counts as its author."""
    links = [
        Pair(authors[places[0]], authors[place], 1.0)
        for places in groups
        for place in places[1:]
    ]
    joined = _join(max(authors, default=-1) + 1, links)
    return tuple(joined[author] for author in authors)
