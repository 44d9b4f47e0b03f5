"""SQLite: all tables in one file, as Datasette and other tools open it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from sayso.export.cells import CellType, Column
from sayso.export.csv_files import ALL_COLUMNS, Rows
from sayso.export.tables import TABLES, all_rows
from sayso.record import Judgement, Record

_TYPES = {
    CellType.TEXT: "text",
    CellType.INTEGER: "integer",
    CellType.REAL: "real",
    CellType.BOOLEAN: "integer",
}
_KEYS = {table.name: table.key for table in TABLES} | {"judgements": 2}


def write_sqlite(
    records: Iterable[Record],
    path: Path,
    *,
    about: Mapping[str, str],
    judgements: Iterable[Judgement] = (),
) -> Rows:
    """Write all tables into a new SQLite file; `about` tells what it is."""
    counts = dict.fromkeys([*ALL_COLUMNS, "about"], 0)
    inserts = {name: _insert(name, columns) for name, columns in ALL_COLUMNS.items()}
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # A run that is killed leaves no file of this name, so no journal is needed.
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        connection.execute("begin")
        for name, columns in ALL_COLUMNS.items():
            connection.execute(_create(name, columns))
        connection.execute("create table about (name text primary key, value text)")
        for name, row in all_rows(records, judgements):
            connection.execute(inserts[name], row)
            counts[name] += 1
        for entry in about.items():
            connection.execute("insert into about values (?, ?)", entry)
            counts["about"] += 1
        connection.execute("commit")
    return counts


def _create(name: str, columns: tuple[Column, ...]) -> str:
    cells = [f'"{column.name}" {_TYPES[column.type]}' for column in columns]
    key = ", ".join(f'"{column.name}"' for column in columns[: _KEYS[name]])
    cells.append(f"primary key ({key})")
    if name != "reports":
        cells.append("foreign key (report) references reports (report)")
    return f"create table {name} ({', '.join(cells)})"


def _insert(name: str, columns: tuple[Column, ...]) -> str:
    return f"insert into {name} values ({', '.join('?' * len(columns))})"
