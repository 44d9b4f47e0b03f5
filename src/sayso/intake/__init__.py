"""Files, pages, rows and streams in; Reports out, or a Failure that says why not."""

from __future__ import annotations

from sayso.intake.api import report_from_html, report_from_row, report_from_text
from sayso.intake.files import STANDARD_INPUT, Failure, read_path, read_paths

__all__ = [
    "STANDARD_INPUT",
    "Failure",
    "read_path",
    "read_paths",
    "report_from_html",
    "report_from_row",
    "report_from_text",
]
