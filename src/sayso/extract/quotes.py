"""Quotation marks: which opening belongs to which closing, in all styles of print.

Directed marks (“ ” „ “ « » ‹ › ‘ ’ 「 」), straight ones (" ' '') and turned guillemets
are paired within one paragraph. An apostrophe is no mark. Newspapers repeat the opening
mark in each paragraph of a long quotation and close it once, so a mark that is left
open ends with its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from sayso.record.span import Span

_MARK = re.compile(r"''|``|[“”„‟«»\"＂″‘’‚'‹›「」『』]")
_CLOSERS = {
    "“": frozenset(["“", "”", "″", '"', "''"]),
    "„": frozenset(["“", "”", "″", '"', "''"]),
    "‟": frozenset(["”", '"', "''"]),
    "«": frozenset("»"),
    "»": frozenset("«»"),
    "‹": frozenset("›"),
    "「": frozenset("」"),
    "『": frozenset("』"),
    '"': frozenset(['"', "”", "“", "''"]),
    "＂": frozenset("＂"),
    "″": frozenset("″”"),
    "”": frozenset("”"),
    "``": frozenset(["''", '"']),
    "''": frozenset(["''"]),
    "‘": frozenset("’'"),
    "‚": frozenset("‘’"),
    "'": frozenset("'’"),
}
_SINGLE = frozenset("‘’‚'")
_STRAIGHT = frozenset(['"', "＂", "''"])
_ONLY_OPENING = frozenset(["“", "„", "‟", "‹", "「", "『", "``"])
_BEFORE_OPENING = frozenset("([{–—-/…“„«‹\"'‘「『")
_SENTENCE_MARKS = frozenset(".,!?;:…–—")
_ELISIONS = re.compile(
    r"(?:tis|twas|em|til|cause|bout|round|n)\b|\d\ds?\b", re.IGNORECASE
)


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of text between two quotation marks."""

    outer: Span
    """With its marks, as far as they are there."""
    inner: Span
    """Without its marks and without white space at the edges."""
    closed: bool
    """Whether its closing mark stands in the same paragraph."""
    depth: int
    """0 for the outermost, 1 for a quotation in a quotation …"""


def pair_quotes(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Return all quotations of the text in order, outer before inner.

    A straight or wrongly turned mark opens or closes by the white space at its sides.
    Empty quotations are left out.
    """
    found = [
        quotation
        for paragraph in paragraphs
        for quotation in _pair_in(text, paragraph)
        if quotation.inner.start < quotation.inner.end
    ]
    return tuple(sorted(found, key=lambda q: (q.outer.start, -q.outer.end)))


def outermost(quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Return those that stand in no other one."""
    return tuple(q for q in quotations if q.depth == 0)


def trim(text: str, start: int, end: int) -> Span:
    """Return the stretch without white space at its edges; it may be empty."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _pair_in(text: str, paragraph: Span) -> Iterator[Quotation]:
    """Give the quotations of one paragraph, inner ones before their outer one."""
    stack: list[re.Match[str]] = []
    for match in _MARK.finditer(text, *paragraph):
        level = _level_closed(text, stack, match)
        if level is not None:
            # Marks left open inside a closed pair are strays, not quotations.
            del stack[level + 1 :]
            yield _quotation(text, stack.pop(), match.start(), match.end(), len(stack))
        elif _opens(text, match, paragraph):
            if stack and match.group() == stack[-1].group():
                # Opened again before it was closed: the first lost its closing mark.
                lost = stack.pop()
                yield _quotation(text, lost, match.start(), None, len(stack))
            stack.append(match)
    while stack:
        opening = stack.pop()
        if opening.group() not in _SINGLE:
            yield _quotation(text, opening, paragraph.end, None, len(stack))


def _quotation(
    text: str, opening: re.Match[str], end: int, outer_end: int | None, depth: int
) -> Quotation:
    inner = trim(text, opening.end(), end)
    return Quotation(
        outer=Span(opening.start(), inner.end if outer_end is None else outer_end),
        inner=inner,
        closed=outer_end is not None,
        depth=depth,
    )


def _level_closed(
    text: str, stack: Sequence[re.Match[str]], match: re.Match[str]
) -> int | None:
    """Return the place in the stack of the opening mark that this one closes."""
    mark = match.group()
    if mark in _ONLY_OPENING and not (mark == "“" and _looks_closing(text, match)):
        # Only German “ closes, and only where „ stands open.
        return next(
            (n for n in _downwards(stack) if mark == "“" and stack[n].group() == "„"),
            None,
        )
    if mark in _SINGLE and not _closes_single(text, match):
        return None
    if mark in _STRAIGHT and _looks_opening(text, match):
        return None
    return next(
        (n for n in _downwards(stack) if mark in _CLOSERS[stack[n].group()]), None
    )


def _downwards(stack: Sequence[re.Match[str]]) -> range:
    return range(len(stack) - 1, -1, -1)


def _opens(text: str, match: re.Match[str], paragraph: Span) -> bool:
    mark = match.group()
    if mark in _SINGLE:
        return mark != "’" and _opens_single(text, match, paragraph)
    if mark in _ONLY_OPENING or mark == "«":
        return not _looks_closing(text, match)
    return (mark in _STRAIGHT or mark in "”»″") and _looks_opening(text, match)


def _looks_opening(text: str, match: re.Match[str]) -> bool:
    return _free_before(text, match) and not _free_after(text, match)


def _looks_closing(text: str, match: re.Match[str]) -> bool:
    return not _free_before(text, match) and _free_after(text, match)


def _free_before(text: str, match: re.Match[str]) -> bool:
    """Tell whether white space, a text edge, a bracket or a mark stands before."""
    start = match.start()
    return not start or text[start - 1].isspace() or text[start - 1] in _BEFORE_OPENING


def _free_after(text: str, match: re.Match[str]) -> bool:
    """Tell whether white space, a text edge or punctuation stands after."""
    end = match.end()
    return end == len(text) or not (text[end].isalnum() or text[end] in _BEFORE_OPENING)


def _opens_single(text: str, match: re.Match[str], paragraph: Span) -> bool:
    """Tell a single opening mark from an apostrophe: it needs a closing one ahead."""
    end = match.end()
    if not _free_before(text, match) or end >= paragraph.end or text[end].isspace():
        return False
    if _ELISIONS.match(text, end):
        return False
    closers = _CLOSERS[match.group()]
    ahead = _MARK.finditer(text, end, paragraph.end)
    return any(m.group() in closers and _closes_single(text, m) for m in ahead)


def _closes_single(text: str, match: re.Match[str]) -> bool:
    """Tell a single closing mark from the apostrophe of a word or of "workers'"."""
    start, end = match.span()
    if not start or text[start - 1].isspace():
        return False
    if end < len(text) and text[end].isalnum():
        return False
    if text[start - 1] in _SENTENCE_MARKS:
        return True
    # After a plural s, before a small letter: "the workers' houses".
    return not re.match(r" [a-z]", text[end : end + 2]) or text[start - 1] not in "sS"
