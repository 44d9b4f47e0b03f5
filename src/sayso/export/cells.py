"""Cells of tables: their types, and how they are written in CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import IO

import msgspec

from sayso.export.formats import CsvFor

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]

_SPECIAL = re.compile(r'[",\r\n]|^\s|\s$')
# What a spreadsheet takes for a formula, also behind blanks and in its wide forms.
_FORMULA = re.compile(r"^[\s\u3000]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]")
_CONTROLS = {
    code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\r\n"
}
BOM = "\ufeff"  # without it Excel takes UTF-8 for something older


class CellType(StrEnum):
    """What the cells of a column hold; any of them may be empty."""

    TEXT = "text"
    INTEGER = "integer"
    REAL = "real"
    BOOLEAN = "boolean"


class Column(msgspec.Struct, frozen=True):
    """A column of a table."""

    name: str
    type: CellType = CellType.TEXT


def columns(text: str) -> tuple[Column, ...]:
    """Return columns from their names; `n:integer` tells a type, no type is text."""
    pairs = (word.partition(":") for word in text.split())
    return tuple(Column(name, CellType(kind or "text")) for name, _, kind in pairs)


def write_head(file: IO[str], names: Iterable[str], csv_for: CsvFor) -> None:
    """Write the line of column names that begins a CSV file."""
    file.write(BOM if csv_for is CsvFor.SPREADSHEET else "")
    write_row(file, tuple(names), csv_for)


def write_row(file: IO[str], row: Iterable[Cell], csv_for: CsvFor) -> None:
    """Write one line of CSV.

    An empty text is `""`, a missing cell is nothing, true and false are 1 and 0. For
    spreadsheets a text that would be a formula gets a `'` in front, and control
    characters become visible signs.
    """
    cell = _cell_for_people if csv_for is CsvFor.SPREADSHEET else _cell
    file.write(",".join(map(cell, row)) + "\r\n")


def _cell_for_people(value: Cell) -> str:
    if isinstance(value, str) and not value.isalnum():
        value = value.translate(_CONTROLS)
        if _FORMULA.match(value):
            value = f"'{value}"
    return _cell(value)


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if not isinstance(value, str):
        return repr(value)
    # Most cells are ids and single words, which need no look at each sign.
    if value.isalnum() or (value and not _SPECIAL.search(value)):
        return value
    return '"' + value.replace('"', '""') + '"'
