"""Windows that the encoder reads, and which of them decides each sentence."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import NamedTuple

MAX_PIECES = 208  # the encoder was trained on windows of 112 to 216 pieces
OVERLAP = 0.2  # of a window may be read a second time, as context of the next


class Window(NamedTuple):
    """Token ranges: what is read, and the middle part that is decided here."""

    start: int
    end: int
    own_start: int
    own_end: int


def plan_windows(
    sizes: list[int],
    sentences: list[tuple[int, int]],
    *,
    max_pieces: int = MAX_PIECES,
    overlap: float = OVERLAP,
) -> list[Window]:
    """Return windows over all tokens; their own parts meet without gap or overlap.

    Windows hold whole sentences; only a sentence above `max_pieces` is cut. The border
    between two windows lies in the middle of what both read.

    Args:
        sizes: pieces of each token.
        sentences: token ranges that cover all tokens.
        max_pieces: pieces of a window with its two marks.
        overlap: how far back, as a share of the window, the next one may start.
    """
    before = [0, *accumulate(sizes)]
    stretches = [
        part for s, e in sentences for part in _cut_long(s, e, before, max_pieces - 2)
    ]
    reads: list[tuple[int, int]] = []
    first = 0
    while first < len(stretches):
        last = first
        begin = before[stretches[first][0]]
        while (
            last + 1 < len(stretches)
            and before[stretches[last + 1][1]] - begin <= max_pieces - 2
        ):
            last += 1
        reads.append((first, last + 1))
        if last + 1 == len(stretches):
            break
        first = _step_back(stretches, before, first, last + 1, overlap * max_pieces)
    return _share_out(reads, stretches)


def _cut_long(
    start: int, end: int, before: list[int], room: int
) -> list[tuple[int, int]]:
    """Return [start, end) in parts of at most `room` pieces."""
    parts = []
    begin = start
    for token in range(start, end):
        if before[token + 1] - before[begin] > room and token > begin:
            parts.append((begin, token))
            begin = token
    parts.append((begin, end))
    return parts


def _step_back(
    stretches: list[tuple[int, int]],
    before: list[int],
    first: int,
    following: int,
    room: float,
) -> int:
    """Return the stretch at which the window after [first, following) begins."""
    limit = before[stretches[following][0]] - room
    back = following
    while back - 1 > first and before[stretches[back - 1][0]] >= limit:
        back -= 1
    return back


def _share_out(
    reads: list[tuple[int, int]], stretches: list[tuple[int, int]]
) -> list[Window]:
    """Return the windows with borders in the middle of each overlap.

    Where one long sentence follows, several windows may end before it; those whose own
    part would be empty are left out.
    """
    borders = [0]
    for (_, end), (start, _) in pairwise(reads):
        borders.append(stretches[(start + end) // 2][0])
    borders.append(stretches[-1][1] if stretches else 0)
    return [
        Window(stretches[s][0], stretches[e - 1][1], own_start, own_end)
        for (s, e), (own_start, own_end) in zip(reads, pairwise(borders), strict=True)
        if own_start < own_end
    ]
