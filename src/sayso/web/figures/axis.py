"""Days on a line: where each stands, and the dates that are written under it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import msgspec

from sayso.web.figures.svg import element, number, percent, words

MOST_TICKS = 4  # ten letters each beside one another in 320 pixels
EDGE = 0.1  # dates nearer to an end than this are written inwards
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_Every = Callable[["Axis", int], Iterator[date]]
_LONG_DAYS, _LONG_MONTHS = _DAYS[-1] * MOST_TICKS, 31 * _MONTHS[-1] * MOST_TICKS


class Axis(msgspec.Struct, frozen=True, kw_only=True):
    """The days from `first` to `last`, both included, from left to right."""

    first: date
    last: date

    def share(self, day: date) -> float:
        """Return where a day begins, 0 at the left end and 1 at the right one."""
        days = self.last.toordinal() + 1 - self.first.toordinal()
        return (day.toordinal() - self.first.toordinal()) / days

    def width(self, first: date, last: date) -> float:
        """Return how much of the axis the days from one to another take up."""
        return self.share(last) - self.share(first) + self.share_of_day()

    def share_of_day(self) -> float:
        """Return how much of the axis one day takes up."""
        return 1 / (self.last.toordinal() + 1 - self.first.toordinal())


def draw_ticks(axis: Axis, *, top: float, bottom: float) -> str:
    """Return the dates with a faint line through the figure at each."""
    return "".join(
        _tick(axis.share(day), label, top, bottom) for day, label in ticks(axis)
    )


def ticks(axis: Axis) -> tuple[tuple[date, str], ...]:
    """Return the days to mark, with what to write at them."""
    days = axis.last.toordinal() - axis.first.toordinal()
    if days <= _LONG_DAYS:
        found = _smallest(axis, _DAYS, _every_days)
        return tuple((day, day.isoformat()) for day in found)
    if days <= _LONG_MONTHS:
        found = _smallest(axis, _MONTHS, _every_months)
        return tuple((day, day.isoformat()[:7]) for day in found)
    found = _smallest(axis, _YEARS, _every_years)
    return tuple((day, day.isoformat()[:4]) for day in found)


def _smallest(axis: Axis, steps: tuple[int, ...], every: _Every) -> list[date]:
    """Return the days by the first step that gives few enough."""
    found: list[date] = []
    for step in steps:
        found = list(every(axis, step))
        if len(found) <= MOST_TICKS:
            break
    return found[:: max(1, -(-len(found) // MOST_TICKS))]


def _every_days(axis: Axis, step: int) -> Iterator[date]:
    days = axis.last.toordinal() + 1 - axis.first.toordinal()
    return (axis.first + timedelta(days=n) for n in range(0, days, step))


def _every_months(axis: Axis, step: int) -> Iterator[date]:
    first = 12 * axis.first.year + axis.first.month - 1
    last = 12 * axis.last.year + axis.last.month - 1
    for month in range(first, last + 1):
        day = date(month // 12, month % 12 + 1, 1)
        if month % step == 0 and axis.first <= day:
            yield day


def _every_years(axis: Axis, step: int) -> Iterator[date]:
    for year in range(axis.first.year, axis.last.year + 1):
        if year % step == 0 and axis.first <= date(year, 1, 1):
            yield date(year, 1, 1)


def _tick(share: float, label: str, top: float, bottom: float) -> str:
    at = percent(share)
    anchor = "start" if share < EDGE else "end" if share > 1 - EDGE else "middle"
    return element(
        "line",
        x1=at,
        x2=at,
        y1=top,
        y2=bottom,
        class_="tick",
        stroke="currentColor",
        stroke_opacity=0.25,
    ) + element(
        "text",
        words(label),
        x=at,
        y=number(bottom + 14),
        text_anchor=anchor,
    )
