"""What clock times, parts of the day and nights mean.

A rule takes the parts of a form and the setting and returns a draft, or None where the
words turn out to be no time.
"""

from __future__ import annotations

import re

from sayso.record import TimexType
from sayso.resolve.dates_calendar import Grain, Stretch
from sayso.resolve.dates_draft import Draft
from sayso.resolve.dates_rules import Parts
from sayso.resolve.dates_setting import Setting, is_as_fine
from sayso.vocab.calendar import Calendar

_AM_PM = 12
_NEAR_DAYS = 3
_NO_DAY = re.compile(r"\b(?:an?|[Gg]ood|one|two|three|per) $")


def night_before(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read last night, this morning, that evening."""
    part, rel = calendar.value("daypart", parts["part"]), parts["rel"].lower()
    focus, base = setting.focus_in(Grain.DAY), setting.base_in(Grain.DAY)
    from_focus = focus is not None and (rel == "that" or base is None)
    day = focus if from_focus else base
    if day is None:
        return Draft(timex=f"XXXX-XX-XXT{part}", edtf="XXXX-XX-XX")
    return Draft(
        stretch=day.shift(-1 if rel == "last" else 0),
        part=part,
        over_night=rel == "last" and part == "NI",
        relative=not from_focus,
        from_focus=from_focus,
    )


def clock(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read 6:40 p.m., 18:00 UTC, 0800 UTC, noon, half past eleven, one o'clock."""
    told, zone = clock_and_zone(parts, calendar)
    if told is None:
        return None
    day, from_focus = day_spoken_of(setting)
    if day is None:
        return Draft(
            type=TimexType.TIME,
            timex=f"XXXX-XX-XXT{told}{zone}",
            edtf=f"XXXX-XX-XXT{told}{zone}",
        )
    return Draft(
        type=TimexType.TIME,
        stretch=day,
        clock=told,
        zone=zone,
        relative=not from_focus,
        from_focus=from_focus,
    )


def clock_and_zone(parts: Parts, calendar: Calendar) -> tuple[str | None, str]:
    """Return hh:mm and the zone: Z, a distance such as +05:30, or nothing."""
    zone = calendar.value("zone", parts.get("zone", "")) or ""
    if "offset" in parts:
        zone = f"{int(parts['offset']):+03}"
    if len(zone) > 1 and ":" not in zone:
        zone += ":00"
    return _told_clock(parts, calendar), zone


def _told_clock(parts: Parts, calendar: Calendar) -> str | None:
    if "moment" in parts:
        return calendar.value("moment", parts["moment"])
    if "mil" in parts:
        return f"{parts['mil'][:2]}:{parts['mil'][2:]}"
    if "hour24" in parts:
        return f"{int(parts['hour24']) % 24:02}:{parts['minute24']}"
    if "hour" in parts:
        hour = int(parts["hour"]) % _AM_PM
        hour += _AM_PM if parts["half"] in "pP" else 0
        return f"{hour:02}:{parts.get('minute', '00')}"
    hour = int(calendar.value("number", parts.get("told", parts.get("told2", ""))) or 0)
    minutes = {"half": 30, "quarter": 15, "ten": 10, "twenty": 20, "five": 5}
    minute = minutes.get(parts.get("fraction", ""), 0)
    if parts.get("side") == "to":
        hour, minute = (hour - 1) or _AM_PM, 60 - minute
    return f"{hour:02}:{minute:02}"


def daypart(parts: Parts, setting: Setting, calendar: Calendar) -> Draft | None:
    """Read "the morning", "at dawn", "in the evening" of the day spoken of."""
    if parts["part"][0].isupper() and setting.before.strip():
        return None  # part of a name: "Operation Dawn"
    if _NO_DAY.search(setting.before):
        return None  # "$35 a night", "good evening"
    part = calendar.value("daypart", parts["part"])
    if part == "NI" and setting.before.lower().endswith("at "):
        return Draft(
            type=TimexType.TIME, timex="XXXX-XX-XXTNI"
        )  # no night in particular
    day, from_focus = day_spoken_of(setting)
    if day is None:
        return Draft(type=TimexType.TIME, timex=f"XXXX-XX-XXT{part}", edtf="XXXX-XX-XX")
    return Draft(stretch=day, part=part, relative=not from_focus, from_focus=from_focus)


def day_spoken_of(setting: Setting) -> tuple[Stretch | None, bool]:
    """Return the day that a time of day is on, and whether an earlier time told it.

    That is the last day told in its sentence or, failing that, within a few days of
    publication: a report may tell of old days in passing.
    """
    days = [one for one in setting.told if is_as_fine(one.stretch.grain, Grain.DAY)]
    base = setting.base_in(Grain.DAY)
    if not days:
        return (None if setting.narrative else base), False
    if base is None or setting.narrative or days[-1].span.start >= setting.start:
        return days[-1].stretch, True
    near = [d for d in days if abs((base.first - d.stretch.first).days) <= _NEAR_DAYS]
    return (near or days)[-1].stretch, True
