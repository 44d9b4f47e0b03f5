"""Statements told by layout alone: a colon in a headline, a dash before a name.

The link head sees few of these in its training texts; they are found here only where it
gave nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sayso.extract.edges import snap_content
from sayso.extract.quotes import Quotation
from sayso.extract.scene import Draft, Scene, by_paragraph
from sayso.record.report import Report, SectionKind
from sayso.record.span import Span
from sayso.vocab.lexicon import PhraseKind

MAX_SOURCE_WORDS = 6  # "The Front of the Dunes"; longer stretches are clauses
MIN_SAID_WORDS = 2

# "Officials: two dead"   "Two dead: police"   "Two dead, say police"
_BEFORE_COLON = re.compile(r"(?P<source>[^:,.;]{2,60}?)(?P<cue>:)\s+(?P<content>\S.*)")
_AFTER_COLON = re.compile(
    r"(?P<content>\S.*?)\s*(?P<cue>:|\s[-–—―])\s+(?P<source>[^:,.;]{2,60})"
)
_AFTER_VERB = re.compile(
    r"(?P<content>\S.*?),\s+(?P<cue>says?|said|claims?|warns?)\s+(?P<source>[^:,;]{2,60})",
    re.IGNORECASE,
)
# “...” — Name
_DASH = re.compile(
    r"\s*(?P<cue>[-–—―]{1,2})\s*(?P<source>[^\W\d_][^:;!?\n]{1,60}?)\.?\s*\Z"
)
# From the Harbour Wire:
_FROM = re.compile(r"(?P<cue>From)\s+(?P<source>[^:.!?]{2,60}):\s*\Z")


def find_by_layout(
    report: Report, scene: Scene, drafts: Sequence[Draft]
) -> list[Draft]:
    """Return drafts for headline, dash and "From X:" attributions without a cue yet."""
    cues = by_paragraph(scene, (draft.cue for draft in drafts))
    return [
        *(
            draft
            for span in report.sections_of(SectionKind.HEADLINE)
            if not cues.get(scene.paragraph_of(span.start))
            for draft in _in_headline(scene, span)
        ),
        *(
            draft
            for quotation in scene.tops
            for draft in _round_quotation(scene, quotation, cues)
        ),
    ]


def _in_headline(scene: Scene, headline: Span) -> Iterator[Draft]:
    line = headline.of(scene.text)
    for pattern in (_AFTER_VERB, _BEFORE_COLON, _AFTER_COLON):
        match = pattern.fullmatch(line)
        if match is None:
            continue
        source = _shift(match, "source", headline.start)
        content = _shift(match, "content", headline.start)
        quoted = any(content.start == q.outer.start for q in scene.quotations)
        enough = len(match["content"].split()) >= MIN_SAID_WORDS
        if enough and _can_speak(scene, source, quoted=quoted):
            cue = _shift(match, "cue", headline.start)
            yield _draft(scene, cue, source, content)
            return


def _round_quotation(
    scene: Scene, quotation: Quotation, cues: Mapping[int, Sequence[Span]]
) -> Iterator[Draft]:
    """Give the name after the dash behind a quotation, or the line that leads to it."""
    number = scene.paragraph_of(quotation.outer.start)
    paragraph = scene.paragraph(number)
    own = _line_of(scene, quotation.outer, paragraph)
    if quotation.outer.start != own.start or not quotation.closed:
        return
    lines = [own]
    if quotation.outer == paragraph:
        lines = [
            scene.paragraph(n)
            for n in (number - 1, number + 1)
            if 0 <= n < len(scene.reading.paragraphs)
        ]
    for line in lines:
        there = cues.get(scene.paragraph_of(line.start), ())
        if any(line.holds(cue) and not quotation.outer.holds(cue) for cue in there):
            continue
        after = line.start >= own.start
        start = max(line.start, quotation.outer.end) if after else line.start
        match = (_DASH if after else _FROM).match(scene.text, start, line.end)
        if match and _is_name(scene, _shift(match, "source", 0)):
            cue, source = _shift(match, "cue", 0), _shift(match, "source", 0)
            yield _draft(scene, cue, source, quotation.inner)
            return


def _line_of(scene: Scene, span: Span, paragraph: Span) -> Span:
    """Return the lines of a paragraph from where `span` begins to where it ends.

    Pages of readers' views print one quotation a line, without blank lines between.
    """
    start = scene.text.rfind("\n", paragraph.start, span.start) + 1
    end = scene.text.find("\n", span.end, paragraph.end)
    whole = Span(max(start, paragraph.start), paragraph.end if end < 0 else end)
    indent = len(whole.of(scene.text)) - len(whole.of(scene.text).lstrip())
    return Span(whole.start + indent, whole.end)


def _draft(scene: Scene, cue: Span, source: Span, content: Span) -> Draft:
    return Draft(
        cue=Span(cue.end - len(cue.of(scene.text).strip()), cue.end),
        source=source,
        content=snap_content(scene, [content]),
        stance=(),
        speech=1.0,
        made_by="rule:layout",
    )


def _shift(match: re.Match[str], name: str, by: int) -> Span:
    return Span(match.start(name) + by, match.end(name) + by)


def _can_speak(scene: Scene, source: Span, *, quoted: bool) -> bool:
    """Tell whether a stretch of a headline names people, not a topic.

    A place before a colon is mostly a topic ("Karsenia: two dead"), unless a quotation
    follows.
    """
    start, end = scene.tokens_of(source)
    words = scene.reading.words[start:end]
    if len(words) > MAX_SOURCE_WORDS or any(
        scene.lexicon.is_a(word, PhraseKind.RUBRIC) for word in words
    ):
        return False
    last = words[-1]
    labels = {e.label for e in scene.reading.entities if start <= e.tokens[0] < end}
    if labels & {"PER", "ORG"} or (quoted and labels):
        return True
    if "VERB" in scene.reading.upos[start:end]:
        return False
    kinds = (PhraseKind.GROUP, PhraseKind.PEOPLE)
    return any(scene.lexicon.is_a(last, kind) for kind in kinds)


def _is_name(scene: Scene, source: Span) -> bool:
    """Tell whether a short stretch begins with a capital and holds no verb."""
    words = source.of(scene.text).split()
    start, end = scene.tokens_of(source)
    return (
        len(words) <= MAX_SOURCE_WORDS
        and any(word[:1].isupper() for word in words)
        and not {"VERB", "AUX"}.intersection(scene.reading.upos[start:end])
    )
