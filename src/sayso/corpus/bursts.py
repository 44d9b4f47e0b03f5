"""Bursts: comments that come faster than those before and after them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np

from sayso.corpus.chance import Floats, false_share
from sayso.record import Burst, Comment

MIN_COMMENTS = 5
MAX_Q = 0.01
WINDOWS_S = (60, 300, 900, 3600)
SURROUNDINGS = 12  # windows on either side that tell the usual rate
PRIOR = 1.0  # comments that every surrounding is taken to have beside those seen


class _Timed(NamedTuple):
    second: float
    comment: Comment


class _Run(NamedTuple):
    first: int
    end: int
    p: float


def find_bursts(comments: Sequence[Comment]) -> tuple[Burst, ...]:
    """Return the bursts of a thread by time; none if too few comments have a time.

    Every stretch of some lengths is compared with its surroundings, as threads are
    fast when new and slow down: a Poisson test at the rate round it, corrected for the
    number of stretches.
    """
    timed = sorted(_timed(comments), key=lambda one: (one.second, one.comment.n))
    if len(timed) < 2 * MIN_COMMENTS:
        return ()
    seconds = np.array([one.second for one in timed])
    runs = [run for window in WINDOWS_S for run in _runs(seconds, window)]
    if not runs:
        return ()
    tests = len(timed) * len(WINDOWS_S)
    qs = false_share(np.array([run.p for run in runs]), tests)
    found = sorted(
        (run.p, run.first, run.end, float(q))
        for run, q in zip(runs, qs, strict=True)
        if q <= MAX_Q
    )
    kept: list[tuple[float, int, int, float]] = []
    for row in found:
        if all(row[2] <= other[1] or row[1] >= other[2] for other in kept):
            kept.append(row)
    return tuple(
        Burst(
            comments=tuple(one.comment.n for one in timed[first:end]),
            start=timed[first].comment.time or "",
            end=timed[end - 1].comment.time or "",
            expected=p * tests,
            p=p,
            q=q,
        )
        for p, first, end, q in sorted(kept, key=lambda row: row[1])
    )


def seconds_of(comment: Comment) -> float | None:
    """Return when a comment came in seconds since 1970, UTC if no zone is named.

    None for a day without a time of day: it cannot show who came fast.
    """
    time = comment.time or ""
    if "T" not in time.replace(" ", "T", 1):
        return None
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.timestamp()


def _timed(comments: Sequence[Comment]) -> Iterator[_Timed]:
    for comment in comments:
        second = seconds_of(comment)
        if second is not None:
            yield _Timed(second, comment)


def _runs(seconds: Floats, window: int) -> Iterator[_Run]:
    """Yield the stretches of one length that begin with a comment."""
    ends = np.searchsorted(seconds, seconds + window, side="right")
    reach = window * SURROUNDINGS
    lows = np.searchsorted(seconds, seconds - reach)
    highs = np.searchsorted(seconds, seconds + window + reach, side="right")
    sizes = ends - np.arange(len(seconds))
    around = highs - lows - sizes + PRIOR
    seen = np.minimum(seconds + window + reach, seconds[-1])
    seen -= np.maximum(seconds - reach, seconds[0])
    means = around / np.maximum(seen / window - 1, 1.0)
    # What is no more than usual is likely by chance: it can be left out.
    for first in np.flatnonzero((sizes >= MIN_COMMENTS) & (sizes - 1 > means)).tolist():
        size, mean = int(sizes[first]), float(means[first])
        yield _Run(first, int(ends[first]), poisson_tail(size - 1, mean))


def poisson_tail(count: int, mean: float) -> float:
    """Return the chance of at least `count` where `mean` are expected."""
    if count <= 0:
        return 1.0
    log = -mean + count * math.log(mean) - math.lgamma(count + 1)
    total, term, k = 0.0, 1.0, count
    while term > 1e-17 * total:
        total += term
        k += 1
        term *= mean / k
    return min(math.exp(log) * total, 1.0)
