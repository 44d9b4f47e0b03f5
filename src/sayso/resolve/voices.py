"""Where in a text whose words stand: the statements round a token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.reading.segment import INSIDE, quote_states
from sayso.reading.types import Reading
from sayso.record.claims import QuoteKind, Statement
from sayso.record.span import Span


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
        self._by_size = sorted(said, key=_size)
        self.by_cue = sorted(
            (statement for statement in said if statement.cue and statement.source),
            key=lambda statement: (statement.cue, statement.source, statement.id),
        )

    def holding(self, span: Span) -> list[Statement]:
        """Return the statements whose content holds `span`, the innermost first."""
        return [
            statement
            for statement in self._by_size
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
        return [
            statement
            for statement in self.by_cue
            if statement.source == source and statement.quote is QuoteKind.DIRECT
        ]

    def last_before(self, span: Span) -> Statement | None:
        """Return the statement with a source whose cue comes last before `span`."""
        before = None
        for statement in self.by_cue:
            if statement.source == span or statement.source.start >= span.start:  # type: ignore[union-attr]
                continue
            before = statement
        return before


def _size(statement: Statement) -> tuple[int, Span | None, str]:
    size = sum(content.end - content.start for content in statement.content)
    return size, statement.cue or Span(0, 0), statement.id
