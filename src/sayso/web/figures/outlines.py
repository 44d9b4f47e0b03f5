"""The ground of the map: outlines of countries, as paths in tenths of a degree."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec

from sayso.errors import VocabError

FILE = "data/map/outlines.tsv"
DETAIL = 600  # steps across the map that can be told apart
Point = tuple[int, int]


class Ring(msgspec.Struct, frozen=True, kw_only=True):
    """One closed line; points are longitude and latitude in tenths of a degree."""

    country: str
    """ISO 3166-1 alpha-3; empty where the source has none."""
    points: tuple[Point, ...]
    west: int
    south: int
    east: int
    north: int


@cache
def load_outlines() -> tuple[Ring, ...]:
    """Return all outlines.

    Raises:
        VocabError: A line is no ring.
    """
    text = files("sayso").joinpath(FILE).read_text(encoding="utf-8")
    lines = enumerate(text.splitlines(), 1)
    return tuple(_ring(number, line) for number, line in lines if line[:1] != "#")


def _ring(number: int, line: str) -> Ring:
    country, _, told = line.partition("\t")
    try:
        flat = [int(word) for word in told.split(" ")]
        points = tuple(zip(flat[::2], flat[1::2], strict=True))
    except ValueError as error:
        raise VocabError(
            f"{FILE}:{number}: not pairs of whole numbers",
            mend="write it anew with training/build_map.py",
        ) from error
    return Ring(
        country=country,
        points=points,
        west=min(lon for lon, _ in points),
        south=min(lat for _, lat in points),
        east=max(lon for lon, _ in points),
        north=max(lat for _, lat in points),
    )


def rings_in(west: float, south: float, east: float, north: float) -> Iterator[Ring]:
    """Give the rings that may show in a box of degrees."""
    for ring in load_outlines():
        if (
            ring.west < 10 * east
            and ring.east > 10 * west
            and ring.south < 10 * north
            and ring.north > 10 * south
        ):
            yield ring


def path_of(ring: Ring, step: float) -> str:
    """Return a ring as the commands of a path, north up.

    Args:
        ring: Which.
        step: Points nearer to the one before than this, in tenths, are left out.
    """
    (lon, lat), *rest = ring.points
    told = [f"M{lon} {-lat}l"]
    for x, y in rest:
        if abs(x - lon) >= step or abs(y - lat) >= step:
            told.append(f"{x - lon} {lat - y} ")
            lon, lat = x, y
    return "".join(told).rstrip() + "z" if len(told) > 2 else ""
