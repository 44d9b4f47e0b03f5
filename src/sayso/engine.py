"""Reads many reports: in this process, or in worker processes of one thread each.

Results come in the order of the reports and are the same, byte for byte, for any
number of workers. A report that cannot be read, even one that kills its worker, gives
a Failure in its place; the others go on.
"""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import Any, Generic, Protocol, Self, TypeVar

from msgspec.structs import replace

from sayso.corpus.threads import Number, find_thread
from sayso.corpus.words import number_words
from sayso.errors import ReadingError, SaysoError
from sayso.intake import Failure, Piece, read_piece
from sayso.kit import Kit, load_kit
from sayso.pipeline import read_report
from sayso.reading.encoder import read_text
from sayso.record import Comment, Flag, Record, Report, Thread
from sayso.vocab.background import Background, load_background
from sayso.vocab.gazetteer import JoinedGazetteer
from sayso.vocab.gazetteer_files import load_own_places

Reader = Callable[[Report], Record]
PieceReader = Callable[[Piece], Record]
Outcome = Record | Failure


class Named(Protocol):
    """What a record is made of: a report, or a piece that holds one."""

    @property
    def key(self) -> str:
        """Return what its user calls it."""
        ...


Item = TypeVar("Item", bound=Named)

AHEAD = 4  # reports handed out for each worker: keeps all busy, bounds the memory


def open_reader(model: Path | None = None, *, places: Sequence[Path] = ()) -> Reader:
    """Return what reads a report with the kit of a model folder.

    Args:
        model: The folder; None is the model that comes with sayso.
        places: The user's own gazetteers, asked before the shipped one.

    Raises:
        ModelError: The model is missing, damaged or does not fit.
        VocabError: A lexicon or gazetteer has a fault.
    """
    return partial(read_with_thread, kit=with_places(load_kit(model), places))


def with_places(kit: Kit, places: Sequence[Path]) -> Kit:
    """Return a kit that asks the user's own gazetteers first, and says so."""
    if not places:
        return kit
    joined = JoinedGazetteer([*map(load_own_places, places), kit.gazetteer])
    told = f"{joined.digest} {kit.ranker.digest}"
    fingerprint = replace(kit.fingerprint, gazetteer=told)
    return replace(kit, gazetteer=joined, fingerprint=fingerprint)


def open_piece_reader() -> PieceReader:
    """Return what reads a report out of its piece, with the kit that comes with sayso.

    Raises:
        ModelError: The model is missing, damaged or does not fit.
        VocabError: A lexicon has a fault.
    """
    reader = open_reader()
    return lambda piece: reader(read_piece(piece))


def read_with_thread(
    report: Report, kit: Kit, *, background: Background | None = None
) -> Record:
    """Return the record of a report, with what its comments do.

    Args:
        report: The report; without comments nothing is added to its record.
        kit: What it is read with.
        background: How often phrases stand in other text; None is the shipped table.
    """
    record = read_report(report, kit)
    if not report.comments or Flag.UNSUPPORTED_LANGUAGE in report.flags:
        return record
    thread = read_thread(
        report.comments,
        article=report.text,
        kit=kit,
        background=background or load_background(),
    )
    return replace(record, thread=thread)


def read_thread(
    comments: Sequence[Comment],
    *,
    article: str,
    kit: Kit,
    background: Background,
    number: Number = number_words,
) -> Thread:
    """Return what the comments of one thread do; few of them need to be read for it."""
    return find_thread(
        comments,
        article=article,
        background=background,
        read=lambda comment: read_text(kit.model, comment.text),
        number=number,
    )


def map_reports(
    reports: Iterable[Report | Failure],
    *,
    open_reader: Callable[[], Reader] = open_reader,
    jobs: int = 1,
) -> Iterator[Outcome]:
    """Give the record of each report, or why there is none, in the order of input.

    Args:
        reports: What intake gives; its failures are passed on in their places.
        open_reader: See `map_items`.
        jobs: Number of worker processes; 1 reads in this process.
    """
    return map_items(reports, open_reader=open_reader, jobs=jobs)


def map_items(
    items: Iterable[Item | Failure],
    *,
    open_reader: Callable[[], Callable[[Item], Record]],
    jobs: int = 1,
) -> Iterator[Outcome]:
    """Give the record of each report or piece, or why there is none, in their order.

    Args:
        items: Reports or pieces; failures among them are passed on in their places.
        open_reader: Called once by each worker; with `jobs` above 1 it must be a
            function of a module, as workers get it by name.
        jobs: Number of worker processes; 1 reads in this process.
    """
    if jobs == 1:
        reader = open_reader()
        for item in items:
            yield item if isinstance(item, Failure) else _try(reader, item)
    else:
        yield from _map_in_processes(items, open_reader, jobs)


def _try(reader: Callable[[Item], Record], report: Item) -> Outcome:
    try:
        return reader(report)
    except Exception as error:  # noqa: BLE001 - one bad report must not end the batch
        return _failure(report, error)


def _failure(report: Named, error: Exception) -> Failure:
    if isinstance(error, SaysoError):
        return Failure(input=report.key, error=error)
    told = ReadingError(
        f"{report.key}: reading stopped with {type(error).__name__}: {error}",
        mend="please report this fault, with the text if you may share it",
    )
    # As text: a traceback cannot pass from a worker process to its parent.
    trace = "".join(traceback.format_exception(error))
    return Failure(input=report.key, error=told, trace=trace)


def _map_in_processes(
    reports: Iterable[Item | Failure],
    open_reader: Callable[[], Callable[[Item], Record]],
    jobs: int,
) -> Iterator[Outcome]:
    waiting: deque[tuple[Item, Future[Outcome]] | Failure] = deque()
    with _Workers(open_reader, jobs) as workers, _Workers(open_reader, 1) as spare:
        for report in reports:
            if isinstance(report, Failure):
                waiting.append(report)
            else:
                waiting.append((report, workers.submit(report)))
            if len(waiting) > AHEAD * jobs:
                yield _wait(waiting.popleft(), spare)
        while waiting:
            yield _wait(waiting.popleft(), spare)


def _wait(
    item: tuple[Item, Future[Outcome]] | Failure, spare: _Workers[Item]
) -> Outcome:
    if isinstance(item, Failure):
        return item
    report, outcome = item
    try:
        return outcome.result()
    except BrokenProcessPool:
        # Any of the reports in work may be the one that killed it: each gets a second
        # try, alone, so that only the guilty one fails.
        return _alone(report, spare)


def _alone(report: Item, spare: _Workers[Item]) -> Outcome:
    try:
        return spare.submit(report).result()
    except BrokenProcessPool:
        error = ReadingError(
            f"{report.key}: the worker process that read it died",
            mend="free some memory or split the report; its text may be too large",
        )
        return Failure(input=report.key, error=error)


class _Workers(Generic[Item]):
    """Worker processes that are started anew after one of them died."""

    def __init__(
        self, open_reader: Callable[[], Callable[[Item], Record]], jobs: int
    ) -> None:
        self._open_reader = open_reader
        self._jobs = jobs
        self._pool = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def submit(self, report: Item) -> Future[Outcome]:
        try:
            return self._pool.submit(_work, report)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = self._start()
            return self._pool.submit(_work, report)

    def _start(self) -> ProcessPoolExecutor:
        # Spawned, not forked: the caller may hold threads of onnxruntime and locks.
        return ProcessPoolExecutor(
            self._jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start_worker,
            initargs=(self._open_reader,),
        )


_reader: Callable[[Any], Record] | SaysoError | None = (
    None  # of this process, if it is a worker
)


def _start_worker(open_reader: Callable[[], Callable[[Any], Record]]) -> None:
    global _reader
    # Ctrl-C goes to all processes of a terminal; the parent ends the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _reader = open_reader()
    except SaysoError as error:
        _reader = error  # an initializer that raises would tell nobody why


def _work(report: Named) -> Outcome:
    if isinstance(_reader, SaysoError):
        raise _reader
    assert _reader is not None, "the pool runs _start_worker first"
    return _try(_reader, report)
