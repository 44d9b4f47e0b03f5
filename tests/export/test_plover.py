from __future__ import annotations

from pathlib import Path

import pandas
import pytest
from msgspec.structs import replace

from sayso.export.codes import load_codes
from sayso.export.export import export
from sayso.export.formats import CsvFor, ExportFormat, Options
from sayso.export.plover import (
    CAMEO_COLUMNS,
    PLOVER_COLUMNS,
    cameo_rows,
    plover_rows,
)
from sayso.export.voices import evidence
from sayso.record import Record
from tests.build import spot
from tests.export.raid import raid_record
from tests.export.samples import RECORDS, march_record, talks_record

CODES = load_codes()
Cells = dict[str, object]


def plover_cells(record: Record) -> list[Cells]:
    names = [column.name for column in PLOVER_COLUMNS]
    rows = plover_rows(record, CODES)
    return [dict(zip(names, row, strict=True)) for row in rows]


def cameo_cells(record: Record) -> list[Cells]:
    names = [column.name for column in CAMEO_COLUMNS]
    return [dict(zip(names, row, strict=True)) for row in cameo_rows(record, CODES)]


def test_event_row_tells_type_parties_place_and_voices() -> None:
    (row,) = plover_cells(raid_record())

    assert (row["origin"], row["event_type"], row["event_mode"]) == (
        "event",
        "ASSAULT",
        "firearms",
    )
    assert (row["quad_code"], row["quad_class"]) == (4, "material conflict")
    assert (row["actor_name"], row["actor_sector"]) == ("Reed Front", "REB")
    assert (row["recipient_country"], row["resolution"]) == ("MLI", 4)
    assert row["auxiliary_modes"] == "negation"
    assert row["status"] == "disputed"
    assert row["voices"] == (
        "outlet: happened; Ama Torvik: happened; The defence ministry: denied"
    )


def test_demand_becomes_an_act_of_its_speaker() -> None:
    (row,) = plover_cells(talks_record())

    assert (row["origin"], row["event_type"]) == ("statement", "REQUEST")
    assert (row["actor_name"], row["recipient_name"]) == ("Ilra Voss", "Reed Front")
    assert (row["status"], row["voices"]) == ("reported", "outlet: happened")
    assert row["number_of_sources"] == 1


def test_whoever_is_told_is_the_recipient() -> None:
    record = talks_record()
    demand = replace(
        record.statements[1],
        addressee=spot(record.report.text, "the river council"),
        about=(),
    )
    record = replace(record, statements=(record.statements[0], demand))

    (row,) = plover_cells(record)

    assert row["recipient_name"] == "the river council"


def test_demand_that_a_source_tells_of_is_alleged() -> None:
    record = talks_record()
    inner = replace(record.statements[1], within="s13")
    statements = (record.statements[0], inner, record.statements[2])

    (row,) = plover_cells(replace(record, statements=statements))

    assert (row["status"], row["voices"]) == ("alleged", "officials: happened")


def test_event_of_another_period_is_historical() -> None:
    record = march_record()
    report = replace(record.report, published="2024-01-01")

    (row,) = plover_cells(replace(record, report=report))

    assert row["auxiliary_modes"] == "historical"
    assert plover_cells(record)[0]["auxiliary_modes"] == ""


def test_cameo_has_root_and_base_and_coded_actors() -> None:
    fight, said, denied = cameo_cells(raid_record())

    assert (fight["root_code"], fight["base_code"]) == ("19", "190") or str(
        fight["base_code"]
    ).startswith(str(fight["root_code"]))
    assert (fight["source_code"], fight["target_code"]) == ("REB", "MLIMIL")
    assert (said["root_code"], said["root_label"]) == ("01", "public statement")
    assert denied["source_code"] == "MLIGOV"


def test_negated_and_unspoken_are_no_acts() -> None:
    record = talks_record()
    for change in ({"negated": True}, {"speech": False}):
        demand = replace(record.statements[1], **change)
        changed = replace(record, statements=(record.statements[0], demand))
        assert plover_cells(changed) == []


@pytest.mark.parametrize("form", [ExportFormat.PLOVER, ExportFormat.CAMEO])
def test_folder_opens_in_pandas(form: ExportFormat, tmp_path: Path) -> None:
    options = Options(csv_for=CsvFor.MACHINE)
    export(RECORDS, tmp_path / "out", form, options)

    rows = pandas.read_csv(tmp_path / "out" / f"{form.value}.csv", dtype=str)

    assert {*rows["label"]} == {"draft for human coding; per report, not merged"}
    assert "root_code" not in rows or {len(code) for code in rows["root_code"]} == {2}


def test_evidence_of_a_source_is_the_passage_that_holds_the_words() -> None:
    record = raid_record()
    event = record.events[0]
    words = spot(record.report.text, "died")
    by_witness = replace(event.assertions[1], span=words)
    told = replace(event, assertions=(by_witness,))

    assert evidence(record, told) == "“Seven died,”"
    assert evidence(record, event) == "Gunmen of the Reed Front killed four soldiers"
