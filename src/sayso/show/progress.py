"""A progress bar on standard error, where it helps and disturbs nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

Outcome = TypeVar("Outcome")


def count_inputs(inputs: Sequence[str]) -> int | None:
    """Return how many reports the inputs give; None if that shows only on reading."""
    return len(inputs) if all(map(_is_one, inputs)) else None


def _is_one(name: str) -> bool:
    rows = name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson"))
    return name == "-" or (Path(name).is_file() and not rows)


def watch(outcomes: Iterable[Outcome], *, total: int | None) -> Iterator[Outcome]:
    """Give the outcomes on, with a bar of how many there were so far.

    It is shown if standard error is a terminal, standard output is none (records that
    scroll past show progress enough), and there may be more than one report.
    """
    if total == 1 or sys.stdout.isatty() or not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), "reports", TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(outcomes, total=total)
