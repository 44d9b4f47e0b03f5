"""Comments as numbers: words folded and stemmed, with a break where a clause ends."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from sayso.corpus.pages import Ints
from sayso.corpus.spread import HERE, Chunks, Here, Spread
from sayso.record import Span

Flags = np.ndarray[Any, np.dtype[np.bool_]]
BREAK = -1
CHUNK_WORDS = 1 << 20
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

    def take(self, stems: Iterable[str]) -> Ints:
        """Return the numbers of some stems, which are new or not."""
        numbers = array("i")
        for one in stems:
            number = self._numbers.setdefault(one, len(self.stems))
            if number == len(self.stems):
                self.stems.append(one)
            numbers.append(number)
        return np.array(numbers)


class Part(NamedTuple):
    """Which comments a chunk holds."""

    first: int
    """Of them, by its number from 0."""
    lengths: Ints
    """Words and BREAKs of each."""

    @property
    def owners(self) -> Ints:
        """For each word of the chunk the number of its comment."""
        numbers = np.arange(len(self.lengths), dtype=np.int32) + self.first
        owners: Ints = np.repeat(numbers.astype(np.int32), self.lengths)
        return owners


class Words:
    """The words of many comments in chunks of whole comments, a BREAK behind each.

    A word's place is its number in the row of all words and BREAKs of all comments.
    """

    def __init__(
        self,
        chunks: Chunks,
        firsts: Ints,
        begins: Ints,
        sizes: Ints,
        spread: Spread = HERE,
    ) -> None:
        self.chunks = chunks
        self.spread = spread
        """Where work on the chunks is done."""
        self.sizes = sizes
        """Number of words of each comment, BREAKs not counted."""
        self._firsts = firsts  # comment of each chunk, and one past the last
        self._begins = begins  # place of each comment, and one past the last

    def __len__(self) -> int:
        """Tell how many comments there are."""
        return len(self.sizes)

    @property
    def total(self) -> int:
        """Number of all words and BREAKs."""
        return int(self._begins[-1])

    def begin(self, comment: int) -> int:
        """Return the place of the first word of a comment."""
        return int(self._begins[comment])

    def begin_of_chunk(self, chunk: int) -> int:
        """Return the place of the first word of a chunk."""
        return self.begin(self._firsts[chunk])

    def comments_in(self, chunk: int) -> tuple[int, int]:
        """Return the first comment of a chunk, and the one behind its last."""
        return int(self._firsts[chunk]), int(self._firsts[chunk + 1])

    def parts(self) -> Iterator[Part]:
        """Give for each chunk which comments it holds."""
        for chunk in range(len(self.chunks)):
            first, end = self.comments_in(chunk)
            yield Part(first, np.diff(self._begins[first : end + 1]))

    def comments_at(self, places: Ints) -> Ints:
        """Return for each place the number of its comment."""
        found: Ints = np.searchsorted(self._begins, places, side="right") - 1
        return found

    def by_chunk(self, values: Ints | Flags) -> Iterator[Any]:
        """Give for each chunk the values of its comments, out of those of all."""
        for chunk in range(len(self.chunks)):
            first, end = self.comments_in(chunk)
            yield values[first:end]

    def count_uses(self, vocabulary: int) -> Ints:
        """Return how often each word of a vocabulary of that size stands."""
        if not len(self.chunks):
            return np.zeros(vocabulary, np.int64)
        return self.spread.sum(partial(_count, vocabulary), self.chunks)

    def rows(self, comments: Sequence[int]) -> list[Ints]:
        """Return the words of some comments, without BREAKs."""
        places = np.asarray(comments, np.int64)
        chunks = np.searchsorted(self._firsts, places, side="right") - 1
        before = self._begins[self._firsts[chunks]]
        starts, ends = self._begins[places] - before, self._begins[places + 1] - before
        wanted = zip(chunks.tolist(), starts.tolist(), ends.tolist(), strict=True)
        return [row[row != BREAK] for row in self.chunks.parts(wanted)]


def _count(vocabulary: int, numbers: Ints) -> Ints:
    return np.bincount(numbers[numbers != BREAK], minlength=vocabulary)


def number_words(
    texts: Iterable[str], vocabulary: Vocabulary, spread: Here = HERE
) -> Words:
    """Return the words of all texts as numbers; one pass, texts are not kept.

    Of each text the first `MAX_CHARS` count.
    """
    chunks, firsts = spread.pages(), [0]
    begins, sizes = array("q", [0]), array("i")
    find, look = _TOKEN.findall, vocabulary.__getitem__
    chunk, before = array("i"), 0
    for text in texts:
        row = [look(word) for word in find(text[:MAX_CHARS])]
        sizes.append(len(row) - row.count(BREAK))
        row.append(BREAK)
        chunk.extend(row)
        begins.append(before + len(chunk))
        if len(chunk) >= CHUNK_WORDS:
            chunks.append(np.array(chunk, np.int32))
            firsts.append(len(sizes))
            chunk, before = array("i"), begins[-1]
    if chunk:
        chunks.append(np.array(chunk, np.int32))
        firsts.append(len(sizes))
    ends = np.array(firsts), np.array(begins), np.array(sizes)
    return Words(chunks, *ends, spread)


def cut_words(text: str, vocabulary: Vocabulary) -> list[Word]:
    """Return the words of one text with their places, as `number_words` counts them."""
    found = _TOKEN.finditer(text[:MAX_CHARS])
    return [Word(Span(*one.span()), vocabulary[one.group()]) for one in found]


def cut_spans(text: str) -> list[Span]:
    """Return the places of what `cut_words` cuts, BREAKs too."""
    return [Span(*one.span()) for one in _TOKEN.finditer(text[:MAX_CHARS])]


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
