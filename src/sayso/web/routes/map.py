"""Map: the places where events are said to be, and how exactly that is known."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from fastapi import APIRouter, Request, Response

from sayso.errors import UsageError
from sayso.store.query import View
from sayso.store.rows import PlaceRow
from sayso.web.downloads import Kind, download
from sayso.web.figures import Box, Mark, draw_map, fit_box
from sayso.web.figures.worldmap import WORLD, around
from sayso.web.filters import Shown
from sayso.web.named import names_in
from sayso.web.pages import here, render, shown
from sayso.web.people import Role, needs

router = APIRouter()
AT = "at"
IN, OUT, STEP = 0.5, 2.0, 0.3


@router.get("/map", openapi_extra=needs(Role.READER))
def map_(request: Request) -> Response:
    """Show the places of events, with their list beside the map."""
    rows = shown(request, View.EVENTS, keep=(AT,))
    store = here(request).store
    marks = marks_of(store.map(rows.query))
    box = _box(rows, marks)
    return render(
        request,
        "map.html",
        rows=rows,
        names=names_in(store, rows.query),
        figure=draw_map(marks, box),
        steer=_steer(rows, box),
        facets=store.facets(View.EVENTS, rows.query),
        csv=rows.link("/map/data.csv"),
        json=rows.link("/map/data.json"),
    )


@router.get("/map/data.{kind}", openapi_extra=needs(Role.READER))
def data(request: Request, kind: Kind) -> Response:
    """Give the places that the same address of the map lists."""
    rows = shown(request, View.EVENTS, keep=(AT,))
    marks = marks_of(here(request).store.map(rows.query))
    return download(draw_map(marks, _box(rows, marks)).table, kind, "map")


def marks_of(places: Iterable[PlaceRow]) -> tuple[Mark, ...]:
    """Return places as marks that lead to their pages, if they have a point."""
    return tuple(
        Mark(
            name=place.name,
            lat=place.lat,
            lon=place.lon,
            radius_km=place.radius_km,
            precision=place.precision,
            country=place.country,
            gazetteer_id=place.gazetteer_id,
            events=row.events,
            reports=row.reports,
            href=f"/places/{place.id}",
        )
        for row in places
        if (place := row.place).lat is not None and place.lon is not None
    )


def _box(rows: Shown, marks: tuple[Mark, ...]) -> Box:
    told = dict(rows.rest).get(AT)
    if told is None:
        return fit_box(marks)
    try:
        lon, lat, height = map(float, told.split(","))
    except ValueError as error:
        raise _no_box(told) from error
    if not all(map(isfinite, (lon, lat, height))):
        raise _no_box(told)
    return around(lon, lat, height)


def _no_box(told: str) -> UsageError:
    return UsageError(
        f"{told!r} is no part of the map",
        mend="write longitude, latitude and height in degrees: 10.5,14,8",
    )


def _steer(rows: Shown, box: Box) -> tuple[tuple[str, str, str], ...]:
    """Return sign, words and address of what moves the map."""
    moves = (
        ("+", "closer", box.zoomed(IN)),
        ("−", "farther", box.zoomed(OUT)),
        ("←", "west", box.moved(-STEP, 0)),
        ("→", "east", box.moved(STEP, 0)),
        ("↑", "north", box.moved(0, STEP)),
        ("↓", "south", box.moved(0, -STEP)),
        ("", "the world", WORLD),
    )
    told = [
        (sign, words, rows.only(AT, _told(to)))
        for sign, words, to in moves
        if to != box
    ]
    return (*told, ("", "all places", rows.without(AT)))


def _told(box: Box) -> str:
    lon, lat = (box.west + box.east) / 2, (box.south + box.north) / 2
    return f"{lon:.2f},{lat:.2f},{box.north - box.south:.2f}"
