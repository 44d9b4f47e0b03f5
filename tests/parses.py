"""Readings from parses written out: `word|UPOS|relation|head`, heads counted from 1.

Stages that follow the parse need true ones; `make_reading` only branches right.
Sentences are parted by " / "; the heads of each count from its own first word.
"""

from __future__ import annotations

from msgspec.structs import replace

from sayso.reading.types import Reading
from sayso.record import Span
from tests.build import make_reading


def parse(text: str, written: str) -> Reading:
    """Return the Reading of a text whose parse is written out."""
    tokens: list[Span] = []
    words, upos, deprels, heads = [], [], [], []
    sentences: list[tuple[int, int]] = []
    place = 0
    for sentence in written.split(" / "):
        first = len(tokens)
        for cell in sentence.split():
            word, tag, relation, head = cell.split("|")
            place = text.index(word, place)
            tokens.append(Span(place, place + len(word)))
            place += len(word)
            words.append(word)
            upos.append(tag)
            deprels.append(relation)
            heads.append(first + int(head) - 1 if int(head) else -1)
        sentences.append((first, len(tokens)))
    plain = make_reading(text)
    return replace(
        plain,
        tokens=tuple(tokens),
        words=tuple(words),
        sentences=tuple(sentences),
        paragraphs=((0, len(tokens)),),
        upos=tuple(upos),
        deprels=tuple(deprels),
        heads=tuple(heads),
    )
