from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.export.cells import CellType, columns, write_head, write_row
from sayso.export.formats import CsvFor
from tests.strategies import CHARACTERS

# Python's own reader takes no NUL.
texts = st.text(CHARACTERS).filter(lambda text: "\0" not in text)
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "＝1",
    "－1",
]


def line_of(*row: object, csv_for: CsvFor = CsvFor.MACHINE) -> str:
    file = io.StringIO(newline="")
    write_row(file, row, csv_for)
    return file.getvalue()


def read(line: str) -> list[str]:
    return next(csv.reader(io.StringIO(line, newline="")))


@given(row=st.lists(texts, min_size=2, max_size=4))
def test_machine_cells_come_back_exactly(row: list[str]) -> None:
    assert read(line_of(*row)) == row


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("sign", ["", '"', ",", "\n"])
def test_formulas_are_defused_for_spreadsheets(text: str, sign: str) -> None:
    line = line_of(text + sign, "x", csv_for=CsvFor.SPREADSHEET)

    assert read(line)[0] == f"'{text}{sign}"
    assert read(line_of(text + sign, "x"))[0] == text + sign


@given(text=texts)
def test_no_cell_for_spreadsheets_begins_like_a_formula(text: str) -> None:
    cell = read(line_of(text, "x", csv_for=CsvFor.SPREADSHEET))[0]

    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert not cell.startswith(("\t", "\r", "\n"))


def test_numbers_stay_numbers() -> None:
    row = (-16.27, -3, True, None, "")

    for csv_for in CsvFor:
        assert line_of(*row, csv_for=csv_for) == '-16.27,-3,1,,""\r\n'


def test_controls_become_signs_for_spreadsheets() -> None:
    assert line_of("a\x1b\0", csv_for=CsvFor.SPREADSHEET) == "a␛␀\r\n"
    assert line_of("a\x1b", csv_for=CsvFor.MACHINE) == "a\x1b\r\n"


def test_head_begins_with_a_mark_for_spreadsheets_alone() -> None:
    for csv_for, start in ((CsvFor.SPREADSHEET, "\ufeffa,b"), (CsvFor.MACHINE, "a,b")):
        file = io.StringIO(newline="")
        write_head(file, ["a", "b"], csv_for)
        assert file.getvalue() == f"{start}\r\n"


def test_columns_take_their_types_from_the_text() -> None:
    name, number = columns("name n:integer")

    assert (name.name, name.type) == ("name", CellType.TEXT)
    assert (number.name, number.type) == ("n", CellType.INTEGER)
