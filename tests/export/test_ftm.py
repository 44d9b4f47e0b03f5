from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.export.export import export
from sayso.export.formats import ExportFormat, Options, Persons, TextKept
from tests.export.samples import RECORDS

# The properties of FollowTheMoney 4.11 that are written, by schema.
KNOWN = {
    "Article": "title author publisher publishedAt sourceUrl language bodyText",
    "Person": "name alias country proof",
    "Organization": "name alias country sector proof",
    "PublicBody": "name alias country sector proof",
    "LegalEntity": "name alias country sector proof",
    "Event": (
        "name startDate endDate location country involved summary description proof"
    ),
    "Membership": "member organization role summary description proof",
    "UnknownLink": "subject object role summary description proof",
    "Note": "name description entity proof",
}


def entities(tmp_path: Path) -> list[dict[str, Any]]:
    options = Options(persons=Persons.ALL, text=TextKept.FULL)
    export(RECORDS, tmp_path / "out", ExportFormat.FTM, options)
    return [json.loads(line) for line in (tmp_path / "out").read_bytes().splitlines()]


def test_entities_have_known_properties_and_lead_to_each_other(tmp_path: Path) -> None:
    found = entities(tmp_path)
    ids = {one["id"] for one in found}

    assert len(ids) == len(found)
    assert {one["schema"] for one in found} >= {"Membership", "Note", "Event"}
    for one in found:
        assert {*one["properties"]} <= {*KNOWN[one["schema"]].split()}
        for name in ("proof", "entity", "involved", "member", "organization"):
            assert {*one["properties"].get(name, [])} <= ids


def test_voices_stand_in_the_summary(tmp_path: Path) -> None:
    (event,) = [
        one
        for one in entities(tmp_path)
        if one["properties"].get("location")
        and one["properties"]["location"] == ["TERSA"]
    ]

    assert event["properties"]["summary"] == [
        "disputed: outlet: happened; Ama Torvik: happened; The defence ministry: denied"
    ]


def test_followthemoney_keeps_every_value(tmp_path: Path) -> None:
    reason = "FollowTheMoney needs ICU to build: pip install 'sayso[ftm-check]'"
    ftm = pytest.importorskip("followthemoney", reason=reason)

    for one in entities(tmp_path):
        entity = ftm.model.get_proxy(one, cleaned=False)
        schema = ftm.model.get(one["schema"])
        schema.validate(one)
        for name, values in one["properties"].items():
            kept = entity.get(name, quiet=False)
            assert len(kept) == len(values), (one["schema"], name, values)
