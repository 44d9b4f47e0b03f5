"""Numbers of people, each put to the act that they are told of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.extract.counts_mention import CountMention
from sayso.extract.events.joining import CAPTURE
from sayso.extract.events.mentions import Mention
from sayso.extract.events.stage import Stage
from sayso.extract.events.telling import Telling
from sayso.record.claims import Counted

# Kinds of act that befall people in each way, the likeliest first.
FITTING: Mapping[Counted, tuple[str, ...]] = {
    Counted.KILLED: ("ASSAULT", "PROTEST", "COERCE", "SANCTION"),
    Counted.INJURED: ("ASSAULT", "PROTEST", "COERCE"),
    Counted.MISSING: ("ASSAULT", "COERCE"),
    Counted.DETAINED: ("COERCE", "ASSAULT", "SANCTION", "ACCUSE"),
    Counted.DISPLACED: ("ASSAULT", "COERCE", "RETREAT"),
    Counted.ABDUCTED: ("ASSAULT", "COERCE"),
    Counted.RELEASED: ("RETREAT", "COOPERATE", "AGREE"),
}
TAKEN = frozenset({Counted.ABDUCTED, Counted.DETAINED, Counted.MISSING})
"""What befalls people who are led off; the dead of a raid belong to the raid."""
SURE = 0.8
"""Probability from which a word surely names an act."""
REACH = 10
"""Sentences from a number to the act that it is told of."""


def attach_counts(
    stage: Stage,
    groups: Sequence[Sequence[Mention]],
    kinds: Sequence[str],
    told: Sequence[Mapping[int, Telling]],
    counts: Sequence[CountMention],
) -> list[list[tuple[CountMention, int]]]:
    """Return for each act its counts, with the number of the voice that gives each.

    The act that a count's own word names comes first, then one that surely is an act,
    and no leading off where people were killed or hurt, then one of a fitting kind in
    the same sentence, then one that the same voice speaks of, then the nearest before.
    """
    found: list[list[tuple[CountMention, int]]] = [[] for _ in groups]
    for count in counts:
        voice = stage.voice_numbers[count.head]
        scored = [
            (_fit(stage, group, kinds[n], told[n], count, voice), -n)
            for n, group in enumerate(groups)
        ]
        best = max((pair for pair in scored if pair[0] is not None), default=None)
        if best is not None:
            found[-best[1]].append((count, voice))
    return found


def _fit(
    stage: Stage,
    group: Sequence[Mention],
    kind: str,
    told: Mapping[int, Telling],
    count: CountMention,
    voice: int,
) -> tuple[float, ...] | None:
    """Return how well an act fits a count, to be compared; None: not at all."""
    named = any(m.token in (count.anchor, count.head) for m in group)
    fitting = FITTING[count.what]
    if not named and kind not in fitting:
        return None
    here = stage.sentence_numbers[count.anchor]
    gaps = [here - stage.sentence_numbers[m.token] for m in group]
    nearest = min(gaps, key=lambda gap: (abs(gap), -gap))
    if abs(nearest) > REACH:
        return None
    return (
        float(named),
        float(max(1 - float(m.types[0]) for m in group) > SURE),
        float(count.what in TAKEN or not any(m.mode == CAPTURE for m in group)),
        float(kind in fitting[:1]),
        float(nearest == 0),
        float(voice in told),
        float(nearest >= 0),
        -float(abs(nearest)),
        float(len(group)),
    )
