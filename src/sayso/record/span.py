"""A stretch of text: half-open, counted in Unicode code points."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Half-open interval of code points; `text[span.start:span.end]` is the quote.

    As JSON it is the list `[start, end]`.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that this span quotes from `text`."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Tell whether `other` lies inside this span; equal spans hold each other."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end
