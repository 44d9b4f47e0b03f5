"""What is nobody's words: the outlet's own voice, quotations without a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract.edges import clean
from sayso.extract.mend import find_claims, starts_sentence
from sayso.extract.quotes import Quotation
from sayso.extract.scene import Draft, Scene, by_paragraph, cover, subtract
from sayso.record.claims import Basis, QuoteKind, Stance, Statement
from sayso.record.ids import statement_id
from sayso.record.report import Flag, Report, SectionKind
from sayso.record.span import Span

MIN_WORDS = 5  # fewer words in marks are a term, a title or a scare quote
MIN_SENTENCE_WORDS = 3  # unless they are a sentence of their own: "I signed nothing."
SAME_WORDS = 0.9  # of a quotation that a headline shortens: "They took it, then left"
UNATTRIBUTED_CONFIDENCE = 0.5  # a rule's, not calibrated: the cue may have been missed
_OWN_VOICE = frozenset({SectionKind.HEADLINE, SectionKind.BODY, SectionKind.CAPTION})
_JOINTS = frozenset({"that", "and", "but", "or", "by", "as", "to"})


def find_unattributed(
    report: Report, scene: Scene, drafts: Sequence[Draft]
) -> list[Statement]:
    """Return a hearsay statement for each quotation that nobody introduces.

    A headline that repeats somebody's words from the text counts for that speaker.
    """
    claims = find_claims(scene, drafts)
    taken = by_paragraph(scene, _all_spans(drafts))
    said = [_words(scene, draft.content) for draft in drafts]
    return [
        _unattributed(report, clean(scene, quotation.inner))
        for top, quotation in enumerate(scene.tops)
        if not claims[top]
        and not cover(
            taken.get(scene.paragraph_of(quotation.outer.start), []), quotation.inner
        )
        and _is_speech(scene, quotation)
        and not (
            _in_headline(report, scene, quotation)
            and _is_repeated(_words(scene, [quotation.inner]), said)
        )
    ]


def find_flags(statements: Sequence[Statement]) -> tuple[Flag, ...]:
    """Return the flags that the statements of a report put on it."""
    loose = any(s.cue is None and s.hearsay for s in statements)
    return (Flag.UNATTRIBUTED_QUOTE,) if loose else ()


def find_own_voice(
    report: Report, scene: Scene, statements: Sequence[Statement]
) -> Statement:
    """Return the outlet's own voice: the text that belongs to nobody else."""
    taken = by_paragraph(
        scene,
        (
            span
            for statement in statements
            for span in (
                *statement.content,
                statement.source,
                statement.cue,
                statement.addressee,
            )
            if span is not None
        ),
    )
    pieces = (
        _without_joints(scene, clean(scene, piece))
        for section in _own_sections(report)
        for paragraph in _paragraphs_in(scene, section)
        for piece in subtract(
            paragraph, taken.get(scene.paragraph_of(paragraph.start), [])
        )
    )
    return Statement(
        id=statement_id(report.id, cue=None, source=None),
        source=None,
        cue=None,
        content=tuple(sorted(p for p in pieces if _is_own(scene, p))),
        quote=QuoteKind.INDIRECT,
        stance=Stance.ASSERTS,
        basis=Basis.NONE,
        confidence=1.0,
        made_by="rule:outlet",
    )


def _unattributed(report: Report, content: Span) -> Statement:
    return Statement(
        id=statement_id(report.id, cue=content, source=None),
        source=None,
        cue=None,
        content=(content,),
        quote=QuoteKind.DIRECT,
        stance=Stance.ASSERTS,
        hearsay=True,
        basis=Basis.NONE,
        confidence=UNATTRIBUTED_CONFIDENCE,
        made_by="rule:unattributed_quote",
    )


def _all_spans(drafts: Sequence[Draft]) -> Iterator[Span]:
    """Give cue, source and content of those who speak."""
    for draft in drafts:
        yield draft.cue
        yield from draft.content
        if draft.source is not None:
            yield draft.source


def _in_headline(report: Report, scene: Scene, quotation: Quotation) -> bool:
    headlines = report.sections_of(SectionKind.HEADLINE) or (scene.paragraph(0),)
    return any(headline.holds(quotation.outer) for headline in headlines)


def _is_speech(scene: Scene, quotation: Quotation) -> bool:
    """Tell speech from scare quotes, titles and terms."""
    words = quotation.inner.of(scene.text).split()
    sentence = starts_sentence(scene, quotation)
    ends = scene.text[quotation.inner.end - 1] in ".!?"
    if len(words) < (MIN_SENTENCE_WORDS if sentence and ends else MIN_WORDS):
        return False
    start, end = scene.tokens_of(quotation.inner)
    verbs = {"VERB", "AUX"}.intersection(scene.reading.upos[start:end])
    return sentence or ends or bool(verbs)


def _is_repeated(words: frozenset[str], said: Sequence[frozenset[str]]) -> bool:
    return any(len(words & other) >= SAME_WORDS * len(words) for other in said)


def _words(scene: Scene, spans: Sequence[Span]) -> frozenset[str]:
    tokens = (scene.tokens_of(span) for span in spans)
    return frozenset(w for start, end in tokens for w in scene.lemmas[start:end])


def _own_sections(report: Report) -> list[Span]:
    if not report.sections:
        return [Span(0, len(report.text))]
    return [s.span for s in report.sections if s.kind in _OWN_VOICE]


def _paragraphs_in(scene: Scene, section: Span) -> list[Span]:
    paragraphs = (scene.paragraph(n) for n in range(len(scene.reading.paragraphs)))
    return [
        Span(max(section.start, p.start), min(section.end, p.end))
        for p in paragraphs
        if section.meets(p)
    ]


def _without_joints(scene: Scene, piece: Span) -> Span:
    """Return a piece without words at its edges that only join it to a statement."""
    start, end = scene.tokens_of(piece)
    words = scene.reading.words
    while start < end and words[start].lower() in _JOINTS:
        start += 1
    while end > start and words[end - 1].lower() in _JOINTS:
        end -= 1
    if start == end:
        return Span(piece.start, piece.start)
    span = scene.span_of((start, end))
    kept = Span(max(span.start, piece.start), min(span.end, piece.end))
    return clean(scene, kept)


def _is_own(scene: Scene, piece: Span) -> bool:
    return any(sign.isalnum() for sign in piece.of(scene.text))
