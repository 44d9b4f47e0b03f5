"""Times that a report tells, reckoned from its publication or from earlier times."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median

import msgspec
from msgspec.structs import replace

from sayso.reading.types import Reading
from sayso.record import (
    Anchor,
    AnchorKind,
    Report,
    SectionKind,
    Span,
    Time,
    TimexType,
    make_id,
)
from sayso.resolve import dates_clock as clock
from sayso.resolve import dates_lengths as lengths
from sayso.resolve import dates_ranges as ranges
from sayso.resolve import dates_rules as rules
from sayso.resolve.dates_calendar import Grain
from sayso.resolve.dates_draft import Bound, Draft, Value, value_of
from sayso.resolve.dates_grammar import Found, find_forms
from sayso.resolve.dates_setting import (
    Base,
    Focus,
    Said,
    Setting,
    base_of_saying,
    is_as_fine,
    parse_published,
)
from sayso.resolve.dates_tense import direction_of
from sayso.vocab.calendar import Calendar

MADE_BY = "rule:dates"
_RULES: dict[str, Callable[..., Draft | None]] = {
    "ago": lengths.ago,
    "bc": rules.before_christ,
    "century": rules.century,
    "clock": clock.clock,
    "clock_range": ranges.clock_range,
    "date": rules.date,
    "date_range": ranges.date_range,
    "day_of_month": rules.day_of_month,
    "day_range": ranges.day_range,
    "daypart": clock.daypart,
    "decade": rules.decade,
    "duration": lengths.duration,
    "every": lengths.every,
    "holiday": rules.holiday,
    "in_units": lengths.in_units,
    "iso": rules.iso,
    "latest": lengths.latest,
    "month": rules.month,
    "month_range": ranges.month_range,
    "night_before": clock.night_before,
    "numeric": rules.numeric,
    "past_span": lengths.past_span,
    "period": lengths.period,
    "quarter": rules.quarter,
    "reference": lengths.reference,
    "relative_day": lengths.relative_day,
    "same_period": lengths.same_period,
    "season": rules.season,
    "set": lengths.recurring,
    "short_year": rules.short_year,
    "vague": lengths.vague,
    "week_of": lengths.week_of,
    "weekday": rules.weekday,
    "weekday_range": ranges.weekday_range,
    "year": rules.year,
    "year_earlier": lengths.year_earlier,
    "year_ended": lengths.year_ended,
    "year_range": ranges.year_range,
}
IMPOSSIBLE = "impossible"
"""Rule name of a date that no calendar has, such as 31 February."""
_WITHIN_DAY = {"clock", "clock_range", "daypart"}
_DAYS = {"date", "weekday", "relative_day", "iso", "day_of_month", "holiday", "numeric"}
_BETWEEN = re.compile(
    r" ?[,(]? ?(?:(?:on|at|in|about|around|of|the|local time|before|approximately) ?)*"
)
_SENTENCE = re.compile(r"[.!?][\"”’)]* +(?=[A-Z\"“‘(])|\n")
_WINDOW = 240  # characters; the tense of a clause stands nearer
_SINCE = re.compile(r"\b[Ss]ince (?:the )?$")
_UNTIL = re.compile(r"\b(?:[Bb]y|[Uu]ntil|[Tt]ill|[Bb]efore) (?:the )?$")
_MEMORY = 12  # earlier times that an expression may be reckoned from
_YEARLY = {"date", "day_range", "holiday", "month", "quarter", "season"}
_FEW_YEARS = 4  # told years that make a narrative, if most are not the present one

_SURE, _RECKONED, _FROM_TEXT, _OPEN = 0.95, 0.85, 0.7, 0.6  # estimates, not calibrated


class _Words(msgspec.Struct, frozen=True):
    """A form, with the clock time or part of the day that belongs to it."""

    form: Found
    span: Span
    within_day: tuple[Found, ...] = ()


class _Told(msgspec.Struct, frozen=True):
    """A draft with its words, before rows that tell the same time become one."""

    span: Span
    draft: Draft
    value: Value
    focus: Span | None
    """The earlier mention that it was reckoned from."""
    rule: str
    base: Base | None
    """The fixed point that held where it stands."""


def find_times(
    report: Report,
    reading: Reading | None,
    calendar: Calendar,
    said: Sequence[Said] = (),
) -> tuple[Time, ...]:
    """Return the times of a report by first mention; mentions that agree share a row.

    Args:
        report: Its `published`, or failing that a full date in its dateline, is what
            relative times are reckoned from; without both, from times told before.
        reading: Tells the tense of clauses; None leaves that to the words alone.
        calendar: What the words of the calendar stand for.
        said: Words of sources whose day of saying is told: times within them are
            reckoned from that day (see `dates_saying`).
    """
    text = report.text
    forms = list(find_forms(text, calendar))
    base = parse_published(report.published) or _dateline_base(report, forms, calendar)
    narrative = _is_narrative(forms, base)
    told: list[_Told] = []
    memory: tuple[Focus, ...] = ()
    for words in _join(text, forms):
        start = _sentence_start(text, words.span.start)
        before = text[start : words.span.start]
        saying = base_of_saying(said, words.span, words.form.rule)
        setting = Setting(
            before=before,
            base=saying or base,
            start=start,
            told=memory,
            narrative=narrative and saying is None,
            direction=direction_of(before, reading, words.span),
        )
        one = _tell(words, setting, calendar)
        if one is None:
            continue
        told.append(one)
        draft = one.draft
        if draft.stretch is not None and not draft.yearless:
            latest = draft.until or draft.stretch
            memory = (*memory, Focus(stretch=latest, span=words.span))[-_MEMORY:]
    return _rows(report, told)


def _tell(words: _Words, setting: Setting, calendar: Calendar) -> _Told | None:
    rule = words.form.rule
    try:
        draft = _draft(words, setting, calendar)
        value = None if draft is None else value_of(draft, _bound(words, setting))
    except (ValueError, OverflowError):  # no calendar has that day
        draft, rule = Draft(type=TimexType.DATE), IMPOSSIBLE
        value = value_of(draft)
    if draft is None or value is None:
        return None
    focus = _focus_of(rule, draft, setting.told)
    return _Told(words.span, draft, value, focus, rule, setting.base)


def _draft(words: _Words, setting: Setting, calendar: Calendar) -> Draft | None:
    form = words.form
    draft = _RULES[form.rule](form.parts, setting, calendar)
    for inner in words.within_day:
        if draft is None or draft.stretch is None:
            break
        if inner.rule == "clock_range":
            between = ranges.clock_times(inner.parts, calendar)
            if between is None:
                break
            start, end, zone = between
            draft = replace(draft, clock=start, clock_end=end, zone=zone)
        elif inner.rule == "clock":
            told, zone = clock.clock_and_zone(inner.parts, calendar)
            draft = replace(draft, clock=told, zone=zone)
        else:
            draft = replace(draft, part=calendar.value("daypart", inner.parts["part"]))
    return draft


def _join(text: str, forms: Sequence[Found]) -> Iterable[_Words]:
    """Yield forms, those of a day together with a clock time beside them."""
    waiting: list[Found] = []
    for form in forms:
        if waiting and not _belong_together(text, waiting, form):
            yield from _together(waiting)
            waiting = []
        waiting.append(form)
    yield from _together(waiting)


def _belong_together(text: str, waiting: Sequence[Found], form: Found) -> bool:
    if form.parts.get("part", "")[:1].isupper():  # "on 2 June the Dawn Front"
        return False
    rules_told = [one.rule for one in waiting]
    days = [rule for rule in (*rules_told, form.rule) if rule in _DAYS]
    within = [rule for rule in (*rules_told, form.rule) if rule in _WITHIN_DAY]
    whole = len(days) == 1 and len(days) + len(within) == len(waiting) + 1
    return whole and bool(_BETWEEN.fullmatch(text, waiting[-1].end, form.start))


def _together(forms: Sequence[Found]) -> Iterable[_Words]:
    if not forms:
        return
    day = next((form for form in forms if form.rule in _DAYS), None)
    if day is None:
        yield from (_Words(form, Span(form.start, form.end)) for form in forms)
        return
    inner = tuple(form for form in forms if form is not day)
    yield _Words(day, Span(forms[0].start, forms[-1].end), inner)


def _bound(words: _Words, setting: Setting) -> Bound | None:
    if words.form.rule == "daypart":  # "by nightfall" is that evening
        return None
    if _SINCE.search(setting.before):
        return Bound.SINCE
    if _UNTIL.search(setting.before):
        return Bound.UNTIL
    return None


def _focus_of(rule: str, draft: Draft, told: Sequence[Focus]) -> Span | None:
    """Return the mention of the earlier time that a draft was reckoned from."""
    if not draft.from_focus or draft.stretch is None:
        return None
    if rule in _WITHIN_DAY:
        return next(o.span for o in reversed(told) if o.stretch == draft.stretch)
    grain = Grain.YEAR if rule in _YEARLY else draft.stretch.grain
    used = (one for one in reversed(told) if is_as_fine(one.stretch.grain, grain))
    return next((one.span for one in used), None)


def _rows(report: Report, told: Sequence[_Told]) -> tuple[Time, ...]:
    """Return one row for each time, with the mentions that tell the same."""
    groups: dict[object, list[_Told]] = {}
    for number, one in enumerate(told):
        known = one.draft.stretch is not None and not one.draft.yearless
        groups.setdefault(one.value if known else number, []).append(one)
    ids = {
        one.span: make_id("t", report.id, "time", (group[0].span,))
        for group in groups.values()
        for one in group
    }
    return tuple(_row(group, ids) for group in groups.values())


def _row(group: Sequence[_Told], ids: Mapping[Span, str]) -> Time:
    first = group[0]
    value, identity, base = first.value, ids[first.span], first.base
    anchor = None
    if first.focus is not None:
        anchor = Anchor(kind=AnchorKind.TIME, id=ids[first.focus], span=first.focus)
    elif first.draft.relative and base is not None:
        by_time = base.span if base.kind is AnchorKind.TIME else None
        name = ids[by_time] if by_time is not None else None
        anchor = Anchor(kind=base.kind, id=name, span=base.span)
    return Time(
        id=identity,
        value=value.edtf,
        timex=value.timex,
        earliest=value.earliest,
        latest=value.latest,
        precision=value.precision,
        anchor=anchor,
        rule=first.rule,
        mentions=tuple(one.span for one in group),
        confidence=_confidence(first),
        made_by=MADE_BY,
    )


def _confidence(told: _Told) -> float:
    if told.focus is not None:
        return _FROM_TEXT
    if told.draft.relative:
        return _RECKONED
    known = told.draft.stretch is not None and not told.draft.yearless
    return _SURE if known else _OPEN


def _dateline_base(
    report: Report, forms: Sequence[Found], calendar: Calendar
) -> Base | None:
    """Return the full date that stands in the dateline, if there is one."""
    for section in report.sections_of(SectionKind.DATELINE):
        for form in forms:
            span = Span(form.start, form.end)
            if not section.holds(span) or not {"iso", "year"} & set(form.parts):
                continue
            told = _tell(_Words(form, span), Setting(before="", base=None), calendar)
            stretch = told.draft.stretch if told else None
            if stretch is not None and stretch.grain is Grain.DAY:
                return Base(stretch=stretch, kind=AnchorKind.DATELINE, span=span)
    return None


def _is_narrative(forms: Sequence[Found], base: Base | None) -> bool:
    """Tell whether most years that stand in the text lie well before publication."""
    years = [int(form.parts["year"]) for form in forms if "year" in form.parts]
    years += [-int(form.parts["bc"]) for form in forms if form.rule == "bc"]
    if base is None or len(years) < _FEW_YEARS:
        return False
    present = base.stretch.first.year
    near = sum(abs(year - present) <= 1 for year in years)
    return near < len(years) / 5 and abs(median(years) - present) > 1


def _sentence_start(text: str, start: int) -> int:
    begin = max(0, start - _WINDOW)
    for match in _SENTENCE.finditer(text, begin, start):
        begin = match.end()
    return begin
