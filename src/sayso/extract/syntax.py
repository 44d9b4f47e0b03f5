"""Questions to the parse: heads, phrases, passives. Nothing needs it to be right.

Heads may form rings and phrases may be broken; each walk is bounded.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.scene import Scene
from sayso.reading.types import TokenRange


def head_of(scene: Scene, tokens: TokenRange) -> int | None:
    """Return the first token of a range that hangs on a word outside it, no mark."""
    start, end = tokens
    reading = scene.reading
    return next(
        (
            n
            for n in range(start, end)
            if not start <= reading.heads[n] < end and reading.upos[n] != "PUNCT"
        ),
        None,
    )


def children(scene: Scene, head: int, relations: frozenset[str]) -> list[int]:
    """Return the tokens that hang on a word by one of the relations, in text order."""
    reading = scene.reading
    start, end = scene.sentence_of(head)
    return [
        n
        for n in range(start, end)
        if reading.heads[n] == head and reading.deprels[n] in relations
    ]


def subtree(scene: Scene, head: int) -> TokenRange:
    """Return the unbroken stretch of words round a word that hang on it."""
    heads = scene.reading.heads
    first, last = scene.sentence_of(head)
    start = end = head
    while start > first and hangs_on(heads, start - 1, head):
        start -= 1
    while end + 1 < last and hangs_on(heads, end + 1, head):
        end += 1
    return start, end + 1


def is_passive(scene: Scene, verb: int) -> bool:
    """Tell whether the parse takes a verb for a passive."""
    reading = scene.reading
    start, end = scene.sentence_of(verb)
    return any(
        reading.heads[n] == verb and reading.deprels[n].endswith(":pass")
        for n in range(start, end)
    )


def hangs_on(heads: Sequence[int], token: int, goal: int) -> bool:
    """Tell whether a chain of heads leads from a token to another, or is it."""
    for _ in range(len(heads)):
        if token == goal or token < 0:
            return token == goal
        token = heads[token]
    return False
