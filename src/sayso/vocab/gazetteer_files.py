"""A user's own gazetteer: CSV, GeoJSON, or a dump of GeoNames, checked row by row."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from sayso.errors import VocabError
from sayso.vocab.gazetteer import DIGEST_CHARS, Entry, EntryKind, keys_of

NEEDED = ("id", "name", "lat", "lon")
FURTHER = ("names", "kind", "country", "admin1", "population", "radius_km")
DUMP_COLUMNS = 19
_DUMP_KINDS = {"P": EntryKind.CITY, "H": EntryKind.WATER, "T": EntryKind.LAND}
_DUMP_UNITS = {"ADM1": EntryKind.ADMIN1, "ADM2": EntryKind.ADMIN2}
_KM = {EntryKind.COUNTRY: 300.0, EntryKind.ADMIN1: 80.0, EntryKind.ADMIN2: 25.0}
_OTHER_KM = 5.0  # radius of what says none
Cells = Mapping[str, Any]


class ListedGazetteer:
    """A gazetteer held in memory, as a user's file gives it."""

    def __init__(self, rows: Iterable[tuple[Entry, tuple[str, ...]]], digest: str):
        """Index rows by their names; of two rows with one id the later one stays."""
        self.digest = digest
        named = {entry.gazetteer_id: (entry, names) for entry, names in rows}
        self._rows: dict[str, list[Entry]] = defaultdict(list)
        for entry, names in named.values():
            for key in {key for name in (entry.name, *names) for key in keys_of(name)}:
                self._rows[key].append(entry)
        self.rows = len(named)

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the rows that bear a name, most people first."""
        found = {
            e.gazetteer_id: e for k in keys_of(name) for e in self._rows.get(k, ())
        }
        return tuple(sorted(found.values(), key=lambda entry: -entry.population))

    def country_of(self, demonym: str) -> str | None:
        """Return None: a user's file holds no demonyms."""
        return None

    def country_at(self, domain: str) -> str | None:
        """Return None: a user's file holds no domains."""
        return None


def load_own_places(path: Path) -> ListedGazetteer:
    """Return the places of a user's file: CSV, GeoJSON, or a table of GeoNames (.txt).

    Raises:
        VocabError: The file has another ending, or a fault; see the loaders below.
    """
    ending = path.suffix.lower()
    if ending == ".txt":
        return load_geonames_dump(path, load_country_codes())
    if ending not in (".csv", ".json", ".geojson"):
        raise VocabError(
            f"{path}: {ending or 'no ending'} is no kind of gazetteer",
            mend="give a .csv, a .geojson, or an unpacked .txt of GeoNames",
        )
    return load_places_file(path)


@cache
def load_country_codes() -> Mapping[str, str]:
    """Return the alpha-3 code of each state by its alpha-2 code."""
    table = files("sayso") / "data" / "countries" / "countries.tsv"
    rows = (
        line.split("\t")
        for line in table.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    return {row[1]: row[0] for row in rows}


def load_places_file(path: Path) -> ListedGazetteer:
    """Return the places of a CSV file or a GeoJSON file of points.

    Columns, or properties of each feature: `id`, `name`, and perhaps `names` (further
    ones, with `|` between), `kind`, `country` (alpha-3), `admin1`, `population` and
    `radius_km`. A CSV file has `lat` and `lon`, a GeoJSON file a geometry.

    Raises:
        VocabError: The file cannot be read, or a row is malformed or off the globe; the
            message names the file and the line or feature.
    """
    text = _text_of(path)
    is_json = path.suffix.lower() in (".json", ".geojson")
    cells = _features(path, text) if is_json else _csv_rows(path, text)
    rows = [_entry(where, row, path.name) for where, row in cells]
    if not rows:
        raise VocabError(
            f"{path}: no place in it", mend="give a file with a row or more"
        )
    return ListedGazetteer(rows, _digest(text.encode()))


def load_geonames_dump(
    path: Path, countries: Mapping[str, str], *, min_people: int = 0
) -> ListedGazetteer:
    """Return the places of GeoNames' allCountries.txt, or of one country's table.

    Args:
        path: The unpacked table of 19 columns.
        countries: Alpha-3 code by alpha-2 code.
        min_people: Settlements with fewer people are left out.

    All is held in memory, about 0.7 kB a row: take the tables of the countries that
    are needed rather than the whole earth.

    Raises:
        VocabError: A row is malformed or off the globe.
    """
    rows = []
    whole = hashlib.sha256()
    try:
        with path.open("rb") as table:
            for number, line in enumerate(table, 1):
                whole.update(line)
                row = _dump_row(f"{path}:{number}", line, countries)
                if row[0].kind is not EntryKind.CITY or row[0].population >= min_people:
                    rows.append(row)
    except OSError as error:
        raise _unreadable(path, error) from error
    return ListedGazetteer(rows, whole.hexdigest()[:DIGEST_CHARS])


def _dump_row(
    where: str, line: bytes, countries: Mapping[str, str]
) -> tuple[Entry, tuple[str, ...]]:
    try:
        cells = line.decode().rstrip("\r\n").split("\t")
    except UnicodeDecodeError as error:
        raise VocabError(
            f"{where}: not UTF-8", mend="unpack the table again"
        ) from error
    if len(cells) != DUMP_COLUMNS:
        raise VocabError(
            f"{where}: {len(cells)} columns, {DUMP_COLUMNS} expected",
            mend="use a table of download.geonames.org/export/dump as it is",
        )
    kind = _DUMP_UNITS.get(cells[7]) or _DUMP_KINDS.get(cells[6], EntryKind.POINT)
    if cells[7].startswith("PCL"):
        kind = EntryKind.COUNTRY
    lat, lon = _point(where, cells[4], cells[5])
    code = f"{cells[8]}.{cells[10]}" if cells[10] else None
    entry = Entry(
        gazetteer_id=f"geonames:{_whole(where, 'id', cells[0])}",
        name=cells[1],
        kind=kind,
        lat=lat,
        lon=lon,
        country=countries.get(cells[8]),
        admin1_code=code,
        population=_whole(where, "population", cells[14] or "0"),
        radius_km=_KM.get(kind, _OTHER_KM),
        source="geonames-dump",
    )
    return entry, tuple(name for name in (cells[2], *cells[3].split(",")) if name)


def _csv_rows(path: Path, text: str) -> Iterator[tuple[str, Cells]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise VocabError(
                f"{path}:1: no column {missing[0]!r}",
                mend=f"name the columns in the first line: {', '.join(NEEDED)}"
                f" and perhaps {', '.join(FURTHER)}",
            )
        for row in reader:
            where = f"{path}:{reader.line_num}"
            if None in row or None in row.values():
                raise VocabError(
                    f"{where}: not as many cells as the first line",
                    mend='put cells that hold a comma into "quotation marks"',
                )
            yield where, row
    except csv.Error as error:
        raise VocabError(
            f"{path}:{reader.line_num}: {error}", mend="save the table as CSV again"
        ) from error


def _features(path: Path, text: str) -> Iterator[tuple[str, Cells]]:
    try:
        features = msgspec.json.decode(text)["features"]
    except (msgspec.DecodeError, KeyError, TypeError) as error:
        raise VocabError(
            f"{path}: no GeoJSON: {error}", mend="give a FeatureCollection of points"
        ) from error
    for number, feature in enumerate(features, 1):
        where = f"{path}: feature {number}"
        try:
            geometry = feature["geometry"]
            lon, lat = geometry["coordinates"][:2]
            is_point = geometry["type"] == "Point"
            further = dict(feature["properties"])
        except (KeyError, TypeError, ValueError) as error:
            raise VocabError(
                f"{where}: malformed ({error})",
                mend="give each feature a point and properties",
            ) from error
        if not is_point:
            raise VocabError(f"{where}: no point", mend="give the middle as a Point")
        yield where, {"id": feature.get("id"), **further, "lat": lat, "lon": lon}


def _entry(where: str, cells: Cells, source: str) -> tuple[Entry, tuple[str, ...]]:
    kind = str(cells.get("kind") or "point")
    if kind not in list(EntryKind):
        raise VocabError(
            f"{where}: kind {kind!r} is unknown (has: {', '.join(EntryKind)})",
            mend="use one of the known kinds",
        )
    for name in ("id", "name"):
        if not str(cells.get(name) or "").strip():
            raise VocabError(f"{where}: no {name}", mend="give each place both")
    country = str(cells.get("country") or "").strip()
    if country and not (len(country) == 3 and country.isalpha() and country.isupper()):
        raise VocabError(
            f"{where}: country {country!r}", mend="write ISO 3166-1 alpha-3, as in MLI"
        )
    lat, lon = _point(where, cells["lat"], cells["lon"])
    radius = cells.get("radius_km") or _KM.get(EntryKind(kind), _OTHER_KM)
    entry = Entry(
        gazetteer_id=str(cells["id"]).strip(),
        name=str(cells["name"]).strip(),
        kind=EntryKind(kind),
        lat=lat,
        lon=lon,
        country=country or None,
        admin1=str(cells.get("admin1") or "").strip() or None,
        population=_whole(where, "population", cells.get("population") or 0),
        radius_km=_number(where, "radius_km", radius),
        source=source,
    )
    further = str(cells.get("names") or "").split("|")
    return entry, tuple(name.strip() for name in further if name.strip())


def _point(where: str, lat: Any, lon: Any) -> tuple[float, float]:
    point = _number(where, "lat", lat), _number(where, "lon", lon)
    for name, value, most in zip(("lat", "lon"), point, (90, 180), strict=True):
        if not -most <= value <= most:
            raise VocabError(
                f"{where}: {name} {value:g} is not on the globe (-{most} to {most})",
                mend="give WGS 84 degrees; perhaps lat and lon are swapped",
            )
    return point


def _number(where: str, name: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise VocabError(
            f"{where}: {name} {value!r} is no number", mend="write digits and a point"
        ) from error


def _whole(where: str, name: str, value: Any) -> int:
    number = _number(where, name, value)
    if not number.is_integer() or number < 0:
        raise VocabError(
            f"{where}: {name} {value!r} is no whole number", mend="write digits alone"
        )
    return int(number)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> VocabError:
    return VocabError(
        f"{path}: cannot be read: {error}", mend="give the path of a UTF-8 file"
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:DIGEST_CHARS]
