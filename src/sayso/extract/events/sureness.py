"""How likely an event is found and typed right."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sayso.extract.events.features import TYPES
from sayso.extract.events.mentions import Mention
from sayso.extract.events.parts import Part
from sayso.vocab.confidence import Judged, probability


def signs(
    mentions: Sequence[Mention], kind: str, voices: int, parts: Sequence[Part]
) -> dict[str, float]:
    """Return what sureness is worked out from, in log odds and logs of counts.

    Args:
        mentions: Words that name the act, one at least.
        kind: Its type.
        voices: How many speak of it.
        parts: Who takes part; `part` is how sure the surest of them is, 0 of none.
    """
    named = max(1 - float(m.types[0]) for m in mentions)
    typed = sum(float(m.types[1 + TYPES.index(kind)]) for m in mentions) / sum(
        1 - float(m.types[0]) for m in mentions
    )
    return {
        "named": _log_odds(named),
        "typed": _log_odds(typed),
        "mentions": math.log(len(mentions)),
        "voices": math.log(voices),
        "part": max((part.sure for part in parts), default=0.0),
    }


def sureness(
    mentions: Sequence[Mention], kind: str, voices: int, parts: Sequence[Part]
) -> float:
    """Return the probability that an event is right, rounded to .01."""
    return probability(Judged.EVENT, signs(mentions, kind, voices, parts))


def _log_odds(share: float) -> float:
    clipped = min(max(share, 0.01), 0.99)
    return math.log(clipped / (1 - clipped))
