"""How likely a statement is found right: its cue, its source and its content."""

from __future__ import annotations

import math

from sayso.extract.scene import Draft, Scene
from sayso.vocab.confidence import Judged, probability

_VERBS = frozenset({"VERB", "AUX"})


def signs(scene: Scene, draft: Draft, *, nested: bool) -> dict[str, float]:
    """Return what sureness is worked out from: log odds, logs of words, yes or no.

    Args:
        scene: The report.
        draft: The statement in the making.
        nested: Whether its cue stands in what another statement says.
    """
    start, end = scene.tokens_of(draft.cue)
    ranges = [scene.tokens_of(span) for span in draft.content]
    away = [max(first - end, start - last, 0) for first, last in ranges]
    tags = scene.reading.upos
    return draft.signs._asdict() | {
        "by_rule": float(not draft.stance),
        "cue_words": math.log(max(1, end - start)),
        "without_source": float(draft.source is None),
        "content_words": math.log1p(sum(last - first for first, last in ranges)),
        "content_away": math.log1p(min(away, default=0)),
        "content_has_verb": float(
            any(not _VERBS.isdisjoint(tags[first:last]) for first, last in ranges)
        ),
        "nested": float(nested),
    }


def sureness(scene: Scene, draft: Draft, *, nested: bool) -> float:
    """Return the probability that a statement is right, rounded to .01."""
    return probability(Judged.STATEMENT, signs(scene, draft, nested=nested))
