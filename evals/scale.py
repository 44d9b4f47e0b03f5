"""What very many reports cost: `python -m evals.scale --into FOLDER --reports 16000`.

Measures on this machine how long a report takes to read, and how long and how many
bytes it takes in a project as that grows, each time it has doubled. What the slope
gives for ten and a hundred million reports is arithmetic from there, and no more.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path

from evals.ingest import reports
from evals.made import make_record
from evals.sets import table
from sayso.engine import open_reader
from sayso.intake import report_from_row
from sayso.store.projects import open_project

BATCH = 50
FIRST = 1_000
FAR = (1_000_000, 10_000_000, 100_000_000)
YEAR_HOURS = 24 * 365


def measure_reading(count: int) -> float:
    """Return the processor seconds that one report takes to read."""
    reader = open_reader()
    given = [report_from_row(row) for row in reports(count)]
    reader(given[0])
    began = time.process_time()
    for report in given:
        reader(report)
    return (time.process_time() - began) / count


def measure_keeping(path: Path, count: int) -> list[tuple[int, float, float, int]]:
    """Return, each time the project has doubled, seconds and bytes of a report.

    Seconds are those of the last half: by the clock and of the processor.
    """
    found = []
    start, end = 0, FIRST
    with open_project(path, create=True) as store:
        while end <= count:
            spent = worked = 0.0
            for first in range(start, end, BATCH):
                batch = [make_record(number) for number in range(first, first + BATCH)]
                began, before = time.perf_counter(), time.process_time()
                store.add_records(batch)
                spent += time.perf_counter() - began
                worked += time.process_time() - before
            added = end - start
            found.append(
                (end, spent / added, worked / added, path.stat().st_size // end)
            )
            start, end = end, 2 * end
    return found


def slope(points: list[tuple[int, float]]) -> tuple[float, float]:
    """Return a and b of the line a + b log2(reports) that lies nearest."""
    xs = [math.log2(size) for size, _ in points]
    ys = [value for _, value in points]
    middle = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - middle[0]) ** 2 for x in xs)
    b = sum((x - middle[0]) * (y - middle[1]) for x, y in zip(xs, ys, strict=True))
    return middle[1] - b / spread * middle[0], b / spread


def main() -> None:
    """Measure, and print what follows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, required=True, help="an empty folder")
    parser.add_argument("--reports", type=int, default=16_000)
    parser.add_argument("--read", type=int, default=60, help="reports to read")
    args = parser.parse_args()
    args.into.mkdir(parents=True, exist_ok=True)
    reading = measure_reading(args.read)
    kept = measure_keeping(args.into / "scale.sayso", args.reports)
    rows = [
        (f"{size:,}", round(1000 * clock, 2), round(1000 * cpu, 2), bytes_)
        for size, clock, cpu, bytes_ in kept
    ]
    print(f"reading: {1000 * reading:.0f} ms of a processor for a report\n")
    print(table([("project", "ms a report", "of processor", "bytes a report"), *rows]))
    a, b = slope([(size, cpu) for size, _, cpu, _ in kept])
    print(f"\nkeeping: {1000 * a:.2f} + {1000 * b:.3f} log2(reports) ms of a processor")
    print(table(_far(reading, a, b, kept[-1][3])))
    print(json.dumps({"reading_s": reading, "a_s": a, "b_s": b}))


def _far(reading: float, a: float, b: float, size: int) -> list[tuple[object, ...]]:
    head = ("reports", "processor years to read", "days of one writer", "TB")
    rows: list[tuple[object, ...]] = [head]
    for count in FAR:
        each = a + b * math.log2(count)
        rows.append(
            (
                f"{count:,}",
                round(count * reading / 3600 / YEAR_HOURS, 2),
                round(count * each / 86_400, 1),
                round(count * size / 1e12, 2),
            )
        )
    return rows


if __name__ == "__main__":
    main()
