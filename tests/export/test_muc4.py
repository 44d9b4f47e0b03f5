from __future__ import annotations

from pathlib import Path

import pandas

from sayso.export.export import export
from sayso.export.formats import CsvFor, ExportFormat, Options, Persons, TextKept
from sayso.export.muc4 import COLUMNS
from tests.export.samples import RECORDS, incidents_of


def rows(tmp_path: Path, **told: object) -> list[dict[str, str]]:
    options = Options(csv_for=CsvFor.MACHINE, **told)
    out = tmp_path / "out"
    export(RECORDS, out, ExportFormat.MUC4, options, incidents_of=incidents_of)
    frame = pandas.read_csv(out / "muc4.csv", dtype=str, keep_default_na=False)
    return frame.to_dict("records")


def test_slots_are_the_25_of_the_templates(tmp_path: Path) -> None:
    names = [column.name for column in COLUMNS]

    assert len(names) == 25
    assert [*rows(tmp_path)[0]] == names


def test_incidents_that_are_asked_for_are_rows(tmp_path: Path) -> None:
    raid, shelling = rows(tmp_path, persons=Persons.ALL)

    assert (raid["MESSAGE: ID"], raid["MESSAGE: TEMPLATE"]) == ("raid", "1")
    assert (raid["INCIDENT: TYPE"], raid["INCIDENT: LOCATION"]) == ("ATTACK", "TERSA")
    assert raid["PERP: ORGANIZATION ID"] == "Reed Front"
    assert raid["PERP: ORGANIZATION CONFIDENCE"] == "SUSPECTED OR ACCUSED"
    assert raid["HUM TGT: NAME"].startswith("Ama Torvik")
    assert raid["HUM TGT: DESCRIPTION"] == "four soldiers"
    assert raid["HUM TGT: NUMBER"] == "4; 4"
    assert shelling["INCIDENT: LOCATION"] == "MLI"


def test_private_victims_are_hidden_by_default(tmp_path: Path) -> None:
    raid = rows(tmp_path)[0]

    assert {*raid["HUM TGT: NAME"]} == {"█"}
    assert raid["PERP: ORGANIZATION ID"] == "Reed Front"


def test_without_words_codes_and_places_stay(tmp_path: Path) -> None:
    raid = rows(tmp_path, text=TextKept.NONE)[0]

    assert raid["HUM TGT: DESCRIPTION"] == ""
    assert (raid["INCIDENT: TYPE"], raid["HUM TGT: EFFECT OF INCIDENT"]) == (
        "ATTACK",
        "DEATH; DEATH",
    )
