"""What an expression means before it becomes a row: stretch, clock time, bounds."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum

import msgspec

from sayso.record import TimePrecision, Timex, TimexType
from sayso.resolve.dates_calendar import Grain, Stretch

PLACEHOLDER_YEAR = 1600  # stands for a year that nothing tells; it is a leap year
_OPEN_PRECISION = {
    "XXXX-XX-XX": TimePrecision.DAY,
    "XXXX-XX": TimePrecision.MONTH,
    "XXXX": TimePrecision.YEAR,
}
_YEAR = re.compile(r"(?<![\d-])\d{4}(?=-)|^\d{4}$")


class Bound(StrEnum):
    """Which end of an interval a preposition leaves open."""

    SINCE = "since"
    UNTIL = "until"


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The meaning of one expression; what it was reckoned from is told apart."""

    type: TimexType = TimexType.DATE
    stretch: Stretch | None = None
    """None for durations, sets, vague and unknown times; `timex` tells those."""
    until: Stretch | None = None
    """Last stretch of a range that begins with `stretch`."""
    third: int | None = None
    """0 early, 1 middle, 2 late within the stretch."""
    end: bool = False
    """The very end of the stretch: its last day if a preposition bounds it."""
    part: str | None = None
    """Part of the day, as TIMEX3 has it: MO, AF, EV, NI, DT."""
    over_night: bool = False
    """The night from the day to the next one is meant ("last night")."""
    clock: str | None = None
    """hh:mm"""
    clock_end: str | None = None
    """hh:mm of the end, where a range is told; before `clock` it is the next day."""
    zone: str = ""
    """Z, or a distance from it such as +05:30."""
    timex: str | None = None
    edtf: str | None = None
    yearless: bool = False
    """Nothing tells the year, so that it is PLACEHOLDER_YEAR in `stretch`."""
    relative: bool = False
    """It was reckoned from the date of publication or the like."""
    from_focus: bool = False
    """It was reckoned from an earlier time in the text."""


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of a Time that tell when."""

    timex: Timex
    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    precision: TimePrecision | None = None


def value_of(draft: Draft, bound: Bound | None = None) -> Value:
    """Return what the record says of a draft.

    Args:
        draft: The meaning of the expression.
        bound: Set where "since", "by" or "until" stands before it: the EDTF value is
            then open at one end; the TIMEX3 value stays that of the words.
    """
    if draft.stretch is None:
        timex = Timex(type=draft.type, value=draft.timex or "XXXX-XX-XX")
        known = _OPEN_PRECISION.get(draft.edtf or "")
        return Value(timex=timex, edtf=draft.edtf, precision=known)
    timex = Timex(type=_type(draft), value=_timex(draft, draft.stretch))
    start, end = _ends(draft, draft.stretch, bound)
    if bound is Bound.SINCE:
        edtf = f"{start}/.."
    elif bound is Bound.UNTIL:
        edtf = f"../{end}"
    else:
        edtf = _edtf(draft, draft.stretch)
    value = Value(
        timex=timex,
        edtf=edtf,
        earliest=None if bound is Bound.UNTIL else _edge(start, first=True),
        latest=None if bound is Bound.SINCE else _edge(end, first=False),
        precision=TimePrecision.INTERVAL if bound else _precision(draft, edtf),
    )
    return _without_year(value) if draft.yearless else value


def _type(draft: Draft) -> TimexType:
    return TimexType.TIME if draft.clock or draft.part else draft.type


def _timex(draft: Draft, stretch: Stretch) -> str:
    if draft.timex:
        return draft.timex
    if draft.clock_end:
        return "/".join(_moments(draft, stretch))
    if draft.clock:
        return f"{stretch.timex}T{draft.clock}{draft.zone}"
    if draft.part:
        return f"{stretch.timex}T{draft.part}"
    if draft.until:
        return f"{stretch.timex}/{draft.until.timex}"
    return stretch.timex


def _edtf(draft: Draft, stretch: Stretch) -> str:
    if draft.edtf:
        return draft.edtf
    if draft.clock_end:
        return "/".join(_moments(draft, stretch))
    if draft.clock:
        return f"{stretch.edtf}T{draft.clock}{draft.zone}"
    if draft.until or draft.third is not None or draft.over_night:
        start, end = _ends(draft, stretch, None)
        return f"{start}/{end}"
    return stretch.edtf


def _ends(draft: Draft, stretch: Stretch, bound: Bound | None) -> tuple[str, str]:
    """Return the first and last day, month, year or minute as EDTF."""
    if draft.clock:
        return _moments(draft, stretch)
    if draft.over_night:
        return stretch.edtf, stretch.shift(1).edtf
    if draft.until:
        return _halves(stretch.edtf)[0], _halves(draft.until.edtf)[1]
    if draft.end and bound is Bound.UNTIL:
        return str(stretch.first), str(stretch.last)
    if draft.third is not None:
        first, last = stretch.part(draft.third)
        cut = {Grain.YEAR: 7, Grain.DECADE: 4}.get(stretch.grain, 10)
        return str(first)[:cut], str(last)[:cut]
    if stretch.grain in (Grain.DECADE, Grain.CENTURY):
        return f"{stretch.first.year:04}", f"{stretch.last.year:04}"
    return _halves(stretch.edtf)


def _moments(draft: Draft, stretch: Stretch) -> tuple[str, str]:
    """Return the minutes that a clock time or a range of them begins and ends with."""
    start, end = draft.clock or "", draft.clock_end or draft.clock or ""
    last = stretch.shift(1) if end < start else stretch
    return (
        f"{stretch.edtf}T{start}{draft.zone}",
        f"{last.edtf}T{end}{draft.zone}",
    )


def _halves(edtf: str) -> tuple[str, str]:
    left, _, right = edtf.partition("/")
    return left, right or left


def _edge(value: str, *, first: bool) -> str:
    """Return the first or last day that a day, month, season or year holds."""
    if "T" in value or len(value) == len("2019-01-01"):
        return value
    year, _, rest = value.partition("-")
    start = dt.date(int(year), 1, 1)
    if not rest:
        return f"{year}-01-01" if first else f"{year}-12-31"
    number = int(rest)
    if number > 12:  # an EDTF season
        start = dt.date(int(year), 3 * (number - 21) + 3, 1)
        stretch = Stretch(Grain.SEASON, start)
    else:
        stretch = Stretch(Grain.MONTH, start.replace(month=number))
    return str(stretch.first if first else stretch.last)


def _precision(draft: Draft, edtf: str) -> TimePrecision | None:
    if draft.clock and not draft.clock_end:
        told = draft.clock.endswith(":00")
        return TimePrecision.HOUR if told else TimePrecision.MINUTE
    if draft.stretch is not None and draft.stretch.grain is Grain.WEEK:
        return TimePrecision.WEEK
    if "/" in edtf:
        return TimePrecision.INTERVAL
    return draft.stretch.precision if draft.stretch else None


def _without_year(value: Value) -> Value:
    """Return the value with X for the year that nothing tells."""
    edtf = value.edtf and "/".join(
        _YEAR.sub("XXXX", half) for half in value.edtf.split("/")
    )
    timex = "/".join(_YEAR.sub("XXXX", half) for half in value.timex.value.split("/"))
    return Value(
        timex=Timex(type=value.timex.type, value=timex),
        edtf=edtf,
        precision=value.precision,
    )
