"""Who stands inside whose words: the chain from a statement up to the outlet."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.scene import Draft, size


def find_outer(drafts: Sequence[Draft]) -> list[int | None]:
    """Return for each draft the number of the one whose content holds its cue.

    Of several the smallest content wins, the outer one of a chain having the larger.
    A link that would close a ring is left out, so that each chain ends at the outlet.
    """
    outer: list[int | None] = [None] * len(drafts)
    for number, draft in enumerate(drafts):
        holders = (
            other
            for other, holder in enumerate(drafts)
            if holder.cue != draft.cue
            and any(span.holds(draft.cue) for span in holder.content)
        )
        for other in sorted(holders, key=lambda n: (size(drafts[n].content), n)):
            if not _reaches(outer, other, number):
                outer[number] = other
                break
    return outer


def _reaches(outer: Sequence[int | None], start: int, goal: int) -> bool:
    at: int | None = start
    while at is not None:
        if at == goal:
            return True
        at = outer[at]
    return False
