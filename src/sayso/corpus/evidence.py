"""A second kind of evidence for a phrase, where the first says too much.

From about a thousand authors on every ordinary phrase of the topic is shared beyond
chance. What else its comments have in common is then worth more: a time, an origin,
other phrases. These are counts beside those to be expected, no tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum

import msgspec

from sayso.record import Comment, Thread

MIN_COMMENTS = 3
MIN_TIMES = 2.0  # as many as if phrase and the other finding had nothing to do


class EvidenceKind(StrEnum):
    """What the comments with a phrase have in common besides it."""

    BURST = "burst"
    """They came in bursts."""
    COPY = "copy"
    """They share other words as copies, or parts of them, do."""
    AUTHORS = "authors"
    """Those who use the phrase use another finding, too."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """How far a talking point goes together with another finding."""

    kind: EvidenceKind
    count: int
    """Comments, or authors, that have both."""
    expected: float
    """How many would if the two were spread over the thread by themselves."""
    phrase: str | None = None
    """The other talking point, of `authors`."""


def find_evidence(
    thread: Thread, comments: Iterable[Comment]
) -> tuple[tuple[Evidence, ...], ...]:
    """Return for each talking point of a thread what else speaks for it."""
    author_of = {comment.n: comment.author for comment in comments}
    comments_of = Counter(author_of.values())
    used = [{one.n for one in point.comments} for point in thread.talking_points]
    bursts = {n for burst in thread.bursts for n in burst.comments}
    copies = {n for group in thread.copies for n in group.comments}
    # Who has written one comment cannot have used another phrase elsewhere.
    by = [
        {author_of[n]: n for n in numbers if comments_of[author_of[n]] > 1}
        for numbers in used
    ]
    everybody = sum(count > 1 for count in comments_of.values())
    found = []
    for at, numbers in enumerate(used):
        together = [
            _both(EvidenceKind.BURST, numbers, bursts, len(author_of)),
            _both(EvidenceKind.COPY, numbers, copies, len(author_of)),
            _other_phrase(thread, by, at, everybody),
        ]
        found.append(tuple(one for one in together if one is not None))
    return tuple(found)


def _both(
    kind: EvidenceKind,
    left: AbstractSet[int | str],
    right: AbstractSet[int | str],
    total: int,
    phrase: str | None = None,
) -> Evidence | None:
    count = len(left & right)
    expected = len(left) * len(right) / max(total, 1)
    if count < MIN_COMMENTS or count < MIN_TIMES * expected:
        return None
    return Evidence(kind=kind, count=count, expected=round(expected, 2), phrase=phrase)


def _other_phrase(
    thread: Thread, by: Sequence[Mapping[str, int]], at: int, everybody: int
) -> Evidence | None:
    """Return the finding that most of the same authors use in another comment."""
    best = None
    for other, point in enumerate(thread.talking_points):
        if other == at:
            continue
        # In one comment two phrases are one text: that tells nothing more.
        same = {name for name, n in by[at].items() if by[other].get(name) == n}
        left, right = by[at].keys() - same, by[other].keys() - same
        one = _both(EvidenceKind.AUTHORS, left, right, everybody, point.phrase)
        if one is not None and (best is None or one.count > best.count):
            best = one
    return best
