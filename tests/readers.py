"""Stand-ins for the reader with its model; functions, as workers get them by name."""

from __future__ import annotations

import os

from sayso.engine import Reader
from sayso.errors import ModelError, ReadingError
from sayso.record import Record, Report
from tests.records import KIT


def open_plain() -> Reader:
    """Return a reader that finds nothing."""
    return read_plainly


def read_plainly(report: Report) -> Record:
    return Record(report=report, kit=KIT)


def open_fragile() -> Reader:
    """Return a reader that some words bring down, each in its own way."""
    return read_fragile


def read_fragile(report: Report) -> Record:
    if "crash" in report.text:
        raise ValueError("it crashed")
    if "refuse" in report.text:
        raise ReadingError("it was refused", mend="leave it out")
    if "die" in report.text:
        os._exit(9)
    return read_plainly(report)


def open_interrupted() -> Reader:
    """Return a reader during which somebody presses Ctrl-C."""
    return interrupt


def interrupt(report: Report) -> Record:
    raise KeyboardInterrupt


def open_nothing() -> Reader:
    """Fail as a damaged model does."""
    raise ModelError("trunk.onnx: no such file", mend="install sayso again")
