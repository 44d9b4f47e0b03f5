"""Projects, rows and readers for tests of ingest; no model is needed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from evals.made import make_record
from sayso.engine import map_items
from sayso.ingest.ingest import ReadAll, Tally, ingest
from sayso.intake import Piece, find_pieces, read_piece
from sayso.record import Record, to_json
from sayso.store.base import Store
from sayso.store.projects import open_project
from tests.records import KIT


def write_rows(path: Path, numbers: Iterable[int]) -> Path:
    """Write made reports as JSONL, so that reading them gives the made records."""
    reports = [make_record(number).report for number in numbers]
    rows = [
        {
            "id": one.key,
            "text": one.text,
            "outlet": one.outlet,
            "published": one.published,
            "url": one.url,
            "title": one.title,
        }
        for one in reports
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_text(lines, encoding="utf-8")
    return path


def open_plain_pieces() -> Callable[[Piece], Record]:
    """Return a reader of pieces that finds nothing in a report."""
    return read_plain_piece


def read_plain_piece(piece: Piece) -> Record:
    report = read_piece(piece)
    if "crash" in report.text:
        raise ValueError("it crashed")
    if "die" in report.text.split():
        os._exit(9)
    return Record(report=report, kit=KIT)


def engine(jobs: int = 1) -> ReadAll:
    return partial(map_items, open_reader=open_plain_pieces, jobs=jobs)


def take_in(
    store: Store, *paths: Path | str, read_all: ReadAll | None = None, **options: bool
) -> Tally:
    """Ingest paths and return the last tally."""
    found = find_pieces(paths)
    *_, tally = ingest(found, store, read_all or engine(), **options)
    return tally


def export_hash(where: Path) -> str:
    """Return what stands for all records of a project, in their order."""
    whole = hashlib.sha256()
    with open_project(where) as store:
        for record in store.records():
            whole.update(to_json(record))
    return whole.hexdigest()
