"""Repairs to the contents that the link head gives, where quotation marks tell more.

The head decides word by word; marks, colons and paragraphs bind stretches of words.
What each repair gains is in docs/statements.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from sayso.extract.quotes import Quotation, outermost
from sayso.extract.scene import Draft, Scene, cover, join

MIN_WIDEN = 0.5  # share of a quotation that makes the rest of it content too
MIN_CLAIM = 0.3  # share of a quotation from which on it counts as somebody's
MIN_CONTINUING_WORDS = 2  # "Nobody came."; one word alone is mostly a term
_GAP = re.compile(r"[\s,:–—-]*")
_SENTENCE_END = re.compile(r"[.?!…:][\"”’'»)\]]*\s*$")


def mend_contents(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with their contents completed to whole quotations."""
    tops = outermost(scene.quotations)
    mended = [_widen(draft, drafts, tops) for draft in drafts]
    for number, draft in enumerate(mended):
        if not draft.content:
            mended[number] = _take_neighbour(scene, draft, mended, tops)
    return _continue(scene, mended, tops)


def owner_of(drafts: Sequence[Draft], quotation: Quotation) -> int | None:
    """Return the number of the draft that holds most of a quotation from outside.

    A cue inside the quotation is part of what is quoted, so its draft is no owner.
    """
    shares = [
        (cover(draft.content, quotation.inner), -number)
        for number, draft in enumerate(drafts)
        if not quotation.outer.holds(draft.cue)
    ]
    most, number = max(shares, default=(0, 0))
    enough = MIN_CLAIM * (quotation.inner.end - quotation.inner.start)
    return -number if most and most >= enough else None


def starts_sentence(scene: Scene, quotation: Quotation) -> bool:
    """Tell whether a quotation begins a paragraph or follows the end of a sentence."""
    paragraph = scene.paragraph(scene.paragraph_of(quotation.outer.start))
    before = scene.text[paragraph.start : quotation.outer.start]
    return not before.strip() or _SENTENCE_END.search(before) is not None


def _widen(draft: Draft, drafts: Sequence[Draft], tops: Sequence[Quotation]) -> Draft:
    """Take in the rest of a quotation of which the draft holds a part.

    A half is enough; less is enough where nobody else holds any of it.
    """
    content = list(draft.content)
    for quotation in tops:
        held = cover(draft.content, quotation.inner)
        if not held or quotation.outer.holds(draft.cue):
            continue
        length = quotation.inner.end - quotation.inner.start
        rivals = (
            other
            for other in drafts
            if other is not draft and not quotation.outer.holds(other.cue)
        )
        if held >= MIN_WIDEN * length or not any(
            cover(rival.content, quotation.inner) for rival in rivals
        ):
            content.append(quotation.inner)
    return replace(draft, content=join(content))


def _take_neighbour(
    scene: Scene, draft: Draft, drafts: Sequence[Draft], tops: Sequence[Quotation]
) -> Draft:
    """Give an empty draft the unclaimed quotation beside its cue or source."""
    parts = [draft.cue, *([draft.source] if draft.source else [])]
    start, end = min(p.start for p in parts), max(p.end for p in parts)
    for quotation in tops:
        if owner_of(drafts, quotation) is not None:
            continue
        before = quotation.outer.end <= start and _GAP.fullmatch(
            scene.text, quotation.outer.end, start
        )
        after = quotation.outer.start >= end and _leads_to(scene, end, quotation)
        if before or after:
            return replace(draft, content=(quotation.inner,))
    return draft


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


def _continue(
    scene: Scene, drafts: list[Draft], tops: Sequence[Quotation]
) -> list[Draft]:
    """Add quotations without a cue of their own to the statement that they continue."""
    owners = [owner_of(drafts, quotation) for quotation in tops]
    voices = _voices(drafts, tops)
    for number, quotation in enumerate(tops):
        if owners[number] is not None or not _can_continue(scene, quotation):
            continue
        host = _host(scene, drafts, voices, tops, owners, number)
        if host is not None:
            owners[number] = host
            content = join([*drafts[host].content, quotation.inner])
            drafts[host] = replace(drafts[host], content=content)
    return drafts


def _voices(drafts: Sequence[Draft], tops: Sequence[Quotation]) -> list[int]:
    """Return the drafts with a source that speak outside quotations, by cue."""
    found = [
        number
        for number, draft in enumerate(drafts)
        if draft.source and not any(q.outer.holds(draft.cue) for q in tops)
    ]
    return sorted(found, key=lambda number: drafts[number].cue)


def _can_continue(scene: Scene, quotation: Quotation) -> bool:
    words = len(quotation.inner.of(scene.text).split())
    return words >= MIN_CONTINUING_WORDS and (
        starts_sentence(scene, quotation) or _follows_comma(scene, quotation)
    )


def _follows_comma(scene: Scene, quotation: Quotation) -> bool:
    return scene.text[: quotation.outer.start].rstrip().endswith(",")


def _host(
    scene: Scene,
    drafts: Sequence[Draft],
    voices: Sequence[int],
    tops: Sequence[Quotation],
    owners: Sequence[int | None],
    number: int,
) -> int | None:
    """Return the draft whose speech a quotation continues."""
    quotation = tops[number]
    start = quotation.outer.start
    paragraph = scene.paragraph_of(start)
    before = [n for n in voices if drafts[n].cue.end <= start]
    here = [n for n in before if scene.paragraph_of(drafts[n].cue.start) == paragraph]
    if _has_own_cue(scene, drafts, voices, quotation):
        return _broken(scene, drafts, here, quotation)
    if here:
        return here[-1]
    previous = owners[number - 1] if number else None
    if previous is not None and scene.paragraph_of(tops[number - 1].outer.start) == (
        paragraph
    ):
        return previous
    if start != scene.paragraph(paragraph).start:
        return None
    return _host_before(scene, drafts, before, previous, tops[:number], paragraph)


def _has_own_cue(
    scene: Scene,
    drafts: Sequence[Draft],
    voices: Sequence[int],
    quotation: Quotation,
) -> bool:
    """Tell whether a cue stands beside a quotation in one of its sentences."""
    first, end = scene.tokens_of(quotation.outer)
    start = scene.sentence_of(first)[0]
    stop = scene.sentence_of(end - 1)[1]
    beside = scene.span_of((start, stop))
    return any(beside.holds(drafts[n].cue) for n in voices)


def _broken(
    scene: Scene, drafts: Sequence[Draft], here: Sequence[int], quotation: Quotation
) -> int | None:
    """Return the draft in the midst of a broken quotation: “We,” he said, “go”."""
    if not here or not _follows_comma(scene, quotation):
        return None
    draft = drafts[here[-1]]
    between = scene.text[draft.cue.end : quotation.outer.start]
    broken = any(
        q.outer.end <= draft.cue.start and cover(draft.content, q.inner)
        for q in scene.quotations
    )
    return here[-1] if broken and not re.search(r"[.?!]\s", between) else None


def _host_before(
    scene: Scene,
    drafts: Sequence[Draft],
    before: Sequence[int],
    previous: int | None,
    tops: Sequence[Quotation],
    paragraph: int,
) -> int | None:
    """Return the draft of an earlier paragraph that a new paragraph's quote continues.

    The paragraph before must end in that draft's words; between question and answer
    of an interview the question is passed over.
    """
    while paragraph > 0:
        paragraph -= 1
        earlier = scene.paragraph(paragraph)
        last = tops[-1] if tops else None
        if previous is not None and last and last.outer.end >= earlier.end - 1:
            return previous
        inside = [n for n in before if earlier.holds(drafts[n].cue)]
        if inside:
            sentence = scene.sentence_of(scene.tokens_of(earlier)[1] - 1)
            ends_so = scene.span_of(sentence).holds(drafts[inside[-1]].cue)
            return inside[-1] if ends_so else None
        if not earlier.of(scene.text).rstrip().endswith("?"):
            return None
    return None
