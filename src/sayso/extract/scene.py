"""One report as the rules of this floor see it: text, Reading, quotations, lemmas."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from sayso.extract.quotes import Quotation, outermost, pair_quotes
from sayso.reading.types import Reading, Signs, TokenRange
from sayso.record.span import Span
from sayso.vocab.lexicon import Lexicon


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A statement in the making: one cue with its source and content."""

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    stance: tuple[float, ...]
    """Probabilities in the order of `Stance`; empty where a rule found the cue."""
    speech: float
    signs: Signs = Signs()
    made_by: str


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What every rule may look at; made once a report."""

    text: str
    reading: Reading
    lexicon: Lexicon
    quotations: tuple[Quotation, ...]
    tops: tuple[Quotation, ...]
    """The outermost of them."""
    top_starts: tuple[int, ...]
    marks: Mapping[int, Quotation]
    """Closed quotations by the place of their first and of their last mark."""
    lemmas: tuple[str, ...]
    """Of each token."""
    token_starts: tuple[int, ...]
    sentence_starts: tuple[int, ...]
    """First token of each sentence."""
    paragraph_starts: tuple[int, ...]
    """First token of each paragraph."""

    def tokens_of(self, span: Span) -> TokenRange:
        """Return the tokens that share a code point with the span."""
        first = bisect_right(self.token_starts, span.start) - 1
        if first < 0 or self.reading.tokens[first].end <= span.start:
            first += 1
        return first, max(first, bisect_left(self.token_starts, span.end))

    def span_of(self, tokens: TokenRange) -> Span:
        """Return the stretch from the first token of a range to its last."""
        spans = self.reading.tokens
        return Span(spans[tokens[0]].start, spans[tokens[1] - 1].end)

    def sentence_of(self, token: int) -> TokenRange:
        """Return the token range of the sentence that a token stands in."""
        number = bisect_right(self.sentence_starts, token) - 1
        return self.reading.sentences[number]

    def paragraph_of(self, at: int) -> int:
        """Return the number of the paragraph that a code point stands in."""
        token = bisect_right(self.token_starts, at) - 1
        return max(0, bisect_right(self.paragraph_starts, token) - 1)

    def tops_at(self, span: Span) -> Iterator[int]:
        """Give the numbers of the outermost quotations that meet a span."""
        number = max(0, bisect_right(self.top_starts, span.start) - 1)
        while number < len(self.tops) and self.top_starts[number] < span.end:
            if self.tops[number].outer.meets(span):
                yield number
            number += 1

    def is_quoted(self, span: Span) -> bool:
        """Tell whether a span lies in an outermost quotation, marks included."""
        return any(self.tops[n].outer.holds(span) for n in self.tops_at(span))

    def paragraph(self, number: int) -> Span:
        """Return the stretch of a paragraph, from its first token to its last."""
        return self.span_of(self.reading.paragraphs[number])


def set_scene(text: str, reading: Reading, lexicon: Lexicon) -> Scene:
    """Return the scene of one report."""
    spans = reading.tokens
    paragraphs = [
        Span(spans[start].start, spans[end - 1].end)
        for start, end in reading.paragraphs
    ]
    quotations = pair_quotes(text, paragraphs)
    tops = outermost(quotations)
    closed = [q for q in quotations if q.closed]
    return Scene(
        text=text,
        reading=reading,
        lexicon=lexicon,
        quotations=quotations,
        tops=tops,
        top_starts=tuple(q.outer.start for q in tops),
        marks={q.outer.start: q for q in closed} | {q.outer.end - 1: q for q in closed},
        lemmas=lexicon.lemmas(reading.words),
        token_starts=tuple(span.start for span in spans),
        sentence_starts=tuple(start for start, _ in reading.sentences),
        paragraph_starts=tuple(start for start, _ in reading.paragraphs),
    )


def cover(spans: Sequence[Span], other: Span) -> int:
    """Return how many code points of `other` lie in any of the spans."""
    return sum(
        max(0, min(span.end, other.end) - max(span.start, other.start))
        for span in spans
    )


def size(spans: Iterable[Span]) -> int:
    """Return the code points of all spans together."""
    return sum(span.end - span.start for span in spans)


def by_paragraph(scene: Scene, spans: Iterable[Span]) -> dict[int, list[Span]]:
    """Return the spans under the number of the paragraph that each one starts in."""
    found: dict[int, list[Span]] = {}
    for span in spans:
        found.setdefault(scene.paragraph_of(span.start), []).append(span)
    return found


def subtract(span: Span, others: Iterable[Span]) -> list[Span]:
    """Return what is left of a span without the others, in order."""
    pieces, start = [], span.start
    for other in sorted(others):
        if other.end <= start or other.start >= span.end:
            continue
        if other.start > start:
            pieces.append(Span(start, other.start))
        start = max(start, other.end)
    if start < span.end:
        pieces.append(Span(start, span.end))
    return pieces


def join(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, overlapping and touching ones made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
