"""Tables (CSV, TSV) to pieces: each row a report, columns mapped to its fields."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from sayso.errors import IntakeError, UsageError
from sayso.intake.assemble import Given
from sayso.intake.encoding import find_mark
from sayso.intake.pieces import Piece, PieceKind
from sayso.intake.streams import MAX_BYTES, Unpacked
from sayso.intake.text import empty_input

FIELDS = ("text", "id", "title", "outlet", "published", "url")
"""Of a report, that a column can give; a column of the same name does so unasked."""
Columns = Mapping[str, str]
"""Names of columns by the fields that they give."""

_DELIMITERS = ",;\t|"


def parse_columns(told: str | None) -> Columns:
    """Return the columns of "text=Body,published=Date".

    Raises:
        UsageError: It is not of this form, or names a field that reports do not have.
    """
    columns: dict[str, str] = {}
    for part in filter(None, (told or "").split(",")):
        field, sign, column = (one.strip() for one in part.partition("="))
        if not (sign and column) or field not in FIELDS:
            raise UsageError(
                f"--columns {part!r} is not FIELD=COLUMN with a field of reports",
                mend=f"fields are {', '.join(FIELDS)}: --columns text=Body,id=No",
            )
        columns[field] = column
    return columns


def read_table(
    source: Unpacked, name: str, given: Given, columns: Columns
) -> Iterator[Piece]:
    """Give a piece for each row of a table with a line of column names.

    Raises:
        IntakeError: It is not in UTF-8, has no column of texts, or is broken.
    """
    if (encoding := find_mark(source.head)) not in (None, "utf-8-sig"):
        raise _wrong_encoding(name, f"it is in {encoding}")
    csv.field_size_limit(MAX_BYTES)
    text = io.TextIOWrapper(
        io.BufferedReader(source.stream), encoding="utf-8-sig", newline=""
    )
    try:
        rows = csv.DictReader(text, delimiter=_find_delimiter(name, source.head))
        names = _match(rows.fieldnames or (), name, columns)
        number = 0
        for number, row in enumerate(rows, 1):
            source.check_ratio(name)
            fields = {field: row.get(column) for field, column in names.items()}
            yield Piece(
                name=name,
                number=number,
                kind=PieceKind.ROW,
                content=msgspec.json.encode({k: v or "" for k, v in fields.items()}),
                given=given,
            )
        if not number:
            raise empty_input(name)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(name, str(error)) from error
    except csv.Error as error:
        raise IntakeError(
            f"{name}: line {rows.line_num} is broken: {error}",
            mend="mend the line, often a quotation mark that is never closed",
        ) from error


def _find_delimiter(name: str, head: bytes) -> str:
    if ".tsv" in (one.lower() for one in Path(name).suffixes):
        return "\t"
    first = head.removeprefix(codecs.BOM_UTF8).partition(b"\n")[0].decode("latin-1")
    return max(_DELIMITERS, key=first.count)


def _match(found: Sequence[str], name: str, columns: Columns) -> dict[str, str]:
    wanted = {field: field for field in FIELDS} | dict(columns)
    lower = {column.strip().lower(): column for column in reversed(found)}
    names = {
        field: lower[column.lower()]
        for field, column in wanted.items()
        if column.lower() in lower
    }
    missing = [columns[field] for field in columns if field not in names]
    if missing or "text" not in names:
        absent = ", ".join(missing) or "text"
        raise IntakeError(
            f"{name}: there is no column {absent}; there are {', '.join(found)}",
            mend="tell which column gives what: --columns text=Body,published=Date",
        )
    return names


def _wrong_encoding(name: str, reason: str) -> IntakeError:
    return IntakeError(
        f"{name}: the table is not UTF-8: {reason}", mend="save it as CSV in UTF-8"
    )
