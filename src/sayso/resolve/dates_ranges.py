"""What ranges mean: from one day, month, year or time of day to another.

A rule takes the parts of a form and the setting and returns a draft, or None where the
words turn out to be no time. Impossible dates raise ValueError.
"""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from sayso.record import TimexType
from sayso.resolve.dates_calendar import Grain, Stretch
from sayso.resolve.dates_clock import clock_and_zone, day_spoken_of
from sayso.resolve.dates_draft import Draft
from sayso.resolve.dates_rules import Parts, date, month, weekday
from sayso.resolve.dates_setting import Setting
from sayso.vocab.calendar import Calendar

_NOON = 12


def day_range(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read 3 to 5 May, between May 3 and 5, 4-10 September 2018."""
    last = date({**parts, "day": parts["day2"]}, setting, calendar)
    if last is None or last.stretch is None:
        return None
    first = last.stretch.first.replace(day=int(parts["day"]))
    if first >= last.stretch.first:
        return None
    return Draft(
        stretch=Stretch(Grain.DAY, first),
        until=last.stretch,
        yearless=last.yearless,
        relative=last.relative,
        from_focus=last.from_focus,
    )


def date_range(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read 28 April to 3 May, between June 30 and July 2, 2014."""
    return _between(parts, setting, calendar, names=("month", "day"), grain=Grain.DAY)


def month_range(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read from May to August, between June and July 2014."""
    return _between(parts, setting, calendar, names=("month",), grain=Grain.MONTH)


def _between(
    parts: Parts,
    setting: Setting,
    calendar: Calendar,
    *,
    names: tuple[str, ...],
    grain: Grain,
) -> Draft | None:
    """Return the range whose end is told by the parts named so with a 2 behind.

    A range that would end before it begins reaches into the next year.
    """
    rule = date if grain is Grain.DAY else month
    end_parts = {name: parts[f"{name}2"] for name in names}
    end_parts |= {"year": parts["year"]} if "year" in parts else {}
    end = rule(end_parts, setting, calendar)
    if end is None or end.stretch is None:
        return None
    year = end.stretch.first.year
    own = {name: parts[name] for name in names}
    start = rule({**own, "year": str(year)}, setting, calendar)
    if start is None or start.stretch is None:
        return None
    first = start.stretch
    if first.first > end.stretch.first:
        first = Stretch(grain, first.first.replace(year=year - 1))
    return replace(end, stretch=first, until=end.stretch)


def weekday_range(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read from Monday to Wednesday, between Friday and Sunday: one interval."""
    names = parts["weekday"], parts["weekday2"]
    start, end = (int(calendar.value("weekday", name) or 0) for name in names)
    length = (end - start) % 7
    ahead = setting.direction > 0
    told = weekday({"weekday": names[0] if ahead else names[1]}, setting, calendar)
    if told is None or told.stretch is None or not length:
        return None
    first = told.stretch if ahead else told.stretch.shift(-length)
    return replace(told, stretch=first, until=first.shift(length))


def year_range(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read between 2014 and 2017, 1914-18, 1998/99."""
    first, last = parts["year"], parts["year2"]
    last = first[: 4 - len(last)] + last
    if int(first) >= int(last):
        return None
    start, end = (Stretch(Grain.YEAR, dt.date(int(y), 1, 1)) for y in (first, last))
    return Draft(stretch=start, until=end)


def clock_range(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read between 2 and 4 p.m., 9-11 a.m., from 9 a.m. to noon, 14:00-16:30 UTC."""
    told = clock_times(parts, calendar)
    if told is None:
        return None
    start, end, zone = told
    day, from_focus = day_spoken_of(setting)
    if day is None:
        unknown = f"XXXX-XX-XXT{start}{zone}/XXXX-XX-XXT{end}{zone}"
        return Draft(type=TimexType.TIME, timex=unknown, edtf=unknown)
    return Draft(
        type=TimexType.TIME,
        stretch=day,
        clock=start,
        clock_end=end,
        zone=zone,
        relative=not from_focus,
        from_focus=from_focus,
    )


def clock_times(parts: Parts, calendar: Calendar) -> tuple[str, str, str] | None:
    """Return the two times of a range as hh:mm, and their zone; None if they agree."""
    last = {name.removesuffix("_b"): parts[name] for name in parts if name[-2:] == "_b"}
    first = {name: parts[name] for name in parts if name[-2:] != "_b"}
    end, zone = clock_and_zone({**last, **_zone_of(parts)}, calendar)
    start, _ = clock_and_zone(_like(first, last, end), calendar)
    if start is None or end is None or start == end:
        return None
    return (*_by_part(start, end, parts), zone)


def _zone_of(parts: Parts) -> dict[str, str]:
    return {name: parts[name] for name in ("zone", "offset") if name in parts}


def _like(first: dict[str, str], last: dict[str, str], end: str | None) -> Parts:
    """Return the first time with the half of the day of the last, if it has none.

    "11-2 p.m." begins before noon: the half is the one that makes it end later.
    """
    if "hour" not in first or "half" in first or end is None:
        return first
    if "moment" in last:  # "9 to noon", "8 to midnight"
        return {**first, "half": "a" if end == "12:00" else "p"}
    hour, other = int(first["hour"]) % _NOON, int(last["hour"]) % _NOON
    half = last["half"].lower()
    return {**first, "half": half if hour <= other else "ap".replace(half, "")}


def _by_part(start: str, end: str, parts: Parts) -> tuple[str, str]:
    """Return "from five to eight" in the afternoon or evening as hours past noon."""
    if "told" not in parts or parts["part"] == "morning":
        return start, end
    hours = (int(start[:2]) % _NOON, int(end[:2]) % _NOON)
    late = [hour + (_NOON if hour >= hours[0] else 0) for hour in hours]
    return f"{late[0]:02}:00", f"{late[1]:02}:00"
