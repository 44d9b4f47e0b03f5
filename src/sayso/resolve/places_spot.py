"""Toponyms: the words of a report that name a place, and how each is used.

A name is taken from the model's entities; a name that the model leaves out counts when
the gazetteer knows it and a preposition of place stands before it. Demonyms, metonyms
and names inside names of organisations tell about the scene but are no places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from sayso.reading.types import EntityMention, Reading, TokenRange
from sayso.record import Span
from sayso.vocab.gazetteer import Entry, EntryKind, Gazetteer

UNITS = frozenset(
    re.findall(
        r"\w+",
        """
        county parish province state region district governorate oblast
        department prefecture municipality territory
        """,
    )
)
TOWNS = frozenset(
    re.findall(
        r"\w+",
        """
        city town village township hamlet suburb capital port
        """,
    )
)
SIDES = frozenset(
    re.findall(
        r"\w+",
        """
        northern southern eastern western central north south east west
        northeast northwest southeast southwest northeastern northwestern
        southeastern southwestern upper lower downtown greater mainland nearby
        rural inner outer
        """,
    )
)
WHERE = frozenset(
    re.findall(
        r"\w+",
        """
        in at near from to around outside across inside toward towards
        """,
    )
)
"""Words that make a capitalised name a place if the gazetteer knows it."""
NEVER = frozenset(
    re.findall(
        r"\w+",
        """
        january february march april may june july august september october november
        december monday tuesday wednesday thursday friday saturday sunday spring summer
        autumn winter christmas easter ramadan congress parliament internet god
        """,
    )
)
"""Names of towns as well, but after "in" or "to" hardly ever."""
MAX_WORDS = 4  # of a name that is looked for inside an organisation's or on its own
MIN_PEOPLE = 15_000  # of a town whose name alone, within another name, makes a toponym
WIDE = (EntryKind.COUNTRY, EntryKind.ADMIN1, EntryKind.ADMIN2)
_EDGES = re.compile(r"^(?:[Tt]he\s+)|(?:['’]s?)$")


class Use(StrEnum):
    """What a toponym does in its sentence."""

    PLACE = "place"
    DEMONYM = "demonym"
    """It names people or is an adjective: "Malians", "Iraqi"."""
    METONYM = "metonym"
    """It speaks: "Beijing said"; the actor layer has it."""
    WITHIN = "within"
    """It is part of another name: "University of Gao"."""


class Toponym(NamedTuple):
    """Words that name a place."""

    tokens: TokenRange
    span: Span
    name: str
    """The words under which it is looked up."""
    use: Use
    entries: tuple[Entry, ...]
    """Rows of the gazetteer that bear the name; empty if it knows none."""
    kinds: tuple[EntryKind, ...] = ()
    """Kinds that the words beside it ask for: "Gao region", "the town of Gao"."""


def find_toponyms(
    text: str, reading: Reading, gazetteer: Gazetteer
) -> tuple[Toponym, ...]:
    """Return all toponyms of a text, in text order, none overlapping another."""
    spotter = _Spotter(text, reading, gazetteer)
    found = [one for entity in reading.entities for one in spotter.of_entity(entity)]
    taken = {token for entity in reading.entities for token in range(*entity.tokens)}
    found += spotter.alone(taken)
    return tuple(sorted(found, key=lambda toponym: toponym.tokens))


class _Spotter:
    """The search in one text."""

    def __init__(self, text: str, reading: Reading, gazetteer: Gazetteer):
        self.text, self.reading, self.gazetteer = text, reading, gazetteer
        self.sources = {
            (source[0] + (reading.words[source[0]].lower() == "the"), source[1])
            for attribution in reading.attributions
            for source in attribution.source
        }

    def of_entity(self, entity: EntityMention) -> Iterator[Toponym]:
        """Yield the toponyms that one entity is, or holds."""
        if entity.label == "LOC":
            yield from (self._place(part) for part in self._parts(entity.tokens))
        elif entity.label in ("NORP", "MISC"):
            yield from self._demonyms(range(*entity.tokens))
        elif entity.label == "ORG":
            yield from self._within(entity.tokens)

    def alone(self, taken: set[int]) -> Iterator[Toponym]:
        """Yield what no entity covers: demonyms, and names after "in" and the like."""
        words, end = self.reading.words, 0
        for number, word in enumerate(words):
            if number < end or number in taken or not word[:1].isupper():
                continue
            if self.gazetteer.country_of(word):
                yield from self._demonyms([number])
            elif self._may_open(number):
                for last in range(min(number + MAX_WORDS, len(words)), number, -1):
                    run = range(number, last)
                    if taken.intersection(run) or not words[last - 1][:1].isupper():
                        continue
                    if self._is_known(self._name((number, last))):
                        yield self._place((number, last))
                        end = last
                        break

    def _may_open(self, number: int) -> bool:
        """Return whether a word may be the first of a place that the model missed."""
        words = self.reading.words
        return (
            number > 0
            and words[number - 1].lower() in WHERE
            and words[number].lower() not in NEVER
            and self.reading.upos[number] == "PROPN"
        )

    def _parts(self, tokens: TokenRange) -> Iterator[TokenRange]:
        """Yield the names in "Reno, Nevada", unless the whole is one name."""
        start, end = tokens
        for number in range(start, end):
            if self.reading.words[number] in (",", "/", ";"):
                if start < number:
                    yield start, number
                start = number + 1
        if start < end:
            yield start, end

    def _place(self, tokens: TokenRange) -> Toponym:
        name, kinds = self._name(tokens), self._asked(tokens)
        entries: tuple[Entry, ...] = ()
        for shape, asked in variants(name):
            if entries := self.gazetteer.find(shape):
                name, kinds = shape, kinds or asked
                break
        if not entries and self.gazetteer.country_of(name):
            return next(iter(self._demonyms([tokens[0]])))
        use = Use.METONYM if tokens in self.sources else Use.PLACE
        return Toponym(tokens, self._span(tokens), name, use, entries, kinds)

    def _demonyms(self, numbers: Iterable[int]) -> Iterator[Toponym]:
        for number in numbers:
            word = self.reading.words[number]
            country = self.gazetteer.country_of(word)
            if country and word[:1].isupper():
                entries = self.gazetteer.find(country)
                at = (number, number + 1)
                yield Toponym(at, self._span(at), word, Use.DEMONYM, entries)

    def _within(self, tokens: TokenRange) -> Iterator[Toponym]:
        start, end = tokens
        number = start
        while number < end:
            step = 1
            for last in range(min(number + MAX_WORDS, end), number, -1):
                name = self._name((number, last))
                if name[:1].isupper() and self._is_known(name):
                    at = (number, last)
                    entries = self.gazetteer.find(name)
                    yield Toponym(at, self._span(at), name, Use.WITHIN, entries)
                    step = last - number
                    break
            else:
                yield from self._demonyms([number])
            number += step

    def _is_known(self, name: str) -> bool:
        """Return whether a name alone makes a toponym, outside of the model's own."""
        return any(
            entry.kind in WIDE or entry.population >= MIN_PEOPLE
            for entry in self.gazetteer.find(name)
        )

    def _asked(self, tokens: TokenRange) -> tuple[EntryKind, ...]:
        words, (start, end) = self.reading.words, tokens
        after = words[end].lower() if end < len(words) else ""
        before = [word.lower() for word in words[max(0, start - 2) : start]]
        if before[1:] == ["of"]:
            before = before[:1]
        near = {after, *before[-1:]}
        return kinds_of(near)

    def _name(self, tokens: TokenRange) -> str:
        return _EDGES.sub("", self._span(tokens).of(self.text)).strip()

    def _span(self, tokens: TokenRange) -> Span:
        places = self.reading.tokens
        return Span(places[tokens[0]].start, places[tokens[1] - 1].end)


def variants(name: str) -> Iterator[tuple[str, tuple[EntryKind, ...]]]:
    """Yield a name and, if the gazetteer lacks it, what is left without common words.

    With each comes the kind that the word left out asks for: "Gao region" is "Gao", a
    unit.
    """
    yield name, ()
    words = name.split()
    while len(words) > 1 and words[0].lower() in SIDES:
        words = words[1:]
        yield " ".join(words), ()
    last, first = words[-1].lower(), words[0].lower()
    if len(words) > 1 and last in UNITS | TOWNS:
        yield " ".join(words[:-1]), kinds_of({last})
    if len(words) > 2 and first in UNITS | TOWNS and words[1].lower() == "of":
        yield " ".join(words[2:]), kinds_of({first})


def kinds_of(words: Iterable[str]) -> tuple[EntryKind, ...]:
    """Return the kinds of place that words beside a name ask for."""
    near = set(words)
    if near & UNITS:
        return (EntryKind.ADMIN1, EntryKind.ADMIN2)
    return (EntryKind.CITY,) if near & TOWNS else ()
