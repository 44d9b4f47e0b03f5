"""Who stands inside whose words: the chain from a statement up to the outlet."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.scene import Draft, Scene, size
from sayso.record.span import Span


def find_outer(scene: Scene, drafts: Sequence[Draft]) -> list[int | None]:
    """Return for each draft the number of the one whose content holds its cue.

    Of several the smallest content wins, the outer one of a chain having the larger.
    A link that would close a ring is left out, so that each chain ends at the outlet.
    """
    outer: list[int | None] = [None] * len(drafts)
    sizes = [size(draft.content) for draft in drafts]
    holders = _contents_by_paragraph(scene, drafts)
    for number, draft in enumerate(drafts):
        here = holders.get(scene.paragraph_of(draft.cue.start), [])
        around = {
            other
            for span, other in here
            if span.holds(draft.cue) and drafts[other].cue != draft.cue
        }
        for other in sorted(around, key=lambda n: (sizes[n], n)):
            if not _reaches(outer, other, number):
                outer[number] = other
                break
    return outer


def _contents_by_paragraph(
    scene: Scene, drafts: Sequence[Draft]
) -> dict[int, list[tuple[Span, int]]]:
    """Return content spans, each of which lies in one paragraph, with their draft."""
    found: dict[int, list[tuple[Span, int]]] = {}
    for number, draft in enumerate(drafts):
        for span in draft.content:
            found.setdefault(scene.paragraph_of(span.start), []).append((span, number))
    return found


def _reaches(outer: Sequence[int | None], start: int, goal: int) -> bool:
    at: int | None = start
    while at is not None:
        if at == goal:
            return True
        at = outer[at]
    return False
