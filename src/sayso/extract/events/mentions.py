"""Mentions of acts: the words that name them, with what the heads make of each."""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One word that names an act."""

    token: int
    kind: str
    """PLOVER type."""
    mode: str | None
    types: Floats
    """Probabilities float32 (17,): no act, then the types in order."""
    generic: float
    """Probability that no particular occasion is meant."""
    factual: float
    """From -3 (did not happen) to 3 (happened), as the sentence has it."""
