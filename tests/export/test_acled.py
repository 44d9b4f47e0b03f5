from __future__ import annotations

from pathlib import Path

import pandas
import pytest
from msgspec.structs import replace

from sayso.export.acled import COLUMNS, acled_rows
from sayso.export.codes import load_codes
from sayso.export.export import export
from sayso.export.formats import CsvFor, ExportFormat, Options
from sayso.record import Record
from tests.export.raid import raid_record
from tests.export.samples import RECORDS, march_record, shelling_record, talks_record

CODES = load_codes()
CODEBOOK = (
    "event_id_cnty event_date year time_precision disorder_type event_type"
    " sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2"
    " interaction civilian_targeting iso region country admin1 admin2 admin3"
    " location latitude longitude geo_precision source source_scale notes fatalities"
    " tags timestamp"
)


def cells(record: Record) -> dict[str, object]:
    (row,) = acled_rows(record, CODES)
    return dict(zip((column.name for column in COLUMNS), row, strict=True))


def test_columns_are_those_of_the_codebook() -> None:
    assert [column.name for column in COLUMNS] == CODEBOOK.split()


@pytest.mark.parametrize("record", [raid_record(), march_record(), shelling_record()])
def test_rows_say_what_they_are_not(record: Record) -> None:
    row = cells(record)

    assert str(row["tags"]).startswith(
        "not ACLED data; draft for human coding; per report, not merged; status: "
    )
    assert {row[name] for name in ("event_id_cnty", "region", "timestamp")} == {None}


def test_raid_is_coded_from_its_voices() -> None:
    row = cells(raid_record())

    assert (row["disorder_type"], row["event_type"]) == (
        "Political violence",
        "Battles",
    )
    assert (row["inter1"], row["inter2"], row["interaction"]) == (2, 1, 12)
    assert (row["iso"], row["country"], row["geo_precision"]) == (466, "Mali", 1)
    assert (row["event_date"], row["time_precision"]) == ("2019-08-12", 1)
    assert row["fatalities"] == 4
    assert "Ministry" not in str(row["actor1"])
    assert "The defence ministry: denied" in str(row["notes"])


def test_march_in_the_middle_of_ten_days_in_a_region() -> None:
    row = cells(march_record())

    assert row["sub_event_type"] == "Peaceful protest"
    assert (row["event_date"], row["time_precision"]) == ("2021-05-05", 3)
    assert (row["geo_precision"], row["inter1"], row["interaction"]) == (3, 6, 60)
    assert row["fatalities"] is None


def test_forces_of_another_state_are_foreign() -> None:
    record = raid_record()
    abroad = replace(record.actors[1], country="BFA")
    actors = (record.actors[0], abroad, *record.actors[2:])

    assert cells(replace(record, actors=actors))["inter2"] == 8


def test_talks_are_no_row() -> None:
    assert acled_rows(talks_record(), CODES) == []


def test_folder_opens_in_pandas(tmp_path: Path) -> None:
    options = Options(csv_for=CsvFor.MACHINE)
    export(RECORDS, tmp_path / "out", ExportFormat.ACLED, options)

    rows = pandas.read_csv(tmp_path / "out" / "acled.csv")

    assert [*rows.columns] == CODEBOOK.split()
    assert len(rows) == 3
