"""Who and where across reports, and the numbers by which reports are ordered."""

from __future__ import annotations

import hashlib
import re
from datetime import date

import msgspec

from sayso.record import Actor, Place, Report

DIGITS = 12  # as in the ids of rows
LAST_DAY = date.max.toordinal()
ID_BITS = 40
ID_DIGITS = ID_BITS // 4
UNDATED = LAST_DAY << ID_BITS
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")


def actor_key(actor: Actor) -> str:
    """Return the id of an actor across reports: by authority, or by what it is called.

    Without an authority id, equal name, kind and country make one actor; coders merge
    and split what this joins wrongly.
    """
    if actor.authority is not None:
        return _key("A", ["authority", actor.authority])
    return _key("A", ["name", actor.name, actor.kind, actor.country])


def place_key(place: Place) -> str:
    """Return the id of a place across reports: by gazetteer, or by name and country."""
    if place.gazetteer_id is not None:
        return _key("P", ["gazetteer", place.gazetteer_id])
    return _key("P", ["name", place.name, place.country])


def _key(letter: str, parts: list[str | None]) -> str:
    digest = hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
    return letter + digest[:DIGITS]


def month_of(published: str | None) -> str:
    """Return the month of a date of publication, 2019-08; "" if it has none."""
    day = _day(published)
    return "" if day is None else day.isoformat()[:7]


def number_report(report: Report) -> int:
    """Return the number that orders reports: newest first, undated last, then by id.

    63 bits: the day counted backwards and the first 40 bits of the id. The number
    does not depend on the order of adding, and the numbers of a stretch of days make
    one stretch; should two reports ever clash, the later one takes the next number.
    """
    return (days_back(report.published) << ID_BITS) | int(report.id[:ID_DIGITS], 16)


def first_number(last_day: date) -> int:
    """Return the least number that a report published by the end of a day can have."""
    return (LAST_DAY - last_day.toordinal()) << ID_BITS


def end_number(first_day: date) -> int:
    """Return the number after all of the reports published since a day began."""
    return (LAST_DAY - first_day.toordinal() + 1) << ID_BITS


def month_of_number(number: int) -> str:
    """Return the month of publication that a report's number holds; "" if undated."""
    ordinal = LAST_DAY - (number >> ID_BITS)
    return date.fromordinal(ordinal).isoformat()[:7] if ordinal > 0 else ""


def days_back(day: str | None) -> int:
    """Return the day of a date counted backwards: newest first, none last."""
    found = _day(day)
    return LAST_DAY - (0 if found is None else found.toordinal())


def _day(published: str | None) -> date | None:
    match = _MONTH.match(published or "")
    if match is None:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
