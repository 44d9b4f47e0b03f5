"""How likely an event is found and typed right."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sayso.extract.events.features import TYPES
from sayso.extract.events.mentions import Mention

# Of `python -m training.event_confidence`: ECE .017, AUROC .822 out of fold.
WEIGHTS = (-1.978, 0.646, 0.278, 0.411, -0.074)


def signs(
    mentions: Sequence[Mention], kind: str, voices: int
) -> tuple[float, float, float, float]:
    """Return what sureness is worked out from, in log odds and counts."""
    named = max(1 - float(m.types[0]) for m in mentions)
    typed = sum(float(m.types[1 + TYPES.index(kind)]) for m in mentions) / sum(
        1 - float(m.types[0]) for m in mentions
    )
    return (
        _log_odds(named),
        _log_odds(typed),
        math.log(len(mentions)),
        math.log(voices),
    )


def sureness(mentions: Sequence[Mention], kind: str, voices: int) -> float:
    """Return the probability that an event is right, rounded to .01."""
    constant, *weights = WEIGHTS
    given = signs(mentions, kind, voices)
    logit = constant + sum(w * s for w, s in zip(weights, given, strict=True))
    return round(1 / (1 + math.exp(-logit)), 2)


def _log_odds(share: float) -> float:
    clipped = min(max(share, 0.01), 0.99)
    return math.log(clipped / (1 - clipped))
