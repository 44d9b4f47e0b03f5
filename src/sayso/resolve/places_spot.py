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

from msgspec.structs import replace

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
BODIES = frozenset(
    re.findall(
        r"\w+",
        """
        ministry minister government army military forces police president parliament
        official officials spokesman spokeswoman ambassador foreign defence defense
        interior prime leadership court authorities council navy air troops
        """,
    )
)
"""After "Mali's" they make it the owner of a body that acts, not a place."""
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
    text: str, reading: Reading, gazetteer: Gazetteer, dateline: int = 0
) -> tuple[Toponym, ...]:
    """Return all toponyms of a text, in text order, none overlapping another.

    Args:
        text: What `reading` is of.
        reading: Its entities are where names are looked for first.
        gazetteer: Tells which names there are.
        dateline: Where the dateline ends, in code points; 0 if there is none.
    """
    spotter = _Spotter(text, reading, gazetteer, dateline)
    entities = spotter.joined()
    found = [one for entity in entities for one in spotter.of_entity(entity)]
    taken = {token for entity in entities for token in range(*entity.tokens)}
    found += spotter.alone(taken)
    return tuple(sorted(found, key=lambda toponym: toponym.tokens))


class _Spotter:
    """The search in one text."""

    def __init__(
        self, text: str, reading: Reading, gazetteer: Gazetteer, dateline: int
    ):
        self.text, self.reading, self.gazetteer = text, reading, gazetteer
        self.dateline = dateline
        self.sources = {
            (source[0] + (reading.words[source[0]].lower() == "the"), source[1])
            for attribution in reading.attributions
            for source in attribution.source
        }

    def joined(self) -> list[EntityMention]:
        """Return the entities, with "N" and "Djamena" of "N'Djamena" made one."""
        joined: list[EntityMention] = []
        for entity in self.reading.entities:
            start = joined[-1].tokens[0] if joined else 0
            whole = self._span((start, entity.tokens[1])).of(self.text)
            if joined and entity.label == "LOC" == joined[-1].label:
                between = (joined[-1].tokens[1], entity.tokens[0])
                mark = "".join(self.reading.words[slice(*between)])
                if mark in ("'", "’") and " " not in whole:
                    entity = replace(entity, tokens=(start, entity.tokens[1]))
                    joined.pop()
            joined.append(entity)
        return joined

    def of_entity(self, entity: EntityMention) -> Iterator[Toponym]:
        """Yield the toponyms that one entity is, or holds."""
        if entity.label == "LOC":
            for part in self._parts(entity.tokens):
                if self._may_be_name(part):
                    yield self._place(part)
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
        if self.reading.tokens[number].start < self.dateline:
            # "BAMAKO, May 18 (Harbour Wire) -": the first name of its line
            return number in {start for start, _ in self.reading.paragraphs}
        return (
            number > 0
            and words[number - 1].lower() in WHERE
            and words[number].lower() not in NEVER
            and self.reading.upos[number] == "PROPN"
        )

    def _may_be_name(self, tokens: TokenRange) -> bool:
        name = self._name(tokens)
        common = SIDES | UNITS | TOWNS
        return name[:1].isupper() and bool(set(name.lower().split()) - common)

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
        use = Use.METONYM if self._acts(tokens) else Use.PLACE
        country = None if entries else self.gazetteer.country_of(name)
        if country:
            use, entries = Use.DEMONYM, self.gazetteer.find(country)
        return Toponym(tokens, self._span(tokens), name, use, entries, kinds)

    def _acts(self, tokens: TokenRange) -> bool:
        """Return whether the name speaks, or owns a body that acts."""
        words, end = self.reading.words, tokens[1]
        owns = end < len(words) and words[end].lower() in ("'s", "’s", "'", "’")
        return tokens in self.sources or (
            owns and any(word.lower() in BODIES for word in words[end + 1 : end + 4])
        )

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
