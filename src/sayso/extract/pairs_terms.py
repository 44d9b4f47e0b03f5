"""A marked pair as numbers: the words and vectors round and between the two.

Training and run time share these functions; a change in them means that the head must
be trained again (`python -m training.plover`). Names and figures never become terms, so
who the two are weighs as little as possible.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import takewhile

import msgspec
import numpy as np
import numpy.typing as npt

from sayso.reading.types import Reading, TokenRange
from sayso.vocab.event_words import EventWords

BUCKETS = 1 << 14
"""Terms are hashed to so many rows of the head."""
BLOCKS = 8
"""Vectors of a pair: two layers at four groups of words."""
_MAX_DEPTH = 40  # a bound for rings of heads
_NEAR, _SENTENCE = 1.0, 0.5  # weights of terms; the rest of the sentence tells less
_SHORT = 3  # letters that a stem keeps at least


class PairTerms(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One pair as the head takes it."""

    terms: npt.NDArray[np.int64]
    """int64 (terms,): numbers of hashed terms, 0 to BUCKETS - 1."""
    weights: npt.NDArray[np.float32]
    """float32 (terms,): of length 1 together."""
    vectors: npt.NDArray[np.float32]
    """float32 (BLOCKS, width): means of middle and lexical vectors of the predicates,
    what hangs on them, the words between the two, and the sentence."""


def read_pair(
    reading: Reading,
    actor: TokenRange | None,
    recipient: TokenRange | None,
    words: EventWords,
) -> PairTerms:
    """Return the terms and vectors of a pair.

    Raises:
        ValueError: Neither of the two is given, or a range is empty.
    """
    pair = _Pair(reading, actor, recipient, words)
    weights: dict[str, float] = {}
    for term, weight in pair.terms():
        weights[term] = max(weight, weights.get(term, 0.0))
    length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
    return PairTerms(
        terms=np.array([_bucket(term) for term in weights], np.int64),
        weights=np.array([w / length for w in weights.values()], np.float32),
        vectors=pair.vectors(),
    )


def stem(word: str) -> str:
    """Return a word without its commonest endings; rough, but the same each time."""
    if not word.isalpha():
        return word
    for ending, instead in (
        ("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""),
    ):  # fmt: skip
        kept = len(word) - len(ending)
        if word.endswith(ending) and kept >= _SHORT and not word.endswith("ss"):
            word = word[:kept] + instead
            break
    if len(word) > _SHORT and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word[:-1] if len(word) > _SHORT and word.endswith("e") else word


def _bucket(term: str) -> int:
    return zlib.crc32(term.encode()) % BUCKETS


class _Pair:
    """The two in their sentence, with the parse between them."""

    def __init__(
        self,
        reading: Reading,
        actor: TokenRange | None,
        recipient: TokenRange | None,
        words: EventWords,
    ) -> None:
        given = [r for r in (actor, recipient) if r is not None]
        if not given or any(start >= end for start, end in given):
            raise ValueError("a pair needs the tokens of an actor or a recipient")
        self.reading, self.words, self.given = reading, words, given

    @cached_property
    def scope(self) -> range:
        """Tokens of the sentences of both."""
        held = [
            (start, end)
            for start, end in self.reading.sentences
            if any(start < r[1] and r[0] < end for r in self.given)
        ]
        return range(held[0][0], held[-1][1])

    @cached_property
    def between(self) -> range:
        """Tokens between the two; with one alone, from there to the end."""
        if len(self.given) == 1:
            return range(self.given[0][1], self.scope.stop)
        first, second = sorted(self.given)
        return range(first[1], max(first[1], second[0]))

    @cached_property
    def stems(self) -> dict[int, str]:
        """Of each token in scope that is none of the two, no name and no figure."""
        named = {token for one in self.reading.entities for token in range(*one.tokens)}
        return {
            token: stem(self.words.lemma(self.reading.words[token]))
            for token in self.scope
            if self._is_open(token)
            and token not in named
            and self.reading.upos[token] not in {"PROPN", "NUM"}
            and not self.reading.words[token][0].isdigit()
        }

    def _is_open(self, token: int) -> bool:
        """Tell whether a token is none of the two."""
        return not any(start <= token < end for start, end in self.given)

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Tokens in scope by the word that they hang on."""
        children: dict[int, list[int]] = {}
        for token in self.scope:
            children.setdefault(self.reading.heads[token], []).append(token)
        return children

    @cached_property
    def predicates(self) -> list[int]:
        """Words on the way through the parse from the actor to the recipient."""
        return [n for n in self._way if self._is_open(n)] or [self.meeting]

    @cached_property
    def meeting(self) -> int:
        """The lowest word that both hang on; with one alone, the word above it."""
        first, *rest = self._ways
        if not rest:
            return first[:2][-1]
        return next((n for n in first if n in rest[0]), first[-1])

    @cached_property
    def _way(self) -> list[int]:
        """Tokens from one to the other, without their own heads."""
        first, *rest = self._ways
        if not rest:
            return first[1:2]
        up = first[1 : first.index(self.meeting) + 1]
        return [*up, *takewhile(lambda token: token != self.meeting, rest[0][1:])]

    @cached_property
    def _ways(self) -> list[list[int]]:
        """From the head of each of the two up to the root."""
        return [self._upwards(self._head(tokens)) for tokens in self.given]

    def _head(self, tokens: TokenRange) -> int:
        """Return the first token, no mark, that hangs on a word outside its range."""
        start, end = tokens
        return next(
            (
                n
                for n in range(start, end)
                if not start <= self.reading.heads[n] < end
                and self.reading.upos[n] != "PUNCT"
            ),
            end - 1,
        )

    def _upwards(self, token: int) -> list[int]:
        way: list[int] = []
        while token >= 0 and len(way) < _MAX_DEPTH:
            way.append(token)
            token = self.reading.heads[token]
        return way

    @cached_property
    def dependents(self) -> list[int]:
        """What hangs on the predicates: objects, particles, auxiliaries, negations."""
        return [
            child
            for predicate in self.predicates
            for child in self.children.get(predicate, ())
            if self._is_open(child)
            and self.reading.deprels[child] != "punct"
            and child not in self.predicates
        ]

    def terms(self) -> Iterator[tuple[str, float]]:
        """Give terms with their weights; some more than once."""
        above = self._upwards(self.meeting)[1:]
        yield from self._named("predicate", self.predicates, _NEAR)
        yield from self._named("dependent", self.dependents, _NEAR)
        yield from self._named("above", above, _NEAR)
        yield from self._named("between", self.between, _NEAR)
        yield from self._named("sentence", self.scope, _SENTENCE)

    def _named(
        self, where: str, tokens: Iterable[int], weight: float
    ) -> Iterator[tuple[str, float]]:
        """Give a term for each word, and one for each type that a word hints at."""
        for token in tokens:
            if token not in self.stems:
                continue
            yield f"{where}={self.stems[token]}", weight
            for kind, _ in self.words.hints(self.reading.words[token]):
                yield f"{where}:{kind}", weight

    def vectors(self) -> npt.NDArray[np.float32]:
        """Return float32 (BLOCKS, width); zeros where a group has no word."""
        layers = (self.reading.middle, self.reading.lexical)
        groups = (
            self.predicates,
            self._plain(self.dependents),
            self._plain(self.between),
            self._plain(self.scope),
        )
        return np.stack([_mean(layer, group) for layer in layers for group in groups])

    def _plain(self, tokens: Sequence[int]) -> list[int]:
        """Return the tokens that are no name or figure; all if there is none."""
        return [n for n in tokens if n in self.stems] or list(tokens)


def _mean(layer: npt.NDArray[np.float32], tokens: list[int]) -> npt.NDArray[np.float32]:
    if not tokens:
        return np.zeros(layer.shape[1], np.float32)
    mean: npt.NDArray[np.float32] = layer[tokens].mean(0, dtype=np.float32)
    return mean
