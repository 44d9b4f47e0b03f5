"""Days of the year that have a name: fixed, the n-th weekday, moving feasts."""

from __future__ import annotations

import datetime as dt
import math

from sayso.resolve.dates_calendar import ONE_DAY, month_end

_HIJRI_EPOCH = 227_015  # ordinal of 1 Muharram 1, 19 July 622 Gregorian
_HIJRI_CYCLE = 30  # years, of which 11 have a day more
_LUNATION = 29.530_588_861  # days, the mean from new moon to new moon
_FIRST_MOON = 730_125.597_66  # the mean new moon of January 2000, as an ordinal (UTC)
_DUSK = 12.6 / 24  # the evening in India, as a share of a day (UTC)
_FIXED = 5  # characters of "12-25"


def feast(rule: str, year: int) -> tuple[dt.date, dt.date]:
    """Return first and last day of a named day in a year, both included.

    Days of the Hindu year are reckoned from the moon, and regions may differ by a day.
    Days of the Islamic year follow the tabular calendar, so that sightings of the moon
    may differ by a day; of two in one Gregorian year the earlier one is given.

    Args:
        rule: A rule of `holidays.tsv`, told in its CARD.md.
        year: Gregorian, 1 to 9998.

    Raises:
        ValueError: The day does not fall into the year, or the year is out of range.
    """
    if len(rule) == _FIXED:
        day = dt.date(year, int(rule[:2]), int(rule[3:]))
        return day, day
    name, *numbers = rule.split(" ")
    if name == "diwali":
        day = diwali(year) + int(numbers[0]) * ONE_DAY
        return day, day
    if name == "hijri":
        day = _hijri_in(year, *map(int, numbers[0].split("-")))
        return day, day + (int(numbers[1]) - 1 if numbers[1:] else 0) * ONE_DAY
    if name.isdigit():
        day = _nth_weekday(year, int(name), int(numbers[0]), int(numbers[1]))
        day += int(numbers[2] if numbers[2:] else 0) * ONE_DAY
        return day, day
    start = {"easter": easter, "orthodox": orthodox_easter, "passover": passover}[name]
    day = start(year) + int(numbers[0]) * ONE_DAY
    return day, day


def easter(year: int) -> dt.date:
    """Return Easter Sunday of the Western churches, by Gauss's rule as Meeus has it."""
    century, rest = divmod(year, 100)
    moon = (
        19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15
    ) % 30
    late = (year % 19 + 11 * moon) // 319
    weekday = (2 * (century % 4) + 2 * (rest // 4) - rest % 4 - moon + late + 32) % 7
    month = (moon - late + weekday + 90) // 25
    return dt.date(year, month, (moon - late + weekday + month + 19) % 32)


def orthodox_easter(year: int) -> dt.date:
    """Return Easter Sunday of the Eastern churches as a Gregorian date."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    behind = year // 100 - year // 400 - 2  # days of the Julian calendar
    return dt.date(year, month, day + 1) + behind * ONE_DAY


def passover(year: int) -> dt.date:
    """Return 15 Nisan, the first day of Passover, by Gauss's formula of 1802."""
    hebrew = year + 3760
    months = (12 * hebrew + 17) % 19
    moment = 32.044_093_2 + 1.554_241_8 * months + (hebrew % 4) / 4
    moment -= 0.003_177_794 * hebrew
    whole = int(moment)
    weekday = (whole + 3 * hebrew + 5 * (hebrew % 4) + 5) % 7
    if weekday in (2, 4, 6):
        whole += 1
    elif weekday == 1 and months > 6 and moment % 1 >= 0.632_870_370:
        whole += 2
    elif weekday == 0 and months > 11 and moment % 1 >= 0.897_723_765:
        whole += 1
    behind = year // 100 - year // 400 - 2
    return dt.date(year, 3, 1) + (whole - 1 + behind) * ONE_DAY


def diwali(year: int) -> dt.date:
    """Return the day whose evening is the last before the new moon of Kartika.

    That is the first new moon from 17 October on. Source of the moon's terms: Meeus,
    Astronomical Algorithms, chapter 49, the largest ones; right to about a half hour.
    """
    begin = dt.date(year, 10, 17).toordinal()
    number = math.floor((begin - _FIRST_MOON) / _LUNATION) - 1
    while (moon := _new_moon(number)) < begin:
        number += 1
    return dt.date.fromordinal(math.floor(moon - _DUSK))


def _new_moon(number: int) -> float:
    """Return when a new moon is, counted from January 2000, as an ordinal (UTC)."""
    sun = math.radians(2.5534 + 29.105_356_70 * number)
    moon = math.radians(201.5643 + 385.816_935_28 * number)
    node = math.radians(160.7108 + 390.670_502_84 * number)
    shift = -0.4072 * math.sin(moon) + 0.17241 * math.sin(sun)
    shift += 0.01608 * math.sin(2 * moon) + 0.01039 * math.sin(2 * node)
    shift += 0.00739 * math.sin(moon - sun) - 0.00514 * math.sin(moon + sun)
    return _FIRST_MOON + _LUNATION * number + shift


def _hijri_in(year: int, month: int, day: int) -> dt.date:
    guess = int((year - 622) * 33 / 32)
    for hijri in range(guess - 1, guess + 3):
        found = dt.date.fromordinal(_hijri_ordinal(hijri, month, day))
        if found.year == year:
            return found
    raise ValueError(f"{month}-{day} of the Islamic year does not fall into {year}")


def _hijri_ordinal(year: int, month: int, day: int) -> int:
    leaps = (11 * year + 3) // _HIJRI_CYCLE
    months = 29 * (month - 1) + month // 2
    return _HIJRI_EPOCH + 354 * (year - 1) + leaps + months + day - 1


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> dt.date:
    if nth > 0:
        first = dt.date(year, month, 1)
        return first + ((weekday - first.isoweekday()) % 7 + 7 * (nth - 1)) * ONE_DAY
    last = month_end(12 * year + month - 1)
    return last - ((last.isoweekday() - weekday) % 7) * ONE_DAY
