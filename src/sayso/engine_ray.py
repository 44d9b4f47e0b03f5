"""Reads pieces on a Ray cluster; results come back as segments in a shared folder.

Pieces are handed out in windows. The machines read a window and write what it gives as
Parquet; when all of it is there a manifest is put beside it, and only then is it a
segment. A piece that kills its worker is read again here, so that it fails alone.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from sayso.engine import PieceReader, map_items, open_piece_reader
from sayso.engine_segments import Segment, read_rows, row_of, seal, to_table, write_rows
from sayso.errors import UsageError
from sayso.intake import Failure, Piece

WINDOW = 5_000
"""Pieces of a segment: enough to repay the start of the workers, some seconds."""
WINDOW_BYTES = 256 * 1024 * 1024
BLOCK = 16
"""Pieces that a worker gets at once."""
RESTARTS = 3
"""Of a worker that dies; then the pieces that are missing are read here."""


def write_segments(
    found: Iterable[Piece | Failure],
    folder: Path,
    *,
    open_reader: Callable[[], PieceReader] = open_piece_reader,
    keep_raw: bool = False,
    window: int = WINDOW,
) -> Iterator[Segment]:
    """Give a segment for each window of pieces, once it is whole.

    Args:
        found: What is to be read; failures among it are passed on.
        folder: Reached by all machines of the cluster under the same name.
        open_reader: Called once by each worker of the cluster.
        keep_raw: Put the bytes of the pieces into the segments.
        window: Pieces of a segment.

    Raises:
        UsageError: Ray is not installed.
    """
    join_cluster()
    for taken in _windows(found, window):
        place = folder.absolute() / f"segment-{_name(taken)}"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        pieces = [one for one in taken if isinstance(one, Piece)]
        _read_on_cluster(pieces, place, open_reader, keep_raw)
        _read_rest(taken, place, open_reader, keep_raw)
        yield seal(place)


def join_cluster() -> None:
    """Make this process part of the cluster, or of one on this machine.

    Raises:
        UsageError: Ray is not installed.
    """
    try:
        import ray
        from ray.data import DataContext
    except ImportError as error:
        raise UsageError(
            "Ray is not installed", mend="pip install 'sayso[ray]'"
        ) from error
    logging.getLogger("ray").setLevel(logging.ERROR)  # it tells of each step
    if not ray.is_initialized():
        ray.init(log_to_driver=False, logging_level=logging.ERROR)
    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.max_errored_blocks = -1  # what they held is read here


def _windows(
    found: Iterable[Piece | Failure], window: int
) -> Iterator[list[Piece | Failure]]:
    taken: list[Piece | Failure] = []
    size = 0
    for one in found:
        taken.append(one)
        size += len(one.content) if isinstance(one, Piece) else 0
        if len(taken) >= window or size >= WINDOW_BYTES:
            yield taken
            taken, size = [], 0
    if taken:
        yield taken


def _name(taken: Sequence[Piece | Failure]) -> str:
    told = "\n".join(one.digest for one in taken)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _read_on_cluster(
    pieces: Sequence[Piece],
    place: Path,
    open_reader: Callable[[], PieceReader],
    keep_raw: bool,
) -> None:
    import ray

    if not pieces:
        return
    packed = [{"piece": msgspec.msgpack.encode(one)} for one in pieces]
    blocks = -(-len(packed) // BLOCK)
    resources: Any = ray.cluster_resources  # untyped
    # One processor is left for what writes the segment.
    workers = max(1, min(blocks, int(resources().get("CPU", 1)) - 1))
    ray.data.from_items(packed, override_num_blocks=blocks).map_batches(
        _Worker,
        fn_constructor_args=(open_reader, keep_raw),
        batch_size=BLOCK,
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(min_size=1, max_size=workers),
        num_cpus=1,
        ray_remote_args_fn=lambda: {"max_restarts": RESTARTS, "max_task_retries": 1},
    ).write_parquet(str(place))


def _read_rest(
    taken: Sequence[Piece | Failure],
    place: Path,
    open_reader: Callable[[], PieceReader],
    keep_raw: bool,
) -> None:
    """Read what the cluster has not: failures of intake, and pieces that kill."""
    done = {row.digest for path in place.glob("*.parquet") for row in read_rows(path)}
    rest = [one for one in taken if one.digest not in done]
    if rest:
        # In other processes, as they may die of it.
        outcomes = map_items(rest, open_reader=open_reader, jobs=2)
        rows = [
            row_of(one, outcome, keep_raw=keep_raw)
            for one, outcome in zip(rest, outcomes, strict=True)
        ]
        write_rows(rows, place / "rest.parquet")


class _Worker:
    """One actor of the cluster, with a reader of its own."""

    def __init__(self, open_reader: Callable[[], PieceReader], keep_raw: bool) -> None:
        self._reader = open_reader()
        self._keep_raw = keep_raw

    def __call__(self, table: Any) -> Any:
        """Return what some pieces give, as a table."""
        packed = table.column("piece").to_pylist()
        pieces = [msgspec.msgpack.decode(one, type=Piece) for one in packed]
        outcomes = map_items(pieces, open_reader=lambda: self._reader)
        return to_table(
            row_of(one, outcome, keep_raw=self._keep_raw)
            for one, outcome in zip(pieces, outcomes, strict=True)
        )
