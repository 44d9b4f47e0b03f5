"""The tables, read by pandas, DuckDB and SQLite: none of them wrote what it reads."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas
import pytest

from sayso.export.csv_files import ALL_COLUMNS
from sayso.export.export import export
from sayso.export.formats import CsvFor, ExportFormat, Options, Persons, TextKept
from sayso.export.tables import TABLES, all_rows
from sayso.record import Record
from tests.export.raid import judgement, raid_record
from tests.export.samples import RECORDS

ALL = Options(persons=Persons.ALL, text=TextKept.FULL, csv_for=CsvFor.MACHINE)
NAMES = [*ALL_COLUMNS]
Found = tuple[list[str], int]
"""Names of the columns and number of rows."""
Reader = Callable[[Path, str], Found]


def found_by_pandas(frame: pandas.DataFrame) -> Found:
    return [*frame.columns], len(frame)


def by_pandas_from_csv(folder: Path, name: str) -> Found:
    path = folder / f"{name}.csv"
    return found_by_pandas(pandas.read_csv(path, keep_default_na=False, na_values=[]))


def by_pandas_from_parquet(folder: Path, name: str) -> Found:
    return found_by_pandas(pandas.read_parquet(folder / f"{name}.parquet"))


def by_duckdb_from_csv(folder: Path, name: str) -> Found:
    with duckdb.connect() as connection:
        rows = connection.execute(
            "from read_csv(?, header = true)", [str(folder / f"{name}.csv")]
        )
        names = [column[0] for column in rows.description]
        return names, len(rows.fetchall())


def by_sqlite(path: Path, name: str) -> Found:
    with sqlite3.connect(path) as connection:
        return found_by_pandas(pandas.read_sql(f"select * from {name}", connection))


READERS = [
    pytest.param(ExportFormat.CSV, by_pandas_from_csv, id="csv-pandas"),
    pytest.param(ExportFormat.CSV, by_duckdb_from_csv, id="csv-duckdb"),
    pytest.param(ExportFormat.PARQUET, by_pandas_from_parquet, id="parquet-pandas"),
    pytest.param(ExportFormat.SQLITE, by_sqlite, id="sqlite"),
]


@pytest.mark.parametrize(("form", "read"), READERS)
def test_other_tools_read_every_row(
    form: ExportFormat, read: Reader, tmp_path: Path
) -> None:
    judgements = (judgement(RECORDS[0]),)
    out = tmp_path / "out"
    export(RECORDS, out, form, ALL, judgements=judgements)
    rows = [*all_rows(RECORDS, judgements)]

    for name in NAMES:
        wanted = [row for table, row in rows if table == name]
        columns = [column.name for column in ALL_COLUMNS[name]]
        assert read(out, name) == (columns, len(wanted))


def test_every_table_is_tested() -> None:
    filled = {name for name, _ in all_rows(RECORDS, [judgement(RECORDS[0])])}

    assert filled == {*NAMES}


def test_parquet_keeps_types_and_missing_cells(tmp_path: Path) -> None:
    export(RECORDS, tmp_path / "out", ExportFormat.PARQUET, ALL)

    folder = str(tmp_path / "out")
    with duckdb.connect() as connection:
        places = connection.execute(
            f"select lat, gazetteer_id from '{folder}/places.parquet' order by place"
        ).fetchall()
        kinds = connection.execute(f"describe '{folder}/counts.parquet'").fetchall()

    assert places == [(-16.27, "test:1"), (17.0, None), (14.5, None)]
    assert {kind for _, kind, *_ in kinds} == {"VARCHAR", "BIGINT", "BOOLEAN"}


def test_offsets_in_every_table_quote_the_text(tmp_path: Path) -> None:
    texts = {record.report.id: record.report.text for record in RECORDS}
    comments = {
        (record.report.id, one.n): one.text
        for record in RECORDS
        for one in record.report.comments
    }
    checked = 0

    for table in TABLES:
        names = [column.name for column in table.columns]
        if not {"start", "end", "text"} <= {*names}:
            continue
        for record in RECORDS:
            for row in table.rows(record):
                cells = dict(zip(names, row, strict=True))
                text = texts[cells["report"]]
                if "comment" in cells:
                    text = comments[cells["report"], cells["comment"]]
                if cells["start"] is not None:
                    assert text[cells["start"] : cells["end"]] == cells["text"]
                    checked += 1

    assert checked > 50


def test_sqlite_has_keys_and_no_broken_reference(tmp_path: Path) -> None:
    path = tmp_path / "out"
    export(RECORDS, path, ExportFormat.SQLITE, ALL)

    with sqlite3.connect(path) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        keyed = {
            name: [row[5] for row in connection.execute(f"pragma table_info({name})")]
            for name in NAMES
        }
        about = dict(connection.execute("select * from about").fetchall())

    assert all(any(keys) for keys in keyed.values())
    assert about["label"] == "draft for human coding; per report, not merged"


def test_spreadsheet_rows_hold_no_formula(tmp_path: Path) -> None:
    record = raid_record(outlet="=cmd()", title="＋SUM(A1)", url="@x")

    export((record,), tmp_path / "out", ExportFormat.CSV)

    with (tmp_path / "out" / "reports.csv").open(encoding="utf-8-sig") as file:
        row = next(csv.DictReader(file))
    assert (row["outlet"], row["title"], row["url"]) == ("'=cmd()", "'＋SUM(A1)", "'@x")


def test_text_of_reports_leaves_only_if_all_of_it_may(tmp_path: Path) -> None:
    for text in TextKept:
        out = tmp_path / text.value
        export(RECORDS, out, ExportFormat.PARQUET, Options(text=text))
        frame = pandas.read_parquet(out / "reports.parquet")
        assert frame["text"].notna().any() == (text is TextKept.FULL)


def test_rows_go_by_one_record_at_a_time() -> None:
    taken = 0

    def counted() -> list[Record]:
        nonlocal taken
        for record in RECORDS:
            taken += 1
            yield record

    rows = all_rows(counted(), ())
    next(rows)

    assert taken == 1
