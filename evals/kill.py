"""What kill -9 costs: `python -m evals.kill --into FOLDER --rounds 500`.

Each round begins one of four kinds of work on a project in a child process, kills it at
a random moment, opens the project and compares it with what the child had been told is
kept. The work goes on where it was in the next round of its kind. Reports are made
ones, read by a stand-in, so that what is tested is the keeping and not the model.

Only where processes can fork: each child begins at once, with all modules loaded.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import msgspec

from evals.made import make_record
from evals.sets import table
from sayso.engine import map_items
from sayso.export.export import export
from sayso.export.formats import ExportFormat, Options
from sayso.ingest.ingest import BATCH, ingest
from sayso.intake import Piece
from sayso.intake.pieces import PieceKind
from sayso.record import Record, Verdict
from sayso.store import projects
from sayso.store.judgements import decide
from sayso.store.migrations import load_migrations
from sayso.store.projects import open_project

REPORTS, GROUP = 400, 10
"""Reports of a project, and after how many rounds of a kind a new one begins."""
LONGEST = 0.6
"""Seconds after the beginning until the kill, at most."""
NEWER = (
    "alter table reports add column extra $text;"
    + "".join(
        f"create index x{n} on reports (title, published, id);" for n in range(20)
    )
    + "update reports set extra = title;"
)
"""A migration to come, slow enough to be met."""
OUTS = {
    ".jsonl": ExportFormat.JSONL,
    ".sqlite": ExportFormat.SQLITE,
    "-csv": ExportFormat.CSV,
}
"""A file, a file written in place, and a folder."""
Work = Callable[["Scene"], None]


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """Where the rounds of one kind take place."""

    folder: Path
    seed: int

    @property
    def project(self) -> Path:
        """Return the path of the project."""
        return self.folder / "killed.sayso"

    def note(self, kind: str, value: object) -> None:
        """Write down what happened, so that it outlives the kill."""
        line = json.dumps([kind, value]) + "\n"
        with (self.folder / "log").open("a", encoding="utf-8") as log:
            log.write(line)

    def notes(self, kind: str) -> list[object]:
        """Return what was written down; a line that was cut is none."""
        log = self.folder / "log"
        lines = log.read_text("utf-8").split("\n")[:-1] if log.exists() else []
        return [value for told, value in map(json.loads, lines) if told == kind]


def pieces(scene: Scene) -> Iterator[Piece]:
    """Give the numbers of made records as pieces, in an order of their own."""
    numbers = list(range(REPORTS))
    random.Random(scene.seed).shuffle(numbers)
    for number in numbers:
        row = msgspec.json.encode({"text": str(number), "id": str(number)})
        yield Piece(name="made", number=number, kind=PieceKind.ROW, content=row)


def take_in(scene: Scene) -> None:
    """Ingest; note each report that is read, and what is kept after each batch."""

    def read(piece: Piece) -> Record:
        scene.note("read", piece.number)
        time.sleep(0.001)
        return make_record(piece.number or 0)

    read_all = partial(map_items, open_reader=lambda: read)
    with open_project(scene.project, create=True) as store:
        for tally in ingest(pieces(scene), store, read_all):
            scene.note("kept", tally.known + tally.new)


def check_ingest(scene: Scene) -> list[str]:
    """Return what is wrong after an ingest was killed."""
    if not scene.project.exists():
        return ["lost"] if scene.notes("kept") else []
    with open_project(scene.project, create=True) as store:
        found = {record.report.id: record for record in store.records()}
        rows = store.info().statements
    wanted = {one.report.id: one for one in map(make_record, range(REPORTS))}
    wrong = []
    if len(found) < max([int(str(kept)) for kept in scene.notes("kept")], default=0):
        wrong.append("lost")
    halves = [one for key, one in found.items() if one != wanted.get(key)]
    if halves or rows != sum(len(one.statements) for one in found.values()):
        wrong.append("half")
    return wrong


def judge(scene: Scene) -> None:
    """Decide on row after row; note each decision that is kept."""
    with open_project(scene.project, create=True) as store:
        if not store.info().reports:
            store.add_records(map(make_record, range(20)))
        for number, record in enumerate(store.records()):
            for row in record.statements[: number + 5]:
                moment = f"2026-01-01T00:00:00.{time.monotonic_ns()}Z"
                verdict = decide(
                    record, row.id, Verdict.CONFIRM, coder="a", time=moment
                )
                store.judge([verdict])
                scene.note("judged", verdict.id)


def check_judgements(scene: Scene) -> list[str]:
    """Return what is wrong after a coder was killed."""
    if not scene.project.exists():
        return ["lost"] if scene.notes("judged") else []
    with open_project(scene.project, create=True) as store:
        kept = {one.id for one in store.judgements()}
        is_half = store.info().reports not in (0, 20)
    lost = set(scene.notes("judged")) - kept
    return ["lost"] * bool(lost) + ["half"] * is_half


def bring_forward(scene: Scene) -> None:
    """Migrate a project to tables that are still to come."""
    known = load_migrations()
    if not scene.notes("filled"):
        with open_project(scene.project, create=True) as store:
            store.add_records(map(make_record, range(100)))
        scene.note("filled", 100)
    _with_migrations((*known, NEWER), scene)


def _with_migrations(scripts: tuple[str, ...], scene: Scene) -> None:
    known = load_migrations
    projects.load_migrations = lambda: scripts
    try:
        open_project(scene.project).close()
    finally:
        projects.load_migrations = known


def check_migration(scene: Scene) -> list[str]:
    """Return what is wrong after a migration was killed; then begin it anew."""
    if not scene.notes("filled"):
        scene.project.unlink(missing_ok=True)  # killed before there was one
        return []
    version = _version(scene.project)
    scripts = (*load_migrations(), NEWER)[:version]
    known = load_migrations
    projects.load_migrations = lambda: scripts
    try:
        with open_project(scene.project) as store:
            found = list(store.records())
    finally:
        projects.load_migrations = known
    wanted = sorted(map(make_record, range(100)), key=lambda one: one.report.id)
    if version == len(load_migrations()) + 1:
        for path in scene.folder.glob("*"):
            path.unlink()
    return [] if found == wanted else ["lost"]


def _version(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("pragma user_version").fetchone()[0])
    finally:
        connection.close()


def leave(scene: Scene) -> None:
    """Export a project to a new name again and again."""
    with open_project(scene.project, create=True) as store:
        if not store.info().reports:
            store.add_records(map(make_record, range(100)))
        for number in range(1000):
            for name, form in OUTS.items():
                out = scene.folder / f"out-{number}{name}"
                _remove(out)
                export(store.records(), out, form, Options())
                scene.note("left", out.name)


def check_export(scene: Scene) -> list[str]:
    """Return what is wrong after an export was killed."""
    if not scene.project.exists():
        return []
    with open_project(scene.project, create=True) as store:
        count = store.info().reports
    found = {_reports_in(out) for out in scene.folder.glob("out-*")}
    for out in scene.folder.glob("*out-*"):
        _remove(out)
    wrong = ["half"] * bool(found - {count}) + ["lost"] * (count not in (0, 100))
    return wrong


def _reports_in(out: Path) -> int:
    """Return how many reports an export holds; -1 if it is not whole."""
    if out.suffix == ".jsonl":
        return len(out.read_bytes().splitlines())
    if out.suffix == ".sqlite":
        with closing(sqlite3.connect(out)) as tables:
            return int(tables.execute("select count(*) from reports").fetchone()[0])
    manifest = out / "manifest.json"
    if not manifest.exists():
        return -1
    told = json.loads(manifest.read_bytes())
    is_whole = all((out / one["file"]).exists() for one in told["files"])
    return int(told["reports"]) if is_whole else -1


def _remove(out: Path) -> None:
    if out.is_dir():
        shutil.rmtree(out)
    else:
        out.unlink(missing_ok=True)


KINDS: dict[str, tuple[Work, Callable[[Scene], list[str]]]] = {
    "ingest": (take_in, check_ingest),
    "judgement": (judge, check_judgements),
    "migration": (bring_forward, check_migration),
    "export": (leave, check_export),
}


class Count(msgspec.Struct, kw_only=True):
    """What the rounds of one kind came to."""

    rounds: int = 0
    killed: int = 0
    """Before the work was done."""
    lost: int = 0
    half: int = 0
    unopened: int = 0
    repeated: int = 0
    """The most reports that one kill made an ingest read again."""


def run_rounds(folder: Path, rounds: int, seed: int = 1) -> dict[str, Count]:
    """Kill as many times and return the counts by kind of work."""
    chosen = random.Random(seed)
    counts = {kind: Count() for kind in KINDS}
    for round_ in range(rounds):
        kind = list(KINDS)[round_ % len(KINDS)]
        count = counts[kind]
        place = folder / f"{kind}-{count.rounds // GROUP}"
        place.mkdir(parents=True, exist_ok=True)
        scene = Scene(folder=place, seed=seed)
        work, check = KINDS[kind]
        count.rounds += 1
        count.killed += kill_during(work, scene, chosen.random() * LONGEST)
        try:
            wrong = check(scene)
        except Exception as error:  # noqa: BLE001 - whatever it is, it does not open
            print(f"{kind}, round {count.rounds}: {error}")
            count.unopened += 1
            continue
        count.lost += "lost" in wrong
        count.half += "half" in wrong
        if kind == "ingest":
            count.repeated = max(count.repeated, _repeated(scene))
    return counts


def _repeated(scene: Scene) -> int:
    """Return how many reports were read that a kill before had cost."""
    read = scene.notes("read")
    with open_project(scene.project, create=True) as store:
        kept = store.info().reports
    before = scene.notes("done")
    scene.note("done", [len(read), kept])
    reads, had = before[-1] if before else (0, 0)
    return (len(read) - int(reads)) - (kept - int(had))


def kill_during(work: Work, scene: Scene, seconds: float) -> bool:
    """Do it in a child, kill that after some seconds; tell whether it was at work."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work(scene)
            code = 0
        finally:
            os._exit(code)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError(f"{scene.folder}: the work failed by itself")
    return os.WIFSIGNALED(status)


def main() -> None:
    """Kill, and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, required=True, help="an empty folder")
    parser.add_argument("--rounds", type=int, default=500)
    args = parser.parse_args()
    counts = run_rounds(args.into, args.rounds)
    head = ("work", "rounds", "killed in it", "lost", "half", "unopened", "read again")
    rows = [
        (kind, one.rounds, one.killed, one.lost, one.half, one.unopened, one.repeated)
        for kind, one in counts.items()
    ]
    print(table([head, *rows]))
    print(f"a batch has {BATCH} reports")


if __name__ == "__main__":
    main()
