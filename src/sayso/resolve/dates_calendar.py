"""Stretches of the calendar: which days they cover, and their TIMEX3 and EDTF names.

Everything counts in the proleptic Gregorian calendar from year 1 to 9999; what leaves
it raises ValueError or OverflowError, as `datetime.date` does.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from sayso.record import TimePrecision

ONE_DAY = dt.timedelta(days=1)
SEASONS = ("SP", "SU", "FA", "WI")
_EDTF_SEASON = 21  # spring; summer, autumn and winter follow


class Grain(StrEnum):
    """How long a stretch is."""

    DAY = "day"
    WEEK = "week"
    WEEKEND = "weekend"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


_DAYS = {Grain.DAY: 1, Grain.WEEK: 7, Grain.WEEKEND: 7}
_MONTHS = {
    Grain.MONTH: 1,
    Grain.QUARTER: 3,
    Grain.SEASON: 3,
    Grain.HALF: 6,
    Grain.YEAR: 12,
    Grain.DECADE: 120,
    Grain.CENTURY: 1200,
}
_SEASON_STARTS = 2  # months after January: spring begins with March
_PRECISION = {
    Grain.DAY: TimePrecision.DAY,
    Grain.WEEK: TimePrecision.WEEK,
    Grain.MONTH: TimePrecision.MONTH,
    Grain.SEASON: TimePrecision.SEASON,
    Grain.YEAR: TimePrecision.YEAR,
    Grain.DECADE: TimePrecision.DECADE,
}


class Stretch(msgspec.Struct, frozen=True):
    """One day, week, month … of the calendar, by its length and its first day."""

    grain: Grain
    first: dt.date

    @property
    def last(self) -> dt.date:
        """The last day that belongs to it."""
        if self.grain is Grain.DAY:
            return self.first
        if self.grain is Grain.WEEK:
            return self.first + 6 * ONE_DAY
        if self.grain is Grain.WEEKEND:
            return self.first + ONE_DAY
        return month_end(_index(self.first) + _MONTHS[self.grain] - 1)

    @property
    def precision(self) -> TimePrecision:
        """How fine it is; lengths that the record does not name are intervals."""
        return _PRECISION.get(self.grain, TimePrecision.INTERVAL)

    @property
    def timex(self) -> str:
        """Its TIMEX3 value, such as 2013-W11, 2013-Q1 or 198."""
        first, year = self.first, f"{self.first.year:04}"
        if self.grain in (Grain.WEEK, Grain.WEEKEND):
            iso = first.isocalendar()
            ending = "-WE" if self.grain is Grain.WEEKEND else ""
            return f"{iso.year:04}-W{iso.week:02}{ending}"
        if self.grain is Grain.SEASON:
            return f"{year}-{SEASONS[_season(first)]}"
        return {
            Grain.DAY: first.isoformat(),
            Grain.MONTH: f"{year}-{first.month:02}",
            Grain.QUARTER: f"{year}-Q{(first.month + 2) // 3}",
            Grain.HALF: f"{year}-H{(first.month + 5) // 6}",
            Grain.YEAR: year,
            Grain.DECADE: year[:3],
            Grain.CENTURY: year[:2],
        }[self.grain]

    @property
    def edtf(self) -> str:
        """Its EDTF value; what EDTF has no short name for is an interval."""
        first, year = self.first, f"{self.first.year:04}"
        if self.grain is Grain.SEASON:
            return f"{year}-{_EDTF_SEASON + _season(first)}"
        if self.grain in (Grain.QUARTER, Grain.HALF):
            return f"{first.isoformat()[:7]}/{self.last.isoformat()[:7]}"
        if self.grain in (Grain.WEEK, Grain.WEEKEND):
            return f"{first}/{self.last}"
        return {
            Grain.DAY: first.isoformat(),
            Grain.MONTH: f"{year}-{first.month:02}",
            Grain.YEAR: year,
            Grain.DECADE: f"{year[:3]}X",
            Grain.CENTURY: f"{year[:2]}XX",
        }[self.grain]

    def shift(self, steps: int) -> Stretch:
        """Return the stretch of equal length that lies so many steps later."""
        if self.grain in _DAYS:
            days = steps * _DAYS[self.grain]
            return Stretch(self.grain, self.first + days * ONE_DAY)
        months = _index(self.first) + steps * _MONTHS[self.grain]
        return Stretch(self.grain, month_start(months))

    def part(self, which: int) -> tuple[dt.date, dt.date]:
        """Return first and last day of a third of it: 0 early, 1 middle, 2 late.

        The thirds of a month are days 1 to 10, 11 to 20 and the rest, those of a year
        four months each; of a decade years 0 to 3, 4 to 6 and 7 to 9.
        """
        if self.grain is Grain.MONTH:
            end = self.last if which == 2 else self.first.replace(day=10 * which + 10)
            return self.first.replace(day=10 * which + 1), end
        if self.grain is Grain.YEAR:
            start = _index(self.first) + 4 * which
            return month_start(start), month_end(start + 3)
        if self.grain is Grain.DECADE:
            begin, end_year = ((0, 3), (4, 6), (7, 9))[which]
            start = _index(self.first)
            return month_start(start + 12 * begin), month_end(
                start + 12 * end_year + 11
            )
        days = (self.last - self.first).days + 1
        start_day = self.first + (days * which // 3) * ONE_DAY
        last_day = self.first + (days * (which + 1) // 3 - 1) * ONE_DAY
        return start_day, max(start_day, last_day)


def stretch_of(grain: Grain, day: dt.date) -> Stretch:
    """Return the stretch of this length that a day lies in.

    The weekend of a Monday to Friday is the one that ends the same week.
    """
    if grain is Grain.DAY:
        return Stretch(grain, day)
    if grain is Grain.WEEK:
        return Stretch(grain, day - day.weekday() * ONE_DAY)
    if grain is Grain.WEEKEND:
        return Stretch(grain, day + (5 - day.weekday()) * ONE_DAY)
    months, offset = _MONTHS[grain], _SEASON_STARTS if grain is Grain.SEASON else 0
    index = (_index(day) - offset) // months * months + offset
    return Stretch(grain, month_start(index))


def month_start(index: int) -> dt.date:
    """Return the first day of a month, counted from January of year 0."""
    return dt.date(index // 12, index % 12 + 1, 1)


def month_end(index: int) -> dt.date:
    """Return the last day of a month, counted from January of year 0."""
    if index == 9999 * 12 + 11:
        return dt.date.max
    return month_start(index + 1) - ONE_DAY


def _index(day: dt.date) -> int:
    return 12 * day.year + day.month - 1


def _season(day: dt.date) -> int:
    return (day.month - 1 - _SEASON_STARTS) // 3
