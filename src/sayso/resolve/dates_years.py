"""The year of a day, month or season that is told without one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sayso.resolve.dates_calendar import Grain, Stretch
from sayso.resolve.dates_draft import PLACEHOLDER_YEAR, Draft
from sayso.resolve.dates_setting import Setting

_AHEAD_COST = {False: 1.4, True: 0.6}
"""Days ahead, in days behind: news looks back, a narrative goes on (key)."""
_WRONG_TENSE = 3.0  # times as far seems a day that the tense speaks against


def in_some_year(
    setting: Setting, in_year: Callable[[int], Stretch], *, strict: bool = False
) -> Draft:
    """Return the stretch in the year that tense, publication or the text suggest.

    Args:
        setting: Where the expression stands.
        in_year: Gives the stretch of one year; ValueError if the day never exists.
        strict: The stretch that holds the day of publication does not count.
    """
    anchor, from_focus = setting.here(Grain.YEAR)
    if anchor is None:
        found = in_year(PLACEHOLDER_YEAR)
        return Draft(stretch=found, yearless=True)
    reference = _reference(setting, from_focus=from_focus)
    years = range(anchor.first.year - 1, anchor.first.year + 2)
    if reference is None:
        chosen = in_year(anchor.first.year)
    else:
        chosen = _nearest(_possible(in_year, years), reference, setting, strict=strict)
    return Draft(stretch=chosen, relative=not from_focus, from_focus=from_focus)


def _reference(setting: Setting, *, from_focus: bool) -> dt.date | None:
    """Return the day that years are chosen round, None where only a year is known."""
    if not from_focus:
        return setting.day
    month_told = setting.told[-1].stretch if setting.told else None
    if month_told is None or month_told.grain not in (Grain.DAY, Grain.MONTH):
        return None
    return month_told.first


def _possible(in_year: Callable[[int], Stretch], years: range) -> list[Stretch]:
    """Return the stretches of the years that have it: 29 February is not in all."""
    found = []
    for number in years:
        try:
            found.append(in_year(number))
        except ValueError:
            continue  # this year has no such day
    return found or [in_year(PLACEHOLDER_YEAR)]


def _nearest(
    choices: list[Stretch], day: dt.date, setting: Setting, *, strict: bool
) -> Stretch:
    direction = 0 if setting.narrative else setting.direction

    def distance(stretch: Stretch) -> tuple[bool, float]:
        ahead = (stretch.first - day).days
        behind = (day - stretch.last).days
        if ahead <= 0 and behind <= 0:
            return strict, 0.0
        wrong = direction != 0 and (ahead > 0) != (direction > 0)
        far = ahead * (_AHEAD_COST[setting.narrative]) if ahead > 0 else behind
        return strict and wrong, far * (_WRONG_TENSE if wrong else 1)

    return min(choices, key=distance)
