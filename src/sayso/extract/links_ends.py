"""Who or what a word stands for: from tokens to the actors and places of a report."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence

import msgspec

from sayso.extract.tree import Tree
from sayso.record.entities import Actor, ActorKind, Place
from sayso.record.span import Span

_NAMING = frozenset({"flat", "compound", "appos", "nmod:desc", "fixed"})
_RELATIVE = frozenset({"who", "that", "which", "whom", "whose"})
_MAX_STEPS = 6  # words of a name between its head and any of its parts


class End(msgspec.Struct, frozen=True, kw_only=True):
    """One end of a tie: an actor or a place."""

    id: str
    kind: ActorKind | None
    """None for places."""
    name: str
    mentions: int
    sector: str | None = None
    speaks: bool = False
    """Whether some statement of the report has this actor for its speaker."""

    @property
    def is_place(self) -> bool:
        """Whether this is a place."""
        return self.kind is None


class Ends:
    """Look-ups from a token to the actor or place that it heads the mention of."""

    def __init__(
        self,
        tree: Tree,
        actors: Sequence[Actor],
        places: Sequence[Place],
        speakers: Collection[str | None],
    ) -> None:
        self._tree = tree
        self._starts = [token.start for token in tree.reading.tokens]
        self._actors: dict[int, list[tuple[int, End]]] = {}
        self._places: dict[int, list[tuple[int, End]]] = {}
        self._bodies: dict[str, list[tuple[int, End]]] = {}
        for actor in actors:
            speaks = actor.id in speakers
            if not (speaks or _is_known(actor)):
                continue
            end = End(
                id=actor.id,
                kind=actor.kind,
                name=actor.name,
                mentions=len(actor.mentions),
                sector=actor.sector,
                speaks=speaks,
            )
            self._put(self._actors, end, actor.mentions)
            if actor.kind is not ActorKind.PERSON:
                self._remember(end, actor.mentions)
        for place in places:
            end = End(
                id=place.id, kind=None, name=place.name, mentions=len(place.mentions)
            )
            self._put(self._places, end, place.mentions)

    def actor_at(self, token: int) -> End | None:
        """Return the actor whose mention a token heads, the shortest mention first."""
        return self._best(self._actors, token)

    def place_at(self, token: int) -> End | None:
        """Return the place whose mention a token belongs to."""
        return self._best(self._places, token)

    def body_named(self, token: int) -> End | None:
        """Return the body that was last called by the word at a token.

        "Ministry spokesman" names the ministry without a mention of its own.
        """
        named = self._bodies.get(self._tree.words[token], [])
        before = [end for place, end in named if place < token]
        return before[-1] if before else named[0][1] if named else None

    def _put(
        self,
        index: dict[int, list[tuple[int, End]]],
        end: End,
        mentions: Sequence[Span],
    ) -> None:
        """Enter an end under each token that can stand for one of its mentions."""
        for mention in mentions:
            first, last = self._tokens_of(mention)
            head = self._head_of(first, last)
            for token in range(first, last):
                if token == head or self._names(token, head, first, last):
                    index.setdefault(token, []).append((last - first, end))

    def _remember(self, end: End, mentions: Sequence[Span]) -> None:
        for mention in mentions:
            first, last = self._tokens_of(mention)
            if first < last:
                head = self._head_of(first, last)
                named = self._bodies.setdefault(self._tree.words[head], [])
                named.append((head, end))
                named.sort(key=lambda pair: pair[0])

    @staticmethod
    def _best(index: dict[int, list[tuple[int, End]]], token: int) -> End | None:
        found = index.get(token)
        return min(found, key=lambda pair: (pair[0], pair[1].id))[1] if found else None

    def _tokens_of(self, span: Span) -> tuple[int, int]:
        first = bisect_left(self._starts, span.start)
        return first, max(first, bisect_left(self._starts, span.end))

    def _head_of(self, first: int, last: int) -> int:
        reading = self._tree.reading
        for token in range(first, last):
            outside = not first <= reading.heads[token] < last
            if outside and reading.upos[token] != "PUNCT":
                return token
        return first

    def _names(self, token: int, head: int, first: int, last: int) -> bool:
        """Tell whether a word is a part of the name that another word heads."""
        reading = self._tree.reading
        if reading.upos[token] not in ("PROPN", "NOUN"):
            return False
        for _ in range(_MAX_STEPS):
            if token == head:
                return True
            if reading.deprels[token] not in _NAMING or not first <= token < last:
                return False
            if reading.deprels[token] == "compound" and not _are_names(
                reading.upos[token], reading.upos[reading.heads[token]]
            ):
                return False
            token = reading.heads[token]
        return False

    def referent(self, token: int) -> int:
        """Return the noun that a relative pronoun stands for, or the token itself."""
        reading = self._tree.reading
        if self._tree.words[token] not in _RELATIVE:
            return token
        at = token
        for _ in range(_MAX_STEPS):
            at = reading.heads[at]
            if at < 0:
                return token
            if reading.deprels[at] == "acl:relcl":
                return reading.heads[at]
        return token


def _is_known(actor: Actor) -> bool:
    """Tell whether an actor has a name or is mentioned more than once.

    A silent "his wife" who is never mentioned again is no actor of the story (rule 8 of
    the codebook of the conflict set).
    """
    first, *rest = actor.name.split()
    named = any(word[:1].isupper() for word in rest or [first])
    return named or len(actor.mentions) > 1


def _are_names(*tags: str) -> bool:
    return all(tag == "PROPN" for tag in tags)
