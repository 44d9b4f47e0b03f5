"""CSV: a folder with one file for each table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

from sayso.export.cells import Column, Row, write_head, write_row
from sayso.export.formats import CsvFor
from sayso.export.tables import JUDGEMENTS, TABLES, all_rows
from sayso.record import Judgement, Record

Rows = Mapping[str, int]
"""Number of rows by file."""
ALL_COLUMNS: Mapping[str, tuple[Column, ...]] = {
    **{table.name: table.columns for table in TABLES},
    "judgements": JUDGEMENTS,
}
_VOICES = ("assertions", "counts")  # tables beside coded rows: who says which number


def write_csv(
    records: Iterable[Record],
    folder: Path,
    *,
    csv_for: CsvFor,
    judgements: Iterable[Judgement] = (),
) -> Rows:
    """Write all tables as CSV."""
    rows = all_rows(records, judgements)
    return _write(rows, ALL_COLUMNS, folder, csv_for)


def write_coded(
    records: Iterable[Record],
    folder: Path,
    *,
    name: str,
    columns: tuple[Column, ...],
    rows_of: Callable[[Record], Iterable[Row]],
    csv_for: CsvFor,
) -> Rows:
    """Write rows of one coding scheme, with the voices and counts behind them.

    Args:
        records: What to write.
        folder: A folder that is there.
        name: Of the file of coded rows.
        columns: Of that file.
        rows_of: Gives the coded rows of a record.
        csv_for: Who will read it.
    """
    beside = [table for table in TABLES if table.name in _VOICES]

    def rows() -> Iterable[tuple[str, Row]]:
        for record in records:
            yield from ((name, row) for row in rows_of(record))
            for table in beside:
                yield from ((table.name, row) for row in table.rows(record))

    heads = {name: columns, **{table.name: table.columns for table in beside}}
    return _write(rows(), heads, folder, csv_for)


def write_table(
    rows: Iterable[Row],
    folder: Path,
    name: str,
    columns: tuple[Column, ...],
    csv_for: CsvFor,
) -> Rows:
    """Write one table as CSV."""
    return _write(((name, row) for row in rows), {name: columns}, folder, csv_for)


def _write(
    rows: Iterable[tuple[str, Row]],
    heads: Mapping[str, tuple[Column, ...]],
    folder: Path,
    csv_for: CsvFor,
) -> Rows:
    counts = {f"{name}.csv": 0 for name in heads}
    with ExitStack() as stack:
        files = {}
        for name, columns in heads.items():
            path = folder / f"{name}.csv"
            # Line ends are written as they are: those inside cells belong to the text.
            file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            write_head(file, (column.name for column in columns), csv_for)
            files[name] = file
        for name, row in rows:
            write_row(files[name], row, csv_for)
            counts[f"{name}.csv"] += 1
    return counts
