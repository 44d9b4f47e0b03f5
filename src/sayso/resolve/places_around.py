"""Where a place lies that no register has: in what the text says that it lies in.

A village or shrine without a row is put where its holder is ("the Hotel Mirage in
Harrow", "Tolm, Dunmere district"), with the precision and the radius of that. Where all
that a report names lies close together, a place in it is put there as well, as an area
of the size of that scene. `made_by` tells which; `gazetteer_id` stays null.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sayso.record import Place, PlacePrecision, Span
from sayso.resolve.places_rank import distance_km
from sayso.vocab.gazetteer import Entry, EntryKind

PRECISION = {
    EntryKind.COUNTRY: PlacePrecision.COUNTRY,
    EntryKind.ADMIN1: PlacePrecision.REGION,
    EntryKind.ADMIN2: PlacePrecision.DISTRICT,
    EntryKind.CITY: PlacePrecision.CITY,
    EntryKind.AREA: PlacePrecision.AREA,
    EntryKind.WATER: PlacePrecision.AREA,
    EntryKind.LAND: PlacePrecision.AREA,
    EntryKind.POINT: PlacePrecision.POINT,
}
SCENE_KM = 250.0  # how far apart the places of a report may lie to make one scene
LEAST_KM = 150.0  # radius of a place that is put into the scene
LEAST = 2  # places that make a scene; one may be wrong
WITHIN, AROUND = 0.5, 0.3  # confidence of a point by the holder, by the scene
_HOLDS = re.compile(
    r"(?: (?:village|town|hill|valley|camp|market|bridge|area|quarter|district))?"
    r"(?:,|,? (?:in|near|outside|of|close to)|,? \d+ (?:km|kilomet(?:re|er)s|miles)"
    r" (?:(?:north|south|east|west)\w* )?(?:of|from))"
    r" (?:the )?(?:(?:\w+ )?(?:district|province|region|town|county|city) of )?"
)
_OWNS = re.compile(r"['’]s (?:\w+ )?")


class Spot(NamedTuple):
    """A mention of a place that is found."""

    span: Span
    entry: Entry


def place_around(place: Place, spots: Sequence[Spot], text: str) -> Place:
    """Return an open place with the point of what holds it, or as it is.

    Args:
        place: Without a row.
        spots: Mentions of the places of the report that have one, in text order.
        text: Of the report.
    """
    holder = _holder(place.mentions, spots, text)
    if holder is not None:
        return replace(
            _at(place, holder),
            precision=PRECISION[holder.kind],
            radius_km=float(holder.radius_km),
            confidence=WITHIN,
            made_by=f"within:{holder.gazetteer_id}",
        )
    small = [spot for spot in spots if _is_small(spot.entry)]
    if place.candidates or len({spot.entry.gazetteer_id for spot in small}) < LEAST:
        return place
    first = place.mentions[0].start
    middle = min(small, key=lambda spot: abs(spot.span.start - first)).entry
    reach = max(distance_km(middle, spot.entry) for spot in small)
    if reach > SCENE_KM:
        return place
    return replace(
        _at(place, middle),
        precision=PlacePrecision.AREA,
        radius_km=round(max(LEAST_KM, reach, middle.radius_km)),
        confidence=AROUND,
        made_by=f"around:{middle.gazetteer_id}",
    )


def _holder(mentions: Sequence[Span], spots: Sequence[Spot], text: str) -> Entry | None:
    """Return what the words right beside a mention say that it lies in."""
    for mention in mentions:
        for spot in spots:
            if spot.entry.kind is EntryKind.COUNTRY:
                continue
            after = text[mention.end : spot.span.start]
            before = text[spot.span.end : mention.start]
            if mention.end <= spot.span.start and _HOLDS.fullmatch(after):
                return spot.entry
            if spot.span.end <= mention.start and _OWNS.fullmatch(before):
                return spot.entry
    return None


def _is_small(entry: Entry) -> bool:
    return entry.kind is not EntryKind.COUNTRY and entry.radius_km <= SCENE_KM / 2


def _at(place: Place, entry: Entry) -> Place:
    return replace(
        place,
        lat=entry.lat,
        lon=entry.lon,
        country=entry.country,
        admin1=entry.admin1,
    )
