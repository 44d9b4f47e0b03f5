from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from sayso.errors import UsageError
from sayso.intake import Failure, Piece, find_pieces, read_paths, read_piece
from sayso.intake.tables import parse_columns
from sayso.record import Report

TEXT = "The ministry denied on Monday that it had sent troops to the valley."


def read(path: Path, columns: str | None = None) -> list[Report]:
    found = find_pieces([path], columns=parse_columns(columns))
    return [read_piece(one) for one in found if isinstance(one, Piece)]


def failure(path: Path, columns: str | None = None) -> Failure:
    *_, found = find_pieces([path], columns=parse_columns(columns))
    assert isinstance(found, Failure)
    return found


def test_columns_of_the_fields_own_names_need_no_map(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'id,text,Outlet,published\r\nr1,"{TEXT}",Wire,2024-03-11\r\n')

    (report,) = read_paths([path])

    assert isinstance(report, Report)
    assert (report.key, report.text) == ("r1", TEXT)
    assert (report.outlet, report.published) == ("Wire", "2024-03-11")


def test_map_tells_which_column_gives_what(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"No,Body,Date\n7,{TEXT},2024-03-11\n", encoding="utf-8")

    (report,) = read(path, "text=Body, id=No,published=Date")

    assert (report.key, report.text) == ("7", TEXT)
    assert report.published == "2024-03-11"


@pytest.mark.parametrize(
    ("name", "sign"), [("a.csv", ";"), ("a.csv", "\t"), ("a.tsv", "\t"), ("a.csv", "|")]
)
def test_delimiter_is_found(tmp_path: Path, name: str, sign: str) -> None:
    path = tmp_path / name
    path.write_text(f"id{sign}text\nr1{sign}{TEXT}\n", encoding="utf-8")

    assert [one.text for one in read(path)] == [TEXT]


def test_cells_keep_their_lines_quotes_and_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    cell = f'{TEXT}\n\n""No,"" she said.'
    packed = gzip.compress(f'text,id\n"{cell}",r1\n'.encode("utf-8-sig"))
    path.write_bytes(packed)

    assert [one.text for one in read(path)] == [f'{TEXT}\n\n"No," she said.']


def test_missing_column_is_told_with_those_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("No,Body\n7,x\n", encoding="utf-8")

    assert "no column text; there are No, Body" in failure(path).error.message
    told = failure(path, "text=Content").error
    assert "no column Content" in told.message
    assert "--columns" in told.mend


def test_row_without_text_fails_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"id,text\nr1,{TEXT}\nr2,\nr3,{TEXT}\n", encoding="utf-8")

    found = list(read_paths([path]))

    assert [type(one) for one in found] == [Report, Failure, Report]
    assert isinstance(found[1], Failure)
    assert found[1].line == 2


def test_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"id,text\nr1,{TEXT} caf\xe9\n".encode("latin-1"))

    assert "not UTF-8" in failure(path).error.message


def test_table_without_rows_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n", encoding="utf-8")

    assert "empty" in failure(path).error.message


@pytest.mark.parametrize("told", ["text", "text=", "body=Text"])
def test_map_that_makes_no_sense_is_refused(told: str) -> None:
    with pytest.raises(UsageError, match="--columns"):
        parse_columns(told)
