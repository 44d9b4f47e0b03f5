"""What calendar words mean: days, months, years and their parts, told or reckoned.

A rule takes the parts of a form and the setting and returns a draft, or None where the
words turn out to be no time. Impossible dates raise ValueError.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from sayso.resolve.dates_calendar import ONE_DAY, SEASONS, Grain, Stretch
from sayso.resolve.dates_draft import Draft
from sayso.resolve.dates_feasts import feast
from sayso.resolve.dates_setting import Setting
from sayso.resolve.dates_years import in_some_year
from sayso.vocab.calendar import Calendar

Parts = Mapping[str, str]
Rule = Callable[[Parts, Setting, Calendar], Draft | None]

_BACK = {"last", "past", "previous", "prior", "preceding"}
_AHEAD = {"next", "following", "coming", "upcoming", "subsequent"}
_FOCUS = {"that", "same", "following", "subsequent", "preceding", "previous", "prior"}
_THIRDS = {"early": 0, "earlier": None, "mid": 1, "middle": 1, "late": 2, "later": None}
_EDGES = {"beginning": 0, "start": 0, "middle": 1, "end": 2, "close": 2}
_PIVOT = 30  # '29 is 2029, '30 is 1930
_WALK = re.compile(
    r"(?:\b[Tt]he|\b[Aa]|['’]s|[A-Za-z]*[A-Z][a-z]+(?<!\bIn)(?<!\bBy)(?<!\bSince)"
    r"(?<!\bUntil)(?<!\bFrom)(?<!\bLast)(?<!\bOn)(?<!\bDuring)) $"
)  # "Women's March", "the Long March"
_SOME = re.compile(r"\b[Aa] $")
_YEAR_INTRO = re.compile(
    r"\b(?:[Ii]n|[Oo]f|[Bb]y|[Ss]ince|[Uu]ntil|[Tt]ill|[Ff]rom|[Dd]uring|"
    r"[Bb]efore|[Aa]fter|[Bb]etween|and|early|late|mid|circa|AD|A\.D\.|"
    r"through|[Tt]hroughout|year)[ -]\(?$|\($"
)
GRAINS = {
    "D": Grain.DAY,
    "W": Grain.WEEK,
    "2W": Grain.WEEK,
    "WE": Grain.WEEKEND,
    "M": Grain.MONTH,
    "Q": Grain.QUARTER,
    "Y": Grain.YEAR,
    "DE": Grain.DECADE,
    "CE": Grain.CENTURY,
}


def iso(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read 2013-03-22, with or without a time of day."""
    hour = parts.get("hour24")
    clock = f"{int(hour):02}:{parts['minute24']}" if hour else None
    day = dt.date.fromisoformat(parts["iso"])
    return Draft(stretch=Stretch(Grain.DAY, day), clock=clock)


def numeric(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read 7/8/07 as the American custom has it, 22.3.2013 day first."""
    first, second = int(parts["n1"]), int(parts["n2"])
    day_first = parts["sep"] == "." or first > 12
    month, day = (second, first) if day_first else (first, second)
    year = full_year(parts["n3"])
    return Draft(stretch=Stretch(Grain.DAY, dt.date(year, month, day)))


def full_year(digits: str) -> int:
    """Return the year that two or four digits tell."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < _PIVOT else 1900)


def date(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read 5 May, May 5 2018, Saturday, May 5, last May 5."""
    month, day = _month(parts, calendar), int(parts["day"])
    if "year" in parts:
        found = dt.date(int(parts["year"]), month, day)
        return Draft(stretch=Stretch(Grain.DAY, found))
    if told := _told_year(parts, setting):
        found = dt.date(told[0], month, day)
        return replace(told[1], stretch=Stretch(Grain.DAY, found))
    rel = _rel(parts)
    wanted = _turned(setting, steps_of(rel)) if rel else setting
    return in_some_year(
        wanted,
        lambda year: Stretch(Grain.DAY, dt.date(year, month, day)),
        strict=bool(rel),
    )


def _told_year(parts: Parts, setting: Setting) -> tuple[int, Draft] | None:
    """Return the year of "of last year", "of that year", and a draft without days."""
    rel = parts.get("relyear", "").lower().removeprefix("the ")
    if not rel:
        return None
    from_focus = bool(set(rel.split(" ")) & _FOCUS) or setting.base is None
    in_text, base = setting.focus_in(Grain.YEAR), setting.base_in(Grain.YEAR)
    about = in_text if from_focus and in_text else base
    if about is None:
        return None
    by_text = about is in_text
    draft = Draft(relative=not by_text, from_focus=by_text)
    return about.first.year + steps_of(rel), draft


def month(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read May, May 2018, late May, the end of May, last May."""
    number = _month(parts, calendar)
    if parts["month"] == "March" and _WALK.search(setting.before) and len(parts) == 1:
        return None
    if told := _told_year(parts, setting):
        found = Stretch(Grain.MONTH, dt.date(told[0], number, 1))
        return shaped(replace(told[1], stretch=found), parts)
    if "year" in parts:
        found = Stretch(Grain.MONTH, dt.date(int(parts["year"]), number, 1))
        return shaped(Draft(stretch=found), parts)
    rel = _rel(parts)
    wanted = setting
    if rel in _BACK:
        wanted = _turned(setting, -1)
    elif rel in _AHEAD:
        wanted = _turned(setting, 1)
    strict = rel in _BACK | _AHEAD
    draft = in_some_year(
        wanted,
        lambda year: Stretch(Grain.MONTH, dt.date(year, number, 1)),
        strict=strict,
    )
    return shaped(draft, parts)


def day_of_month(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read "the 4th", a day of the month that the text speaks of."""
    if not re.search(r"\b(?:[Oo]n|[Bb]y|[Ss]ince|[Uu]ntil|from|to) $", setting.before):
        return None
    about, from_focus = setting.here(Grain.MONTH)
    if about is None:
        return Draft(timex=f"XXXX-XX-{int(parts['day']):02}", edtf="XXXX-XX-XX")
    day = about.first.replace(day=int(parts["day"]))
    return Draft(
        stretch=Stretch(Grain.DAY, day), relative=not from_focus, from_focus=from_focus
    )


def weekday(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read Monday, last Monday, next Friday, the following Tuesday; not a Monday."""
    number = int(calendar.value("weekday", parts["weekday"]) or 0)
    rel, base = _rel(parts).removeprefix("this "), setting.base_in(Grain.DAY)
    if _SOME.search(setting.before) and not rel:
        return Draft(timex=f"XXXX-WXX-{number}")
    focus = setting.focus_in(Grain.DAY)
    from_focus = focus is not None and (
        setting.narrative or base is None or rel in {"following", "that", "same"}
    )
    anchor = focus if from_focus else base
    if anchor is None:
        return Draft(timex=f"XXXX-WXX-{number}", edtf="XXXX-XX-XX")
    ahead = (number - anchor.first.isoweekday()) % 7
    if rel in _AHEAD:
        days = ahead or 7
    elif rel in _BACK:
        days = ahead - 7
    elif rel == "this":
        days = number - anchor.first.isoweekday()
    elif setting.direction > 0 or (from_focus and setting.narrative):
        days = ahead
    else:
        days = ahead - 7 if ahead else 0
    return Draft(
        stretch=anchor.shift(days), relative=not from_focus, from_focus=from_focus
    )


def season(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read the spring of 1992, last summer, next winter."""
    word = parts.get("season") or parts["season2"]
    code = calendar.value("season", word) or SEASONS[0]
    start = 3 * SEASONS.index(code) + 3
    rel = _rel(parts)
    if "year" in parts:
        found = Stretch(Grain.SEASON, dt.date(int(parts["year"]), start, 1))
        return shaped(Draft(stretch=found), parts)
    wanted = _turned(setting, -1 if rel in _BACK else 1 if rel in _AHEAD else 0)
    if rel not in _BACK | _AHEAD:
        wanted = setting
    draft = in_some_year(
        wanted,
        lambda year: Stretch(Grain.SEASON, dt.date(year, start, 1)),
        strict=rel in _BACK | _AHEAD,
    )
    return shaped(draft, parts)


def quarter(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read the third quarter, the 2009 first half, last year's fourth quarter."""
    number = int(calendar.value("ordinal", parts["nth"]) or parts["nth"][0])
    grain, length = (
        (Grain.HALF, 6) if parts.get("unit") == "half" else (Grain.QUARTER, 3)
    )
    if not 1 <= number <= 12 // length:
        return None
    start = length * (number - 1) + 1
    rel = _rel(parts) or parts.get("rel2", "").lower() or ("back" in parts and "last")
    year = int(parts["year"]) if "year" in parts else None
    if rel:
        about = setting.base_in(Grain.YEAR) or setting.focus_in(Grain.YEAR)
        if about is None:
            return Draft(timex=f"XXXX-{grain.value[0].upper()}{number}")
        year = about.first.year + steps_of(rel)
    if year is not None:
        found = Stretch(grain, dt.date(year, start, 1))
        return Draft(stretch=found, relative=bool(rel))
    return in_some_year(setting, lambda y: Stretch(grain, dt.date(y, start, 1)))


def year(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read a year of four digits; numbers that are likelier counts give None."""
    number = int(parts["year"])
    told = bool({"mod", "edge"} & set(parts)) or _YEAR_INTRO.search(setting.before)
    base = setting.base_in(Grain.YEAR)
    near = base is not None and abs(number - base.first.year) <= 130
    if not told and not (near or 1900 <= number <= 2030):
        return None
    return shaped(Draft(stretch=Stretch(Grain.YEAR, dt.date(number, 1, 1))), parts)


def short_year(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read '82."""
    start = dt.date(full_year(parts["short"]), 1, 1)
    return Draft(stretch=Stretch(Grain.YEAR, start))


def decade(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read the 1990s, the late '80s, 70s, the nineties."""
    tens = int(parts.get("tens") or calendar.value("decade", parts["word"]) or 0)
    if "century" not in parts and tens < 20:
        return None
    first = int(parts.get("century", "19")) * 100 + tens
    draft = Draft(stretch=Stretch(Grain.DECADE, dt.date(first, 1, 1)))
    return shaped(draft, {**parts, "mod": parts.get("mod", parts.get("modx", ""))})


def century(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read the 19th century."""
    told = parts.get("nth") or calendar.value("ordinal", parts.get("word", ""))
    number = int(told or 0)
    if not 2 <= number <= 22 or "bc" in parts:
        return Draft(timex="XX") if "bc" in parts else None
    return Draft(stretch=Stretch(Grain.CENTURY, dt.date(100 * (number - 1), 1, 1)))


def before_christ(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read 218 BC; EDTF counts a year 0, so that it is -0217."""
    number = int(parts["bc"])
    if not number:
        return None
    return Draft(timex=f"BC{number:04}", edtf=f"-{number - 1:04}")


def holiday(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read Christmas, the eve of Easter 2016, next Ramadan, Eid of last year."""
    rule = calendar.holidays[parts["holiday"].lower()]

    def in_year(number: int) -> Stretch:
        return Stretch(Grain.DAY, feast(rule, number)[0])

    if "year" in parts:
        draft = Draft(stretch=in_year(int(parts["year"])))
    elif told := _told_year(parts, setting):
        draft = replace(told[1], stretch=in_year(told[0]))
    else:
        rel = _rel(parts)
        turn = -1 if rel in _BACK else 1 if rel in _AHEAD else setting.direction
        draft = in_some_year(_turned(setting, turn), in_year)
        if draft.yearless and len(rule) > len("12-25"):
            return Draft()  # a moving feast has no day without its year
    if draft.stretch is None:
        return draft
    first, last = feast(rule, draft.stretch.first.year)
    if "eve" in parts:
        return replace(draft, stretch=Stretch(Grain.DAY, first - ONE_DAY))
    if first == last:
        return draft
    return Draft(
        stretch=Stretch(Grain.DAY, first),
        until=Stretch(Grain.DAY, last),
        relative=draft.relative,
        from_focus=draft.from_focus,
    )


def shaped(draft: Draft | None, parts: Parts) -> Draft | None:
    """Return a draft cut to "early", "late" or "the end of" that stands before it."""
    if draft is None or draft.stretch is None:
        return draft
    third = _THIRDS.get(parts.get("mod", "").lower())
    edge = parts.get("edge", "").split(" ")[0]
    if edge:
        third = _EDGES.get(edge)
    if third is None:
        return draft
    return replace(draft, third=third, end=edge in ("end", "close"))


def steps_of(rel: str) -> int:
    """Return how many steps "last", "this" or "next" go."""
    words = set(rel.lower().split(" "))
    return -1 if words & _BACK else 1 if words & _AHEAD else 0


def _turned(setting: Setting, direction: int) -> Setting:
    return replace(setting, direction=direction)


def _rel(parts: Parts) -> str:
    return parts.get("rel", "").lower().removeprefix("the ").removesuffix(" same")


def _month(parts: Parts, calendar: Calendar) -> int:
    return int(calendar.value("month", parts["month"]) or 0)
