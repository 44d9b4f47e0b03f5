"""Words for what an act did to people, told apart from the act itself.

"Gunmen attacked the post ... seven were killed ... 300 families fled": the deaths and
the flight are effects of the attack, counted there, and no acts of their own while the
report names what caused them (conflict codebook D10 for the displaced).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sayso.extract.counts_mention import CountMention
from sayso.extract.events.features import LOSSES
from sayso.extract.events.mentions import Mention
from sayso.extract.events.stage import Stage
from sayso.record.claims import Counted

FLIGHTS = frozenset({"flee", "displace", "displacement", "uproot"})
CAUSE = "ASSAULT"
REACH = 10
"""Sentences from an effect to the act that may have caused it."""


def drop_effects(
    stage: Stage,
    groups: Sequence[Sequence[Mention]],
    counts: Sequence[CountMention],
    kind_of: Callable[[Sequence[Mention]], str],
) -> list[Sequence[Mention]]:
    """Return the groups without those that name nothing but what another act did.

    Args:
        stage: The report.
        groups: Mentions by act.
        counts: Numbers of people, whose words tell who was driven out.
        kind_of: The type of a group.
    """
    driven = {c.anchor for c in counts if c.what is Counted.DISPLACED}

    def is_effect(group: Sequence[Mention]) -> bool:
        return all(
            m.token in driven or stage.lemmas[m.token] in LOSSES | FLIGHTS
            for m in group
        )

    causes = [
        stage.sentence_numbers[mention.token]
        for group in groups
        if kind_of(group) == CAUSE and not is_effect(group)
        for mention in group
    ]

    def is_caused(group: Sequence[Mention]) -> bool:
        places = [stage.sentence_numbers[mention.token] for mention in group]
        return any(abs(a - b) <= REACH for a in places for b in causes)

    return [g for g in groups if not (is_effect(g) and is_caused(g))]
