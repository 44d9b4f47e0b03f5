"""Towns that only an airport's table tells, and airports themselves.

In thinly peopled country the airstrip bears the name of a town whose people nobody
counted, so that lists of towns by people lack it. The point is that of the airstrip.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.vocab.gazetteer import EntryKind, fold
from training.gazetteer.rows import Row

SAME_DEGREES = 1.0  # within which a town of the same name is the same town
TOWN_KM, AIRPORT_KM = 10, 3
COUNTED = frozenset({"US", "CA", "AU", "NZ"})  # their small towns are listed already
_ASIDE = re.compile(r"\s*[/,(].*$")
SOURCE = "airportsdata"


def airport_towns(
    places: Iterable[Row], nations: dict[str, dict[str, Any]]
) -> list[Row]:
    """Return a row for each town that bears an airport's name and is not listed yet."""
    listed: dict[str, list[Row]] = defaultdict(list)
    for row in places:
        for name in (row.name, *row.names):
            listed[fold(name)].append(row)
    found: dict[tuple[str, str], Row] = {}
    for one in _table():
        town = _ASIDE.sub("", one["city"]).strip()
        key = fold(town)
        known = one["country"] in nations and one["country"] not in COUNTED
        if not known or len(key) < 3 or key not in fold(one["name"]):
            continue
        if any(_is_near(row, one) for row in listed[key]):
            continue
        nation = nations[one["country"]]["iso3"]
        found[key, nation] = _row(town, EntryKind.CITY, one, nation, TOWN_KM)
    return [found[key] for key in sorted(found)]


def airports(nations: dict[str, dict[str, Any]]) -> list[Row]:
    """Return a row for each airport that sells tickets, under its own name."""
    found: dict[tuple[str, str], Row] = {}
    for one in _table():
        if not (one["iata"] and one["country"] in nations and "Airport" in one["name"]):
            continue
        nation = nations[one["country"]]["iso3"]
        row = _row(one["name"], EntryKind.POINT, one, nation, AIRPORT_KM)
        found[fold(row.name), nation] = row
    return list(found.values())


def _row(
    name: str, kind: EntryKind, one: dict[str, Any], nation: str, radius: int
) -> Row:
    return Row(
        id=0,
        name=name,
        names=(),
        kind=kind,
        lat=round(float(one["lat"]), 4),
        lon=round(float(one["lon"]), 4),
        country=nation,
        admin1="",
        population=0,
        radius_km=radius,
        source=SOURCE,
    )


def _is_near(row: Row, one: dict[str, Any]) -> bool:
    return (
        abs(row.lat - float(one["lat"])) < SAME_DEGREES
        and abs(row.lon - float(one["lon"])) < 1.5 * SAME_DEGREES
    )


def _table() -> Iterator[dict[str, Any]]:
    import airportsdata  # an extra, read by this command alone

    return iter(airportsdata.load("ICAO").values())
