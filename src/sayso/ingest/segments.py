"""SEGMENTS -> PROJECT: the one committer of what a cluster has read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sayso.engine_segments import Row, Segment, find_segments
from sayso.ingest.ingest import Found, Keeper, Read, Tally, Unknown
from sayso.intake import Failure
from sayso.store.base import Store

WriteSegments = Callable[[Iterable[Found]], Iterator[Segment]]


def segments_beside(project: str) -> Path:
    """Return the folder of segments of a project, if no other is asked for."""
    return Path(f"{project}.segments")


def ingest_segments(
    found: Iterable[Found],
    store: Store,
    folder: Path,
    write_segments: WriteSegments,
    *,
    parameters: dict[str, str] | None = None,
    tell: Callable[[Failure], None] = lambda _: None,
) -> Iterator[Tally]:
    """Keep what a cluster reads; gives the tally after each batch.

    Segments that an earlier ingest left are kept first, then the project tells what is
    still unknown.

    Args:
        found: Pieces, and inputs that hold none.
        store: The project.
        folder: Of the segments.
        write_segments: The engine.
        parameters: How the ingest was called, for the list of runs.
        tell: Called with each failure once it is kept.
    """
    tally = Tally()
    keeper = Keeper(store, parameters or {})
    unknown = Unknown(found, store, tally)
    for segment in itertools.chain(find_segments(folder), write_segments(unknown)):
        for batch in keeper.keep_all(map(_read, segment.rows()), tally, tell):
            unknown.done(one.digest for one in batch)
            yield tally
        segment.remove()
    keeper.end()
    yield tally
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _read(row: Row) -> Read:
    return Read(
        input=row.input,
        digest=row.digest,
        outcome=row.outcome,
        raw=row.raw,
        url=row.url,
        retrieved=row.retrieved,
    )
