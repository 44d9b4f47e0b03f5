"""Toponyms: the words of a report that name a place, and how each is used.

A name is taken from the model's entities; a name that the model leaves out, or takes
for a person's, counts when the gazetteer knows it and a preposition of place or the
dateline tells that it is one, or another mention of it does. Demonyms, metonyms and
names inside names of bodies tell about the scene but are no places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from msgspec.structs import replace

from sayso.reading.types import EntityMention, Reading, TokenRange
from sayso.record import Report, Span
from sayso.resolve.places_beside import Beside
from sayso.resolve.places_dateline import (
    MIN_CHARS,
    dateline_end,
    dateline_heads,
    paper_names,
)
from sayso.resolve.places_words import (
    LAYS,
    NEVER,
    SIDES,
    STAYS,
    TOWNS,
    UNITS,
    WHERE,
    is_well_known,
    kinds_of,
    variants,
)
from sayso.vocab.gazetteer import Entry, EntryKind, Gazetteer
from sayso.vocab.names import Names

MAX_WORDS = 4  # of a name that is looked for inside an organisation's or on its own
_EDGES = re.compile(r"^(?:[Tt]he\s+)|(?:['’]s?)$")
_HYPHENS = ("-", "–")
_BREAKS = (",", "/", ";", "\u2192")


class Use(StrEnum):
    """What a toponym does in its sentence."""

    PLACE = "place"
    DEMONYM = "demonym"
    """It names people or is an adjective: "Malians", "Iraqi"."""
    METONYM = "metonym"
    """It speaks or acts: "Beijing said"; the actor layer has it."""
    WITHIN = "within"
    """It is part of another name: "University of Gao"."""
    DOUBT = "doubt"
    """No register knows it, and no word beside it tells that it is a place."""


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
    shown: bool = True
    """Whether the model shows it; else it is a place only if it has a row."""


def find_toponyms(
    report: Report, reading: Reading, gazetteer: Gazetteer, names: Names
) -> tuple[Toponym, ...]:
    """Return all toponyms of a report, in text order, none overlapping another."""
    spotter = _Spotter(report, reading, gazetteer, names)
    entities = spotter.joined()
    found = [one for entity in entities for one in spotter.of_entity(entity)]
    persons = [entity.tokens for entity in entities if entity.label == "PER"]
    taken = {token for entity in entities for token in range(*entity.tokens)}
    taken |= {token for one in found for token in range(*one.tokens)}
    free = taken - {token for tokens in persons for token in range(*tokens)}
    found += spotter.alone(free, frozenset(persons))
    found += spotter.again(found, frozenset(persons), taken)
    return tuple(sorted(spotter.settled(found), key=lambda one: one.tokens))


class _Spotter:
    """The search in one report."""

    def __init__(
        self, report: Report, reading: Reading, gazetteer: Gazetteer, names: Names
    ):
        self.text, self.reading, self.gazetteer = report.text, reading, gazetteer
        self.beside = Beside(reading, names)
        self.powers = names.capitals.keys() | names.states.keys()
        self.dateline = dateline_end(report)
        self.heads = dateline_heads(report, reading)
        self.paper = paper_names(report, reading)

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
                    yield self._place(self._whole(part))
        elif entity.label in ("NORP", "MISC"):
            yield from self._demonyms(range(*entity.tokens))
        elif entity.label == "ORG":
            yield from self._within(entity.tokens)

    def alone(self, taken: set[int], persons: frozenset[TokenRange]) -> list[Toponym]:
        """Return what no entity covers, or one of a person that words place somewhere.

        Args:
            taken: Tokens of entities other than persons.
            persons: Ranges that the model takes for persons.
        """
        words, end = self.reading.words, 0
        inside = {token for tokens in persons for token in range(*tokens)}
        found: list[Toponym] = []
        for number, word in enumerate(words):
            if number < end or number in taken or not word[:1].isupper():
                continue
            if number not in inside and self.gazetteer.country_of(word):
                found += self._demonyms([number])
                continue
            last = self._known_from(number, taken, inside, persons)
            if last:
                found.append(self._place((number, last))._replace(shown=False))
                end = last
        return found

    def _known_from(
        self,
        number: int,
        taken: set[int],
        inside: set[int],
        persons: frozenset[TokenRange],
    ) -> int:
        """Return where a known place that begins at a token ends, 0 if none does."""
        words = self.reading.words
        opens = self._may_open(number, person=number in inside)
        near = words[number - 1].lower() in STAYS if number else False
        for last in range(min(number + MAX_WORDS, len(words)), number, -1):
            run = range(number, last)
            if taken.intersection(run) or not words[last - 1][:1].isupper():
                continue
            if inside.intersection(run) and (number, last) not in persons:
                continue
            name = self._name((number, last))
            if len(name) < MIN_CHARS:
                continue
            plain = not self.beside.is_shouted((number, last))
            if opens and near and plain and self.gazetteer.find(name):
                return last
            proper = " " in name and self._are_proper(run)
            if (opens or proper) and self._is_known(name, (number, last)):
                return last
        return 0

    def _are_proper(self, run: range) -> bool:
        proper = all(self.reading.upos[number] == "PROPN" for number in run)
        return proper and self._are_capital(run)

    def _are_capital(self, run: range) -> bool:
        return all(self.reading.words[number][0].isupper() for number in run)

    def again(
        self,
        found: Sequence[Toponym],
        persons: frozenset[TokenRange],
        taken: set[int],
    ) -> list[Toponym]:
        """Return further mentions of the places found, which nothing else shows."""
        lower = [word.lower() for word in self.reading.words]
        known = {
            tuple(lower[slice(*one.tokens)])
            for one in found
            if one.use is Use.PLACE and one.entries
        }
        widths: dict[str, list[int]] = defaultdict(list)
        for run in sorted(known, key=len, reverse=True):
            widths[run[0]].append(len(run))
        held = {token for one in found for token in range(*one.tokens)}
        more: list[Toponym] = []
        starts = (n for n, word in enumerate(lower) if word in widths)
        for start in starts:
            for width in widths[lower[start]]:
                tokens = (start, start + width)
                if tuple(lower[slice(*tokens)]) not in known:
                    continue
                span = range(*tokens)
                if held.intersection(span) or not self._are_capital(span):
                    continue
                if tokens in persons or not taken.intersection(span):
                    more.append(self._place(tokens)._replace(shown=False))
                    held.update(span)
                    break
        return more

    def settled(self, found: Sequence[Toponym]) -> list[Toponym]:
        """Return the toponyms, with those of a body's name that is no town's as such.

        "The outlawed Eastern Dawn group" tells what "Eastern Dawn" is further on.
        """
        bodies = {
            one.name
            for one in found
            if one.use is Use.WITHIN
            and self.beside.in_body(one.tokens)
            and not self._is_known(one.name)
        }
        return [
            one._replace(use=Use.WITHIN)
            if one.name in bodies and not self.beside.is_placed(one.tokens)
            else one
            for one in found
        ]

    def _may_open(self, number: int, *, person: bool) -> bool:
        """Return whether a word may be the first of a place that the model missed."""
        words = self.reading.words
        if number in self.heads:
            return True
        if self.reading.tokens[number].start < self.dateline or number == 0:
            return False
        if words[number].lower() in NEVER:
            return False
        before = words[number - 1].lower()
        if before in ("and", "or", ",") and number > 1:
            other = self.beside.ranges.get(number - 2)
            return other is not None and self.beside.is_placed(other)
        return before in (STAYS if person else WHERE) and (
            self.reading.upos[number] == "PROPN" or before in STAYS
        )

    def _may_be_name(self, tokens: TokenRange) -> bool:
        name = self._name(tokens)
        if self.beside.is_shouted(tokens) and not self._is_known(name, tokens):
            return False
        words = set(name.lower().split())
        return name[:1].isupper() and bool(words - (SIDES | UNITS | TOWNS))

    def _parts(self, tokens: TokenRange) -> Iterator[TokenRange]:
        """Yield the names in "Reno, Nevada" and "Reno-Sparks", unless it is one."""
        start, end = tokens
        breaks = set(_BREAKS)
        if not self.gazetteer.find(self._name(tokens)):
            first = re.split("[-–]", self._name(tokens))[0]
            if self._is_known(first):
                breaks.update(_HYPHENS)
        openings = {first for first, _ in self.reading.paragraphs}
        for number in range(start, end):
            if number in openings and start < number:
                yield start, number
                start = number
            if self.reading.words[number] in breaks:
                if start < number:
                    yield start, number
                start = number + 1
        if start < end:
            yield start, end

    def _whole(self, tokens: TokenRange) -> TokenRange:
        """Return a name with the capitalised words beside it that belong to it.

        "In" before "Guezzam" does, as the gazetteer has the two together; "Point" after
        "Foul" says itself that the name goes on.
        """
        (start, end), words = tokens, self.reading.words
        if start and words[start - 1][:1].isupper():
            wider = self._name((start - 1, end))
            if self._touch(start - 1) and self._is_row(wider, start - 1):
                start -= 1
        if end < len(words) and words[end][:1].isupper() and self._touch(end - 1):
            wider = self._name((start, end + 1))
            feature = words[end].lower() in LAYS | UNITS and not words[end].isupper()
            if feature or self._is_row(wider, start):
                end += 1
        return start, end

    def _is_row(self, name: str, start: int) -> bool:
        """Return whether a longer name is known; "In Salah" opens a sentence or is."""
        opens = any(first == start for first, _ in self.reading.sentences)
        return not opens and bool(self.gazetteer.find(name))

    def _touch(self, token: int) -> bool:
        """Return whether a blank alone is between a token and the next."""
        places = self.reading.tokens
        return self.text[places[token].end : places[token + 1].start] == " "

    def _place(self, tokens: TokenRange) -> Toponym:
        name, kinds = self._name(tokens), self._asked(tokens)
        entries: tuple[Entry, ...] = ()
        dotted = self.text[self._span(tokens).end :].startswith(".")
        shapes = [*variants(name), *([(f"{name}.", ())] if dotted else [])]
        for shape, asked in shapes:
            if entries := self.gazetteer.find(shape):
                name, kinds = shape, kinds or asked
                break
        country = None if entries else self.gazetteer.country_of(name)
        if country:
            entries = self.gazetteer.find(country)
            return Toponym(
                tokens, self._span(tokens), name, Use.DEMONYM, entries, kinds
            )
        use = self._use_of(tokens, name, known=bool(entries))
        return Toponym(tokens, self._span(tokens), name, use, entries, kinds)

    def _use_of(self, tokens: TokenRange, name: str, *, known: bool) -> Use:
        beside = self.beside
        if any(start <= tokens[0] < end for start, end in self.paper):
            return Use.WITHIN
        if tokens[0] in self.heads:
            return Use.PLACE
        if beside.in_body(tokens):
            return Use.WITHIN
        if beside.acts(tokens, power=name in self.powers):
            return Use.METONYM
        placed = beside.is_placed(tokens)
        first, last = (
            self.reading.words[n].lower() for n in (tokens[0], tokens[1] - 1)
        )
        if not placed and beside.is_common(tokens):
            return Use.WITHIN
        if not known and beside.is_body_word(last):
            return Use.WITHIN
        if known or placed or {first, last} & (LAYS | UNITS):
            return Use.PLACE
        return Use.DOUBT

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

    def _is_known(self, name: str, tokens: TokenRange | None = None) -> bool:
        """Return whether a name alone makes a toponym, outside of the model's own."""
        by = name if tokens and self.beside.is_shouted(tokens) else ""
        return any(is_well_known(one, by=by) for one in self.gazetteer.find(name))

    def _asked(self, tokens: TokenRange) -> tuple[EntryKind, ...]:
        words, (start, end) = self.reading.words, tokens
        after = words[end].lower() if end < len(words) else ""
        before = [word.lower() for word in words[max(0, start - 2) : start]]
        if before[1:] == ["of"]:
            before = before[:1]
        return kinds_of({after, *before[-1:]})

    def _name(self, tokens: TokenRange) -> str:
        return _EDGES.sub("", self._span(tokens).of(self.text)).strip()

    def _span(self, tokens: TokenRange) -> Span:
        places = self.reading.tokens
        return Span(places[tokens[0]].start, places[tokens[1] - 1].end)
