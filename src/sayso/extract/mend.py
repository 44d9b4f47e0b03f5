"""Repairs to the contents that the link head gives, where quotation marks tell more.

The head decides word by word; marks, colons and paragraphs bind stretches of words.
What each repair gains is in docs/statements.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from sayso.extract.quotes import Quotation
from sayso.extract.scene import Draft, Scene, by_paragraph, cover, join, size
from sayso.record.span import Span

MIN_WIDEN = 0.5  # share of a quotation that makes the rest of it content too
MIN_CLAIM = 0.3  # share of a quotation from which on it counts as somebody's
MIN_CONTINUING_WORDS = 2  # "Nobody came."; one word alone is mostly a term
_GAP = re.compile(r"[\s,:–—―-]*")
_SENTENCE_END = re.compile(r"[.?!…:][\"”’'»)\]]*\s*$")


Claims = list[dict[int, int]]
"""For each outermost quotation how many code points of it each draft holds."""


def mend_contents(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with their contents completed to whole quotations."""
    cues = by_paragraph(scene, (draft.cue for draft in drafts))
    drafts = [_from_sentence_start(scene, draft, cues) for draft in drafts]
    claims = find_claims(scene, drafts)
    mended = [_widen(scene, draft, n, claims) for n, draft in enumerate(drafts)]
    claims = find_claims(scene, mended)
    for number, draft in enumerate(mended):
        if not draft.content:
            found = _neighbour(scene, draft, claims)
            if found is not None:
                inner = scene.tops[found].inner
                claims[found][number] = size([inner])
                mended[number] = replace(draft, content=(inner,))
    return _continue(scene, mended, claims)


def _from_sentence_start(
    scene: Scene, draft: Draft, cues: Mapping[int, Sequence[Span]]
) -> Draft:
    """Take in the clause that a content before its cue begins by joining on to.

    "Rain fell, but roads were open, she said": the head may leave out "Rain fell".
    """
    if not draft.content or draft.content[0].start >= draft.cue.start:
        return draft
    first = scene.tokens_of(draft.content[0])[0]
    start, stop = scene.sentence_of(first)
    joined = scene.reading.upos[first] == "CCONJ" and start < first
    if not joined or not start <= scene.tokens_of(draft.cue)[0] < stop:
        return draft
    before = scene.span_of((start, first))
    others = cues[scene.paragraph_of(draft.cue.start)]
    if cover([*others, *([draft.source] if draft.source else [])], before):
        return draft
    whole = Span(before.start, draft.content[0].end)
    return replace(draft, content=(whole, *draft.content[1:]))


def find_claims(scene: Scene, drafts: Sequence[Draft]) -> Claims:
    """Return who holds how much of each outermost quotation from outside.

    A cue inside a quotation is part of what is quoted, so its draft has no claim.
    """
    claims: Claims = [{} for _ in scene.tops]
    for number, draft in enumerate(drafts):
        for span in draft.content:
            for top in scene.tops_at(span):
                quotation = scene.tops[top]
                held = cover([span], quotation.inner)
                if held and not quotation.outer.holds(draft.cue):
                    claims[top][number] = claims[top].get(number, 0) + held
    return claims


def owner_of(scene: Scene, claims: Claims, top: int) -> int | None:
    """Return the number of the draft that holds most of an outermost quotation."""
    held, number = max(((n, -d) for d, n in claims[top].items()), default=(0, 0))
    enough = MIN_CLAIM * size([scene.tops[top].inner])
    return -number if held and held >= enough else None


def starts_sentence(scene: Scene, quotation: Quotation) -> bool:
    """Tell whether a quotation begins a paragraph or follows the end of a sentence."""
    paragraph = scene.paragraph(scene.paragraph_of(quotation.outer.start))
    before = scene.text[paragraph.start : quotation.outer.start]
    return not before.strip() or _SENTENCE_END.search(before) is not None


def _widen(scene: Scene, draft: Draft, number: int, claims: Claims) -> Draft:
    """Take in the rest of a quotation of which the draft holds a part.

    A half is enough; less is enough where nobody else holds any of it.
    """
    tops = {top for span in draft.content for top in scene.tops_at(span)}
    whole = [
        scene.tops[top].inner
        for top in tops
        if number in claims[top]
        and (
            len(claims[top]) == 1
            or claims[top][number] >= MIN_WIDEN * size([scene.tops[top].inner])
        )
    ]
    return replace(draft, content=join([*draft.content, *whole]))


def _neighbour(scene: Scene, draft: Draft, claims: Claims) -> int | None:
    """Return the unclaimed quotation beside the cue or source of an empty draft."""
    parts = [draft.cue, *([draft.source] if draft.source else [])]
    start, end = min(p.start for p in parts), max(p.end for p in parts)
    before = bisect_right(scene.top_starts, start) - 1
    after = bisect_left(scene.top_starts, end)
    if before >= 0 and owner_of(scene, claims, before) is None:
        gap_start = scene.tops[before].outer.end
        if gap_start <= start and _GAP.fullmatch(scene.text, gap_start, start):
            return before
    if after < len(scene.tops) and owner_of(scene, claims, after) is None:
        return after if _leads_to(scene, end, scene.tops[after]) else None
    return None


def _leads_to(scene: Scene, end: int, quotation: Quotation) -> bool:
    """Tell whether a cue that ends at `end` introduces a quotation after it.

    Only marks stand between ("said, “"), or the sentence runs into a colon ("said in
    a letter on Friday: “"), be it at the end of the paragraph before.
    """
    between = scene.text[end : quotation.outer.start]
    if _GAP.fullmatch(between):
        return True
    plain = between.rstrip()
    return plain.endswith(":") and not re.search(r"[.?!]\s|\n", plain)


def _continue(scene: Scene, drafts: list[Draft], claims: Claims) -> list[Draft]:
    """Add quotations without a cue of their own to the statement that they continue."""
    owners = [owner_of(scene, claims, top) for top in range(len(scene.tops))]
    voices = _voices(scene, drafts)
    cues = [drafts[number].cue for number in voices]
    for top, quotation in enumerate(scene.tops):
        words = len(quotation.inner.of(scene.text).split())
        if owners[top] is not None or words < MIN_CONTINUING_WORDS:
            continue
        before = voices[: bisect_left(cues, quotation.outer)]
        host = _host(scene, drafts, before, owners, top)
        if host is None or not (
            _is_broken(scene, drafts[host], quotation)
            or (
                starts_sentence(scene, quotation)
                and not _has_own_cue(scene, cues, quotation)
            )
        ):
            continue
        owners[top] = host
        content = join([*drafts[host].content, quotation.inner])
        drafts[host] = replace(drafts[host], content=content)
    return drafts


def _voices(scene: Scene, drafts: Sequence[Draft]) -> list[int]:
    """Return the drafts with a source that speak outside quotations, by cue."""
    found = [
        number
        for number, draft in enumerate(drafts)
        if draft.source and not scene.is_quoted(draft.cue)
    ]
    return sorted(found, key=lambda number: drafts[number].cue)


def _follows_comma(scene: Scene, quotation: Quotation) -> bool:
    before = scene.text[max(0, quotation.outer.start - 3) : quotation.outer.start]
    return before.rstrip().endswith(",")


def _host(
    scene: Scene,
    drafts: Sequence[Draft],
    before: Sequence[int],
    owners: Sequence[int | None],
    top: int,
) -> int | None:
    """Return the draft whose speech a quotation continues.

    Args:
        scene: The report.
        drafts: All drafts.
        before: Those with a cue before the quotation and a source, by cue.
        owners: The draft that each outermost quotation belongs to.
        top: Number of the quotation.
    """
    start = scene.tops[top].outer.start
    paragraph = scene.paragraph_of(start)
    if before and scene.paragraph_of(drafts[before[-1]].cue.start) == paragraph:
        return before[-1]
    if top and scene.paragraph_of(scene.top_starts[top - 1]) == paragraph:
        return owners[top - 1]
    if start != scene.paragraph(paragraph).start:
        return None
    return _host_before(scene, drafts, before, owners, top)


def _has_own_cue(scene: Scene, cues: Sequence[Span], quotation: Quotation) -> bool:
    """Tell whether one of the cues stands in a sentence of the quotation."""
    first, end = scene.tokens_of(quotation.outer)
    start = scene.sentence_of(first)[0]
    stop = scene.sentence_of(end - 1)[1]
    beside = scene.span_of((start, stop))
    number = bisect_left(cues, Span(beside.start, beside.start))
    return number < len(cues) and beside.holds(cues[number])


def _is_broken(scene: Scene, draft: Draft, quotation: Quotation) -> bool:
    """Tell whether a cue breaks the sentence of a quotation: “We,” he said, “go”."""
    between = scene.text[draft.cue.end : quotation.outer.start]
    broken = any(
        scene.tops[top].outer.end <= draft.cue.start
        for span in draft.content
        for top in scene.tops_at(span)
    )
    return (
        broken
        and _follows_comma(scene, quotation)
        and not re.search(r"[.?!]\s", between)
    )


def _host_before(
    scene: Scene,
    drafts: Sequence[Draft],
    before: Sequence[int],
    owners: Sequence[int | None],
    top: int,
) -> int | None:
    """Return the draft of an earlier paragraph that a new paragraph's quote continues.

    The paragraph before must end in that draft's words; between question and answer
    of an interview the question is passed over.
    """
    paragraph = scene.paragraph_of(scene.top_starts[top])
    while paragraph > 0:
        paragraph -= 1
        earlier = scene.paragraph(paragraph)
        if top and scene.tops[top - 1].outer.end >= earlier.end - 1:
            return owners[top - 1]
        if before and drafts[before[-1]].cue.start >= earlier.start:
            sentence = scene.sentence_of(scene.tokens_of(earlier)[1] - 1)
            ends_so = scene.span_of(sentence).holds(drafts[before[-1]].cue)
            return before[-1] if ends_so else None
        if not earlier.of(scene.text).endswith("?"):
            return None
    return None
