"""How likely a link is right: its kind, and whom both ends stand for."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sayso.extract.links_tie import Tie
from sayso.record.entities import ActorKind
from sayso.vocab.confidence import Judged, probability

_SMALL = frozenset({"the", "a", "an", "of"})


def signs(ties: Sequence[Tie]) -> dict[str, float]:
    """Return what sureness is worked out from: logs, yes or no.

    Ends that share a word of their names ("a club official", "the club") are often one
    actor taken for two; ends that are often mentioned are resolved better.

    Args:
        ties: The tellings of one link.
    """
    first, second = ties[0].from_, ties[0].to
    way = max(tie.confidence for tie in ties)
    return {
        "way": math.log(way / (1 - way)),
        "from_is_person": float(first.kind is ActorKind.PERSON),
        "to_is_organisation": float(second.kind is ActorKind.ORGANISATION),
        "to_speaks": float(second.speaks),
        "names_share_word": float(
            not _words(first.name).isdisjoint(_words(second.name))
        ),
        "from_name_words": math.log(len(first.name.split())),
        "from_mentions": math.log(first.mentions),
        "to_mentions": math.log(second.mentions),
    }


def sureness(ties: Sequence[Tie]) -> float:
    """Return the probability that a link is right, rounded to .01."""
    return probability(Judged.LINK, signs(ties))


def _words(name: str) -> set[str]:
    return set(name.lower().split()) - _SMALL
