"""Counts of words and phrases in a body of texts, for a background table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sayso.corpus.words import BREAK, Vocabulary, number_words
from sayso.vocab.background import ALL_WORDS

MAX_LENGTH = 3
MIN_PHRASE_COUNT = 2


def count_phrases(texts: Iterable[str]) -> Counter[str]:
    """Return counts of stems and of phrases up to `MAX_LENGTH`; `*` counts all words.

    Phrases that stand once are left out: the table would be mostly of them.
    """
    vocabulary = Vocabulary()
    words = number_words(texts, vocabulary)
    numbers = [number for chunk in words.chunks for number in chunk.tolist()]
    stems = vocabulary.stems
    counts: Counter[str] = Counter()
    for length in range(1, MAX_LENGTH + 1):
        grams = zip(*(numbers[at:] for at in range(length)), strict=False)
        found = Counter(gram for gram in grams if BREAK not in gram)
        least = 1 if length == 1 else MIN_PHRASE_COUNT
        for gram, count in found.items():
            if count >= least:
                counts[" ".join(stems[number] for number in gram)] = count
        if length == 1:
            counts[ALL_WORDS] = sum(found.values())
    return counts
