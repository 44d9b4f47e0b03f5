"""Events on the map: GeoJSON (RFC 7946), one feature an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sayso.export.coding import DRAFT, NOT_MERGED, days_of, main_place
from sayso.export.json_files import write_list
from sayso.export.redact import quote
from sayso.export.voices import evidence, voices_line
from sayso.record import Event, Place, Record


def write_geojson(records: Iterable[Record], path: Path) -> int:
    """Write all events; return how many.

    An event that the report puts at no place with a point has a null geometry.
    """
    features = (one for record in records for one in _features(record))
    return write_list(path, {"type": "FeatureCollection"}, "features", features)


def _features(record: Record) -> Iterator[dict[str, Any]]:
    for event in record.events:
        place = main_place(record, event)
        yield {
            "type": "Feature",
            "id": f"{record.report.id[:12]}-{event.id}",
            "geometry": None if place is None else _point(place),
            "properties": _properties(record, event, place),
        }


def _point(place: Place) -> dict[str, Any] | None:
    if place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _properties(record: Record, event: Event, place: Place | None) -> dict[str, Any]:
    report, days = record.report, days_of(record, event)
    return {
        "report": report.id,
        "event": event.id,
        "label": f"{DRAFT}; {NOT_MERGED}",
        "type": event.type,
        "mode": event.mode,
        "generic": event.generic,
        "status": event.status,
        "voices": voices_line(record, event),
        "trigger": quote(record, event.trigger),
        "text": evidence(record, event),
        "date_start": None if days is None else days.first.isoformat(),
        "date_end": None if days is None else days.last.isoformat(),
        "place": None if place is None else place.name,
        "country": None if place is None else place.country,
        "admin1": None if place is None else place.admin1,
        "precision": None if place is None else place.precision,
        "radius_km": None if place is None else place.radius_km,
        "gazetteer_id": None if place is None else place.gazetteer_id,
        "outlet": report.outlet,
        "published": report.published,
        "title": report.title,
        "url": report.url,
    }
