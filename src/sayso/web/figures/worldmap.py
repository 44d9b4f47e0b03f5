"""The map: where events are said to be, and how exactly that is known.

Plate carrée with the scale of the middle of the map, so that shapes look right there.
There are no tiles: the ground is the outlines of `data/map`, nothing is loaded.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from sayso.record import PlacePrecision
from sayso.web.figures.figure import Column, Figure, Table, TableRow
from sayso.web.figures.outlines import (
    DETAIL,
    Line,
    Middle,
    lines_in,
    middle_of,
    path_of,
)
from sayso.web.figures.svg import drawing, element, link, number, percent, words

RATIO = 2.0  # width to height; the style sheet keeps it
KM_A_DEGREE = 111.32
LEAST_HEIGHT = 5.0  # degrees: the outlines are too coarse for less
FIT_HEIGHT = 12.0  # that the map opens with at least: a country around the place
MOST_DRAWN = 300
MOST_NUMBERED = 25
ROUND = (1, 2, 5)
LEAST_SHARE = 0.004  # of the map that a country with its code takes up
_WITHIN = (PlacePrecision.REGION, PlacePrecision.COUNTRY, PlacePrecision.AREA)
_COLUMNS = (
    Column("number", "On the map"),
    Column("place", "Place"),
    Column("country", "Country"),
    Column("precision", "Precision"),
    Column("radius_km", "Radius, km"),
    Column("events", "Events"),
    Column("reports", "Reports"),
    Column("lat", "Latitude", False),
    Column("lon", "Longitude", False),
    Column("gazetteer_id", "Gazetteer", False),
)


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A place where events are said to be."""

    name: str
    lat: float
    lon: float
    radius_km: float | None
    precision: PlacePrecision | None
    country: str | None
    gazetteer_id: str | None
    events: int
    reports: int
    href: str | None = None


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """What the map shows, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def cosine(self) -> float:
        """Length of a degree of longitude against one of latitude, in the middle."""
        return _cosine((self.south + self.north) / 2)

    def x(self, lon: float) -> float:
        """Return where a longitude lies, 0 at the left end and 1 at the right one."""
        return (lon - self.west) / (self.east - self.west)

    def y(self, lat: float) -> float:
        """Return where a latitude lies, 0 at the top and 1 at the bottom."""
        return (self.north - lat) / (self.north - self.south)

    def holds(self, mark: Mark) -> bool:
        """Tell whether a place lies on the map."""
        return 0 <= self.x(mark.lon) <= 1 and 0 <= self.y(mark.lat) <= 1

    def zoomed(self, factor: float) -> Box:
        """Return the box about the same middle, with `factor` times the height."""
        height = factor * (self.north - self.south)
        return around(
            (self.west + self.east) / 2, (self.south + self.north) / 2, height
        )

    def moved(self, right: float, up: float) -> Box:
        """Return the box moved by shares of its width and height."""
        return around(
            (self.west + self.east) / 2 + right * (self.east - self.west),
            (self.south + self.north) / 2 + up * (self.north - self.south),
            self.north - self.south,
        )


def around(lon: float, lat: float, height: float) -> Box:
    """Return the box of that height about a point, kept within the world."""
    height = min(max(height, LEAST_HEIGHT), 180.0)
    lat = min(max(lat, height / 2 - 90), 90 - height / 2)
    width = min(height * RATIO / _cosine(lat), 360.0)
    lon = min(max(lon, width / 2 - 180), 180 - width / 2)
    return Box(
        west=round(lon - width / 2, 3),
        south=round(lat - height / 2, 3),
        east=round(lon + width / 2, 3),
        north=round(lat + height / 2, 3),
    )


WORLD = Box(west=-180.0, south=-90.0, east=180.0, north=90.0)


def fit_box(marks: Sequence[Mark]) -> Box:
    """Return the smallest box with some room that has all places; none: the world."""
    if not marks:
        return WORLD
    reach = [min(mark.radius_km or 0, 500) / KM_A_DEGREE for mark in marks]
    south = min(mark.lat - r for mark, r in zip(marks, reach, strict=True))
    north = max(mark.lat + r for mark, r in zip(marks, reach, strict=True))
    wide = [r / _cosine(mark.lat) for mark, r in zip(marks, reach, strict=True)]
    west = min(mark.lon - r for mark, r in zip(marks, wide, strict=True))
    east = max(mark.lon + r for mark, r in zip(marks, wide, strict=True))
    middle = (south + north) / 2
    height = max(north - south, (east - west) * _cosine(middle) / RATIO)
    return around((west + east) / 2, middle, max(1.25 * height, FIT_HEIGHT))


def draw_map(marks: Sequence[Mark], box: Box, *, name: str = "map") -> Figure:
    """Return the places as numbered marks with the circle that they may lie in.

    Args:
        marks: The most events first; all stand in the table.
        box: What to show.
        name: Begins the ids of the drawing.
    """
    shown = [(n, mark) for n, mark in enumerate(marks, 1) if box.holds(mark)]
    drawn = shown[:MOST_DRAWN]
    title = f"Map of {len(drawn)} of {len(marks)} places"
    described = (
        f"From {_degrees(box)}. Larger marks have more events; the circle around a mark"
        " is what the place name covers, dashed where it is a region, a country or"
        " an area. The numbers are those of the table."
    )
    svg = drawing(
        name,
        title,
        described,
        _draw_ground(box, name),
        *(_draw_reach(mark, box) for _, mark in reversed(drawn)),
        *(_draw_mark(n, mark, box) for n, mark in reversed(drawn)),
        _draw_scale(box),
    )
    rows = tuple(_row(n, mark) for n, mark in enumerate(marks, 1))
    return Figure(
        name=name,
        title=title,
        svg=svg,
        table=Table(caption="Places on the map", columns=_COLUMNS, rows=rows, head=1),
        note=_note(len(marks), len(shown), len(drawn)),
    )


def _note(marks: int, shown: int, drawn: int) -> str:
    outside = marks - shown
    told = []
    if outside:
        told.append(f"{outside} outside this part of the map")
    if shown > drawn:
        told.append(f"{shown - drawn} with fewer events not drawn")
    return f"In the table alone: {', '.join(told)}." if told else ""


def _row(n: int, mark: Mark) -> TableRow:
    return TableRow(
        cells=(
            n,
            mark.name,
            mark.country,
            mark.precision.value if mark.precision else None,
            mark.radius_km,
            mark.events,
            mark.reports,
            mark.lat,
            mark.lon,
            mark.gazetteer_id,
        ),
        href=mark.href,
    )


def _draw_ground(box: Box, name: str) -> str:
    """Return the land, stretched to the figure, with the codes of large countries."""
    width, height = 10 * (box.east - box.west), 10 * (box.north - box.south)
    lines = lines_in(box.west, box.south, box.east, box.north)
    land = element(
        "path",
        d="".join(path_of(line.points, width / DETAIL) for line in lines),
        class_="land",
        fill_opacity=0.08,
        stroke="currentColor",
        stroke_opacity=0.5,
        stroke_width=0.75,
        vector_effect="non-scaling-stroke",
    )
    stretched = element(
        "svg",
        land,
        width="100%",
        height="100%",
        viewBox=" ".join(map(number, (10 * box.west, -10 * box.north, width, height))),
        preserveAspectRatio="none",
    )
    codes = _codes(lines, box, LEAST_SHARE * width * height)
    return element("g", stretched, codes, aria_hidden="true", id=f"{name}-ground")


def _codes(lines: Sequence[Line], box: Box, least: float) -> str:
    """Return the codes of countries with so much of the map, each in its middle."""
    largest: dict[str, Middle] = {}
    for line in lines:
        middle = middle_of(line.points)
        known = largest.get(line.country)
        if middle.area > least and (known is None or middle.area > known.area):
            largest[line.country] = middle
    return "".join(
        element(
            "text",
            words(country),
            x=percent(box.x(middle.lon / 10)),
            y=percent(box.y(middle.lat / 10)),
            text_anchor="middle",
            class_="country wide",
            fill_opacity=0.6,
            letter_spacing=2,
        )
        for country, middle in largest.items()
        if country
    )


def _draw_reach(mark: Mark, box: Box) -> str:
    if not mark.radius_km:
        return ""
    degrees = mark.radius_km / KM_A_DEGREE
    is_within = mark.precision in _WITHIN
    return element(
        "ellipse",
        cx=percent(box.x(mark.lon)),
        cy=percent(box.y(mark.lat)),
        rx=percent(degrees / box.cosine / (box.east - box.west)),
        ry=percent(degrees / (box.north - box.south)),
        class_="reach",
        fill_opacity=0.06,
        stroke="currentColor",
        stroke_opacity=0.7,
        stroke_dasharray="5 4" if is_within else None,
        pointer_events="none",
    )


def _draw_mark(n: int, mark: Mark, box: Box) -> str:
    at = {"cx": percent(box.x(mark.lon)), "cy": percent(box.y(mark.lat))}
    told = f"{n}. {mark.name}: {mark.events} events"
    if mark.precision:
        told += f", {mark.precision.value}"
    if mark.radius_km:
        told += f", within {mark.radius_km:g} km"
    if n > MOST_NUMBERED:
        return link(mark.href, element("circle", **at, r=3), label=told)
    radius = 9 + min(math.log2(max(mark.events, 1)), 8)
    label = element(
        "text",
        str(n),
        x=at["cx"],
        y=at["cy"],
        dy="0.35em",
        text_anchor="middle",
        class_="on-mark",
    )
    return link(
        mark.href, element("circle", **at, r=radius, class_="mark"), label, label=told
    )


def _draw_scale(box: Box) -> str:
    """Return a line of a round length with its kilometres, true in the middle."""
    across = (box.east - box.west) * box.cosine * KM_A_DEGREE
    power = 10 ** math.floor(math.log10(across / 4))
    length = max(power * n for n in ROUND if power * n <= across / 4)
    line: dict[str, str | float | None] = {
        "y1": "96%",
        "y2": "96%",
        "stroke": "currentColor",
        "stroke_width": 2,
    }
    return element(
        "line", x1="2%", x2=percent(0.02 + length / across), **line
    ) + element("text", words(f"{length:,.0f} km"), x="2%", y="93%")


def _degrees(box: Box) -> str:
    return (
        f"{box.south:.1f} to {box.north:.1f} degrees of latitude and {box.west:.1f} to"
        f" {box.east:.1f} of longitude"
    )


def _cosine(lat: float) -> float:
    """Return the cosine, kept off zero: towards the poles shapes are drawn too wide."""
    return max(math.cos(math.radians(lat)), 0.2)
