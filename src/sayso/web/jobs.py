"""Files dropped on the page are read one after another, beside the pages."""

from __future__ import annotations

import shutil
import threading
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

import msgspec

from sayso.errors import SaysoError, UsageError
from sayso.store.base import Store

KEPT = 50
MOST_WAITING = 200


class Job(msgspec.Struct, kw_only=True):
    """One file on its way into the project."""

    number: int
    name: str
    path: Path
    by: str
    """Who has dropped it."""
    state: str = "waiting"
    """waiting, reading, done or failed."""
    told: str = ""
    """How far it is and how long it will take, or what came of it."""


class Jobs:
    """The queue of files; one thread reads them while pages go on being served."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder: Path | None = None
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._count = 0

    def listed(self) -> tuple[Job, ...]:
        """Return the jobs of this session, newest first, as they are now."""
        with self._changed:
            return tuple(msgspec.structs.replace(job) for job in self._jobs)

    def folder(self) -> Path:
        """Return the folder for files to come; each gets one of its own in it."""
        with self._changed:
            if self._folder is None:
                self._folder = Path(mkdtemp(prefix="sayso-"))
            return Path(mkdtemp(dir=self._folder))

    def add(self, path: Path, *, by: str) -> Job:
        """Put a file at the end of the queue; it is removed when it has been read.

        Args:
            path: Of the file.
            by: Who has dropped it; the run tells.

        Raises:
            UsageError: Too many are waiting.
        """
        with self._changed:
            if sum(job.state == "waiting" for job in self._jobs) >= MOST_WAITING:
                raise UsageError(
                    "too many files are waiting",
                    mend="wait, or read a whole folder with `sayso ingest`",
                )
            self._count += 1
            job = Job(number=self._count, name=path.name, path=path, by=by)
            self._jobs.appendleft(job)
            while len(self._jobs) > KEPT and self._jobs[-1].state in ("done", "failed"):
                self._jobs.pop()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
            self._changed.notify_all()
            return job

    def close(self) -> None:
        """Remove files that were not read."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _work(self) -> None:
        while True:
            with self._changed:
                while (job := self._next()) is None:
                    self._changed.wait()
                job.state = "reading"
            try:
                failed = self._read(job)
                state = "failed" if failed else "done"
            except SaysoError as error:
                job.told, state = f"{error.message}; {error.mend}", "failed"
            finally:
                shutil.rmtree(job.path.parent, ignore_errors=True)
            with self._changed:
                job.state = state

    def _next(self) -> Job | None:
        waiting = [job for job in self._jobs if job.state == "waiting"]
        return waiting[-1] if waiting else None

    def _read(self, job: Job) -> bool:
        """Read one file into the project; tell whether all of it failed."""
        # Imported here: they bring the model, which pages do not need.
        from sayso.engine import map_items, open_piece_reader
        from sayso.ingest.ingest import Found, Tally, ingest
        from sayso.ingest.progress import Pace
        from sayso.intake import Failure, Meter, Piece, find_pieces, measure

        def named(found: Iterator[Found]) -> Iterator[Found]:
            """Call the file by its name: the folder is ours."""
            for one in found:
                if isinstance(one, Piece):
                    yield msgspec.structs.replace(one, name=job.name)
                else:
                    yield msgspec.structs.replace(one, input=job.name)

        reasons: list[Failure] = []
        tell: Callable[[Failure], None] = reasons.append
        meter, pace, tally = Meter(measure([job.path])), Pace(), Tally()
        job.told = "loading the model"
        for tally in ingest(
            named(find_pieces([job.path], meter=meter)),
            self._store,
            partial(map_items, open_reader=open_piece_reader),
            parameters={"files": job.name, "by": job.by},
            tell=tell,
        ):
            job.told = pace.tell(tally, meter)
        job.told = _summary(tally.new, tally.known + tally.unchanged, tally.failed)
        if reasons:
            job.told += f": {reasons[0].error.message}".replace(str(job.path), job.name)
        return bool(reasons) and not tally.new


def _summary(new: int, known: int, failed: int) -> str:
    told = [f"{new:,} new"]
    told += [f"{known:,} known before"] if known else []
    told += [f"{failed:,} failed"] if failed else []
    return ", ".join(told)
