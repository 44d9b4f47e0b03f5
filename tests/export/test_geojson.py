from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from sayso.export.export import export
from sayso.export.formats import ExportFormat
from tests.export.samples import RECORDS

# RFC 7946, as far as points go: sections 3.1.2, 3.2 and 3.3.
SCHEMA = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": ["string", "number"]},
                    "properties": {"type": ["object", "null"]},
                    "geometry": {
                        "oneOf": [
                            {"type": "null"},
                            {
                                "type": "object",
                                "required": ["type", "coordinates"],
                                "properties": {
                                    "type": {"const": "Point"},
                                    "coordinates": {
                                        "type": "array",
                                        "prefixItems": [
                                            {"minimum": -180, "maximum": 180},
                                            {"minimum": -90, "maximum": 90},
                                        ],
                                        "items": {"type": "number"},
                                        "minItems": 2,
                                        "maxItems": 3,
                                    },
                                },
                            },
                        ]
                    },
                },
            },
        },
    },
    "not": {"anyOf": [{"required": ["coordinates"]}, {"required": ["crs"]}]},
}


def features(tmp_path: Path) -> list[dict]:
    export(RECORDS, tmp_path / "out.geojson", ExportFormat.GEOJSON)
    found = json.loads((tmp_path / "out.geojson").read_bytes())
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(found, SCHEMA, jsonschema.Draft202012Validator)
    return found["features"]


def test_longitude_comes_first(tmp_path: Path) -> None:
    raid = features(tmp_path)[0]

    assert raid["geometry"] == {"type": "Point", "coordinates": [-0.04, -16.27]}


def test_event_tells_voices_status_and_radius(tmp_path: Path) -> None:
    told = features(tmp_path)[0]["properties"]

    assert (told["status"], told["precision"], told["radius_km"]) == (
        "disputed",
        "city",
        4.0,
    )
    assert told["voices"].startswith("outlet: happened; ████")
    assert told["label"] == "draft for human coding; per report, not merged"
    assert told["date_start"] == told["date_end"] == "2019-08-12"


def test_event_without_a_point_is_there_without_geometry(tmp_path: Path) -> None:
    shelling = features(tmp_path)[-1]

    assert shelling["geometry"] is None
    assert shelling["properties"]["event"] == "e31"
