"""The parse of one report, ready for many questions about few of its words.

Heads may form rings and phrases may be broken; each walk is bounded.
"""

from __future__ import annotations

from bisect import bisect_right

from sayso.reading.types import Reading, TokenRange
from sayso.record.span import Span

_MAX_DEPTH = 40  # deeper than any clause; a bound for rings of heads

NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON"})


class Tree:
    """Words in lower case and the dependents of each; made once a report."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.words = [word.lower() for word in reading.words]
        self._starts = [start for start, _ in reading.sentences]
        self._dependents: dict[int, list[int]] = {}
        for number, head in enumerate(reading.heads):
            self._dependents.setdefault(head, []).append(number)

    def children(self, head: int, relations: frozenset[str]) -> list[int]:
        """Return the words that hang on a word by one of the relations, in order."""
        deprels = self.reading.deprels
        return [n for n in self._dependents.get(head, ()) if deprels[n] in relations]

    def sentence_of(self, token: int) -> TokenRange:
        """Return the token range of the sentence that a token stands in."""
        return self.reading.sentences[bisect_right(self._starts, token) - 1]

    def left_edge(self, head: int) -> int:
        """Return where the unbroken stretch begins that hangs on a word."""
        first = self.sentence_of(head)[0]
        start = head
        while start > first and self.hangs_on(start - 1, head):
            start -= 1
        return start

    def right_edge(self, head: int) -> int:
        """Return where the unbroken stretch ends that hangs on a word."""
        last = self.sentence_of(head)[1]
        end = head + 1
        while end < last and self.hangs_on(end, head):
            end += 1
        return end

    def hangs_on(self, token: int, goal: int) -> bool:
        """Tell whether a chain of heads leads from a token to another, or is it."""
        for _ in range(_MAX_DEPTH):
            if token == goal or token < 0:
                return token == goal
            token = self.reading.heads[token]
        return False

    def span_of(self, start: int, end: int) -> Span:
        """Return the stretch from one token to before another."""
        tokens = self.reading.tokens
        return Span(tokens[start].start, tokens[end - 1].end)
