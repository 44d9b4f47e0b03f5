"""When and where an incident is said to have been, from the times and places found."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.record.entities import Place, PlacePrecision, Time, TimexType
from sayso.record.record import Record
from sayso.record.report import SectionKind
from sayso.record.span import Span

_DAYS = frozenset({"minute", "hour", "day"})
_FINENESS = list(PlacePrecision)


def find_date(
    record: Record, sentences: Sequence[Span]
) -> tuple[str | None, str | None]:
    """Return id and EDTF date of the first day that the sentences name.

    Without one it is "on or before" the day of the report, which has no id then.
    """
    for sentence in sentences:
        for time in record.times:
            if _is_day(time) and any(sentence.holds(m) for m in time.mentions):
                return time.id, _day(time.earliest)
    written = _day_of_report(record)
    return None, None if written is None else f"../{written}"


def find_place(record: Record, sentences: Sequence[Span]) -> Place | None:
    """Return the finest place of the first sentence that names one below a country."""
    for sentence in sentences:
        named = [
            place
            for place in record.places
            if place.precision not in (None, PlacePrecision.COUNTRY)
            and any(sentence.holds(mention) for mention in place.mentions)
        ]
        if named:
            return min(named, key=lambda place: _FINENESS.index(_fineness(place)))
    return None


def find_country(record: Record, place: Place | None) -> str | None:
    """Return the country of the place, or the one that most mentions lie in."""
    if place is not None and place.country is not None:
        return place.country
    mentions: dict[str, int] = {}
    for one in record.places:
        if one.country is not None:
            mentions[one.country] = mentions.get(one.country, 0) + len(one.mentions)
    return max(mentions, key=lambda code: mentions[code], default=None)


def _fineness(place: Place) -> PlacePrecision:
    return place.precision or PlacePrecision.AREA


def _is_day(time: Time) -> bool:
    return (
        time.timex.type in (TimexType.DATE, TimexType.TIME)
        and time.precision in _DAYS
        and time.earliest is not None
    )


def _day(moment: str | None) -> str | None:
    """Return the day of a moment, without its clock time."""
    return None if moment is None else moment[:10]


def _day_of_report(record: Record) -> str | None:
    for dateline in record.report.sections_of(SectionKind.DATELINE):
        for time in record.times:
            if _is_day(time) and any(dateline.holds(m) for m in time.mentions):
                return _day(time.earliest)
    return _day(record.report.published)
