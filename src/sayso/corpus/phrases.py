"""Phrases that several authors share, counted exactly for threads of any size.

A phrase can be shared only if its parts are. So phrases grow word by word from parts
that enough authors share; all the rest drops out early. Everything is integer arrays,
a chunk of comments at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from sayso.corpus.keys import KeyTable
from sayso.corpus.pages import Ints, Pages
from sayso.corpus.words import BREAK, Words

Flags = np.ndarray[Any, np.dtype[np.bool_]]
MAX_WORDS = 8
MAX_SLOT_BITS = 22  # of the table of counts: 16 MiB


class Shared(NamedTuple):
    """Phrases of one length; a phrase is a row of these arrays."""

    grams: Ints
    """Words of each phrase, int32 (phrases, length)."""
    units: Ints
    """How many authors use each phrase."""
    uses: Ints
    """How often each phrase stands in the comments."""
    marks: _Marks
    numbers: Ints
    """What each phrase is called in `marks`."""

    @property
    def length(self) -> int:
        """Number of words of each phrase."""
        return int(self.grams.shape[1])

    def places(self, phrases: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Yield places in all words and the phrase there, for some of the phrases."""
        wanted = np.full(self.marks.kinds, BREAK, np.int32)
        wanted[self.numbers[phrases]] = phrases
        for chunk in range(self.marks.chunks):
            starts, numbers = self.marks.at(chunk)
            own = np.flatnonzero(wanted[numbers] != BREAK)
            if len(own):
                begin = self.marks.begin(chunk)
                yield starts[own].astype(np.int64) + begin, wanted[numbers[own]]


class _Marks(NamedTuple):
    """Where the phrases of one length start, by chunk."""

    kinds: int
    chunks: int
    at: Callable[[int], tuple[Ints, Ints]]
    """Places within a chunk, sorted, and the number of the phrase at each."""
    begin: Callable[[int], int]


def find_shared(
    words: Words, units: Ints, *, at_least: int, edges: Flags
) -> tuple[tuple[Shared, ...], int]:
    """Return the phrases of two and more words that enough authors share.

    Args:
        words: All comments.
        units: For each comment the number of its author, near-copies being one author.
        at_least: How many authors a phrase needs.
        edges: For each word of the vocabulary, whether a phrase may begin or end so.

    Returns:
        The phrases by length, and how many different phrases there were to begin with,
        each of which could have been shared. Places where no phrase of the length is
        shared count as different phrases, which errs on the safe side.
    """
    candidates = _count_places(words, edges)
    grams: Ints = np.arange(len(edges), dtype=np.int32)[:, None]
    marks = _mark_words(words, len(edges), at_least)
    found: list[Shared] = []
    for _ in range(2, MAX_WORDS + 1):
        codes, users = _count_units(words, units, marks, at_least)
        if not len(codes):
            break
        left, right = codes // marks.kinds, codes % marks.kinds
        grams = np.concatenate([grams[left], grams[right][:, -1:]], axis=1)
        marks, uses = _mark(words, marks, codes)
        good = np.flatnonzero(edges[grams[:, 0]] & edges[grams[:, -1]])
        level = Shared(grams[good], users[good], uses[good], marks, good)
        candidates += len(good) - int(level.uses.sum())
        if len(good):
            found.append(level)
    return tuple(found), candidates


def _count_places(words: Words, edges: Flags) -> int:
    """Return how many places begin a phrase of a length, over all lengths."""
    total = 0
    for numbers in words.chunks:
        is_edge = np.append(edges, [False])[numbers]  # BREAK is the last
        places = np.arange(len(numbers), dtype=np.int32)
        stops = np.where(numbers == BREAK, places, len(numbers))
        room = np.minimum.accumulate(stops[::-1])[::-1] - places
        for size in range(2, MAX_WORDS + 1):
            last = max(len(numbers) - size + 1, 0)
            fits = is_edge[:last] & is_edge[size - 1 :] & (room[:last] >= size)
            total += int(np.count_nonzero(fits))
    return total


def _mark_words(words: Words, vocabulary: int, at_least: int) -> _Marks:
    """Return where the words stand that may have enough authors."""
    uses = words.count_uses(vocabulary)
    often = np.append(uses >= at_least, [False])  # BREAK is the last

    def at(chunk: int) -> tuple[Ints, Ints]:
        numbers = words.chunks[chunk]
        starts = np.flatnonzero(often[numbers]).astype(np.int32)
        return starts, numbers[starts]

    return _Marks(vocabulary, len(words.chunks), at, words.begin_of_chunk)


def _longer(marks: _Marks, chunk: int) -> tuple[Ints, Ints]:
    """Return where a phrase goes on with another, and a code for the two together."""
    starts, numbers = marks.at(chunk)
    goes_on = np.flatnonzero(starts[1:] == starts[:-1] + 1)
    codes = numbers[goes_on].astype(np.int64) * marks.kinds + numbers[goes_on + 1]
    return starts[goes_on], codes


def _count_units(
    words: Words, units: Ints, marks: _Marks, at_least: int
) -> tuple[Ints, Ints]:
    """Return the codes of the longer phrases that enough authors use, and how many."""
    often = _Often(words.total, at_least)
    for chunk in range(marks.chunks):
        often.add(_longer(marks, chunk)[1])
    table = KeyTable()
    for chunk in range(marks.chunks):
        starts, codes = _longer(marks, chunk)
        kept = often.has(codes)
        if kept.any():
            table.add(codes[kept], units[words.owners(chunk)[starts[kept]]])
    kinds = [np.zeros((2, 0), np.int64)]
    for keys, _ in table.shared(at_least):
        kinds.append(np.stack(np.unique(keys, return_counts=True)))
    both = np.concatenate(kinds, axis=1)
    codes, users = both[:, np.argsort(both[0])]
    return codes, users


def _mark(words: Words, marks: _Marks, codes: Ints) -> tuple[_Marks, Ints]:
    """Return where the longer phrases start, and how often each stands at all."""
    starts_of, numbers_of = Pages(), Pages()
    uses = np.zeros(len(codes), np.int64)
    for chunk in range(marks.chunks):
        starts, found = _longer(marks, chunk)
        numbers = np.minimum(np.searchsorted(codes, found), len(codes) - 1)
        own = codes[numbers] == found
        starts_of.append(starts[own])
        numbers_of.append(numbers[own])
        uses += np.bincount(numbers[own], minlength=len(codes))

    def at(chunk: int) -> tuple[Ints, Ints]:
        return starts_of[chunk], numbers_of[chunk]

    return _Marks(len(codes), marks.chunks, at, marks.begin), uses


class _Often:
    """Tells which codes may stand often enough; seldom ones are nearly all left out.

    A table of counts by hash does that with little memory.
    """

    def __init__(self, total: int, at_least: int) -> None:
        self._mask = (1 << min(total.bit_length() + 2, MAX_SLOT_BITS)) - 1
        self._counts = np.zeros(self._mask + 1, np.int32)
        self._at_least = at_least

    def add(self, codes: Ints) -> None:
        """Count codes."""
        counts = np.bincount(self._slots(codes), minlength=self._mask + 1)
        self._counts += counts.astype(np.int32)

    def has(self, codes: Ints) -> Flags:
        """Tell which codes were perhaps added often enough."""
        often: Flags = self._counts[self._slots(codes)] >= self._at_least
        return often

    def _slots(self, codes: Ints) -> Ints:
        # The upper half of the product: its lower bits would be those of the code.
        slots: Ints = ((codes * 0x9E3779B97F4A7C1) >> 24) & self._mask
        return slots
