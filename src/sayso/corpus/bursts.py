"""Bursts: comments that come faster than those before and after them."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np

from sayso.corpus.chance import Floats, false_share
from sayso.corpus.pages import Ints
from sayso.record import Burst, Comment

MIN_COMMENTS = 5
MAX_Q = 0.01
WINDOWS_S = (60, 300, 900, 3600)
SURROUNDINGS = 12  # windows on either side that tell the usual rate
PRIOR = 1.0  # comments that every surrounding is taken to have beside those seen


class _Runs(NamedTuple):
    """Stretches of time, as arrays: the first comment, one past the last, chance."""

    firsts: Ints
    ends: Ints
    p: Floats


def find_bursts(comments: Sequence[Comment]) -> tuple[Burst, ...]:
    """Return the bursts of a thread by time; none if too few comments have a time.

    Every stretch of some lengths is compared with its surroundings, as threads are
    fast when new and slow down: a Poisson test at the rate round it, corrected for the
    number of stretches.
    """
    moments, places = _timed(comments)
    if len(moments) < 2 * MIN_COMMENTS:
        return ()
    order = np.lexsort((places, moments))
    seconds, places = moments[order], places[order]
    parts = [_runs(seconds, window) for window in WINDOWS_S]
    runs = _Runs(*map(np.concatenate, zip(*parts, strict=True)))
    tests = len(seconds) * len(WINDOWS_S)
    qs = false_share(runs.p, tests)
    good = np.flatnonzero(qs <= MAX_Q)
    columns = (runs.p[good], runs.firsts[good], runs.ends[good], qs[good])
    found = sorted(zip(*(one.tolist() for one in columns), strict=True))
    kept: list[tuple[float, int, int, float]] = []
    for row in found:
        if all(row[2] <= other[1] or row[1] >= other[2] for other in kept):
            kept.append(row)
    return tuple(
        Burst(
            comments=tuple(one.n for one in own),
            start=own[0].time or "",
            end=own[-1].time or "",
            expected=p * tests,
            p=p,
            q=q,
        )
        for p, first, end, q in sorted(kept, key=lambda row: row[1])
        for own in [[comments[place] for place in places[first:end].tolist()]]
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


def _timed(comments: Iterable[Comment]) -> tuple[Floats, Ints]:
    """Return when those comments came that tell it, and their places."""
    moments, places = array("d"), array("q")
    for place, comment in enumerate(comments):
        second = seconds_of(comment)
        if second is not None:
            moments.append(second)
            places.append(place)
    return np.array(moments), np.array(places)


def _runs(seconds: Floats, window: int) -> _Runs:
    """Return the stretches of one length that begin with a comment."""
    ends = np.searchsorted(seconds, seconds + window, side="right")
    reach = window * SURROUNDINGS
    lows = np.searchsorted(seconds, seconds - reach)
    highs = np.searchsorted(seconds, seconds + window + reach, side="right")
    sizes = ends - np.arange(len(seconds))
    around = highs - lows - sizes + PRIOR
    seen = np.minimum(seconds + window + reach, seconds[-1])
    seen -= np.maximum(seconds - reach, seconds[0])
    means = around / np.maximum(seen / window - 1, 1.0)
    # Up to two standard deviations above the mean p is over MAX_Q, whatever the mean.
    unusual = sizes - 1 > means + 2 * np.sqrt(means)
    firsts = np.flatnonzero((sizes >= MIN_COMMENTS) & unusual)
    return _Runs(firsts, ends[firsts], poisson_tails(sizes[firsts] - 1, means[firsts]))


def poisson_tails(counts: Ints, means: Floats) -> Floats:
    """Return the chances of at least `counts` (1 or more) where `means` are expected.

    Sums the series from each count on until its terms tell nothing more.
    """
    kinds, inverse = np.unique(counts, return_inverse=True)
    factorials = np.array([math.lgamma(count + 1) for count in kinds.tolist()])
    logs = counts * np.log(means) - means - factorials[inverse]
    totals = np.ones(len(counts))
    going, term, k = np.arange(len(counts)), np.ones(len(counts)), counts
    while len(going):
        k = k + 1
        term = term * (means[going] / k)
        totals[going] += term
        more = term > 1e-17 * totals[going]
        going, term, k = going[more], term[more], k[more]
    tails: Floats = np.minimum(np.exp(logs) * totals, 1.0)
    return tails
