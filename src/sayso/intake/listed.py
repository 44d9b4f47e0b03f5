"""Reader comments that stand as a list under the article of a plain text.

A list inside or at the end of the article itself must stay there. So a list counts as
comments only if it is announced by a heading, or if it runs to the end of the text, is
numbered from 1, and several signs agree (`_score`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sayso.intake.comments import CommentDraft
from sayso.intake.dates import find_date
from sayso.intake.normalise import PARAGRAPH_BREAK, join_lines, squeeze

NUMBERED_SCORE = 2
BULLETED_SCORE = 3  # bullets stand in many articles, numbers in few
MIN_ARTICLE_WORDS = 12  # of one paragraph at least; a heading alone is no article

_ITEM = re.compile(
    r"(?P<indent>\s*)(?:[(\[#]{0,2}(?P<number>\d{1,4})(?:[.)\]:]{1,2}|(?=\s[-–—]\s))"
    r"|(?P<bullet>[-*•‣▪◦·–—]))(?:\s[-–—](?=\s))?\s+(?P<text>\S.*)"
)
_HEADING = re.compile(
    r"\W*(?:(?:all|top|latest|recent|your|user|readers?['’]?s?['’]?|\d+)\s+){0,2}"
    r"comments?(?:\s+(?:from|by)\s+(?:our\s+)?readers|\s+section|\s+so\s+far)?"
    r"\s*(?:[(\[]\s*\d+\s*[)\]]|\d+)?\s*:?\W*",
    re.IGNORECASE,
)
_HEADING_OTHER = re.compile(
    r"\W*(?:what\s+(?:our\s+)?readers\s+(?:say|said|think|wrote)|readers?['’]?s?['’]?\s+"
    r"(?:letters|responses|reactions|replies|views|opinions)|join\s+the\s+discussion)"
    r"\s*(?:[(\[]\s*\d+\s*[)\]])?\s*:?\W*",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r":\s*$|\b(?:following|as follows|below|these|namely|include[ds]?|listed|demands"
    r"|conditions|points|steps|measures|questions|findings|recommendations|reasons"
    r"|priorities|proposals|articles|items|rules|things|ways|lessons|key)\b[^.!?]*"
    r"[.!?:]?\s*$",
    re.IGNORECASE,
)
_VOICE = re.compile(
    r"\b(?:I|I['’]m|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|[Uu]s|[Mm]e|[Ll]et['’]s)\b|!|\?"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*$")
_SAYS = re.compile(
    r"(?P<author>\S[^:]{0,60}?)\s+(?:says|said|wrote|writes|commented|replied)"
    r"(?:\s+(?:on|at)\s+(?P<time>[^:]{6,40}))?\s*:\s*(?P<text>.*)"
)
_POSTED = re.compile(
    r"(?:posted\s+)?by\s+(?P<author>[^,|:]{1,60}?)"
    r"(?:\s*(?:,|\||\bon\b|\bat\b)\s*(?P<time>.{6,40}))?",
    re.IGNORECASE,
)


class _Item(NamedTuple):
    first: int
    """Number of its first line."""
    end: int
    """Number of the line behind its last one."""
    indent: int


def split_comments(
    lines: Sequence[str],
) -> tuple[Sequence[str], tuple[CommentDraft, ...]]:
    """Return the lines of the article and the comments listed under it.

    Without comments, or if nothing would be left of the article, all lines come back.
    """
    if (heading := _find_heading(lines)) is not None:
        return lines[:heading], _read_announced(lines[heading + 1 :])
    for start, line in enumerate(lines):
        match = _ITEM.match(line)
        if match and _is_first(match) and start and not lines[start - 1].strip():
            items = _read_items(lines, start)
            if items and _is_comments(lines, items, is_numbered=bool(match["number"])):
                return lines[:start], _draft_items(lines, items)
    return lines, ()


def _find_heading(lines: Sequence[str]) -> int | None:
    """Return the number of the last line that announces comments below an article."""
    for number in range(len(lines) - 1, 0, -1):
        line = lines[number].strip()
        if (
            len(line) <= 60
            and (_is_plural(line) or _HEADING_OTHER.fullmatch(line))
            and _is_alone(lines, number)
            and any(below.strip() for below in lines[number + 1 :])
            and _has_article(lines[:number])
        ):
            return number
    return None


def _is_plural(line: str) -> bool:
    # "Comment" alone heads an opinion piece; "1 comment", "Reader comment" do not.
    return bool(_HEADING.fullmatch(line)) and line.strip(" :").lower() != "comment"


def _is_alone(lines: Sequence[str], number: int) -> bool:
    above = lines[number - 1].strip()
    below = lines[number + 1] if number + 1 < len(lines) else ""
    return not above or bool(_ITEM.match(below)) or not below.strip()


def _has_article(lines: Sequence[str]) -> bool:
    return any(len(line.split()) >= MIN_ARTICLE_WORDS for line in join_lines(lines))


def _is_first(match: re.Match[str]) -> bool:
    return match["number"] is None or int(match["number"]) == 1


def _read_items(
    lines: Sequence[str], start: int, *, is_announced: bool = False
) -> list[_Item]:
    """Return the items of the list that starts there, none if text follows it.

    Numbers must run without a gap. An item may go on over several lines, and behind a
    blank line if it is indented; under a heading also if it is not.
    """
    opening = _ITEM.match(lines[start])
    assert opening is not None
    indent = len(opening["indent"])
    starts = [start]
    for number in range(start + 1, len(lines)):
        match = _ITEM.match(lines[number])
        if match and _continues(opening, match, len(starts) + 1):
            starts.append(number)
        elif lines[number].strip() and not is_announced:
            is_new_block = not lines[number - 1].strip()
            depth = len(lines[number]) - len(lines[number].lstrip())
            if is_new_block and depth <= indent:
                return []
    ends = [*starts[1:], len(lines)]
    return [_Item(first, end, indent) for first, end in zip(starts, ends, strict=True)]


def _continues(opening: re.Match[str], match: re.Match[str], number: int) -> bool:
    if opening["number"] is None:
        return match["bullet"] == opening["bullet"]
    return match["number"] is not None and int(match["number"]) == number


def _is_comments(
    lines: Sequence[str], items: Sequence[_Item], *, is_numbered: bool
) -> bool:
    article = lines[: items[0].first]
    if len(items) < 2 or not _has_article(article):
        return False
    last = next(line for line in reversed(article) if line.strip())
    if _LEAD_IN.search(last) or not _SENTENCE_END.search(last.strip()):
        return False
    score = _score(article, items, [_text_of(lines, item) for item in items])
    return score >= (NUMBERED_SCORE if is_numbered else BULLETED_SCORE)


def _score(article: Sequence[str], items: Sequence[_Item], texts: Sequence[str]) -> int:
    """Return how many signs there are, 0 to 5, that a list holds comments.

    It is set apart by more blank lines than paragraphs are; it is indented and they
    are not; its items are whole sentences; some, or most, speak to somebody.
    """
    gaps = _gaps(article)
    # The gap under the headline is often wide; it says nothing on the paragraphs.
    usual = max(gaps[1:-1], default=0)
    indents = [len(line) - len(line.lstrip()) for line in article if line.strip()]
    sentences = sum(
        len(text.split()) >= 6 and bool(_SENTENCE_END.search(text)) for text in texts
    )
    voices = sum(bool(_VOICE.search(text)) for text in texts)
    return (
        (gaps[-1] > usual)
        + (items[0].indent > max(indents[1:], default=0))
        + (2 * sentences > len(texts))
        + (3 * voices >= len(texts))
        + (3 * voices >= 2 * len(texts))
    )


def _gaps(lines: Sequence[str]) -> list[int]:
    """Return the number of blank lines behind each line that is not blank."""
    gaps: list[int] = []
    for line in lines:
        if line.strip():
            gaps.append(0)
        elif gaps:
            gaps[-1] += 1
    return gaps


def _text_of(lines: Sequence[str], item: _Item) -> str:
    match = _ITEM.match(lines[item.first])
    assert match is not None
    return _join([match["text"], *lines[item.first + 1 : item.end]])


def _join(lines: Sequence[str]) -> str:
    """Return the text of one comment: a line break in it is no new paragraph."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        else:
            blocks.append([])
    return PARAGRAPH_BREAK.join(squeeze(" ".join(block)) for block in blocks if block)


def _draft_items(
    lines: Sequence[str], items: Sequence[_Item]
) -> tuple[CommentDraft, ...]:
    return tuple(CommentDraft(text=_text_of(lines, item)) for item in items)


def _read_announced(lines: Sequence[str]) -> tuple[CommentDraft, ...]:
    """Return the comments below a heading: a list, or a block for each."""
    start = next(number for number, line in enumerate(lines) if line.strip())
    match = _ITEM.match(lines[start])
    if match and _is_first(match):
        items = _read_items(lines, start, is_announced=True)
        texts = [_text_of(lines, item) for item in items]
    else:
        texts = _join(lines).split(PARAGRAPH_BREAK)
    return tuple(_draft_signed(texts))


def _draft_signed(texts: Sequence[str]) -> list[CommentDraft]:
    """Return drafts with the author where a comment opens with "Name says:"."""
    drafts: list[CommentDraft] = []
    signature: re.Match[str] | None = None
    for text in texts:
        match = _SAYS.fullmatch(text) or _POSTED.fullmatch(text)
        words = match.groupdict().get("text") if match else text
        if match and not words:
            signature = match  # stands alone: the comment follows
            continue
        signed = match or signature
        drafts.append(
            CommentDraft(
                text=words or "",
                author=signed["author"] if signed else None,
                time=find_date((signed["time"] or "").strip()) if signed else None,
            )
        )
        signature = None
    return drafts
