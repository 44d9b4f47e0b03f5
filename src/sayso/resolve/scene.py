"""A Reading with what the search for mentions asks of it again and again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from sayso.reading.types import EntityMention, Reading, TokenRange
from sayso.record.claims import Statement
from sayso.record.span import Span
from sayso.vocab.names import Names


def align_sources(
    reading: Reading, statements: Sequence[Statement], names: Names
) -> tuple[Statement, ...]:
    """Return the statements with sources that begin and end with a token.

    A source without any token is dropped: there is nobody to find in it.
    """
    scene = Scene(reading, (), names)
    aligned = []
    for statement in statements:
        found = scene.tokens_of(statement.source)
        source = scene.span_of(*found) if found else None
        aligned.append(
            statement
            if source == statement.source
            else replace(statement, source=source)
        )
    return tuple(aligned)


class Scene:
    """Look-ups from spans to tokens, sentences and entities of one Reading."""

    def __init__(
        self, reading: Reading, statements: Sequence[Statement], names: Names
    ) -> None:
        self.reading = reading
        self.names = names
        self._sentence_starts = [start for start, _ in reading.sentences]
        self._token_starts = [token.start for token in reading.tokens]
        sources = (self.tokens_of(statement.source) for statement in statements)
        self.sources = tuple(sorted({found for found in sources if found}))
        cues = (self.tokens_of(statement.cue) for statement in statements)
        edges = {edge for found in (*self.sources, *cues) if found for edge in found}
        self.breaks = tuple(sorted(edges))
        """Token numbers that no phrase may cross: a source or cue begins or ends."""
        self.entities: dict[int, EntityMention] = {
            entity.tokens[1] - 1: entity for entity in reading.entities
        }
        """By their last token."""

    def sentence_of(self, token: int) -> int:
        """Return the number of the sentence that holds a token."""
        return bisect_right(self._sentence_starts, token) - 1

    def tokens_of(self, span: Span | None) -> TokenRange | None:
        """Return the tokens that a span of the text touches, None if it has none."""
        if span is None:
            return None
        tokens = self.reading.tokens
        first = max(0, bisect_right(self._token_starts, span.start) - 1)
        while first < len(tokens) and tokens[first].end <= span.start:
            first += 1
        last = first
        while last < len(tokens) and tokens[last].start < span.end:
            last += 1
        return (first, last) if last > first else None

    def span_of(self, start: int, end: int) -> Span:
        """Return the span of the text from one token to before another."""
        tokens = self.reading.tokens
        return Span(tokens[start].start, tokens[end - 1].end)

    def link_of(self, start: int, end: int) -> tuple[str, int]:
        """Return relation and governor of the phrase between two tokens."""
        heads = self.reading.heads
        for number in range(end - 1, start - 1, -1):
            if not start <= heads[number] < end:
                return self.reading.deprels[number], heads[number]
        return "", -1
