"""Where in a text whose words stand: the statements round a token."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate

from sayso.reading.segment import INSIDE, quote_states
from sayso.reading.types import Reading
from sayso.record.claims import QuoteKind, Statement
from sayso.record.span import Span

# Code points that share one list of the statements near them: about two paragraphs.
_STRETCH = 512


class Voices:
    """Look-ups from a stretch of text to the statements that hold it."""

    def __init__(
        self,
        reading: Reading,
        statements: Sequence[Statement],
        groups: Mapping[Span, int],
    ) -> None:
        self.groups = groups
        """Number of the name, among the names of the text, of each named mention."""
        states = quote_states(list(reading.words), list(reading.paragraphs))
        self._between_marks = {
            token.start
            for token, state in zip(reading.tokens, states, strict=True)
            if state == INSIDE
        }
        said = [statement for statement in statements if not statement.is_outlet]
        self._near = _by_stretch(sorted(said, key=_size))
        self.by_cue = sorted(
            (statement for statement in said if statement.cue and statement.source),
            key=lambda statement: (statement.cue, statement.source, statement.id),
        )
        self._quoted_from: dict[Span, list[Statement]] = {}
        for statement in self.by_cue:
            if statement.source and statement.quote is QuoteKind.DIRECT:
                self._quoted_from.setdefault(statement.source, []).append(statement)
        by_source = sorted(
            (statement.source.start, number)
            for number, statement in enumerate(self.by_cue)
            if statement.source
        )
        self._source_starts = [start for start, _ in by_source]
        self._last_cues = list(accumulate((number for _, number in by_source), max))
        """Place in `by_cue` of the last statement among the first sources."""

    def holding(self, span: Span) -> list[Statement]:
        """Return the statements whose content holds `span`, the innermost first."""
        return [
            statement
            for statement in self._near.get(span.start // _STRETCH, ())
            if any(content.holds(span) for content in statement.content)
        ]

    def quoting(self, span: Span) -> Statement | None:
        """Return the innermost statement that quotes `span` word for word, if any."""
        marked = span.start in self._between_marks
        for statement in self.holding(span):
            mixed = statement.quote is QuoteKind.MIXED and marked
            if statement.quote is QuoteKind.DIRECT or mixed:
                return statement
        return None

    def quoted_from(self, source: Span) -> list[Statement]:
        """Return the statements in the very words of `source`."""
        return self._quoted_from.get(source, [])

    def last_before(self, span: Span) -> Statement | None:
        """Return the statement with a source whose cue comes last before `span`."""
        sources = bisect_left(self._source_starts, span.start)
        return self.by_cue[self._last_cues[sources - 1]] if sources else None


def _by_stretch(statements: Sequence[Statement]) -> dict[int, list[Statement]]:
    """Return the statements whose content meets each stretch of text, in order."""
    near: dict[int, list[Statement]] = {}
    for statement in statements:
        met = {
            number
            for content in statement.content
            for number in range(content.start // _STRETCH, content.end // _STRETCH + 1)
        }
        for number in met:
            near.setdefault(number, []).append(statement)
    return near


def _size(statement: Statement) -> tuple[int, Span | None, str]:
    size = sum(content.end - content.start for content in statement.content)
    return size, statement.cue or Span(0, 0), statement.id
