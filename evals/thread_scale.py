"""Time and memory of one huge thread: `python -m evals.thread_scale --comments N`.

Made comments of 30 words drawn by Zipf's law; 10 % use one of ten planted phrases, 1 %
are near-copies of the comment before. They are written to a JSONL file, which is then
read and searched for talking points and copies as `sayso thread` does it. With
`--held-rows` and `--duckdb-memory` tables of keys go to DuckDB, which spills; with
`--engine ray` the words lie on a cluster. The digest tells whether findings are equal.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec
import numpy as np

from evals.sets import table
from sayso.corpus.keys import DUCKDB_MEMORY, HELD_ROWS
from sayso.corpus.spread import Here, Limits
from sayso.corpus.threads import Number
from sayso.corpus.words import number_words
from sayso.engine import read_thread
from sayso.intake.comment_rows import read_comment_rows
from sayso.kit import load_kit
from sayso.record import Comment
from sayso.vocab.background import load_background

VOCABULARY = 50_000
WORDS = 30
PLANTED = tuple(
    tuple(phrase.split())
    for phrase in (
        "harbour lantern levy",
        "tram curfew permit",
        "moss quota board",
        "salt bridge tax",
        "orchard patrol fund",
        "kite market ban",
        "ferry bell rota",
        "mill wall paint",
        "canal lock fee",
        "barge fuel tank",
    )
)
SEED = 6


def main() -> None:
    """Print seconds, memory and what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=("local", "ray"), default="local")
    parser.add_argument("--held-rows", type=int, default=HELD_ROWS)
    parser.add_argument("--duckdb-memory", default=DUCKDB_MEMORY)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "comments.jsonl"
        with path.open("wb") as file:
            for comment in make_comments(args.comments):
                file.write(msgspec.json.encode(comment) + b"\n")
        made = peak_mib()
        number = numberer(args)
        began, worked = time.perf_counter(), time.process_time()
        with watch_spill(folder) as spilled:
            comments = read_comment_rows(path).comments
            read_in = time.process_time() - worked
            thread = read_thread(
                comments,
                article="",
                kit=load_kit(),
                background=load_background(),
                number=number,
            )
        took, worked = time.perf_counter() - began, time.process_time() - worked
    planted = {" ".join(phrase) for phrase in PLANTED}
    found = {point.phrase for point in thread.talking_points}
    rows = (
        ("figure", "value"),
        ("comments", len(comments)),
        ("seconds", took),
        ("seconds of one core", worked),
        ("of these, reading the file", read_in),
        ("peak MiB", peak_mib()),
        ("peak MiB before, making the file", made),
        ("most MiB in the file of DuckDB", spilled["rows"]),
        ("most MiB that DuckDB spilled", spilled["temporary"]),
        ("talking points", len(found)),
        ("planted found", len(planted & found)),
        ("groups of copies", len(thread.copies)),
        ("digest", hashlib.sha256(msgspec.json.encode(thread)).hexdigest()[:12]),
    )
    print(table(rows))


def numberer(args: argparse.Namespace) -> Number:
    """Return what makes words of texts, on the engine and within the limits given."""
    if args.engine == "ray":
        from sayso.engine_ray_threads import RaySpread

        return RaySpread().number
    limits = Limits(held_rows=args.held_rows, duckdb_memory=args.duckdb_memory)
    return partial(number_words, spread=Here(limits))


@contextmanager
def watch_spill(folder: Path) -> Iterator[dict[str, float]]:
    """Put temporary files below a folder and give how large those of DuckDB get."""
    most = {"rows": 0.0, "temporary": 0.0}
    done = threading.Event()
    before, tempfile.tempdir = tempfile.tempdir, str(folder)

    def look() -> None:
        while not done.wait(0.2):
            for kind, pattern in (("rows", "*.duckdb"), ("temporary", "*.tmp")):
                size = sum(map(size_of, folder.rglob(pattern))) / 2**20
                most[kind] = max(most[kind], round(size, 1))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        tempfile.tempdir = before
        done.set()
        watcher.join()


def size_of(path: Path) -> int:
    """Return the bytes of a file; none if it is gone meanwhile."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def make_comments(count: int) -> Iterator[Comment]:
    """Yield comments, each by an author of its own."""
    numbers = np.random.default_rng(SEED)
    chance = random.Random(SEED)
    weights = 1 / (np.arange(VOCABULARY) + 5)
    names = np.array([f"w{number}" for number in range(VOCABULARY)], object)
    last: list[str] = []
    for start in range(0, count, 10_000):
        size = min(10_000, count - start)
        drawn = numbers.choice(VOCABULARY, (size, WORDS), p=weights / weights.sum())
        for place, row in enumerate(names[drawn].tolist(), start + 1):
            kind = chance.random()
            if kind < 0.1:
                row[5:8] = chance.choice(PLANTED)
            elif kind < 0.11 and last:
                row = [*last[:10], *row[10:11], *last[11:]]
            last = row
            yield Comment(n=place, author=f"c{place}", text=" ".join(row))


def peak_mib() -> int:
    """Return the most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
