"""The parts of a report's text: headline, byline, dateline, body and captions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from sayso.intake.datelines import find_dateline, is_date_alone
from sayso.intake.normalise import find_wrap_width, split_blocks, squeeze
from sayso.record import Section, SectionKind, Span

MAX_HEADLINE_WORDS = 45
MAX_DECK_WORDS = 40
MAX_TERSE_WORDS = 14
MAX_BYLINE_WORDS = 14
FRONT_UNITS = 8  # parts before the body: headline, deck, bylines, dates, captions

_UNIT = re.compile(r"\S(?:[^\n]*\S)?")
_BLOCK = re.compile(r"\S(?:[^\n]*(?:\n[^\S\n]*(?=\S))?)*(?<=\S)")
_CLOSING = "\"'”’»›)] "
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){2,}$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|etc)\.$")
_LIST_ITEM = re.compile(r"(?:\(?\d{1,3}[.)]|[-*•‣▪])\s")
_BYLINE = re.compile(
    r"(?:by|BY|By|Written by|Reported by|Text by|Story by)[ :]\s*(?P<who>\S.*)"
)
_STAFF = re.compile(
    r"(?:from\s+)?(?:an?|our|the)?\s*(?:\w+\s+){0,2}"
    r"(?:staff|correspondents?|reporters?|writers?|bureau|desk)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"[(\[]?(?:(?:additional\s+)?(?:reporting|writing|editing|translat(?:ed|ion)"
    r"|compiled|research)|reported|with\s+(?:reporting|inputs?|additional\s+reporting))"
    r"\s+(?:by|from)\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:file\s+(?:photo|picture|image)\b|(?:photo|photograph|image|picture|caption"
    r"|credit)s?\s*(?:by\b|credit\b|courtesy\b|:))",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"^[A-Z][A-Z .'’-]{2,30}:\s", re.MULTILINE)
# Articles, days and past auxiliaries: usual in a lead, rare in a headline with a stop.
_WORDY = re.compile(
    r"\b(?:a|an|the|was|were|had|said|told|he|she|i|we|it|his|her|their|\w+sday|monday"
    r"|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


def find_sections(text: str, *, title: str | None = None) -> tuple[Section, ...]:
    """Return the parts of `text` in order; together they hold all but white space.

    The first paragraph is the headline if it repeats `title` or looks like one: no
    stop at its end, or capitalised throughout. A dateline is a section of its own even
    where the body goes on in the same paragraph. Credits at the end ("Reporting by …")
    are bylines.
    """
    units = _find_units(text)
    front = list(_front_matter(text, units, title))
    rest = units[len(front) :]
    if not rest and front:
        # All front and no body: then only what is surely a headline is one.
        front, rest = [], units
    back = list(_mark_body(text, rest))
    return tuple(
        Section(kind=kind, span=span) for kind, span in _merge([*front, *back])
    )


def find_title(text: str, sections: Sequence[Section]) -> str | None:
    """Return the words of the headline, None if the text has none."""
    if sections and sections[0].kind is SectionKind.HEADLINE:
        return squeeze(sections[0].span.of(text))
    return None


def find_byline(text: str, sections: Sequence[Section]) -> str | None:
    """Return who wrote the report by its byline, without the "By"."""
    for section in sections:
        if section.kind is SectionKind.BYLINE:
            words = squeeze(section.span.of(text))
            match = _BYLINE.match(words)
            return None if _CREDIT.match(words) else match["who"] if match else words
    return None


def _find_units(text: str) -> list[Span]:
    """Return the paragraphs of `text`: its lines, or blocks of wrapped lines."""
    lines = [Span(*match.span()) for match in _UNIT.finditer(text)]
    if len(lines) < 2 or not _has_adjacent_lines(text, lines):
        return lines
    if find_wrap_width(split_blocks(text.split("\n"))) is None:
        return lines
    return [Span(*match.span()) for match in _BLOCK.finditer(text)]


def _has_adjacent_lines(text: str, lines: Sequence[Span]) -> bool:
    return any(
        text.count("\n", upper.end, lower.start) == 1
        for upper, lower in pairwise(lines)
    )


def _front_matter(
    text: str, units: Sequence[Span], title: str | None
) -> Iterator[tuple[SectionKind, Span]]:
    words = [unit.of(text) for unit in islice(units, FRONT_UNITS + 1)]
    is_upper = text.isupper()
    has_headline = False
    for number, unit in enumerate(units[:FRONT_UNITS]):
        rest = words[number + 1 :]
        if number == 0 and rest and _is_headline(words[0], rest[0], title, is_upper):
            has_headline = True
            yield SectionKind.HEADLINE, unit
        elif is_date_alone(words[number]):
            yield SectionKind.DATELINE, unit
        elif _is_byline(words[number]):
            yield SectionKind.BYLINE, unit
        elif _CAPTION.match(words[number]):
            yield SectionKind.CAPTION, unit
        elif has_headline and rest and _is_deck(words[number], rest[0]):
            yield SectionKind.HEADLINE, unit
        else:
            return


def _mark_body(text: str, units: Sequence[Span]) -> Iterator[tuple[SectionKind, Span]]:
    if not units:
        return
    first = units[0]
    is_transcript = len(_SPEAKER.findall(text)) > 1
    end = find_dateline(first.of(text), is_transcript=is_transcript)
    if end is not None:
        yield SectionKind.DATELINE, Span(first.start, first.start + end)
        body = text[first.start + end : first.end]
        first = Span(first.end - len(body.lstrip()), first.end)
    yield SectionKind.BODY, first
    for unit in units[1:]:
        # Credits and captions open with one of few words; most paragraphs do not.
        words = unit.of(text)
        if _CREDIT.match(words):
            yield SectionKind.BYLINE, unit
        elif _CAPTION.match(words) and len(words.split()) <= MAX_HEADLINE_WORDS:
            yield SectionKind.CAPTION, unit
        else:
            yield SectionKind.BODY, unit


def _merge(
    parts: Sequence[tuple[SectionKind, Span]],
) -> Iterator[tuple[SectionKind, Span]]:
    """Join neighbouring parts of the body into one."""
    pending: Span | None = None
    for kind, span in parts:
        if kind is SectionKind.BODY:
            pending = Span(pending.start if pending else span.start, span.end)
            continue
        if pending:
            yield SectionKind.BODY, pending
            pending = None
        yield kind, span
    if pending:
        yield SectionKind.BODY, pending


def _is_headline(words: str, after: str, title: str | None, is_upper: bool) -> bool:
    if title and _letters(words) == _letters(title):
        return True
    count = len(words.split())
    if count > MAX_HEADLINE_WORDS or words.endswith((":", ",")):
        return False
    if _LIST_ITEM.match(words) or _is_byline(words) or is_date_alone(words):
        return False
    end = find_dateline(words)
    # "IN BRIEF: Four hurt" is a headline though it opens like "BANNU: Four hurt".
    if end is not None and not words[:end].endswith(":"):
        return False
    if _ends_open(words):
        return True
    if words.isupper() and not is_upper:
        return True
    if _SPEAKER.match(words):
        return False
    if _is_byline(after) or is_date_alone(after) or find_dateline(after) is not None:
        return True
    if words.rstrip(_CLOSING).endswith(("?", "!")):
        return count <= MAX_HEADLINE_WORDS // 2 and len(after) > len(words)
    return _is_title_case(words) or _is_terse(words)


def _is_deck(words: str, after: str) -> bool:
    """Tell whether a line under the headline is a second headline, not the lead."""
    return (
        len(words.split()) <= MAX_DECK_WORDS
        and _ends_open(words)
        and not words.endswith((":", ",", ";"))
        and find_dateline(words) is None
        and (
            find_dateline(after) is not None
            or is_date_alone(after)
            or _is_byline(after)
        )
    )


def _is_byline(words: str) -> bool:
    count = len(words.split())
    if count > MAX_BYLINE_WORDS:
        return False
    match = _BYLINE.fullmatch(words)
    if match is None:
        return words.lower().startswith(("from our ", "our ")) and bool(
            _STAFF.fullmatch(words.rstrip("."))
        )
    who = match["who"]
    return bool(_STAFF.match(who)) or (
        who[0].isupper() and (_ends_open(who) or _is_title_case(who))
    )


def _ends_open(words: str) -> bool:
    """Tell whether no sentence ends with these words."""
    bare = words.rstrip(_CLOSING)
    return not bare.endswith((".", "!", "?")) or bool(_ABBREVIATION.search(bare))


def _is_title_case(words: str) -> bool:
    long_words = [word for word in _WORD.findall(words) if len(word) >= 4]
    capitalised = sum(word[0].isupper() for word in long_words)
    return len(long_words) >= 3 and capitalised >= 0.7 * len(long_words)


def _is_terse(words: str) -> bool:
    """Tell whether these words leave out what sentences of a body have."""
    return len(words.split()) <= MAX_TERSE_WORDS and not _WORDY.search(words)


def _letters(words: str) -> str:
    return "".join(_WORD.findall(words.casefold()))
