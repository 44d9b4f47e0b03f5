"""A tie between two ends as the words tell it, and how firm the words are."""

from __future__ import annotations

import msgspec

from sayso.extract.links_ends import End, Ends
from sayso.extract.tree import Tree
from sayso.reading.types import TokenRange
from sayso.record.claims import LinkKind
from sayso.record.entities import ActorKind
from sayso.vocab.ties import TieShape, TieWords

_CASE = frozenset({"case"})
_PHRASES = frozenset({"obl", "obl:agent", "nmod"})
_NEGATIVE = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
_MODIFIERS = frozenset({"amod", "advmod", "det", "aux", "compound"})
# Sectors of bodies that employ people; armed groups and movements have members.
_EMPLOYERS = frozenset(
    {"GOV", "COP", "BUS", "EDU", "MED", "JRN", "NGO", "JUD", "MNC", "UNO", "IGO"}
)
_GIVING = frozenset({LinkKind.SUPPORTS, LinkKind.FUNDS, LinkKind.ARMS, LinkKind.TRAINS})


class TieText(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What every rule may look at; made once a report."""

    tree: Tree
    ends: Ends
    words: TieWords


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """A tie as the words tell it, without voices."""

    kind: LinkKind
    from_: End
    to: End
    tokens: TokenRange
    """The words that say it."""
    is_claim: bool
    """Whether a clause says it: a voice that denies the clause denies the tie."""
    is_negated: bool = False
    is_hedged: bool = False
    line: int = 0
    """In `links.tsv`; 0 where no word of the list tells it."""
    confidence: float
    """Share of right ones by the way that led to it; one of the signs of `sureness`."""


def work_or_belong(owner: End) -> LinkKind:
    """Return the tie of somebody to a body: some employ, armed groups have members."""
    works = owner.is_place or owner.sector in _EMPLOYERS
    works = works or owner.kind in (ActorKind.PERSON, ActorKind.STATE)
    return LinkKind.EMPLOYED_BY if works else LinkKind.MEMBER_OF


def can_tie(kind: LinkKind, from_: End, to: End) -> bool:
    """Tell whether two ends can be tied so at all."""
    if from_.id == to.id or from_.is_place:
        return False
    if kind in (LinkKind.BASED_IN, LinkKind.ACTIVE_IN):
        return to.is_place
    if kind is LinkKind.LEADS:
        return True
    if kind in _GIVING:
        return from_.kind is not ActorKind.PERSON and to.kind is not ActorKind.PERSON
    if to.is_place:
        return False
    if kind is LinkKind.FAMILY_OF:
        bodies = (ActorKind.ORGANISATION, ActorKind.STATE)
        return from_.kind not in bodies and to.kind not in bodies
    if kind in (LinkKind.MEMBER_OF, LinkKind.PART_OF):
        return to.kind is not ActorKind.PERSON
    return True


def oblique(text: TieText, at: int, prepositions: frozenset[str]) -> list[int]:
    """Return the words that hang on a word by one of the prepositions."""
    words = text.tree.words
    return [
        token
        for token in text.tree.children(at, frozenset({"obl", "obl:agent", "nmod"}))
        if any(words[c] in prepositions for c in text.tree.children(token, _CASE))
    ]


def is_negated(text: TieText, at: int) -> bool:
    """Tell whether a negative particle stands on a word."""
    near = text.tree.children(at, _MODIFIERS)
    return any(text.tree.words[n] in _NEGATIVE for n in near)


def is_hedged(text: TieText, at: int) -> bool:
    """Tell whether a hedge stands on the word or on what it hangs on."""
    near = [*text.tree.children(at, _MODIFIERS), max(0, at - 1)]
    return any(
        entry.shape is TieShape.HEDGE
        for n in near
        for entry in text.words.entries_of(text.tree.words[n])
    )
