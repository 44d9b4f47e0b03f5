"""What lengths, distances, clock times and recurrences mean.

A rule takes the parts of a form and the setting and returns a draft, or None where the
words turn out to be no time.
"""

from __future__ import annotations

import datetime as dt
import re

from msgspec.structs import replace

from sayso.record import TimexType
from sayso.resolve.dates_calendar import Grain, Stretch, stretch_of
from sayso.resolve.dates_draft import Draft
from sayso.resolve.dates_rules import GRAINS, Parts, date, shaped, steps_of
from sayso.resolve.dates_setting import Setting
from sayso.vocab.calendar import Calendar

_DAYS = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "before yesterday": -2,
    "after tomorrow": 2,
    "overnight": -1,
}
_ELSEWHERE = {
    "following",
    "that",
    "same",
    "previous",
    "preceding",
    "prior",
    "subsequent",
}
_LATER = {"later", "after", "afterward", "afterwards", "hence", "from now"}
_FROM_NOW = {"ago", "back", "hence", "from now"}
_GENERIC = re.compile(
    r"\b(?:[Ii]n|[Oo]f|[Ff]or|[Dd]uring|[Oo]n|[Bb]y|[Oo]ver|[Tt]hroughout|[Ww]ithin|"
    r"[Ee]nd(?:ed|ing|s)?|finish(?:ed|ing)?|[Ll]ater|[Ee]arlier|[Tt]his|to|close[ds]?|"
    r"through|until|per) $"
)
_RATE = re.compile(r"(?:\d|\b(?:once|twice|times|per cent|percent|million|billion)) $")
_FRACTIONS = {"1/2": 0.5, "½": 0.5, "1/4": 0.25, "¼": 0.25, "3/4": 0.75, "¾": 0.75}
_CLOSE_DAYS = 3
_YEAR_DAYS = 365
QUARTER_REACH = 6  # times after which a quarter is no longer what is spoken of


def relative_day(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read today, yesterday, tonight, overnight, the day before yesterday."""
    word = parts["word"].lower()
    part = "NI" if word in ("tonight", "overnight") else None
    base = setting.base_in(Grain.DAY)
    if base is None:
        return Draft(
            timex="XXXX-XX-XX" + (f"T{part}" if part else ""), edtf="XXXX-XX-XX"
        )
    return Draft(
        stretch=base.shift(_DAYS[word]),
        part=part,
        over_night=word == "overnight",
        relative=True,
    )


def period(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read last week, early next month, the previous day, the end of the year."""
    unit = parts["unit"].removeprefix("fiscal ").lower()
    grain = GRAINS[calendar.value("unit", unit) or "D"]
    rel = parts.get("rel", "").lower()
    after = parts.get("after", "")
    if not rel and not after and not _is_told(parts, setting):
        return None
    words = set(rel.removeprefix("the ").split(" "))
    elsewhere = bool(words & _ELSEWHERE or after) or (
        rel.startswith("the next") or (setting.narrative and rel != "")
    )
    if words == {"past"}:
        return Draft(type=TimexType.DURATION, timex=length(1, parts["unit"], calendar))
    focus, base = setting.focus_in(grain), setting.base_in(grain)
    if not rel and grain is Grain.QUARTER:
        focus = _reported_quarter(setting)
    from_focus = focus is not None and (
        elsewhere
        or base is None
        or (not rel and grain is Grain.QUARTER)
        or (not rel and (setting.narrative or _is_close(grain, focus, base)))
    )
    about = focus if from_focus else base
    if about is None:
        return Draft(timex=_unknown(grain), edtf=_unknown_edtf(grain))
    steps = steps_of(rel.removeprefix("the "))
    if grain is Grain.WEEKEND and not rel and about is base and setting.direction <= 0:
        day = setting.day
        steps = -1 if day is not None and day < about.first else 0
    if after:
        steps = 1 if after in ("after", "following") else -1
    draft = Draft(
        stretch=about.shift(steps), relative=not from_focus, from_focus=from_focus
    )
    return shaped(draft, {**parts, "edge": "end"} if "ends" in parts else parts)


def _is_close(grain: Grain, focus: Stretch, base: Stretch) -> bool:
    """Tell whether "the day" is the day just told, shortly before publication."""
    return grain is Grain.DAY and 0 <= (base.first - focus.first).days <= _CLOSE_DAYS


def _is_told(parts: Parts, setting: Setting) -> bool:
    """Tell whether "the year" or "the day" is one of the calendar."""
    opened = "ends" in parts or parts["the"].lower() not in (
        "the ",
        "the entire ",
        "the full ",
        "the whole ",
    )
    return opened or bool(_GENERIC.search(setting.before))


def _reported_quarter(setting: Setting) -> Stretch | None:
    """Return the quarter a report is on: the last of those told, not the one before."""
    told = [one.stretch for one in setting.told if one.stretch.grain is Grain.QUARTER]
    return max(told, key=lambda one: one.first, default=None)


def latest(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read the latest quarter, its most recent fiscal year: the last one that is over.

    Of quarters it is the one that the report is on.
    """
    unit = parts["unit"].removeprefix("fiscal ").lower()
    quarter = _reported_quarter(setting) if unit in ("quarter", "period") else None
    if quarter is not None:
        return Draft(stretch=quarter, from_focus=True)
    grain = Grain.QUARTER if unit == "period" else Grain(unit)
    base = setting.base_in(grain)
    if base is None:
        return Draft(timex=_unknown(grain), edtf=_unknown_edtf(grain))
    return Draft(stretch=base.shift(-1), relative=True)


def year_ended(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read "the year" of "the year ended March 31": a duration told by its end."""
    return Draft(type=TimexType.DURATION, timex="P1Y")


def same_period(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read the same period last year, the same month a year ago, the 1988 quarter."""
    reported = _reported_quarter(setting)
    if "year" in parts:
        told = int(parts["year"])
        if reported is None:
            return Draft(stretch=Stretch(Grain.YEAR, dt.date(told, 1, 1)))
        return Draft(
            stretch=Stretch(reported.grain, reported.first.replace(year=told)),
            from_focus=True,
        )
    for focus in reversed(setting.told):
        if focus.stretch.grain in (Grain.QUARTER, Grain.MONTH, Grain.HALF):
            return Draft(stretch=_year_back(focus.stretch), from_focus=True)
    base = setting.base_in(Grain.YEAR)
    if base is None:
        return Draft(timex="XXXX", edtf="XXXX")
    return Draft(stretch=base.shift(-1), relative=True)


def year_earlier(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read a year earlier, a year ago, year-earlier.

    After a quarter it means the same quarter of the year before the one that is
    reported on, as reports on companies have it; else the year before.
    """
    told = [focus.stretch for focus in setting.told[-QUARTER_REACH:]]
    quarters = [one for one in told if one.grain in (Grain.QUARTER, Grain.HALF)]
    if quarters:
        # The quarter of a year earlier may have been told too, or it alone.
        latest = max(quarters, key=lambda one: one.first)
        old = setting.day is not None and (setting.day - latest.last).days >= _YEAR_DAYS
        return Draft(stretch=latest if old else _year_back(latest), from_focus=True)
    return ago({"count": "a", "unit": "year", "ago": "ago"}, setting, calendar)


def _year_back(stretch: Stretch) -> Stretch:
    return Stretch(stretch.grain, stretch.first.replace(year=stretch.first.year - 1))


def ago(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read two years ago, three days later, a week earlier, eight hours after."""
    if "ago2" in parts:
        names = ("count", "unit", "ago")
        return ago({name: parts[f"{name}2"] for name in names}, setting, calendar)
    code = calendar.value("unit", parts["unit"]) or "D"
    count, word = count_of(parts["count"], calendar), parts["ago"]
    ahead = word in _LATER
    whole = count is not None and count == int(count)
    if code.startswith("T") or not whole or count is None:
        vague = "FUTURE_REF" if ahead else "PAST_REF"
        return Draft(timex=vague)
    grain = GRAINS[code]
    steps = int(count) * (2 if code == "2W" else 1) * (1 if ahead else -1)
    focus, base = setting.focus_in(grain), setting.base_in(grain)
    from_focus = focus is not None and (word not in _FROM_NOW or base is None)
    about = focus if from_focus else base
    if about is None:
        return Draft(timex=_unknown(grain), edtf=_unknown_edtf(grain))
    return Draft(
        stretch=about.shift(steps), relative=not from_focus, from_focus=from_focus
    )


def in_units(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read "in two weeks' time"."""
    return ago({**parts, "ago": "from now"}, setting, calendar)


def past_span(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read the past five days, the next two years: durations."""
    return duration(parts, setting, calendar)


def week_of(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read the last week of March, the first weekend of May, the week of 6 March."""
    if "nth" not in parts:
        return _week_round(parts, setting, calendar)
    number = int(calendar.value("month", parts["month"]) or 0)
    about = setting.here(Grain.YEAR)[0]
    told = parts.get("year") or (about.timex if about else None)
    if told is None:
        return Draft(timex=f"XXXX-{number:02}", edtf=f"XXXX-{number:02}")
    start = Stretch(Grain.MONTH, dt.date(int(told), number, 1))
    grain = GRAINS[calendar.value("unit", parts["unit"]) or "D"]
    nth = calendar.value("ordinal", parts["nth"])
    day = start.last if nth is None else start.first.replace(day=1 + 7 * (int(nth) - 1))
    if grain is Grain.DAY:
        day = start.last if nth is None else start.first.replace(day=int(nth))
        return Draft(stretch=Stretch(grain, day), relative="year" not in parts)
    monday = day - dt.timedelta(days=day.weekday())
    offset = dt.timedelta(days=5 if grain is Grain.WEEKEND else 0)
    return Draft(stretch=Stretch(grain, monday + offset), relative="year" not in parts)


def _week_round(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Return the week or weekend that a day lies in."""
    names = {name.removesuffix("2"): told for name, told in parts.items()}
    grain = GRAINS[calendar.value("unit", names.pop("unit")) or "W"]
    day = date(names, setting, calendar)
    if day is None or day.stretch is None:
        return None
    return replace(day, stretch=stretch_of(grain, day.stretch.first))


def recurring(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read daily, annual."""
    value = calendar.value("set", parts["set"])
    return Draft(type=TimexType.SET, timex=value)


def every(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read every Tuesday, Monday nights, each July, every two years, per day."""
    day = parts.get("weekday") or parts.get("weekday2")
    told = parts.get("part") or parts.get("part2")
    part = f"T{calendar.value('daypart', told)}" if told else ""
    if day:
        weekday = calendar.value("weekday", day)
        return Draft(type=TimexType.SET, timex=f"XXXX-WXX-{weekday}{part}")
    if part:
        return Draft(type=TimexType.SET, timex=f"XXXX-XX-XX{part}")
    if "month" in parts:
        number = int(calendar.value("month", parts["month"]) or 0)
        return Draft(type=TimexType.SET, timex=f"XXXX-{number:02}")
    if "season" in parts:
        return Draft(
            type=TimexType.SET,
            timex=f"XXXX-{calendar.value('season', parts['season'])}",
        )
    if "holiday" in parts:
        rule = calendar.holidays[parts["holiday"].lower()]
        fixed = f"XXXX-{rule}" if len(rule) == len("12-25") else "P1Y"
        return Draft(type=TimexType.SET, timex=fixed)
    words = parts.get("count", "one")
    count = 2.0 if words == "other" else count_of(words, calendar)
    return Draft(type=TimexType.SET, timex=length(count, parts["unit"], calendar))


def duration(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read three days, 12 to 18 months, a year and a half, 12-month; "$5 a day"."""
    words, unit = parts.get("count", "several"), parts["unit"]
    if "one" in parts:  # "a week or two"
        return Draft(type=TimexType.DURATION, timex=length(None, unit, calendar))
    singular = unit == unit.rstrip("s")
    count = count_of(words, calendar)
    if singular and words.lower() in ("some", "several", "few", "many"):
        return None
    if unit.lower() in ("second", "quarter"):
        return None  # "a second man"
    if unit.lower() == "quarters" and not {"extra", "rel"} & set(parts):
        return None  # "three quarters of them"
    if {"half", "half2"} & set(parts) and count is not None:
        count += 0.5
    if "least" in parts:
        least = length(count_of(parts["least"], calendar), unit, calendar)
        most = length(count, unit, calendar)
        return Draft(type=TimexType.DURATION, timex=f"{least}/{most}")
    rate = words.lower() in ("a", "an") and bool(_RATE.search(setting.before))
    kind = TimexType.SET if rate else TimexType.DURATION
    return Draft(type=kind, timex=length(count, unit, calendar))


def vague(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read "years", "for decades", "months-long": durations of unknown length."""
    if parts["vague"][0].isupper() and setting.before.strip():
        return None  # part of a name: "60 Minutes"
    return Draft(type=TimexType.DURATION, timex=length(None, parts["vague"], calendar))


def reference(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read now, recently, in the future: times without a place in the calendar."""
    return Draft(timex=calendar.value("reference", parts["reference"]))


def length(count: float | None, unit: str, calendar: Calendar) -> str:
    """Return the TIMEX3 value of a duration; X where the count is not known."""
    code = calendar.value("unit", unit) or "D"
    if code == "2W":
        count, code = None if count is None else 2 * count, "W"
    if code == "WE":
        code = "WE"
    told = "X" if count is None else f"{count:g}"
    return f"PT{told}{code[1:]}" if code.startswith("T") else f"P{told}{code}"


def count_of(words: str, calendar: Calendar) -> float | None:
    """Return the number that words tell, None for "several", "a few" and the like."""
    lower = words.lower().strip()
    if lower in ("a", "an", "one", "another", "a single", "single"):
        return 1.0
    if lower.startswith("half"):
        return 0.5
    if "couple" in lower:
        return 2.0
    if lower[:1].isdigit():
        return _digits(lower)
    total = 0
    for word in re.split(r"[- ]", lower):
        number = calendar.value("number", word)
        if number is None:
            return None
        larger = int(number) if word in ("hundred", "thousand") else 0
        total = max(total, 1) * larger if larger else total + int(number)
    return float(total)


def _digits(words: str) -> float:
    """Return the number of "12,000", "2.5", "2 1/2" or "2½"."""
    for sign, told in _FRACTIONS.items():
        if words.endswith(sign):
            return float(words.removesuffix(sign).strip() or 0) + told
    return float(words.replace(",", ""))


def _unknown(grain: Grain) -> str:
    return {
        Grain.DAY: "XXXX-XX-XX",
        Grain.WEEK: "XXXX-WXX",
        Grain.WEEKEND: "XXXX-WXX-WE",
        Grain.MONTH: "XXXX-XX",
        Grain.QUARTER: "XXXX-QX",
        Grain.YEAR: "XXXX",
    }.get(grain, "XX")


def _unknown_edtf(grain: Grain) -> str | None:
    """Return the EDTF value of an unknown stretch; it has none for weeks."""
    known = {Grain.DAY: "XXXX-XX-XX", Grain.MONTH: "XXXX-XX", Grain.YEAR: "XXXX"}
    return known.get(grain)
