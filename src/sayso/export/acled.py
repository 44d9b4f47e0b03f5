"""Events as draft rows in the columns of ACLED's public codebook; not ACLED data."""

from __future__ import annotations

from sayso.export.cells import Row, columns
from sayso.export.codes import Codes
from sayso.export.coding import (
    CIVILIANS,
    DRAFT,
    FOREIGN_FORCES,
    NOT_MERGED,
    STATE_FORCES,
    Party,
    acled_when,
    acled_where,
    country_name,
    days_of,
    joined_names,
    main_place,
    parties,
    past_events,
)
from sayso.export.deaths import find_deaths
from sayso.export.voices import evidence, voices_line
from sayso.record import Event, Place, Record, Role

COLUMNS = columns(
    "event_id_cnty event_date year:integer time_precision:integer disorder_type"
    " event_type sub_event_type actor1 assoc_actor_1 inter1:integer actor2"
    " assoc_actor_2 inter2:integer interaction:integer civilian_targeting iso:integer"
    " region country admin1 admin2 admin3 location latitude:real longitude:real"
    " geo_precision:integer source source_scale notes fatalities:integer tags timestamp"
)
_PROTEST_INTER = {
    "Peaceful protest": 6,
    "Excessive force against protesters": 6,
    "Violent demonstration": 5,
}
_VIOLENCE = "Political violence"


def acled_rows(record: Record, codes: Codes) -> list[Row]:
    """Return a row for each particular event that happened and that ACLED would code.

    `fatalities` is the lowest number that a voice gives, empty if none does; ids,
    regions and time stamps of ACLED stay empty.
    """
    return [
        row
        for event in past_events(record)
        if (row := _row(record, event, codes)) is not None
    ]


def _row(record: Record, event: Event, codes: Codes) -> Row | None:
    if event.type not in codes.ontology.types:
        return None
    one = parties(record, event, Role.ACTOR)
    two = parties(record, event, Role.TARGET) or parties(record, event, Role.VICTIM)
    if not two and len(one) > 1:
        one, two = one[:1], one[1:]  # both sides of a fight act
    is_on_civilians = bool(two) and two[0].inter(codes) == CIVILIANS
    kind = codes.ontology.acled(event.type, event.mode, civilians=is_on_civilians)
    if kind is None:
        return None
    disorder, event_type, sub_type = kind
    place = main_place(record, event)
    deaths = find_deaths(record, event, side_a=one, side_b=two, codes=codes)
    is_targeting = is_on_civilians and disorder == _VIOLENCE
    cells = {
        "disorder_type": disorder,
        "event_type": event_type,
        "sub_event_type": sub_type,
        "civilian_targeting": "Civilian targeting" if is_targeting else None,
        "fatalities": deaths.all.low,
        "source": record.report.outlet,
        "notes": _notes(record, event),
        "tags": f"not ACLED data; {DRAFT}; {NOT_MERGED}; status: {event.status.value}",
        **_time_cells(record, event),
        **_place_cells(place, codes),
        **_actor_cells(one, two, place, codes, _PROTEST_INTER.get(sub_type)),
    }
    return tuple(cells.get(column.name) for column in COLUMNS)


def _time_cells(record: Record, event: Event) -> dict[str, str | int | None]:
    """Return the day, or the middle of a week or month; nothing for longer times."""
    days = days_of(record, event)
    precision = acled_when(days)
    if days is None or precision is None:
        return {}
    return {
        "event_date": days.middle.isoformat(),
        "year": days.middle.year,
        "time_precision": precision,
    }


def _place_cells(
    place: Place | None, codes: Codes
) -> dict[str, str | int | float | None]:
    if place is None:
        return {}
    country = codes.countries.get(place.country or "")
    return {
        "iso": None if country is None else int(country.numeric),
        "country": country_name(place, codes),
        "admin1": place.admin1,
        "admin2": place.name if place.precision == "district" else None,
        "location": place.name,
        "latitude": place.lat,
        "longitude": place.lon,
        "geo_precision": acled_where(place, codes),
    }


def _actor_cells(
    one: tuple[Party, ...],
    two: tuple[Party, ...],
    place: Place | None,
    codes: Codes,
    protest: int | None,
) -> dict[str, str | int | None]:
    inters = [_inter(side, place, codes) for side in (one, two)]
    if protest is not None:
        inters[0] = protest
    known = sorted(code for code in inters if code is not None)
    is_whole = bool(known) and len(known) == len([side for side in (one, two) if side])
    return {
        "actor1": joined_names(one[:1]),
        "assoc_actor_1": joined_names(one[1:]),
        "inter1": inters[0],
        "actor2": joined_names(two[:1]),
        "assoc_actor_2": joined_names(two[1:]),
        "inter2": inters[1],
        "interaction": int(f"{known[0]}{[*known, 0][1]}") if is_whole else None,
    }


def _inter(side: tuple[Party, ...], place: Place | None, codes: Codes) -> int | None:
    """Return the code of a side's first actor; forces of another state are foreign."""
    if not side:
        return None
    code, home = side[0].inter(codes), side[0].country
    where = None if place is None else place.country
    if code == STATE_FORCES and home and where and home != where:
        return FOREIGN_FORCES
    return code


def _notes(record: Record, event: Event) -> str:
    words = evidence(record, event)
    said = f"“{words}” " if words else ""
    return f"[{DRAFT}; {NOT_MERGED}] {said}({voices_line(record, event)})"
