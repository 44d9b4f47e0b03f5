"""What ingest promises, measured: `python -m evals.ingest FIGURE --into FOLDER`.

| figure | what is told |
|---|---|
| same | hash of the export of one set of reports, ingested three times, shuffled, in two processes, in split files and (with `--ray`) on a cluster of two nodes |
| share | seconds that the project takes for each second of reading reports |
| pages | pages of a web archive taken in each second, against trafilatura alone |
| size | bytes of the project against those of the articles |

Reports are the invented ones of `training/gold`, for `size` those of the conflict set,
each many times under names and dates of its own. `--reader none` puts a stand-in in
place of the model, where only the keeping counts.
"""  # noqa: E501 - a table cannot be broken

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, cast

from evals.conflict import load_gold
from evals.sets import DEFAULT_DATA, table
from sayso.engine import PieceReader, map_items, open_piece_reader
from sayso.ingest.ingest import Found, ReadAll, ingest
from sayso.ingest.segments import ingest_segments
from sayso.intake import Piece, find_pieces, read_paths, read_piece
from sayso.record import Fingerprint, Record, to_json
from sayso.store.base import Store
from sayso.store.projects import open_project

GOLD = Path(__file__).parent.parent / "training" / "gold"
NOTHING = Fingerprint(sayso="0.0.0", model="none", lexicons="none")


def reports(count: int, first: int = 0) -> Iterator[dict[str, object]]:
    """Give rows of invented reports, no two alike, numbered from `first`."""
    gold = [
        row
        for path in sorted(GOLD.glob("*.src.json"))
        for row in json.loads(path.read_text("utf-8"))
    ]
    return numbered(gold, count, first)


def numbered(
    gold: Sequence[dict[str, Any]], count: int, first: int = 0
) -> Iterator[dict[str, object]]:
    """Give as many rows out of some, no two alike, numbered from `first`."""
    for number in range(first, first + count):
        row = gold[number % len(gold)]
        day = f"20{10 + number % 14}-{1 + number % 12:02}-{1 + number % 28:02}"
        yield {
            "id": f"{row['doc_id']}-{number}",
            "outlet": row.get("outlet"),
            "published": day,
            "url": f"https://eval.example/{number}",
            "text": row["text"],
        }


def write_rows(path: Path, rows: Sequence[dict[str, object]]) -> Path:
    """Write rows as JSONL."""
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_text(lines, encoding="utf-8")
    return path


@contextmanager
def ingesting(project: Path, count: int = 20_000) -> Iterator[None]:
    """Run `sayso ingest` with one process on a project meanwhile.

    Args:
        project: What is read into; the first reports are there when the body begins.
        count: Of invented reports to read; too few end the evaluation.
    """
    first = time.time_ns()  # so that no project knows them
    command = [sys.executable, "-m", "sayso", "ingest"]
    with tempfile.TemporaryDirectory() as folder:
        rows = write_rows(Path(folder) / "more.jsonl", list(reports(count, first)))
        with subprocess.Popen([*command, str(rows), "--into", str(project)]) as child:
            try:
                _await_more(project, child)
                yield
                if child.poll() is not None:
                    raise SystemExit("the ingest was over before the evaluation")
            finally:
                child.kill()


def _await_more(project: Path, child: subprocess.Popen[bytes]) -> None:
    with open_project(project) as store:
        before = store.info().reports
        while store.info().reports == before:
            if child.poll() is not None:
                raise SystemExit("the ingest did not begin")
            time.sleep(0.1)


def open_nothing() -> PieceReader:
    """Return a reader that finds nothing."""
    return read_nothing


def read_nothing(piece: Piece) -> Record:
    """Return the record of a piece, without claims."""
    return Record(report=read_piece(piece), kit=NOTHING)


def take_in(project: Path, found: Iterator[Found], read_all: ReadAll) -> float:
    """Ingest and return the seconds that it took."""
    began = time.perf_counter()
    with open_project(project, create=True) as store:
        *_, tally = ingest(found, store, read_all)
    if tally.failed:
        raise SystemExit(f"{project}: {tally.failed} reports failed")
    return time.perf_counter() - began


def hash_of(project: Path) -> str:
    """Return what stands for all records of a project."""
    whole = hashlib.sha256()
    with open_project(project) as store:
        for record in store.records():
            whole.update(to_json(record))
    return whole.hexdigest()[:16]


def same(
    folder: Path, count: int, open_reader: Callable[[], PieceReader], ray: bool
) -> None:
    """Ingest one set of reports in several ways and print the hashes."""
    rows = list(reports(count))
    whole = write_rows(folder / "whole.jsonl", rows)
    random.Random(1).shuffle(rows)
    shuffled = write_rows(folder / "shuffled.jsonl", rows)
    half = count // 2
    parts = [
        write_rows(folder / "a.jsonl", rows[:half]),
        write_rows(folder / "b.jsonl", rows[half // 2 :]),
    ]
    here = partial(map_items, open_reader=open_reader)
    ways: dict[str, tuple[list[Path], ReadAll]] = {
        "three times, one process": ([whole, whole, whole], here),
        "shuffled": ([shuffled], here),
        "split, two processes": (parts, partial(here, jobs=2)),
    }
    told: list[tuple[object, ...]] = [("way", "seconds", "hash")]
    for number, (way, (paths, read_all)) in enumerate(ways.items()):
        project = folder / f"same-{number}.sayso"
        seconds = take_in(project, find_pieces(paths), read_all)
        told.append((way, round(seconds, 1), hash_of(project)))
    if ray:
        project = folder / "same-ray.sayso"
        seconds = take_in_on_cluster(project, [whole], open_reader)
        told.append(("Ray, two nodes", round(seconds, 1), hash_of(project)))
    print(table(told))
    print("identical" if len({row[2] for row in told[1:]}) == 1 else "NOT identical")


def take_in_on_cluster(
    project: Path, paths: Sequence[Path], open_reader: Callable[[], PieceReader]
) -> float:
    """Ingest on a cluster of two nodes on this machine; return the seconds."""
    import ray
    from ray.cluster_utils import Cluster

    from sayso.engine_ray import write_segments

    node = {"num_cpus": 1, "object_store_memory": 200_000_000}
    cluster = Cluster(initialize_head=True, head_node_args=node)
    cluster.add_node(**node)
    ray.init(address=cluster.address, log_to_driver=False)
    segments = project.with_suffix(".segments")
    write = partial(write_segments, folder=segments, open_reader=open_reader)
    began = time.perf_counter()
    with open_project(project, create=True) as store:
        *_, tally = ingest_segments(find_pieces(paths), store, segments, write)
    seconds = time.perf_counter() - began
    ray.shutdown()
    cluster.shutdown()
    if tally.failed:
        raise SystemExit(f"{project}: {tally.failed} reports failed")
    return seconds


class Timed:
    """A store that counts the time spent in it, as seconds and of the processor."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.seconds = self.worked = 0.0

    def __getattr__(self, name: str) -> Callable[..., object]:
        method = getattr(self._store, name)

        def timed(*args: object, **options: object) -> object:
            began, worked = time.perf_counter(), time.process_time()
            result = method(*args, **options)
            self.seconds += time.perf_counter() - began
            self.worked += time.process_time() - worked
            return result

        return timed


def share(folder: Path, count: int, open_reader: Callable[[], PieceReader]) -> None:
    """Print how long reading takes, and how long the project does."""
    rows = write_rows(folder / "share.jsonl", list(reports(count)))
    reader = open_reader()
    spent = [0.0, 0.0]

    def timed(piece: Piece) -> Record:
        began, worked = time.perf_counter(), time.process_time()
        record = reader(piece)
        spent[0] += time.perf_counter() - began
        spent[1] += time.process_time() - worked
        return record

    project = folder / "share.sayso"
    project.unlink(missing_ok=True)
    read_all = partial(map_items, open_reader=lambda: timed)
    began = time.perf_counter()
    with open_project(project, create=True) as opened:
        store = Timed(opened)
        *_, tally = ingest(find_pieces([rows]), cast(Store, store), read_all)
    whole = time.perf_counter() - began
    if tally.failed:
        raise SystemExit(f"{project}: {tally.failed} reports failed")
    text = sum(len(str(row["text"]).encode()) for row in reports(count))
    print(
        table(
            [
                ("figure", "value"),
                ("reports", count),
                ("reports a second", round(count / whole, 1)),
                ("reading, s", round(spent[0], 1)),
                ("project, s", round(store.seconds, 1)),
                ("project, share of reading", store.seconds / spent[0]),
                ("likewise, of processor time", store.worked / spent[1]),
                ("kB of text", round(text / 1000)),
                ("kB of the project", round(project.stat().st_size / 1000)),
            ]
        )
    )


def pages(folder: Path, count: int) -> None:
    """Print how fast pages of an archive become reports."""
    from trafilatura import bare_extraction

    archive = folder / "pages.warc.gz"
    made = [page(row) for row in reports(count)]
    with archive.open("wb") as file:
        for number, body in enumerate(made):
            file.write(gzip.compress(warc_record(number, body), 5))
    for _ in islice(read_paths([archive]), 5):
        pass  # so that both have their modules loaded
    began = time.process_time()
    found = sum(1 for _ in read_paths([archive]))
    ours = time.process_time() - began
    began = time.process_time()
    for body in made:
        bare_extraction(body.decode(), include_comments=False, with_metadata=True)
    theirs = time.process_time() - began
    print(
        table(
            [
                ("intake", "pages", "pages per processor second"),
                ("sayso, from the archive", found, round(found / ours, 1)),
                ("trafilatura alone", count, round(count / theirs, 1)),
                ("ratio", "", theirs / ours * found / count),
            ]
        )
    )


def size(folder: Path, rows: Sequence[dict[str, object]]) -> None:
    """Print how large a project of these reports is."""
    project = folder / "size.sayso"
    path = write_rows(folder / "size.jsonl", rows)
    take_in(
        project,
        find_pieces([path]),
        partial(map_items, open_reader=open_piece_reader),
    )
    with open_project(project) as store:
        info = store.info()
    text = sum(len(str(row["text"]).encode()) for row in rows)
    whole = project.stat().st_size
    print(
        table(
            [
                ("figure", "value"),
                ("reports", len(rows)),
                ("kB of an article", text / len(rows) / 1000),
                ("statements a kB", 1000 * info.statements / text),
                ("events a kB", 1000 * info.events / text),
                ("kB of the project", round(whole / 1000)),
                ("times the articles", whole / text),
            ]
        )
    )


def page(row: dict[str, object]) -> bytes:
    """Return a made page of a report, with what stands around articles."""
    title, _, rest = str(row["text"]).partition("\n\n")
    body = "".join(f"<p>{words}</p>" for words in rest.split("\n\n"))
    links = "".join(
        f'<li><a href="/{n}">Section {n} of the paper</a></li>' for n in range(40)
    )
    cards = "".join(
        f'<div class="card related"><a href="/r{n}"><img src="/{n}.jpg" alt="">'
        f"<span>Another story of the day, number {n}</span></a></div>"
        for n in range(60)
    )
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>"
        f'<meta property="article:published_time" content="{row["published"]}">'
        f'<link rel="canonical" href="{row["url"]}">'
        f"<style>{'p{margin:0}' * 400}</style>"
        f"</head><body><header><nav><ul>{links}</ul></nav></header>"
        f"<main><article><h1>{title}</h1>{body}</article><aside>{cards}</aside></main>"
        f"<footer><ul>{links}</ul></footer><script>{'var x=1;' * 2000}</script>"
        "</body></html>"
    ).encode()


def warc_record(number: int, body: bytes) -> bytes:
    """Return one answer of a server as a record of an archive."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://eval.example/{number}\r\n"
        "WARC-Date: 2026-01-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def main() -> None:
    """Measure one figure and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figure", choices=["same", "share", "pages", "size"])
    parser.add_argument("--into", type=Path, required=True, help="an empty folder")
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--reader", choices=["kit", "none"], default="kit")
    parser.add_argument("--ray", action="store_true", help="on a cluster as well")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    args = parser.parse_args()
    args.into.mkdir(parents=True, exist_ok=True)
    open_reader = open_piece_reader if args.reader == "kit" else open_nothing
    if args.figure == "same":
        same(args.into, args.reports, open_reader, args.ray)
    elif args.figure == "share":
        share(args.into, args.reports, open_reader)
    elif args.figure == "size":
        size(args.into, list(numbered(load_gold(args.data), args.reports)))
    else:
        pages(args.into, args.reports)


if __name__ == "__main__":
    main()
