"""Parquet: a folder with one file for each table, by way of DuckDB."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import msgspec

from sayso.errors import UsageError
from sayso.export.cells import CellType, Column
from sayso.export.csv_files import ALL_COLUMNS, Rows
from sayso.export.output import cannot_write
from sayso.export.tables import all_rows
from sayso.record import Judgement, Record

_TYPES = {
    CellType.TEXT: "varchar",
    CellType.INTEGER: "bigint",
    CellType.REAL: "double",
    CellType.BOOLEAN: "boolean",
}
# One row may hold a report of 20 MB, and some of its characters are escaped.
_LINE_BYTES = 64 << 20
_SETTINGS = """
set threads = 1;  -- more of them would cut the row groups in another way each time
set memory_limit = '1GB';
set autoinstall_known_extensions = false;
"""


def write_parquet(
    records: Iterable[Record], folder: Path, *, judgements: Iterable[Judgement] = ()
) -> Rows:
    """Write all tables as Parquet.

    The rows go through a file of JSON lines for each table, so that memory stays
    bounded; these are removed.

    Raises:
        UsageError: DuckDB is not installed.
    """
    counts = dict.fromkeys(ALL_COLUMNS, 0)
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(_lines_of(folder, name).open("wb"))
            for name in ALL_COLUMNS
        }
        names = {
            name: [column.name for column in columns]
            for name, columns in ALL_COLUMNS.items()
        }
        for name, row in all_rows(records, judgements):
            line = msgspec.json.encode(dict(zip(names[name], row, strict=True)))
            files[name].write(line + b"\n")
            counts[name] += 1
    _convert(folder)
    return {f"{name}.parquet": count for name, count in counts.items()}


def check_duckdb() -> None:
    """Fail early, before records are read, if DuckDB is missing.

    Raises:
        UsageError: DuckDB is not installed.
    """
    try:
        import duckdb  # noqa: F401 - only whether it is there
    except ImportError as error:
        raise UsageError(
            "Parquet is written by DuckDB, which is not installed",
            mend="pip install 'sayso[parquet]'",
        ) from error


def _lines_of(folder: Path, name: str) -> Path:
    return folder / f"{name}.jsonl"


def _convert(folder: Path) -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(_SETTINGS)
        for name, columns in ALL_COLUMNS.items():
            lines, out = _lines_of(folder, name), folder / f"{name}.parquet"
            try:
                connection.execute(_copy(columns, lines, out))
            except duckdb.Error as error:
                raise cannot_write(out, error) from error
            lines.unlink()


def _copy(columns: tuple[Column, ...], lines: Path, out: Path) -> str:
    types = ", ".join(f"'{one.name}': '{_TYPES[one.type]}'" for one in columns)
    return f"""
    copy (
      from read_json(
        {_literal(lines)},
        format = 'newline_delimited',
        columns = {{{types}}},
        maximum_object_size = {_LINE_BYTES}
      )
    ) to {_literal(out)} (format parquet, compression zstd)
    """


def _literal(path: Path) -> str:
    # COPY takes no parameters for the name of its file.
    return "'" + str(path).replace("'", "''") + "'"
