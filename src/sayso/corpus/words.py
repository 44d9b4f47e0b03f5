"""Comments as numbers: words folded and stemmed, with a break where a clause ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from sayso.record import Span

Ints = np.ndarray[Any, np.dtype[Any]]
"""Whole numbers: int32 for words, as a million comments have 30 million of them."""

BREAK = -1
MAX_CHARS = 100_000  # of one comment; the longest seen in real threads has 12,000

# Characters without width or that turn the direction: they must not cut a word.
_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_TOKEN = re.compile(
    r"(?:https?://|www\.)\S+"
    rf"|[^\W_]+(?:['’{_HIDDEN}]+[^\W_]+)*"
    r"|[^\w\s'’\"“”‘*_~\-‐‑–]|\n\s*\n"
)
_NO_LETTER = re.compile(rf"[{_HIDDEN}]")
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"([^aeioulsz])\1$")


class Word(NamedTuple):
    """One word of a comment."""

    span: Span
    """In the comment's text."""
    number: int
    """In the vocabulary; BREAK for punctuation, an address or an end of clause."""


class Vocabulary(dict[str, int]):
    """Number of each word as written; forms of one stem share a number."""

    def __init__(self) -> None:
        super().__init__()
        self.stems: list[str] = []
        self._numbers: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        number = BREAK
        if word[0].isalnum() and "://" not in word and not word.startswith("www."):
            found = stem(word)
            number = self._numbers.setdefault(found, len(self.stems))
            if number == len(self.stems):
                self.stems.append(found)
        self[word] = number
        return number


class Words(NamedTuple):
    """The words of many comments one after another, a BREAK behind each comment."""

    numbers: Ints
    comments: Ints
    """For each word the place of its comment in the list."""
    sizes: Ints
    """Number of words of each comment."""


def number_words(texts: Iterable[str], vocabulary: Vocabulary) -> Words:
    """Return the words of all texts as numbers; one pass, texts are not kept.

    Of each text the first `MAX_CHARS` count.
    """
    rows: list[np.ndarray[Any, np.dtype[np.int32]]] = []
    find = _TOKEN.findall
    look = vocabulary.__getitem__
    for text in texts:
        row = [look(word) for word in find(text[:MAX_CHARS])]
        row.append(BREAK)
        rows.append(np.array(row, np.int32))
    lengths = np.array([len(row) for row in rows], np.int64)
    numbers = np.concatenate(rows) if rows else np.zeros(0, np.int32)
    comments = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
    sizes = np.bincount(comments[numbers != BREAK], minlength=len(rows))
    return Words(numbers, comments, sizes)


def cut_words(text: str, vocabulary: Vocabulary) -> list[Word]:
    """Return the words of one text with their places, as `number_words` counts them."""
    found = _TOKEN.finditer(text[:MAX_CHARS])
    return [Word(Span(*one.span()), vocabulary[one.group()]) for one in found]


def stem(word: str) -> str:
    """Return what the forms of a word share: "taxes", "taxed", "taxing" give "tax".

    English plural, past and -ing endings alone, so that words of different meaning
    seldom meet; what comes out need not be a word.
    """
    folded = _NO_LETTER.sub("", word).casefold().replace("’", "'")
    folded = folded.removesuffix("'s").removesuffix("'")
    if not folded.isascii() or len(folded) < 4:
        return folded
    return _even(_without_tense(_without_plural(folded)))


def find_all(needle: Sequence[int], words: Sequence[Word]) -> list[Span]:
    """Return the spans where the words stand in that order without a break."""
    size = len(needle)
    wanted = list(needle)
    numbers = [word.number for word in words]
    return [
        Span(words[at].span.start, words[at + size - 1].span.end)
        for at in range(len(words) - size + 1)
        if numbers[at] == wanted[0] and numbers[at : at + size] == wanted
    ]


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_tense(word: str) -> str:
    if word.endswith("ied") and len(word) > 4:
        return f"{word[:-3]}y"
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and _VOWEL.search(rest):
            return _DOUBLED.sub(r"\1", rest)
    return word


def _even(word: str) -> str:
    """Return one form for "raise" and "rais", "carry" and "carri"."""
    if len(word) > 3 and word.endswith("e"):
        return word[:-1]
    if len(word) > 3 and word.endswith("y"):
        return f"{word[:-1]}i"
    return word
