"""Words that a person gives -> the span of the report where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from sayso.record import Span
from sayso.show.clean import clean

AROUND = 40  # characters shown on each side of a choice
MOST_CHOICES = 30
LONGEST = 20_000


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One of several places where the words stand."""

    start: int
    before: str
    words: str
    after: str


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Where words stand: one span, or several places to choose from, or nowhere."""

    span: Span | None = None
    choices: tuple[Choice, ...] = ()


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """A run of text without spaces, or the space between two."""

    start: int
    text: str
    is_space: bool


def find_words(text: str, words: str, start: int | None = None) -> Found:
    """Return where words stand in a text, whatever the spaces and line ends in them.

    They are compared with the text as pages show it, with a sign for each control
    character; a position is the same in both.

    Args:
        text: Of the report.
        words: Not empty.
        start: Where they are meant to begin; if they do not, all places count.
    """
    parts = words[:LONGEST].split()
    shown = clean(text)
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    if start is not None and (here := pattern.match(shown, start)):
        return Found(span=Span(*here.span()))
    spans = [Span(*match.span()) for match in pattern.finditer(shown)]
    if len(spans) == 1:
        return Found(span=spans[0])
    choices = tuple(_choice(shown, span) for span in spans[:MOST_CHOICES])
    return Found(choices=choices)


def split_words(text: str) -> Iterator[Word]:
    """Give the words and spaces of a text as pages show it, with their positions."""
    for match in re.finditer(r"\S+|\s+", clean(text)):
        word = match.group()
        yield Word(start=match.start(), text=word, is_space=word.isspace())


def _choice(shown: str, span: Span) -> Choice:
    low, high = max(span.start - AROUND, 0), span.end + AROUND
    return Choice(
        start=span.start,
        before=("…" if low else "") + shown[low : span.start],
        words=span.of(shown),
        after=shown[span.end : high] + ("…" if high < len(shown) else ""),
    )
