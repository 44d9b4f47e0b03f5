"""Where spans begin and end: marks, commas and a leading "that" stay outside.

The conventions are those of docs/statements.md: a quotation without its marks, a clause
without its "that", a name without the comma after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from sayso.extract.quotes import trim
from sayso.extract.scene import Draft, Scene, join, subtract
from sayso.record.report import Report, SectionKind
from sayso.record.span import Span

_MARKS = frozenset("\"“”„‟«»＂″‹›「」『』‘’‚'`")
_LEADING = frozenset(",;:.!?)]}–—―-…*•|/\\") | _MARKS
_TRAILING = frozenset(",;:.([{–—―-…*•|/\\") | _MARKS
_OPEN_TO_CLOSE = {"(": ")", "[": "]", "{": "}"}
_FRAME = frozenset({SectionKind.DATELINE, SectionKind.BYLINE})
_THAT = re.compile(r"(?:(?:and|but|or)\s+)?that\s+", re.IGNORECASE)
# A quotation that begins a sentence inside a content stands for itself:
# 'had seen nobody: "I was asleep."'
_NEW_SENTENCE = re.compile(r"[.:!?…]\s+(?=[\"“„«‘'‹])")


def snap_content(scene: Scene, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans of a content, cut at paragraphs and clean at their edges."""
    pieces = (
        _without_that(scene, clean(scene, piece))
        for span in join(spans)
        for part in _by_paragraph(scene, span)
        for piece in _by_sentence_quote(scene, part)
    )
    return tuple(piece for piece in pieces if _says_something(scene, piece))


def snap_cue(scene: Scene, span: Span) -> Span:
    """Return a cue without marks at its edges; a cue of marks alone stays: ":"."""
    cleaned = clean(scene, span)
    return cleaned if cleaned.start < cleaned.end else span


def snap_source(scene: Scene, span: Span) -> Span | None:
    """Return a source without marks and a leading "by"; None if no word is left."""
    cleaned = clean(scene, span)
    by = re.match(r"(?:by|from)\s+(?=\S)", cleaned.of(scene.text), re.IGNORECASE)
    if by:
        cleaned = Span(cleaned.start + by.end(), cleaned.end)
    return cleaned if _says_something(scene, cleaned) else None


def keep_in_section(report: Report, scene: Scene, draft: Draft) -> Draft:
    """Return the draft without content that lies in another section than its cue.

    Headline and body are two texts, and datelines and bylines are in nobody's words.
    """
    frames = [s.span for s in report.sections if s.kind in _FRAME]
    headlines = report.sections_of(SectionKind.HEADLINE)
    home = next((h for h in headlines if h.holds(draft.cue)), None)
    pieces = [p for span in draft.content for p in subtract(span, frames)]
    if home is None:
        pieces = [p for piece in pieces for p in subtract(piece, headlines)]
    else:
        pieces = [Span(max(p.start, home.start), min(p.end, home.end)) for p in pieces]
    kept = [piece for piece in pieces if piece.start < piece.end]
    return replace(draft, content=snap_content(scene, kept))


def clean(scene: Scene, span: Span) -> Span:
    """Return a span without white space, commas, stops and lone marks at its edges.

    Marks and brackets whose partner lies inside the span stay: `he saw "two men"`.
    A full stop that belongs to a word ("U.S.") stays too.
    """
    text = scene.text
    span = trim(text, *span)
    while span.start < span.end:
        wrapped = scene.marks.get(span.start)
        if wrapped is not None and wrapped.outer == span:
            span = wrapped.inner
        elif _can_go(scene, span, span.start, _LEADING):
            span = trim(text, span.start + 1, span.end)
        elif _can_go(scene, span, span.end - 1, _TRAILING):
            span = trim(text, span.start, span.end - 1)
        else:
            return span
    return span


def _can_go(scene: Scene, span: Span, at: int, marks: frozenset[str]) -> bool:
    """Tell whether the sign at an edge belongs to nothing inside the span."""
    sign = scene.text[at]
    if sign not in marks or _is_part_of_word(scene, at):
        return False
    if sign in "([{":
        return _OPEN_TO_CLOSE[sign] not in span.of(scene.text)
    quotation = scene.marks.get(at)
    return quotation is None or not span.holds(quotation.outer)


def _is_part_of_word(scene: Scene, at: int) -> bool:
    token = scene.reading.tokens[scene.tokens_of(Span(at, at + 1))[0] :][:1]
    return (
        bool(token)
        and token[0].start <= at
        and any(sign.isalnum() for sign in token[0].of(scene.text))
    )


def _without_that(scene: Scene, span: Span) -> Span:
    """Return the span without a conjunction "that"; "that house" keeps it."""
    that = _THAT.match(scene.text, *span)
    if that is None:
        return span
    first, end = scene.tokens_of(Span(span.start, that.end()))
    conjunction = scene.reading.upos[end - 1] == "SCONJ"
    if not (conjunction or scene.reading.deprels[end - 1] == "mark" or end - first > 1):
        return span
    return clean(scene, Span(that.end(), span.end))


def _by_paragraph(scene: Scene, span: Span) -> Iterator[Span]:
    """Give the pieces of a span that lie in one paragraph each."""
    last = scene.paragraph_of(max(span.start, span.end - 1))
    for number in range(scene.paragraph_of(span.start), last + 1):
        paragraph = scene.paragraph(number)
        start, end = max(span.start, paragraph.start), min(span.end, paragraph.end)
        if start < end:
            yield Span(start, end)


def _by_sentence_quote(scene: Scene, span: Span) -> Iterator[Span]:
    """Give the pieces of a span, cut where a quotation starts a sentence in it."""
    start = span.start
    for match in _NEW_SENTENCE.finditer(scene.text, *span):
        quotation = scene.marks.get(match.end())
        if quotation is not None and quotation.depth == 0:
            yield Span(start, match.end())
            start = match.end()
    yield Span(start, span.end)


def _says_something(scene: Scene, span: Span) -> bool:
    return any(sign.isalnum() for sign in span.of(scene.text))
