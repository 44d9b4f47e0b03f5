"""What the words beside a name tell: a place, a body's name, or a state that acts."""

from __future__ import annotations

from sayso.reading.types import Reading, TokenRange
from sayso.resolve.places_words import (
    BODIES,
    LAYS,
    MASTHEADS,
    MEETINGS,
    OUTFITS,
    RULERS,
    SIDES,
    TOWNS,
    UNITS,
    WHERE,
    WISHES,
)
from sayso.vocab.names import Names

_OWNERS = frozenset({"'s", "’s", "'", "’"})
_GLUE = _OWNERS | {"-", "–"}
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "our", "its", "their"})
_ACTS = frozenset({"nsubj", "obj", "iobj"})
MAX_AFTER = 4  # words of a body's name that may follow a place in it


class Beside:
    """Questions on the neighbours of names in one Reading."""

    def __init__(self, reading: Reading, names: Names) -> None:
        self.reading, self.names = reading, names
        self.words = reading.words
        self.sources = {
            (source[0] + (reading.words[source[0]].lower() == "the"), source[1])
            for attribution in reading.attributions
            for source in attribution.source
        }
        self.cues = {
            token
            for attribution in reading.attributions
            for token in range(*attribution.cue)
        }
        self.ranges = {
            entity.tokens[1] - 1: entity.tokens
            for entity in reading.entities
            if entity.label == "LOC"
        }
        """Of names of places, by their last token."""
        self._ends: dict[int, int] = {}
        for start, end in reading.sentences:
            self._ends.update(dict.fromkeys(range(start, end), end))

    def is_body_word(self, word: str) -> bool:
        """Return whether a word ends the names of bodies, papers and groups."""
        lower = word.lower()
        if lower in UNITS | TOWNS | LAYS:
            return False
        role, plural = self.names.role_of(lower)
        group = role is not None and role.kind in ("organisation", "group")
        return lower in MASTHEADS or (group and not plural)

    def is_common(self, tokens: TokenRange) -> bool:
        """Return whether "names" are role nouns or bodies alone: "Police", "Front"."""
        return all(
            self.is_body_word(word) or self.names.role_of(word)[0] is not None
            for word in self.words[slice(*tokens)]
        )

    def is_shouted(self, tokens: TokenRange) -> bool:
        """Return whether a name stands amid capitals, which any word there has."""
        start, end = tokens
        run = self.words[max(0, start - 1) : end + 1]
        amid = len(run) == end - start + 2
        return amid and all(len(word) > 1 and word.isupper() for word in run)

    def in_body(self, tokens: TokenRange) -> bool:
        """Return whether a name is part of a body's: "Front of Harrow"."""
        start, end = tokens
        limit = min(end + MAX_AFTER, self._ends[start])
        for number in range(end, limit):
            word = self.words[number]
            if word[0].isupper() and self.is_body_word(word):
                return True
            if number == end and word in OUTFITS:
                return True
            if word not in _GLUE and not word[0].isupper():
                break
        return self._follows_body(start)

    def _follows_body(self, start: int) -> bool:
        """Return whether "Front of the" stands before a name."""
        number = start - 1
        if number > 0 and self.words[number].lower() == "the":
            number -= 1
        if number < 1 or self.words[number].lower() not in ("of", "for"):
            return False
        head = self.words[number - 1]
        role, plural = self.names.role_of(head)
        if not head[0].isupper() or head.lower() in MEETINGS | UNITS | LAYS | SIDES:
            return False
        if role is not None and role.kind == "organisation":
            return True
        if self._opens(number - 1) or (role is not None and not plural):
            return False
        return self.reading.upos[number - 1] in ("PROPN", "NOUN")

    def _opens(self, token: int) -> bool:
        return token == 0 or self._ends[token - 1] != self._ends[token]

    def acts(self, tokens: TokenRange, *, power: bool) -> bool:
        """Return whether a name speaks, owns a body that acts, or acts itself.

        Args:
            tokens: The name.
            power: It is a state or a seat of government.
        """
        bodies = BODIES if power else RULERS
        if tokens in self.sources or self._owns(tokens, bodies):
            return True
        return power and (
            self._owns(tokens, WISHES)
            or self._body_of(tokens[0])
            or self._has_part(tokens)
        )

    def _owns(self, tokens: TokenRange, things: frozenset[str]) -> bool:
        """Return whether such a thing follows: "Mali's army", "Mali border guards"."""
        start, end = tokens
        limit = min(end + MAX_AFTER, self._ends[start])
        words = [word.lower() for word in self.words[end:limit]]
        owned = bool(words) and words[0] in _OWNERS
        run = words[1:] if owned else words[: 1 + (words[:1] == ["border"])]
        for number, word in enumerate(run, 1 if owned else 0):
            if word in things:
                return not LAYS.intersection(words[number + 1 : number + 2])
        return False

    def _body_of(self, start: int) -> bool:
        """Return whether "armed forces of" stands before a name."""
        number = start - 1
        if number > 0 and self.words[number].lower() == "the":
            number -= 1
        if number < 1 or self.words[number].lower() != "of":
            return False
        return self.words[number - 1].lower() in BODIES | {"state"}

    def _has_part(self, tokens: TokenRange) -> bool:
        """Return whether a name is who does, or whom words are aimed at."""
        heads, deprels, upos = (
            self.reading.heads,
            self.reading.deprels,
            self.reading.upos,
        )
        token, seen = self._root(tokens), 0
        while deprels[token] == "conj" and heads[token] >= 0 and seen < MAX_AFTER:
            token, seen = heads[token], seen + 1
        relation, governor = deprels[token], heads[token]
        if relation not in _ACTS or governor < 0:
            return False
        if relation == "nsubj":
            return upos[governor] in ("VERB", "AUX")
        return governor in self.cues

    def _root(self, tokens: TokenRange) -> int:
        start, end = tokens
        for number in range(end - 1, start - 1, -1):
            if not start <= self.reading.heads[number] < end:
                return number
        return end - 1

    def is_placed(self, tokens: TokenRange, depth: int = 0) -> bool:
        """Return whether a name is a place by its neighbours, whatever it is.

        Of several in a row, one with such a neighbour serves for all.
        """
        start, end = tokens
        before = start - 1
        while before >= 0 and self.words[before].lower() in _ARTICLES | SIDES:
            before -= 1
        if before >= 0 and not self._opens(before + 1):
            word = self.words[before].lower()
            if word in WHERE or word in UNITS | TOWNS | LAYS:
                return True
            if word == "of" and before:
                return self.words[before - 1].lower() in UNITS | TOWNS | LAYS | SIDES
            if word in ("and", "or", ",") and before and depth < MAX_AFTER:
                other = self.ranges.get(before - 1)
                return other is not None and self.is_placed(other, depth + 1)
        after = self.words[end].lower() if end < self._ends[start] else ""
        return after in UNITS | TOWNS | LAYS
