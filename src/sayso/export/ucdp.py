"""Events as draft rows in the columns of UCDP GED, one row an event of one report."""

from __future__ import annotations

from sayso.export.cells import Column, Row, columns
from sayso.export.codes import Codes
from sayso.export.coding import (
    CIVILIANS,
    DRAFT,
    MILITIAS,
    NOT_MERGED,
    PAST,
    REBELS,
    STATE_FORCES,
    Party,
    country_name,
    days_of,
    joined_names,
    main_place,
    parties,
    past_events,
    ucdp_when,
    ucdp_where,
)
from sayso.export.deaths import find_deaths
from sayso.export.voices import OUTLET, voices_of
from sayso.record import Event, Record, Role

COLUMNS: tuple[Column, ...] = columns(
    "id:integer relid year:integer active_year:boolean code_status"
    " type_of_violence:integer conflict_dset_id conflict_new_id:integer conflict_name"
    " dyad_dset_id dyad_new_id:integer dyad_name side_a_dset_id side_a_new_id:integer"
    " side_a side_b_dset_id side_b_new_id:integer side_b number_of_sources:integer"
    " source_article source_office source_date source_headline source_original"
    " where_prec:integer where_coordinates where_description adm_1 adm_2 latitude:real"
    " longitude:real geom_wkt priogrid_gid:integer country country_id:integer region"
    " event_clarity:integer date_prec:integer date_start date_end deaths_a:integer"
    " deaths_b:integer deaths_civilians:integer deaths_unknown:integer best:integer"
    " high:integer low:integer gwnoa:integer gwnob:integer"
)
TYPE = "ASSAULT"
_STATE_BASED, _NON_STATE, _ONE_SIDED = 1, 2, 3
_GROUPS = (REBELS, MILITIAS)


def ucdp_rows(record: Record, codes: Codes) -> list[Row]:
    """Return a row for each particular assault that some voice says happened.

    Ids, names and numbers of UCDP stay empty; `relid` is the id of the event in the
    Record, which the tables of voices and counts beside it name too.
    """
    return [
        _row(record, event, codes)
        for event in past_events(record)
        if event.type == TYPE
    ]


def _row(record: Record, event: Event, codes: Codes) -> Row:
    cells = {
        "relid": event.id,
        "code_status": f"{DRAFT}; {NOT_MERGED}; {event.status.value}",
        "number_of_sources": 1,
        "event_clarity": 1,
        **_source_cells(record, event),
        **_place_cells(record, event, codes),
        **_time_cells(record, event),
        **_side_cells(record, event, codes),
    }
    return tuple(cells.get(column.name) for column in COLUMNS)


def _source_cells(record: Record, event: Event) -> dict[str, str | None]:
    report = record.report
    article = (report.outlet, report.published, report.title)
    voices = [v for v in voices_of(record, event) if v.status in PAST]
    quoted = dict.fromkeys(voice.name for voice in voices if not voice.is_outlet)
    return {
        "source_article": ", ".join(filter(None, article)) or report.key,
        "source_office": report.outlet,
        "source_date": report.published,
        "source_headline": report.title,
        "source_original": "; ".join(quoted) or OUTLET,
    }


def _place_cells(
    record: Record, event: Event, codes: Codes
) -> dict[str, str | int | float | None]:
    place = main_place(record, event)
    if place is None:
        return {}
    has_point = place.lat is not None and place.lon is not None
    is_district = place.precision == "district"
    return {
        "where_prec": ucdp_where(place, codes),
        "where_coordinates": place.name,
        "where_description": None
        if place.precision is None
        else f"{place.precision.value}, radius {place.radius_km or 0:g} km",
        "adm_1": place.admin1,
        "adm_2": place.name if is_district else None,
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": f"POINT ({place.lon} {place.lat})" if has_point else None,
        "country": country_name(place, codes),
    }


def _time_cells(record: Record, event: Event) -> dict[str, str | int | None]:
    days = days_of(record, event)
    if days is None:
        return {}
    return {
        "year": days.first.year if days.first.year == days.last.year else None,
        "date_prec": ucdp_when(days),
        "date_start": days.first.isoformat(),
        "date_end": days.last.isoformat(),
    }


def _side_cells(
    record: Record, event: Event, codes: Codes
) -> dict[str, str | int | None]:
    side_a, side_b = _sides(record, event, codes)
    kind = _type_of_violence(side_a, side_b, codes)
    deaths = find_deaths(record, event, side_a=side_a, side_b=side_b, codes=codes)
    return {
        "type_of_violence": kind,
        "side_a": joined_names(side_a),
        "side_b": "Civilians" if kind == _ONE_SIDED else joined_names(side_b),
        "deaths_a": deaths.side_a,
        "deaths_b": deaths.side_b,
        "deaths_civilians": deaths.civilians,
        "deaths_unknown": deaths.unknown,
        "best": deaths.all.best,
        "high": deaths.all.high,
        "low": deaths.all.low,
    }


def _sides(
    record: Record, event: Event, codes: Codes
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return both sides; the state comes first where it fights a group."""
    acting = parties(record, event, Role.ACTOR)
    suffering = parties(record, event, Role.TARGET) or parties(
        record, event, Role.VICTIM
    )
    if not suffering and len(acting) > 1:
        acting, suffering = acting[:1], acting[1:]  # both sides of a fight act
    is_state = [_inter(side, codes) == STATE_FORCES for side in (acting, suffering)]
    if is_state == [False, True] and _inter(acting, codes) in _GROUPS:
        return suffering, acting
    return acting, suffering


def _type_of_violence(
    side_a: tuple[Party, ...], side_b: tuple[Party, ...], codes: Codes
) -> int | None:
    a, b = _inter(side_a, codes), _inter(side_b, codes)
    armed = (STATE_FORCES, *_GROUPS)
    if a in armed and b == CIVILIANS:
        return _ONE_SIDED
    if a == STATE_FORCES and b in _GROUPS:
        return _STATE_BASED
    if a in _GROUPS and b in _GROUPS:
        return _NON_STATE
    if a == b == STATE_FORCES and _countries(side_a) != _countries(side_b):
        return _STATE_BASED
    return None


def _inter(side: tuple[Party, ...], codes: Codes) -> int | None:
    known = (party.inter(codes) for party in side)
    return next((code for code in known if code is not None), None)


def _countries(side: tuple[Party, ...]) -> set[str | None]:
    return {party.country for party in side}
