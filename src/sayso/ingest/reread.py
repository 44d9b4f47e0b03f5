"""PROJECT -> PROJECT: records of another kit are made anew; judgements stay."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from sayso.engine import Outcome as Told
from sayso.ingest.ingest import Keeper, Read, Tally
from sayso.intake import Failure
from sayso.record import Fingerprint, Flag, Record, Report
from sayso.store.base import Store

PAGE = 50
"""Records taken at once: no longer than that is the project held open for reading."""


def reread(
    store: Store,
    kit: Fingerprint,
    read_all: Callable[[Iterable[Report]], Iterator[Told]],
    *,
    tell: Callable[[Failure], None] = lambda _: None,
) -> Iterator[Tally]:
    """Read all reports that another kit has read; gives the tally after each batch.

    Args:
        store: The project.
        kit: Of the engine; records that it made are left as they are.
        read_all: The engine.
        tell: Called with each failure once it is kept.
    """
    tally = Tally()
    reports = (bare(one.report) for one in _others(store, kit, tally))
    first = next(reports, None)
    if first is None:
        yield tally
        return
    keeper = Keeper(store, {"command": "reread"})
    waiting: list[Report] = []

    def watched() -> Iterator[Report]:
        for report in itertools.chain([first], reports):
            waiting.append(report)
            yield report

    reads = (_join(waiting.pop(0), told) for told in read_all(watched()))
    for _ in keeper.keep_all(reads, tally, tell):
        yield tally
    keeper.end()


def bare(report: Report) -> Report:
    """Return a report without the flags that reading its claims has added."""
    flags = tuple(one for one in report.flags if one is not Flag.UNATTRIBUTED_QUOTE)
    return replace(report, flags=flags)


def _others(store: Store, kit: Fingerprint, tally: Tally) -> Iterator[Record]:
    after: str | None = None
    while page := list(itertools.islice(store.records(after=after), PAGE)):
        after = page[-1].report.id
        for record in page:
            if record.kit == kit:
                tally.known += 1
            else:
                yield record


def _join(report: Report, told: Told) -> Read:
    # Not the digest of an input: what was acknowledged stays so, whatever happens here.
    return Read(input=report.key, digest=f"reread {report.id}", outcome=told)
