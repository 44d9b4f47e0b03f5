"""When something was said, and what the times within mean from there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from msgspec.structs import replace

from sayso.reading.types import Reading
from sayso.record import (
    AnchorKind,
    QuoteKind,
    Report,
    SectionKind,
    Span,
    Statement,
    Time,
    TimexType,
)
from sayso.resolve.dates import find_times
from sayso.resolve.dates_setting import Said, parse_published
from sayso.vocab.calendar import Calendar

_MAX_CLIMB = 8  # words between a time and its verb along the parse
_OWN_CLAUSE = {"VERB", "AUX"}
_CALENDAR = {TimexType.DATE, TimexType.TIME}
_MAX_DEPTH = 3  # quotations within quotations whose days hang on each other
_MARK = re.compile(r"[\"“”„«»]|``|''")


def find_said_times(
    report: Report,
    reading: Reading,
    statements: Sequence[Statement],
    calendar: Calendar,
) -> tuple[tuple[Time, ...], tuple[Statement, ...]]:
    """Return the times of a report, and its statements with those of their saying.

    Where the text tells when something was said, times within it are reckoned from
    that day, outer quotations first. Else they are reckoned as those of the outlet.
    """
    times = find_times(report, reading, calendar)
    dated = join_times(report, reading, statements, times)
    for _ in range(_MAX_DEPTH):
        said = _said_with_times(report, dated, times)
        again = find_times(report, reading, calendar, said) if said else times
        if again == times:
            break
        times, dated = again, join_times(report, reading, statements, again)
    return times, dated


def _said_with_times(
    report: Report, statements: Sequence[Statement], times: Sequence[Time]
) -> tuple[Said, ...]:
    """Return the words whose day of saying is told and that hold a time."""
    by_id = {time.id: time for time in times}
    mentions = [span for time in times for span in time.mentions]
    found: list[Said] = []
    before: Statement | None = None
    for statement in statements:
        names = statement.times
        if not names and before is not None and _goes_on(report, before, statement):
            names = before.times
            statement = replace(statement, times=names)
        before = statement
        found += (
            said
            for name in names[:1]
            for span in statement.content
            for said in _said(report.text, statement.quote, span, by_id[name])
            if any(said.span.holds(mention) for mention in mentions)
        )
    return tuple(found)


def _goes_on(report: Report, before: Statement, after: Statement) -> bool:
    """Tell whether one speaker goes on within a paragraph: "He added: …"."""
    first, last = before.cue, after.cue
    if first is None or last is None or after.within != before.within:
        return False
    same = before.speaker is not None and before.speaker == after.speaker
    return same and "\n" not in report.text[first.start : last.end]


def _said(text: str, quote: QuoteKind, span: Span, time: Time) -> Iterator[Said]:
    """Yield a stretch of content, and once more what stands in marks within it."""
    base = parse_published(time.value)
    if base is None:  # "since May" and the like fix no day
        return
    base = replace(base, kind=AnchorKind.TIME, span=time.mentions[0])
    yield Said(span=span, base=base, direct=quote is QuoteKind.DIRECT)
    if quote is QuoteKind.MIXED:
        for inner in _in_marks(text, span):
            yield Said(span=inner, base=base, direct=True)


def _in_marks(text: str, span: Span) -> Iterator[Span]:
    """Yield what stands between quotation marks, taken in turn to open and close."""
    marks = list(_MARK.finditer(text, max(0, span.start - 1), span.end))
    for opening, closing in zip_longest(marks[::2], marks[1::2]):
        end = span.end if closing is None else closing.start()
        if opening.end() < end:
            yield Span(opening.end(), end)


def join_times(
    report: Report,
    reading: Reading,
    statements: Sequence[Statement],
    times: Sequence[Time],
) -> tuple[Statement, ...]:
    """Return the statements with the times of their saying, in text order.

    A time belongs to the cue that it hangs on in the parse: "said on Monday". Times
    within the source, the addressee or the content tell something else, and so does the
    dateline, whatever it hangs on.
    """
    datelines = report.sections_of(SectionKind.DATELINE)
    mentions = sorted(
        (mention, time.id)
        for time in times
        if time.timex.type in _CALENDAR and time.value is not None
        for mention in time.mentions
        if not any(section.holds(mention) for section in datelines)
    )
    governed: dict[int, list[tuple[Span, str]]] = {}
    for span, name in mentions:
        for verb in _governors(reading, span):
            governed.setdefault(verb, []).append((span, name))
    return tuple(
        replace(one, times=_times_of(one, one.cue, governed, reading))
        if one.cue is not None
        else one
        for one in statements
    )


def _times_of(
    statement: Statement,
    cue: Span,
    governed: Mapping[int, Sequence[tuple[Span, str]]],
    reading: Reading,
) -> tuple[str, ...]:
    """Return the times that hang on a word of the cue, in text order."""
    start = bisect_right(reading.tokens, cue.start, key=lambda token: token.end)
    end = bisect_left(reading.tokens, cue.end, key=lambda token: token.start)
    held = {time for verb in range(start, end) for time in governed.get(verb, ())}
    taken = [*statement.content, statement.source, statement.addressee]
    told = (
        name
        for span, name in sorted(held)
        if not any(other is not None and other.meets(span) for other in taken)
    )
    return tuple(dict.fromkeys(told))


def _governors(reading: Reading, span: Span) -> tuple[int, ...]:
    """Return the words above a time in the parse, up to its verb."""
    number = bisect_left(reading.tokens, span.start, key=lambda token: token.end - 1)
    above: list[int] = []
    for _ in range(_MAX_CLIMB):
        if not 0 <= number < len(reading.tokens):
            break
        if not span.meets(reading.tokens[number]):
            above.append(number)
            if reading.upos[number] in _OWN_CLAUSE:
                break
        number = reading.heads[number]
    return tuple(above)
