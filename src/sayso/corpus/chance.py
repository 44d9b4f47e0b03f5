"""How likely a shared phrase is by chance, when topics make words cluster.

The number of authors who use a phrase follows a beta-binomial: its mean comes from a
background corpus, its spread from how words cluster within a thread there. A binomial
would take every topic for a finding.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sayso.corpus.pages import Ints

Floats = np.ndarray[Any, np.dtype[np.float64]]

GRID = 8  # steps an octave of the rates: a rate rounds up by at most 9 %


def log_tail(authors: int, rate: float, spread: float) -> Floats:
    """Return log P(K >= k | K >= 1) for k = 1 … `authors`, float64 (authors,).

    K is beta-binomial over `authors` with mean `rate` and precision `spread`. Phrases
    are tested because they occur at all, hence the condition; it also makes the sum
    exact without gamma functions, as only ratios of neighbours are needed.

    Args:
        authors: How many could use the phrase.
        rate: Share of authors who do in the background, 0 < rate < 1.
        spread: The sum of the two beta parameters; small where words cluster.
    """
    alpha, beta = rate * spread, (1 - rate) * spread
    k = np.arange(1, authors, dtype=np.float64)
    steps = np.log((authors - k) / (k + 1)) + np.log(
        (alpha + k) / (beta + authors - k - 1)
    )
    weights = np.concatenate([[0.0], np.cumsum(steps)])
    tail: Floats = np.logaddexp.accumulate(weights[::-1])[::-1]
    tail -= tail[0]
    return tail


def log_p(authors: int, used_by: Ints, rates: Floats, spreads: Floats) -> Floats:
    """Return log p of each phrase, float64 (phrases,).

    Rates are rounded up to a grid, so that phrases share their sums; that makes p a
    little larger than it is, never smaller.
    """
    steps = np.ceil(np.log2(np.clip(rates, 1e-12, 0.5)) * GRID).astype(np.int64)
    out = np.zeros(len(used_by))
    keys = np.stack([steps, spreads.astype(np.int64)], axis=1)
    kinds, inverse = np.unique(keys, axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)  # numpy 2.0 alone gives it a second axis
    for number, (step, spread) in enumerate(kinds):
        rate = min(2.0 ** (int(step) / GRID), 0.5)
        tail = log_tail(authors, rate, float(spread))
        own = inverse == number
        out[own] = tail[used_by[own] - 1]
    return out


def false_share(p: Floats, tests: int) -> Floats:
    """Return q of each finding by Benjamini and Hochberg, float64 (findings,).

    Args:
        p: Of the findings at hand; all other tests have a larger one.
        tests: How many tests there were in all.
    """
    order = np.argsort(p, kind="stable")
    ranks = np.arange(1, len(p) + 1)
    stepped = np.minimum.accumulate((p[order] * tests / ranks)[::-1])[::-1]
    out = np.empty(len(p))
    out[order] = np.minimum(stepped, 1.0)
    return out
