"""Ties that noun phrases tell: a possessor, a name with a body, a part of a whole."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.links_ends import End
from sayso.extract.links_tie import (
    Tie,
    TieText,
    can_tie,
    is_hedged,
    is_negated,
    oblique,
    work_or_belong,
)
from sayso.reading.types import TokenRange
from sayso.record.claims import LinkKind
from sayso.record.entities import ActorKind
from sayso.vocab.ties import TieShape, TieWord

# Share of right ones by the way that led to the tie; see docs/links.md.
POSSESSED, COMPOUND, NAMED, LOCATED, PARTITIVE = 0.49, 0.47, 0.47, 0.33, 0.33
_POSSESSOR = frozenset({"nmod:poss"})
_COMPOUND = frozenset({"compound"})
_NMOD = frozenset({"nmod", "obl"})
_CASE = frozenset({"case"})
_COPULA = frozenset({"cop"})
_CONJ = frozenset({"conj"})
_NAMING = frozenset({"appos", "nmod:desc"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_OF_FOR = frozenset({"of", "for", "at", "with", "to"})
_OF_FROM = frozenset({"of", "from"})
_OF = frozenset({"of"})
_BODIES = frozenset({ActorKind.ORGANISATION, ActorKind.STATE, ActorKind.GROUP})
_COMPOUND_REACH = 3  # "police press secretary"
_DEPUTY_REACH = 3  # "deputy regional police chief"


def find_noun_ties(text: TieText, entry: TieWord, at: int) -> Iterator[Tie]:
    """Give the ties of a noun with a possessor: "the ministry's spokesman"."""
    holders = find_holders(text, at)
    if not holders:
        return
    for token, sure in _possessors(text, at):
        for owner in _owners(text, token, sure, holders):
            for holder in holders:
                tie = _noun_tie(text, entry, at, holder, owner, (token, sure))
                if tie is not None:
                    yield tie


def find_name_ties(text: TieText, at: int) -> Iterator[Tie]:
    """Give the tie of a person named with a body: "Sheikh Anbari of the Faithful"."""
    holder = text.ends.actor_at(at)
    if holder is None or holder.kind is not ActorKind.PERSON:
        return
    for token in oblique(text, at, _OF_FROM):
        owner = text.ends.actor_at(token)
        if owner is None or owner.kind not in _BODIES or owner.id == holder.id:
            continue
        yield Tie(
            kind=work_or_belong(owner),
            from_=holder,
            to=owner,
            tokens=_stretch(text, at, token),
            is_claim=False,
            line=0,
            confidence=NAMED,
        )


def find_part_ties(text: TieText, at: int) -> Iterator[Tie]:
    """Give the tie of some to the whole they are of: "one of the experts"."""
    holders = find_holders(text, at)
    for token in oblique(text, at, _OF):
        if text.tree.reading.upos[token] == "PRON":
            continue  # "one of them" is mostly somebody whom nothing else names
        owner = text.ends.actor_at(token)
        if not holders or owner is None or owner.kind not in _BODIES:
            continue
        if owner.id != holders[0].id:
            yield Tie(
                kind=LinkKind.MEMBER_OF,
                from_=holders[0],
                to=owner,
                tokens=_stretch(text, at, token),
                is_claim=False,
                line=0,
                confidence=PARTITIVE,
            )


def find_place_ties(text: TieText, entry: TieWord, at: int) -> Iterator[Tie]:
    """Give the tie of somebody to the place behind a preposition."""
    reading = text.tree.reading
    token = reading.heads[at]
    if token < 0 or reading.deprels[at] != "case" or reading.deprels[token] != "nmod":
        return
    place, head = text.ends.place_at(token), reading.heads[token]
    if place is None or head < 0 or head > token or entry.kind is None:
        return
    holders = find_holders(text, head) if reading.upos[head] != "PRON" else []
    if not holders or not holders[0].speaks:
        return
    # "A farmer in Gao" says where he was asked; a body in Gao has its seat there.
    if holders[0].kind is not ActorKind.ORGANISATION:
        return
    yield Tie(
        kind=entry.kind,
        from_=holders[0],
        to=place,
        tokens=(at, token + 1),
        is_claim=False,
        line=entry.line,
        confidence=LOCATED,
    )


def _noun_tie(
    text: TieText,
    entry: TieWord,
    at: int,
    holder: End,
    owner: End,
    possessor: tuple[int, float],
) -> Tie | None:
    kind, token = entry.kind, possessor[0]
    from_, to = holder, owner
    if entry.shape is TieShape.OWNED or text.tree.words[token] == "whose":
        from_, to = owner, holder
    is_leader = entry.shape is TieShape.OWNED and kind is LinkKind.LEADS
    if is_leader and owner.kind is not ActorKind.PERSON:
        kind, from_, to = LinkKind.MEMBER_OF, holder, owner
    if (
        kind is LinkKind.LEADS
        and entry.shape is TieShape.HOLDER
        and _is_deputy(text, at)
    ):
        kind = work_or_belong(owner)
    if kind is None or not can_tie(kind, from_, to):
        return None
    start, end = _stretch(text, at, token)
    return Tie(
        kind=kind,
        from_=from_,
        to=to,
        tokens=(start, end),
        is_claim=_is_predicate(text, at),
        is_negated=is_negated(text, at),
        is_hedged=is_hedged(text, at),
        line=entry.line,
        confidence=possessor[1],
    )


def find_holders(text: TieText, at: int) -> list[End]:
    """Return whom a noun stands for: the name beside it, or its own mention."""
    reading = text.tree.reading
    named = [*text.tree.children(at, _NAMING)]
    if reading.deprels[at] in _NAMING:
        named.append(reading.heads[at])
    if _is_predicate(text, at):
        named += [text.ends.referent(n) for n in text.tree.children(at, _SUBJECTS)]
    for token in named:
        end = text.ends.actor_at(token)
        if end is not None and end.kind is ActorKind.PERSON:
            return [end]
    own = text.ends.actor_at(at)
    if own is not None:
        return [own]
    found = [text.ends.actor_at(token) for token in named]
    return [end for end in found if end is not None][:1]


def _is_predicate(text: TieText, at: int) -> bool:
    return bool(text.tree.children(at, _COPULA))


def _possessors(text: TieText, at: int) -> Iterator[tuple[int, float]]:
    """Give the words that a noun's possessor may be, and how sure that is."""
    words = text.tree.words
    for token in text.tree.children(at, _POSSESSOR):
        yield token, POSSESSED
    for token in text.tree.children(at, _NMOD):
        cases = text.tree.children(token, _CASE)
        if any(words[case] in _OF_FOR for case in cases):
            yield token, POSSESSED
        elif not cases and 0 < at - token <= _COMPOUND_REACH:
            yield token, COMPOUND
    for token in text.tree.children(at, _COMPOUND):
        if 0 < at - token <= _COMPOUND_REACH:
            yield token, COMPOUND


def _owners(
    text: TieText, token: int, sure: float, holders: list[End]
) -> Iterator[End]:
    """Give the actors or places of a possessor and of those joined to it."""
    own = {holder.id for holder in holders}
    for each in (token, *text.tree.children(token, _CONJ)):
        each = text.ends.referent(each)
        owner = text.ends.actor_at(each)
        if (owner is None or owner.id in own) and sure == COMPOUND:
            owner = text.ends.body_named(each)
        owner = owner or text.ends.place_at(each)
        if owner is not None and owner.id not in own:
            yield owner


def _stretch(text: TieText, at: int, token: int) -> TokenRange:
    """Return the words from the noun to its possessor, both with what is between."""
    start = min(text.tree.left_edge(token) if token < at else at, at)
    return start, max(at, token) + 1


def _is_deputy(text: TieText, at: int) -> bool:
    """Tell whether a word before a noun makes it second: "deputy chairman"."""
    before = text.tree.words[max(0, at - _DEPUTY_REACH) : at]
    return any(
        entry.shape is TieShape.DEPUTY
        for word in before
        for entry in text.words.entries_of(word)
    )
