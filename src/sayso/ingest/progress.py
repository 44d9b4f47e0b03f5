"""How far an ingest is, how fast it goes and what is left, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

from sayso.ingest.ingest import Tally
from sayso.intake import Meter

LINE_SECONDS = 30.0
"""Between lines where standard error is no terminal, such as a log."""
_RECENT = 20
"""Batches that the rate is taken from: what was read at first says little later on."""


def watch(tallies: Iterable[Tally], meter: Meter) -> Iterator[Tally]:
    """Give the tallies on, and tell on standard error how far they are.

    Args:
        tallies: Of an ingest, one after each batch.
        meter: How many bytes of the input have been taken.
    """
    if not sys.stderr.isatty():
        yield from _in_lines(tallies, meter)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn

    columns = (SpinnerColumn(), BarColumn(), "{task.description}")
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("starting", total=meter.total)
        pace = Pace()
        for tally in tallies:
            told = pace.tell(tally, meter)
            progress.update(task, completed=meter.done, description=told)
            yield tally


def _in_lines(tallies: Iterable[Tally], meter: Meter) -> Iterator[Tally]:
    pace = Pace()
    last = time.monotonic()
    for tally in tallies:
        told = pace.tell(tally, meter)
        if time.monotonic() - last > LINE_SECONDS:
            last = time.monotonic()
            sys.stderr.write(f"sayso: {told}\n")
        yield tally


class Pace:
    """Rate and time left, from the last batches."""

    def __init__(self, start: float | None = None) -> None:
        began = time.monotonic() if start is None else start
        self._points: list[tuple[float, int, int]] = [(began, 0, 0)]

    def tell(self, tally: Tally, meter: Meter, at: float | None = None) -> str:
        """Return one line on where the ingest is.

        Args:
            tally: After the last batch.
            meter: Likewise.
            at: Seconds of a clock; None asks it.
        """
        moment = time.monotonic() if at is None else at
        self._points.append((moment, tally.inputs, meter.done))
        del self._points[:-_RECENT]
        began, inputs, done = self._points[0]
        spent = max(moment - began, 1e-6)
        told = f"{tally.inputs:,} reports, {(tally.inputs - inputs) / spent:.1f}/s"
        if tally.failed:
            told += f", {tally.failed:,} failed"
        speed = (meter.done - done) / spent
        if meter.total is not None and speed > 0:
            told += f", {span((meter.total - meter.done) / speed)} left"
        return told


def span(seconds: float) -> str:
    """Return a length of time in two parts at most: 45 s, 3 min, 2 h 5 min, 4 d 3 h."""
    minutes = round(seconds / 60)
    if seconds < 59.5:
        return f"{max(seconds, 0):.0f} s"
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {minutes} min"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h"
