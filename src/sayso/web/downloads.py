"""The table of a figure as a file: exactly the rows that the page shows."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import quote

from fastapi import Response

from sayso.web.figures import Table


class Kind(StrEnum):
    """Forms that the table of a figure can be had in."""

    CSV = "csv"
    JSON = "json"


def download(table: Table, kind: Kind, stem: str) -> Response:
    """Return a table as a file to be saved.

    Args:
        table: What to write.
        kind: In which form.
        stem: Name of the file, without its end.
    """
    if kind is Kind.CSV:
        content, type_ = table.as_csv().encode(), "text/csv; charset=utf-8"
    else:
        content, type_ = table.as_json(), "application/json"
    name = quote(f"{stem}.{kind}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type=type_, headers=headers)
