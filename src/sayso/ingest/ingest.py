"""PIECES -> PROJECT: what is new is read and kept, batch by batch."""

from __future__ import annotations

import hashlib
import itertools
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from sayso.engine import Outcome as Told
from sayso.intake import Failure, Piece
from sayso.record import Record
from sayso.store.base import Store
from sayso.store.run import Added, Outcome, Raw, Run
from sayso.store.run import Failure as KeptFailure

ReadAll = Callable[[Iterable[Piece | Failure]], Iterator[Told]]
"""Gives what became of each piece, in order: an engine."""
Found = Piece | Failure

BATCH = 50
"""Reports kept at once; a batch is what a cut may cost."""
BATCH_SECONDS = 20.0
"""Slow reports are kept earlier than that."""
ASKED_BYTES = 16 * 1024 * 1024
"""Of the pieces held while the project is asked whether it knows them."""


class Tally(msgspec.Struct, kw_only=True):
    """How far an ingest has come; counts up."""

    known: int = 0
    """Inputs that need not be read: they gave their reports before."""
    new: int = 0
    merged: int = 0
    """Reports known before, now with more keys or comments, or from a newer kit."""
    unchanged: int = 0
    failed: int = 0
    read: int = 0
    """Inputs that were read; several may give one report."""

    @property
    def inputs(self) -> int:
        """Return how many inputs are done."""
        return self.known + self.read

    def add(self, added: Added, batch: Sequence[Read]) -> None:
        """Count a batch."""
        self.read += len(batch)
        self.failed += sum(one.failed for one in batch)
        self.new += added.new
        self.merged += added.merged
        self.unchanged += added.unchanged


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """One input and what it gave."""

    input: str
    digest: str
    outcome: Told
    raw: bytes | None = None
    url: str | None = None
    retrieved: str | None = None

    @property
    def failed(self) -> bool:
        """Tell whether it gave no report."""
        return isinstance(self.outcome, Failure)


def ingest(
    found: Iterable[Found],
    store: Store,
    read_all: ReadAll,
    *,
    keep_raw: bool = False,
    parameters: dict[str, str] | None = None,
    tell: Callable[[Failure], None] = lambda _: None,
) -> Iterator[Tally]:
    """Read what a project does not know and keep it; gives the tally after each batch.

    Args:
        found: Pieces, and inputs that hold none.
        store: The project.
        read_all: The engine; it is only called if there is something to read.
        keep_raw: Keep the bytes of each piece with its report.
        parameters: How the ingest was called, for the list of runs.
        tell: Called with each failure once it is kept.
    """
    tally = Tally()
    unknown = Unknown(found, store, tally)
    first = next(unknown, None)
    if first is None:
        yield tally
        return
    reads = read_pieces(itertools.chain([first], unknown), read_all, keep_raw)
    keeper = Keeper(store, parameters or {})
    for batch in keeper.keep_all(reads, tally, tell):
        unknown.done(one.digest for one in batch)
        yield tally
    keeper.end()


class Unknown(Iterator[Found]):
    """Of all that was found, what the project has not acknowledged."""

    def __init__(self, found: Iterable[Found], store: Store, tally: Tally) -> None:
        self._chunks = _chunks(found)
        self._ready: deque[Found] = deque()
        self._store = store
        self._tally = tally
        self._in_work: set[str] = set()

    def __next__(self) -> Found:
        while not self._ready:
            self._ready.extend(self._unknown(next(self._chunks)))
        return self._ready.popleft()

    def done(self, digests: Iterable[str]) -> None:
        """Take note that these are kept: the project knows them from now on."""
        self._in_work.difference_update(digests)

    def _unknown(self, chunk: list[Found]) -> Iterator[Found]:
        digests = [one.digest for one in chunk]
        known = self._store.acknowledged(digests) | self._in_work
        for digest, one in zip(digests, chunk, strict=True):
            if digest in known:
                self._tally.known += 1
            else:
                self._in_work.add(digest)
                known |= {digest}
                yield one


def read_pieces(
    found: Iterable[Found], read_all: ReadAll, keep_raw: bool
) -> Iterator[Read]:
    """Give each input with what the engine made of it."""
    waiting: deque[Found] = deque()

    def watched() -> Iterator[Found]:
        for one in found:
            waiting.append(one)
            yield one

    for outcome in read_all(watched()):
        yield join(waiting.popleft(), outcome, keep_raw)


def join(one: Found, outcome: Told, keep_raw: bool) -> Read:
    """Return an input with what it gave."""
    is_kept = keep_raw and isinstance(one, Piece)
    return Read(
        input=one.key,
        digest=one.digest,
        outcome=outcome,
        raw=one.content if is_kept and isinstance(one, Piece) else None,
        url=one.given.url if isinstance(one, Piece) else None,
        retrieved=one.retrieved if isinstance(one, Piece) else None,
    )


def in_batches(reads: Iterable[Read]) -> Iterator[list[Read]]:
    """Give what was read in batches, full or old enough."""
    batch: list[Read] = []
    began = time.monotonic()
    for one in reads:
        batch.append(one)
        if len(batch) >= BATCH or time.monotonic() - began > BATCH_SECONDS:
            yield batch
            batch, began = [], time.monotonic()
    if batch:
        yield batch


class Keeper:
    """Keeps batches in a project, as one run of it."""

    def __init__(self, store: Store, parameters: dict[str, str]) -> None:
        self._store = store
        self._parameters = parameters
        self._run: Run | None = None

    def keep_all(
        self, reads: Iterable[Read], tally: Tally, tell: Callable[[Failure], None]
    ) -> Iterator[list[Read]]:
        """Keep what was read, and give each batch once it is kept.

        Args:
            reads: Inputs with what they gave.
            tally: Counted up.
            tell: Called with each failure.
        """
        for batch in in_batches(reads):
            tally.add(self._keep(batch), batch)
            for one in batch:
                if isinstance(one.outcome, Failure):
                    tell(one.outcome)
            yield batch

    def _keep(self, batch: list[Read]) -> Added:
        """Keep a batch as a whole; when this returns, it outlives a loss of power."""
        records = [one.outcome for one in batch if isinstance(one.outcome, Record)]
        run = self._run or self._start(records)
        return self._store.add_records(
            records,
            raw=[raw for one in batch if (raw := _raw(one))],
            outcomes=[_outcome(one, run.id) for one in batch],
        )

    def end(self) -> None:
        """Note that the run has come to its end."""
        if self._run:
            self._store.end_run(self._run.id, now())

    def _start(self, records: list[Record]) -> Run:
        started = now()
        told = msgspec.json.encode([started, time.monotonic_ns(), self._parameters])
        self._run = Run(
            id=hashlib.sha256(told).hexdigest()[:12],
            kit=records[0].kit.digest() if records else "",
            parameters=self._parameters,
            started=started,
        )
        self._store.start_run(self._run)
        return self._run


def now() -> str:
    """Return the present time as projects keep it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _outcome(one: Read, run: str) -> Outcome:
    if isinstance(one.outcome, Record):
        reports = (one.outcome.report.id,)
        return Outcome(run=run, input=one.input, digest=one.digest, reports=reports)
    error = one.outcome.error
    failure = KeptFailure(
        input=one.input, reason=error.message, mend=error.mend, time=now()
    )
    return Outcome(run=run, input=one.input, digest=one.digest, failure=failure)


def _raw(one: Read) -> Raw | None:
    if one.raw is None or not isinstance(one.outcome, Record):
        return None
    report = one.outcome.report
    return Raw(
        report=report.id,
        content=one.raw,
        digest=hashlib.sha256(one.raw).hexdigest(),
        url=one.url or report.url,
        retrieved=one.retrieved,
    )


def _chunks(found: Iterable[Found]) -> Iterator[list[Found]]:
    chunk: list[Found] = []
    size = 0
    for one in found:
        chunk.append(one)
        size += len(one.content) if isinstance(one, Piece) else 0
        if len(chunk) >= BATCH or size > ASKED_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
