from __future__ import annotations

from pathlib import Path

import pandas
import pytest
from msgspec.structs import replace

from sayso.export.codes import load_codes
from sayso.export.export import export
from sayso.export.formats import CsvFor, ExportFormat, Options
from sayso.export.ucdp import COLUMNS, ucdp_rows
from sayso.record import ActorKind, OverallStatus, Record, Status
from tests.export.raid import raid_record
from tests.export.samples import RECORDS, march_record, shelling_record, talks_record

CODES = load_codes()
GED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id"
    " conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id"
    " side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources"
    " source_article source_office source_date source_headline source_original"
    " where_prec where_coordinates where_description adm_1 adm_2 latitude longitude"
    " geom_wkt priogrid_gid country country_id region event_clarity date_prec"
    " date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high"
    " low gwnoa gwnob"
)
THEIRS = (
    "id active_year conflict_dset_id conflict_new_id conflict_name dyad_dset_id"
    " dyad_new_id dyad_name side_a_dset_id side_a_new_id side_b_dset_id side_b_new_id"
    " priogrid_gid country_id region gwnoa gwnob"
)


def cells(record: Record) -> dict[str, object]:
    (row,) = ucdp_rows(record, CODES)
    return dict(zip((column.name for column in COLUMNS), row, strict=True))


def test_columns_are_the_49_of_ged() -> None:
    assert [column.name for column in COLUMNS] == GED.split()
    assert len(COLUMNS) == 49


@pytest.mark.parametrize("record", [raid_record(), shelling_record()])
def test_ids_of_ucdp_are_never_made_up(record: Record) -> None:
    row = cells(record)

    assert {row[name] for name in THEIRS.split()} == {None}
    assert row["relid"] == record.events[0].id
    assert row["number_of_sources"] == 1
    assert "draft for human coding; per report, not merged" in str(row["code_status"])


def test_raid_is_coded_from_its_voices() -> None:
    row = cells(raid_record())

    assert row["type_of_violence"] == 1
    assert (row["side_a"], row["side_b"]) == ("four soldiers", "Reed Front")
    assert row["source_original"] == "Ama Torvik"
    assert row["source_article"] == (
        "Harbour Wire, 2019-08-14, Four soldiers die in raid near Tersa"
    )
    assert (row["where_prec"], row["country"], row["adm_1"]) == (1, "Mali", "Gao")
    assert row["geom_wkt"] == "POINT (-0.04 -16.27)"
    assert (row["date_prec"], row["date_start"], row["year"]) == (1, "2019-08-12", 2019)
    assert str(row["code_status"]).endswith("disputed")


def test_voices_that_differ_give_both_ends_and_the_outlets_number() -> None:
    row = cells(raid_record())

    assert (row["low"], row["best"], row["high"]) == (4, 4, 7)
    assert (row["deaths_a"], row["deaths_unknown"]) == (4, 0)


def test_total_of_another_voice_is_the_other_end() -> None:
    row = cells(shelling_record())

    assert (row["low"], row["best"], row["high"]) == (5, None, 9)
    assert {row[name] for name in row if name.startswith("deaths_")} == {None}


def test_parts_of_a_total_go_to_their_sides() -> None:
    record = shelling_record()
    event = record.events[0]
    counts = tuple(replace(one, statements=("s31",)) for one in event.counts)

    row = cells(replace(record, events=(replace(event, counts=counts),)))

    assert (row["low"], row["best"], row["high"]) == (9, 9, 9)
    told = [row[f"deaths_{side}"] for side in ("a", "b", "civilians", "unknown")]
    assert told == [0, 3, 2, 4]


def test_what_the_report_does_not_tell_stays_empty() -> None:
    row = cells(shelling_record())

    empty = ("year", "date_prec", "date_start", "where_prec", "country", "latitude")
    assert {row[name] for name in empty} == {None}
    assert row["source_office"] is None


def test_attack_on_civilians_is_one_sided() -> None:
    record = raid_record()
    civilians = replace(record.actors[1], kind=ActorKind.GROUP, sector="CVL")
    actors = (record.actors[0], civilians, *record.actors[2:])

    row = cells(replace(record, actors=actors))

    assert (row["type_of_violence"], row["side_b"]) == (3, "Civilians")
    assert row["deaths_civilians"] == 4


def test_only_assaults_that_somebody_says_happened_are_rows() -> None:
    raid = raid_record()
    planned = replace(
        raid.events[0],
        assertions=(replace(raid.events[0].assertions[0], status=Status.PLANNED),),
        status=OverallStatus.PLANNED,
    )
    generic = replace(raid.events[0], generic=True)

    for events in ((planned,), (generic,)):
        assert ucdp_rows(replace(raid, events=events), CODES) == []
    assert ucdp_rows(march_record(), CODES) == []
    assert ucdp_rows(talks_record(), CODES) == []


def test_folder_opens_in_pandas_with_the_voices_beside(tmp_path: Path) -> None:
    options = Options(csv_for=CsvFor.MACHINE)
    export(RECORDS, tmp_path / "out", ExportFormat.UCDP, options)

    rows = pandas.read_csv(tmp_path / "out" / "ucdp.csv")
    voices = pandas.read_csv(tmp_path / "out" / "assertions.csv")
    counts = pandas.read_csv(tmp_path / "out" / "counts.csv")

    assert [*rows.columns] == GED.split()
    assert {*rows["relid"]} == {"e01", "e31"}
    assert {*voices[voices["claim"] == "e01"]["status"]} == {"happened", "denied"}
    assert {*counts[counts["event"] == "e01"]["low"]} == {4, 7}
