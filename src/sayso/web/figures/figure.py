"""A figure and the table that says the same in words and numbers."""

from __future__ import annotations

import io

import msgspec

from sayso.export.cells import Cell, write_head, write_row
from sayso.export.formats import CsvFor


class Column(msgspec.Struct, frozen=True):
    """A column of a table: its name in files, and its heading on the page."""

    name: str
    heading: str
    on_page: bool = True
    """False: only in files, as an id that nobody reads."""


class TableRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row, in the order of the columns."""

    cells: tuple[Cell, ...]
    href: str | None = None
    """Where the row leads."""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """What a figure shows, exactly."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    head: int = 0
    """Number of the column that names the row, and bears its link."""

    def as_csv(self) -> str:
        """Return the rows as CSV that is safe to open in a spreadsheet."""
        file = io.StringIO(newline="")
        write_head(file, (one.name for one in self.columns), CsvFor.SPREADSHEET)
        for row in self.rows:
            write_row(file, row.cells, CsvFor.SPREADSHEET)
        return file.getvalue()

    def as_json(self) -> bytes:
        """Return the rows as a JSON list of objects."""
        names = [one.name for one in self.columns]
        objects = [dict(zip(names, row.cells, strict=True)) for row in self.rows]
        return msgspec.json.format(msgspec.json.encode(objects), indent=2) + b"\n"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A drawing with its equal table."""

    name: str
    title: str
    svg: str
    """Safe to put into a page as it is."""
    table: Table
    note: str = ""
    """What was left out, and why; empty: nothing."""
