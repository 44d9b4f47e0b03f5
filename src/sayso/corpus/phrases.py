"""Phrases that several authors share, counted exactly for threads of any size.

A phrase can be shared only if its parts are. So phrases grow word by word from parts
that enough authors share; all the rest drops out early. Everything is integer arrays:
a million comments take one sort a phrase length.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sayso.corpus.words import BREAK, Ints, Words

Flags = np.ndarray[Any, np.dtype[np.bool_]]
MAX_WORDS = 8
MAX_SLOT_BITS = 24  # of the table of counts: 64 MiB
PIECE = 1 << 22  # codes counted at a time


class Shared(NamedTuple):
    """Phrases of one length; each number is a phrase's place in the arrays."""

    length: int
    firsts: Ints
    """One place of each phrase in `Words.numbers`."""
    units: Ints
    """How many authors use each phrase."""
    starts: Ints
    """All places of all phrases, ordered by phrase."""
    phrases: Ints
    """The phrase at each of `starts`."""


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
    author = units.astype(np.int32)[words.comments]
    is_edge = np.append(edges, [False])[words.numbers]  # BREAK is the last
    room = _room(words.numbers)
    labels = _label_words(words.numbers, author, at_least)
    found: list[Shared] = []
    candidates = 0
    for length in range(2, MAX_WORDS + 1):
        fits = np.zeros(len(labels), np.bool_)
        last = len(labels) - length + 1
        if last > 0:
            fits[:last] = is_edge[:last] & is_edge[length - 1 :]
            fits &= room >= length
        labels, level = _grow(labels, author, length, at_least)
        level = _only(level, fits)
        candidates += int(fits.sum()) - len(level.starts) + len(level.firsts)
        if len(level.firsts):
            found.append(level)
        if not (labels >= 0).any():
            candidates += _longer(is_edge, room, length)
            break
    return tuple(found), candidates


def _longer(is_edge: Flags, room: Ints, length: int) -> int:
    """Return how many places have a phrase longer than `length`, up to the longest."""
    total = 0
    for size in range(length + 1, MAX_WORDS + 1):
        last = len(room) - size + 1
        if last > 0:
            fits = is_edge[:last] & is_edge[size - 1 :] & (room[:last] >= size)
            total += int(fits.sum())
    return total


def _room(numbers: Ints) -> Ints:
    """Return for each place how many words follow in its clause, itself included."""
    places = np.arange(len(numbers), dtype=np.int32)
    stops = np.where(numbers == BREAK, places, len(numbers))
    following = np.minimum.accumulate(stops[::-1])[::-1]
    room: Ints = (following - places).astype(np.int32)
    return room


def _label_words(numbers: Ints, author: Ints, at_least: int) -> Ints:
    """Return the words that enough authors use as they are, all others as BREAK."""
    size = int(numbers.max(initial=-1)) + 1
    often = np.bincount(numbers[numbers >= 0], minlength=size) >= at_least
    kept = np.append(often, [False])[numbers]
    labels: Ints = np.where(kept, numbers, BREAK)
    return labels


def _grow(
    labels: Ints, author: Ints, length: int, at_least: int
) -> tuple[Ints, Shared]:
    """Return labels and phrases one word longer than those that `labels` number."""
    size = int(labels.max(initial=-1)) + 1
    both = np.flatnonzero((labels[:-1] >= 0) & (labels[1:] >= 0)).astype(np.int32)
    codes = labels[both].astype(np.int64) * size + labels[both + 1]
    often = _frequent(codes, at_least)
    both, codes = both[often], codes[often]
    _, inverse = np.unique(codes, return_inverse=True)
    count = int(inverse.max(initial=-1)) + 1
    units = _count_units(inverse, author[both], count)
    keeps = units >= at_least
    renumber = np.where(keeps, np.cumsum(keeps) - 1, BREAK)
    phrase = renumber[inverse]
    starts, phrase = both[phrase >= 0], phrase[phrase >= 0]
    longer = np.full(len(labels), BREAK, np.int32)
    longer[starts] = phrase
    order = np.argsort(phrase, kind="stable")
    starts, phrase = starts[order], phrase[order]
    firsts = starts[np.searchsorted(phrase, np.arange(int(keeps.sum())))]
    return longer, Shared(length, firsts, units[keeps], starts, phrase)


def _frequent(codes: Ints, at_least: int) -> Flags:
    """Tell which codes may stand often enough; seldom ones are nearly all left out.

    A table of counts by hash finds that in two passes, with little memory beside it.
    """
    bits = min(len(codes).bit_length() + 2, MAX_SLOT_BITS)
    table = np.zeros(1 << bits, np.int32)
    pieces = range(0, len(codes), PIECE)

    def slots(start: int) -> Ints:
        spread: Ints = (codes[start : start + PIECE] * 0x9E3779B1) & ((1 << bits) - 1)
        return spread

    for start in pieces:
        found, counts = np.unique(slots(start), return_counts=True)
        table[found] += counts.astype(np.int32)
    often = [table[slots(start)] >= at_least for start in pieces]
    return np.concatenate([*often, np.zeros(0, np.bool_)])


def _count_units(phrases: Ints, authors: Ints, count: int) -> Ints:
    """Return how many different authors each phrase has."""
    if not count:
        return np.zeros(0, np.int64)
    width = int(authors.max()) + 1
    pairs = np.unique(phrases.astype(np.int64) * width + authors)
    return np.bincount(pairs // width, minlength=count)


def _only(level: Shared, fits: Flags) -> Shared:
    """Return the phrases that may stand alone, numbered anew."""
    good = fits[level.firsts]
    renumber = np.where(good, np.cumsum(good) - 1, BREAK)
    kept = renumber[level.phrases] if len(level.phrases) else level.phrases
    return Shared(
        level.length,
        level.firsts[good],
        level.units[good],
        level.starts[kept >= 0],
        kept[kept >= 0],
    )
