"""Files, pages, rows and streams in; Reports out, or a Failure that says why not."""

from __future__ import annotations

from sayso.intake.api import report_from_html, report_from_row, report_from_text
from sayso.intake.files import (
    STANDARD_INPUT,
    find_pieces,
    measure,
    read_path,
    read_paths,
)
from sayso.intake.pieces import Failure, Piece, read_piece
from sayso.intake.streams import Meter

__all__ = [
    "STANDARD_INPUT",
    "Failure",
    "Meter",
    "Piece",
    "find_pieces",
    "measure",
    "read_path",
    "read_paths",
    "read_piece",
    "report_from_html",
    "report_from_row",
    "report_from_text",
]
