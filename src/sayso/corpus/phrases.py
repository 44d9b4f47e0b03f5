"""Phrases that several authors share, counted exactly for threads of any size.

A phrase can be shared only if its parts are. So phrases grow word by word from parts
that enough authors share; all the rest drops out early. Everything is integer arrays,
a chunk of comments at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from sayso.corpus.pages import Ints
from sayso.corpus.spread import Chunks, Spread
from sayso.corpus.words import BREAK, Flags, Part, Words

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
        task = partial(_find_places, self.marks.read, wanted)
        found = self.marks.spread.map(task, *self.marks.columns)
        for begin, (starts, numbers) in zip(self.marks.begins, found, strict=True):
            if len(starts):
                yield starts + begin, numbers


class _Marks(NamedTuple):
    """Where the phrases of one length start, by chunk."""

    kinds: int
    columns: tuple[Chunks, ...]
    read: Callable[..., tuple[Ints, Ints]]
    """Makes of the arrays of a chunk the places in it where phrases start, sorted, and
    the number of the phrase at each."""
    begins: list[int]
    """Of each chunk in all words."""
    spread: Spread


def _find_places(
    read: Callable[..., tuple[Ints, Ints]], wanted: Ints, *arrays: Ints
) -> tuple[Ints, Ints]:
    """Return where in a chunk wanted phrases start, and their new numbers."""
    starts, numbers = read(*arrays)
    own = np.flatnonzero(wanted[numbers] != BREAK)
    return starts[own].astype(np.int64), wanted[numbers[own]]


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
    counted = words.spread.map(partial(_count_places, edges), words.chunks)
    candidates = sum(counted)
    grams: Ints = np.arange(len(edges), dtype=np.int32)[:, None]
    marks = _mark_words(words, len(edges), at_least)
    found: list[Shared] = []
    for _ in range(2, MAX_WORDS + 1):
        codes, users = _count_units(words, units, marks, at_least)
        if not len(codes):
            break
        left, right = codes // marks.kinds, codes % marks.kinds
        grams = np.concatenate([grams[left], grams[right][:, -1:]], axis=1)
        marks, uses = _mark(marks, codes)
        good = np.flatnonzero(edges[grams[:, 0]] & edges[grams[:, -1]])
        level = Shared(grams[good], users[good], uses[good], marks, good)
        candidates += len(good) - int(level.uses.sum())
        if len(good):
            found.append(level)
    return tuple(found), candidates


def _count_places(edges: Flags, numbers: Ints) -> int:
    """Return how many places of a chunk begin a phrase, added up over all lengths."""
    total = 0
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
    chunks = range(len(words.chunks))
    return _Marks(
        kinds=vocabulary,
        columns=(words.chunks,),
        read=partial(_read_words, often),
        begins=[words.begin_of_chunk(chunk) for chunk in chunks],
        spread=words.spread,
    )


def _read_words(often: Flags, numbers: Ints) -> tuple[Ints, Ints]:
    starts = np.flatnonzero(often[numbers]).astype(np.int32)
    return starts, numbers[starts]


def _read_marks(starts: Ints, numbers: Ints) -> tuple[Ints, Ints]:
    return starts, numbers


class _Longer(NamedTuple):
    """Finds where phrases go on with another of their length."""

    read: Callable[..., tuple[Ints, Ints]]
    kinds: int

    def __call__(self, *arrays: Ints) -> tuple[Ints, Ints]:
        """Return the places in a chunk, and a code for the two phrases together."""
        starts, numbers = self.read(*arrays)
        goes_on = np.flatnonzero(starts[1:] == starts[:-1] + 1)
        codes = numbers[goes_on].astype(np.int64) * self.kinds + numbers[goes_on + 1]
        return starts[goes_on], codes


def _count_units(
    words: Words, units: Ints, marks: _Marks, at_least: int
) -> tuple[Ints, Ints]:
    """Return the codes of the longer phrases that enough authors use, and how many."""
    if not len(words.chunks):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    longer = _Longer(marks.read, marks.kinds)
    # A table of counts by hash leaves out nearly all that is too seldom, with little
    # memory.
    mask = (1 << min(words.total.bit_length() + 2, MAX_SLOT_BITS)) - 1
    counts = words.spread.sum(partial(_count_slots, longer, mask), *marks.columns)
    table = words.spread.table(words.total)
    task = partial(_find_users, longer, counts >= at_least)
    table.fill(task, words.parts(), words.by_chunk(units), *marks.columns)
    both = np.concatenate(list(table.shared(at_least, _count_owners)), axis=1)
    codes, users = both[:, np.argsort(both[0])]
    return codes, users


def _slots(codes: Ints, mask: int) -> Ints:
    # The upper half of the product: its lower bits would be those of the code.
    slots: Ints = ((codes * 0x9E3779B97F4A7C1) >> 24) & mask
    return slots


def _count_slots(longer: _Longer, mask: int, *arrays: Ints) -> Ints:
    codes = longer(*arrays)[1]
    return np.bincount(_slots(codes, mask), minlength=mask + 1).astype(np.int32)


def _find_users(
    longer: _Longer, often: Flags, part: Part, units: Ints, *arrays: Ints
) -> tuple[Ints, Ints, None]:
    """Return the codes in a chunk that are perhaps frequent, and their authors."""
    starts, codes = longer(*arrays)
    kept = often[_slots(codes, len(often) - 1)]
    return codes[kept], units[part.owners[starts[kept]] - part.first], None


def _count_owners(keys: Ints, _: Ints) -> Ints:
    return np.stack(np.unique(keys, return_counts=True))


def _mark(marks: _Marks, codes: Ints) -> tuple[_Marks, Ints]:
    """Return where the longer phrases start, and how often each stands at all."""
    longer = _Longer(marks.read, marks.kinds)
    spread = marks.spread
    columns = spread.keep(partial(_number_longer, longer, codes), *marks.columns)
    uses = spread.sum(partial(np.bincount, minlength=len(codes)), columns[1])
    return _Marks(len(codes), columns, _read_marks, marks.begins, spread), uses


def _number_longer(longer: _Longer, codes: Ints, *arrays: Ints) -> tuple[Ints, Ints]:
    """Return where the phrases of some codes start in a chunk, and their numbers."""
    starts, found = longer(*arrays)
    numbers = np.minimum(np.searchsorted(codes, found), len(codes) - 1)
    own = codes[numbers] == found
    return starts[own], numbers[own].astype(np.int32)
