"""Compiles the outlines of countries that the map is drawn on.

    pip download --no-deps geopandas==0.14.4 && unzip geopandas-*.whl -d geopandas
    python -m training.build_map \
        geopandas/geopandas/datasets/naturalearth_lowres/naturalearth_lowres

They are Natural Earth's at 1:110 million, which that release of geopandas carries. The
shapes and the table beside them are read here, as the forms are simple and a library
for them is large.
"""

from __future__ import annotations

import argparse
import struct
from collections.abc import Iterator
from pathlib import Path

INTO = Path("src/sayso/data/map/outlines.tsv")
POLYGON = 5
NO_CODE = "-99"
FILE_HEAD, RECORD_HEAD, SHAPE_HEAD = 100, 8, 44
HEAD = """\
# Outlines of countries, Natural Earth 1:110m; see CARD.md.
# country (ISO 3166-1 alpha-3, may be empty), longitudes and latitudes in .1 degree
"""


def read_rings(shp: bytes) -> Iterator[list[list[tuple[int, int]]]]:
    """Give for each shape its rings, as points in tenths of a degree.

    Raises:
        ValueError: A shape is no polygon.
    """
    at = FILE_HEAD
    while at < len(shp):
        (words,) = struct.unpack_from(">i", shp, at + 4)
        body = shp[at + RECORD_HEAD : at + RECORD_HEAD + 2 * words]
        kind, *_, parts, points = struct.unpack_from("<i4d2i", body)
        if kind != POLYGON:
            raise ValueError(f"shape at byte {at} is of kind {kind}, not a polygon")
        starts = struct.unpack_from(f"<{parts}i", body, SHAPE_HEAD)
        flat = struct.unpack_from(f"<{2 * points}d", body, SHAPE_HEAD + 4 * parts)
        tenths = [
            (round(10 * lon), round(10 * lat))
            for lon, lat in zip(flat[::2], flat[1::2], strict=True)
        ]
        ends = (*starts[1:], points)
        yield [tenths[a:b] for a, b in zip(starts, ends, strict=True)]
        at += RECORD_HEAD + 2 * words


def read_rows(dbf: bytes) -> Iterator[dict[str, str]]:
    """Give the rows of the table beside the shapes."""
    count, head, width = struct.unpack_from("<IHH", dbf, 4)
    fields = [dbf[at : at + 32] for at in range(32, head - 1, 32)]
    names = [(field[:11].rstrip(b"\0").decode(), field[16]) for field in fields]
    for number in range(count):
        at, row = head + number * width + 1, {}
        for name, size in names:
            row[name] = dbf[at : at + size].decode("latin-1").strip()
            at += size
        yield row


def thin(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ring without points that fell on the one before."""
    kept = [point for n, point in enumerate(ring) if n == 0 or point != ring[n - 1]]
    return kept[:-1] if kept[0] == kept[-1] else kept


def is_area(ring: list[tuple[int, int]]) -> bool:
    """Tell whether anything is left of a ring: the smallest are less than a tenth."""
    return len(ring) > 2


def main() -> None:
    """Write the outlines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stem", type=Path, help="path of the files without their end")
    stem = parser.parse_args().stem
    rows = read_rows(stem.with_suffix(".dbf").read_bytes())
    shapes = read_rings(stem.with_suffix(".shp").read_bytes())
    lines = []
    for row, rings in zip(rows, shapes, strict=True):
        country = "" if row["iso_a3"] == NO_CODE else row["iso_a3"]
        for ring in filter(is_area, map(thin, rings)):
            points = " ".join(f"{lon} {lat}" for lon, lat in ring)
            lines.append(f"{country}\t{points}\n")
    INTO.write_text(HEAD + "".join(sorted(lines)), encoding="utf-8")


if __name__ == "__main__":
    main()
