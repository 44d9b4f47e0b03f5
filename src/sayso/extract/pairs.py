"""What one actor does to another in one sentence: the type of event of a given pair.

The events of a report are found by their words; here the two participants are known
and the type is asked for, as coders of event data do it. PLOVER types that only differ
in whether a concession is carried out, CONCEDE and RETREAT, are one: YIELD.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from sayso.extract.pairs_terms import PairTerms, read_pair
from sayso.reading.types import Reading, TokenRange
from sayso.vocab.event_words import EventWords

Floats = npt.NDArray[np.float32]


class PairHead(Protocol):
    """What judges a pair; `sayso.reading.plover.load_pair_head` makes one."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Types in the order of the probabilities."""

    @property
    def words(self) -> EventWords:
        """The list of event words that the head was trained with."""

    def score(self, pair: PairTerms) -> Floats:
        """Return the probability of each type, float32 (labels,); sums to 1."""


def pair_type(
    reading: Reading,
    actor: TokenRange | None,
    recipient: TokenRange | None,
    head: PairHead,
) -> tuple[str, float]:
    """Return the likeliest type of what `actor` does to `recipient`, and how likely.

    Args:
        reading: The Reading of the report or sentence.
        actor: Tokens that name who acts; None if the text does not say.
        recipient: Tokens that name whom it befalls; None if nobody is named.
        head: The trained head.

    Raises:
        ValueError: Neither is given, or a range is empty.
    """
    scores = head.score(read_pair(reading, actor, recipient, head.words))
    best = int(scores.argmax())
    return head.labels[best], float(scores[best])
