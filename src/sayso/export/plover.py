"""Acts as draft rows of PLOVER and of CAMEO, one row an act of one report."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.export.acts import Act, find_acts
from sayso.export.cells import Cell, Column, Row, columns
from sayso.export.codes import Codes
from sayso.export.coding import (
    DRAFT,
    NOT_MERGED,
    Party,
    country_name,
    joined_names,
    plover_where,
)
from sayso.record import Record

_ACT = "report act origin label event_date_start event_date_end"
_SAID = (
    " place admin1 country latitude:real longitude:real gazetteer_id resolution:integer"
    " status voices start:integer end:integer text"
    " outlet published title url number_of_sources:integer"
)
PLOVER_COLUMNS = columns(
    f"{_ACT} event_type event_mode auxiliary_modes quad_code:integer quad_class"
    " intensity:real contexts"
    " actor_name actor_country actor_sector"
    f" recipient_name recipient_country recipient_sector{_SAID}"
)
CAMEO_COLUMNS = columns(
    f"{_ACT} root_code root_label base_code"
    f" source_code source_name target_code target_name{_SAID}"
)


def plover_rows(record: Record, codes: Codes) -> list[Row]:
    """Return a row for each act that PLOVER codes; contexts are left to the coder."""
    rows = []
    for act in find_acts(record, codes):
        if act.type is None:
            continue
        quad = codes.ontology.quad_class(act.type)
        cells = {
            **_common_cells(record, act, codes),
            "event_type": act.type,
            "event_mode": act.mode,
            "auxiliary_modes": "; ".join(act.auxiliary),
            "quad_code": quad,
            "quad_class": codes.ontology.quad_classes[quad],
            "intensity": codes.ontology.score(act.type, act.mode),
            **_party_cells("actor", act.sources),
            **_party_cells("recipient", act.targets),
        }
        rows.append(_row(PLOVER_COLUMNS, cells))
    return rows


def cameo_rows(record: Record, codes: Codes) -> list[Row]:
    """Return a row for each act with CAMEO root and base; leaves are left out."""
    rows = []
    for act in find_acts(record, codes):
        cells = {
            **_common_cells(record, act, codes),
            "root_code": act.cameo[:2],
            "root_label": codes.ontology.cameo_roots[act.cameo[:2]],
            "base_code": act.cameo,
            "source_code": _cameo_actor(act.sources, codes),
            "source_name": joined_names(act.sources),
            "target_code": _cameo_actor(act.targets, codes),
            "target_name": joined_names(act.targets),
        }
        rows.append(_row(CAMEO_COLUMNS, cells))
    return rows


def _row(names: tuple[Column, ...], cells: dict[str, Cell]) -> Row:
    return tuple(cells.get(column.name) for column in names)


def _common_cells(record: Record, act: Act, codes: Codes) -> dict[str, Cell]:
    report, place, days = record.report, act.place, act.days
    cells: dict[str, Cell] = {
        "report": report.id,
        "act": act.id,
        "origin": act.origin,
        "label": f"{DRAFT}; {NOT_MERGED}",
        "status": act.status,
        "voices": act.voices,
        "start": act.span.start,
        "end": act.span.end,
        "text": act.text,
        "outlet": report.outlet,
        "published": report.published,
        "title": report.title,
        "url": report.url,
        "number_of_sources": 1,
    }
    if days is not None:
        cells["event_date_start"] = days.first.isoformat()
        cells["event_date_end"] = days.last.isoformat()
    if place is not None:
        cells |= {
            "place": place.name,
            "admin1": place.admin1,
            "country": country_name(place, codes),
            "latitude": place.lat,
            "longitude": place.lon,
            "gazetteer_id": place.gazetteer_id,
            "resolution": plover_where(place, codes),
        }
    return cells


def _party_cells(side: str, found: tuple[Party, ...]) -> dict[str, Cell]:
    return {
        f"{side}_name": joined_names(found),
        f"{side}_country": _either(party.country for party in found),
        f"{side}_sector": _either(party.sector for party in found),
    }


def _either(codes: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(filter(None, codes))) or None


def _cameo_actor(found: tuple[Party, ...], codes: Codes) -> str | None:
    """Return country and role of each, as CAMEO writes them: MLIMIL."""
    return _either(_cameo_code(party, codes) for party in found)


def _cameo_code(party: Party, codes: Codes) -> str:
    sector = codes.ontology.sectors.get(party.sector or "")
    role = None if sector is None else sector.cameo
    return f"{party.country or ''}{role or ''}"
