"""The shipped kit, applied to rows of a corpus."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator

import msgspec

from evals.sets import Row
from sayso.errors import ModelError
from sayso.intake.jsonl import read_row
from sayso.kit import Kit, load_kit
from sayso.pipeline import read_report
from sayso.record import Record, Report

TAKEN = ("doc_id", "text", "title", "outlet", "published", "comments")
"""Fields of a corpus row that a user's JSONL could have as well."""


def kit_for(args: argparse.Namespace) -> Kit:
    """Return the shipped kit, or that with the model of `--model`."""
    try:
        return load_kit(args.model)
    except ModelError as error:
        sys.exit(f"no model to measure: {error}")


def read_all(rows: Iterable[Row], kit: Kit) -> Iterator[Record]:
    """Yield the Record of each row, its text taken as it stands."""
    for row in rows:
        yield read_report(report_of(row), kit)


def report_of(row: Row) -> Report:
    """Return the Report that intake makes of a row without its annotation."""
    plain = {name: row[name] for name in TAKEN if row.get(name) is not None}
    return read_row(msgspec.json.encode(plain), name="corpus", number=1)
