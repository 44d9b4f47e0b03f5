"""The ground of the map: outlines of countries, cut to a box; tenths of a degree."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from sayso.errors import VocabError

FILE = "data/map/outlines.tsv"
DETAIL = 600  # steps across the map that can be told apart
BEYOND = 0.02  # of the box: cut lines lie outside it, and do not show
Point = tuple[float, float]
"""Longitude and latitude."""


class Line(NamedTuple):
    """One closed line round land."""

    country: str
    """ISO 3166-1 alpha-3; empty where the source has none."""
    points: tuple[Point, ...]
    low: Point
    """West and south end."""
    high: Point


class Middle(NamedTuple):
    """The centre of gravity of an area, and its size in square tenths of a degree."""

    lon: float
    lat: float
    area: float


@cache
def load_outlines() -> tuple[Line, ...]:
    """Return all outlines.

    Raises:
        VocabError: A line of the file is no outline.
    """
    text = files("sayso").joinpath(FILE).read_text(encoding="utf-8")
    numbered = enumerate(text.splitlines(), 1)
    return tuple(_line(number, told) for number, told in numbered if told[:1] != "#")


def _line(number: int, told: str) -> Line:
    country, _, rest = told.partition("\t")
    try:
        flat = [int(word) for word in rest.split(" ")]
        return _make_line(country, tuple(zip(flat[::2], flat[1::2], strict=True)))
    except ValueError as error:
        raise VocabError(
            f"{FILE}:{number}: not pairs of whole numbers",
            mend="write it anew with training/build_map.py",
        ) from error


def _make_line(country: str, points: tuple[Point, ...]) -> Line:
    lons, lats = zip(*points, strict=True)
    return Line(country, points, (min(lons), min(lats)), (max(lons), max(lats)))


def lines_in(west: float, south: float, east: float, north: float) -> list[Line]:
    """Return what lies in a box of degrees, cut a little beyond its edges."""
    across, up = BEYOND * (east - west), BEYOND * (north - south)
    low = 10 * (west - across), 10 * (south - up)
    high = 10 * (east + across), 10 * (north + up)
    found = []
    for line in load_outlines():
        if all(line.low[n] < high[n] and line.high[n] > low[n] for n in (0, 1)):
            points: Sequence[Point] = line.points
            for axis in (0, 1):
                # Most lines lie on one side of an edge, and need no cutting there.
                if line.low[axis] < low[axis]:
                    points = _cut(points, axis, 1, low[axis])
                if line.high[axis] > high[axis]:
                    points = _cut(points, axis, -1, high[axis])
            if len(points) > 2:
                found.append(_make_line(line.country, tuple(points)))
    return found


def _cut(points: Sequence[Point], axis: int, side: int, edge: float) -> list[Point]:
    """Return the part of an area on one side of an edge.

    Source: I. Sutherland and G. Hodgman, Reentrant polygon clipping, 1974.
    """
    kept: list[Point] = []
    for start, end in pairwise((*points[-1:], *points)):
        is_in = side * (end[axis] - edge) >= 0
        if is_in != (side * (start[axis] - edge) >= 0):
            share = (edge - start[axis]) / (end[axis] - start[axis])
            kept.append(
                (
                    start[0] + share * (end[0] - start[0]),
                    start[1] + share * (end[1] - start[1]),
                )
            )
        if is_in:
            kept.append(end)
    return kept


def middle_of(points: Sequence[Point]) -> Middle:
    """Return the centre of gravity of the area that a closed line goes round."""
    twice = lon = lat = 0.0
    for (x, y), (u, v) in pairwise((*points, points[0])):
        cross = x * v - u * y
        twice += cross
        lon += (x + u) * cross
        lat += (y + v) * cross
    if not twice:
        return Middle(*points[0], 0.0)
    return Middle(lon / (3 * twice), lat / (3 * twice), abs(twice) / 2)


def path_of(points: Sequence[Point], step: float) -> str:
    """Return a closed line as the commands of a path, north up.

    Args:
        points: Of the line.
        step: Points nearer to the one before than this are left out.
    """
    lon, lat = round(points[0][0]), round(points[0][1])
    told = []
    start = f"M{lon} {-lat}l"
    for x, y in points[1:]:
        if abs(x - lon) >= step or abs(y - lat) >= step:
            told.append(f"{round(x) - lon} {lat - round(y)}")
            lon, lat = round(x), round(y)
    return f"{start}{' '.join(told)}z" if len(told) > 1 else ""
