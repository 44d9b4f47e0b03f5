"""Ties that clauses tell: a verb or an adjective between two ends."""

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
)
from sayso.extract.tree import NOMINAL
from sayso.record.claims import LinkKind
from sayso.vocab.ties import TieShape, TieWord

CLAUSE = 0.47  # share of right ones on annotated reports; see docs/links.md
_CASE = frozenset({"case"})
_CASE_REACH = 3  # words from "linked" to "to": "linked in secret to"
_CONJ = frozenset({"conj"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_PASSIVE = frozenset({"nsubj:pass", "aux:pass"})
_OBJECTS = frozenset({"obj"})
_COMPLEMENTS = frozenset({"obj", "xcomp"})
_BELOW = frozenset({"compound", "nmod", "appos"})
_BY = frozenset({"by"})
_PLACED = (LinkKind.ACTIVE_IN, LinkKind.BASED_IN)


def find_verb_ties(text: TieText, entry: TieWord, at: int) -> Iterator[Tie]:
    """Give the ties of a verb: subject to object, or to what its preposition adds."""
    subjects, objects = _subjects(text, entry, at), _objects(text, entry, at)
    if entry.shape is TieShape.VERB_BACK:
        subjects, objects = objects, subjects
    yield from _clause(text, entry, at, subjects, objects)


def find_adjective_ties(text: TieText, entry: TieWord, at: int) -> Iterator[Tie]:
    """Give the ties of an adjective with its preposition: "active in"."""
    tree = text.tree
    head, relation = tree.reading.heads[at], tree.reading.deprels[at]
    if head >= 0 and tree.words[max(0, at - 1)] == "-":  # "Tersa-based group"
        yield from _clause(text, entry, at, [head], [max(0, at - 2)])
        return
    subjects = tree.children(at, _SUBJECTS)
    if not subjects and head >= 0 and relation in ("amod", "acl", "appos", "conj"):
        subjects = [head]
    if head >= 0 and relation == "obj":  # "has ties to", "denied any link with"
        subjects = tree.children(head, _SUBJECTS)
    objects = oblique(text, at, frozenset({entry.words[-1]}))
    yield from _clause(text, entry, at, subjects, objects)


def _subjects(text: TieText, entry: TieWord, at: int) -> list[int]:
    """Return the words for whoever does what a verb says."""
    tree = text.tree
    passive = bool(tree.children(at, _PASSIVE))
    if len(entry.words) == 1 and (passive or _is_past_participle(text, at)):
        return oblique(text, at, _BY)
    found = tree.children(at, _SUBJECTS)
    head, relation = tree.reading.heads[at], tree.reading.deprels[at]
    if not found and head >= 0 and relation in ("acl", "amod"):
        return [head]
    if not found and head >= 0 and relation in ("conj", "xcomp", "advcl"):
        return tree.children(head, _SUBJECTS)
    return found


def _objects(text: TieText, entry: TieWord, at: int) -> list[int]:
    """Return the words for whomever it befalls."""
    tree = text.tree
    if len(entry.words) > 1:
        return _oblique_within(text, at, entry.words[-1])
    if tree.children(at, _PASSIVE):
        return tree.children(at, _SUBJECTS)
    if _is_past_participle(text, at):
        return [tree.reading.heads[at]]
    found = tree.children(at, _OBJECTS)
    head = tree.reading.heads[at]
    if not found and tree.reading.deprels[at] == "acl:relcl" and head >= 0:
        return [head]
    return found


def _is_past_participle(text: TieText, at: int) -> bool:
    reading = text.tree.reading
    return (
        reading.deprels[at] in ("acl", "amod")
        and reading.heads[at] >= 0
        and not text.tree.words[at].endswith("ing")
    )


def _oblique_within(text: TieText, at: int, preposition: str) -> list[int]:
    """Return the phrase of a preposition that hangs on a verb or on its object."""
    found = oblique(text, at, frozenset({preposition}))
    inner = text.tree.children(at, _COMPLEMENTS)
    return found or [
        token for n in inner for token in oblique(text, n, frozenset({preposition}))
    ]


def _clause(
    text: TieText, entry: TieWord, at: int, subjects: list[int], objects: list[int]
) -> Iterator[Tie]:
    """Give the ties between all subjects and objects of a clause."""
    for subject in _with_conjuncts(text, subjects):
        from_ = _actor_of(text, subject)
        for token in _with_conjuncts(text, objects):
            to = _target(text, entry.kind, token)
            if from_ and to and entry.kind and can_tie(entry.kind, from_, to):
                yield Tie(
                    kind=entry.kind,
                    from_=from_,
                    to=to,
                    tokens=(at, _end_of_words(text, at, token)),
                    is_claim=True,
                    is_negated=is_negated(text, at),
                    is_hedged=is_hedged(text, at),
                    line=entry.line,
                    confidence=CLAUSE,
                )


def _end_of_words(text: TieText, at: int, token: int) -> int:
    """Return where a verb ends, with the preposition of its phrase if it is near."""
    cases = text.tree.children(token, _CASE)
    near = [case for case in cases if at < case <= at + _CASE_REACH]
    return near[0] + 1 if near else at + 1


def _target(text: TieText, kind: LinkKind | None, token: int) -> End | None:
    if kind in _PLACED:
        return text.ends.place_at(token) or _place_below(text, token)
    return _actor_of(text, token) or text.ends.place_at(token)


def _place_below(text: TieText, token: int) -> End | None:
    """Return the place of a phrase whose head is no name: "the region of Gao"."""
    below = text.tree.children(token, _BELOW)
    found = (text.ends.place_at(n) for n in below)
    return next((end for end in found if end is not None), None)


def _actor_of(text: TieText, token: int) -> End | None:
    token = text.ends.referent(token)
    return text.ends.actor_at(token)


def _with_conjuncts(text: TieText, tokens: list[int]) -> list[int]:
    upos = text.tree.reading.upos
    joined = [
        n
        for token in tokens
        for n in text.tree.children(token, _CONJ)
        if upos[n] in NOMINAL
    ]
    return [*tokens, *joined]
