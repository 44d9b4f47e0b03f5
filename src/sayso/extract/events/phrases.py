"""Noun phrases by their head word: those who may take part in an event."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.reading.types import Reading, TokenRange

_HEADS = frozenset({"NOUN", "PROPN", "PRON"})
_INNER = frozenset({"compound", "flat", "fixed", "goeswith", "amod", "det", "expl"})
_LEFT = frozenset(
    {"det", "amod", "compound", "nummod", "nmod:poss", "flat", "nmod:desc"}
)
_RIGHT = frozenset({"flat", "compound", "nummod", "goeswith"})
_PLACING = frozenset({"in", "from"})
MAX_OF = 6
"""Tokens that "of" may add: "members of the council"."""
DEPTH = 6
"""Steps down the tree that belong to a place: "elders from the town of Tora"."""


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """A noun phrase."""

    tokens: TokenRange
    head: int
    preposition: int | None
    """Token of the preposition or mark that governs it."""


def find_phrases(
    reading: Reading, children: Sequence[Sequence[int]]
) -> tuple[Phrase, ...]:
    """Return the noun phrases of a report, in the order of their heads."""
    return tuple(
        _phrase(reading, children, token)
        for token in range(len(reading.tokens))
        if _is_head(reading, token)
    )


def _is_head(reading: Reading, token: int) -> bool:
    relation = reading.deprels[token].partition(":")[0]
    if reading.upos[token] in _HEADS:
        return relation not in _INNER
    return reading.upos[token] in ("NUM", "ADJ") and relation in (
        "nsubj", "obj", "obl", "nmod", "conj", "iobj",
    )  # fmt: skip


def _phrase(reading: Reading, children: Sequence[Sequence[int]], head: int) -> Phrase:
    first, last = head, head
    for child in reversed([c for c in children[head] if c < head]):
        if reading.deprels[child] in _LEFT or _counts(reading, child):
            first = min(first, _leftmost(reading, children, child))
    for child in (c for c in children[head] if c > head):
        if reading.deprels[child] in _RIGHT and child <= last + 2:
            last = child
        elif _is_of(reading, children, child) and child - head <= MAX_OF:
            last = max(last, child)
            for grandchild in children[child]:
                if reading.deprels[grandchild] in _RIGHT and grandchild <= last + 1:
                    last = grandchild
        elif _tells_whence(reading, children, child) and child - head <= MAX_OF:
            last = max(last, _rightmost(reading, children, child, DEPTH))
        elif reading.deprels[child] == "appos":
            last = max(last, _rightmost(reading, children, child, 2))
    case = [c for c in children[head] if reading.deprels[c] in ("case", "mark")]
    return Phrase(
        tokens=(first, last + 1),
        head=head,
        preposition=min((c for c in case if c < head), default=None),
    )


def _counts(reading: Reading, child: int) -> bool:
    return reading.upos[child] == "NUM"


def _leftmost(
    reading: Reading, children: Sequence[Sequence[int]], token: int, depth: int = 4
) -> int:
    """Return the first token that hangs on a token, through a few steps."""
    first = token
    for child in children[token] if depth else ():
        if child < token and reading.deprels[child] not in ("punct", "cc"):
            first = min(first, _leftmost(reading, children, child, depth - 1))
    return first


def _rightmost(
    reading: Reading, children: Sequence[Sequence[int]], token: int, depth: int
) -> int:
    """Return the last token that hangs on a token, through a few steps."""
    last = token
    for child in children[token] if depth else ():
        if reading.deprels[child] != "punct":
            last = max(last, _rightmost(reading, children, child, depth - 1))
    return last


def _tells_whence(
    reading: Reading, children: Sequence[Sequence[int]], child: int
) -> bool:
    """Tell whether a phrase says where somebody is from: "elders in Tora"."""
    cases = [c for c in children[child] if reading.deprels[c] == "case"]
    return (
        reading.deprels[child] == "nmod"
        and bool(cases)
        and reading.words[cases[0]].lower() in _PLACING
    )


def _is_of(reading: Reading, children: Sequence[Sequence[int]], child: int) -> bool:
    return reading.deprels[child] == "nmod" and any(
        reading.words[c].lower() == "of" for c in children[child]
    )
