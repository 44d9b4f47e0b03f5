"""The event heads: rows of `sayso.extract.events.features` to probabilities."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import onnxruntime as ort

from sayso.reading.decode import Floats

HEADS = ("trigger", "factual", "same", "roles", "told", "implied")
CHUNK = 512
"""Rows a run: a long report must not take memory by the square of its mentions."""


class TriggerScores(NamedTuple):
    """Answers on words, one row a word."""

    types: Floats
    """Probabilities float32 (words, 17): no act, then the types."""
    modes: Floats
    """Scores float32 (words, modes), to be compared within one type."""
    generic: Floats
    """Probability float32 (words,) of no particular occasion."""
    factual: Floats
    """float32 (words,), -3 (did not happen) to 3 (happened)."""


class EventHeads(NamedTuple):
    """All heads on events, one onnxruntime session each, on one thread."""

    modes: tuple[tuple[str, str], ...]
    """Type and mode of each column of `TriggerScores.modes`; the mode may be empty."""
    sessions: dict[str, ort.InferenceSession]

    def triggers(self, rows: Floats) -> TriggerScores:
        """Return what each word names."""
        types, modes, generic = self._run("trigger", rows)
        (factual,) = self._run("factual", rows)
        return TriggerScores(types, modes, generic[:, 1], factual[:, 0])

    def same(self, rows: Floats) -> Floats:
        """Return the probability float32 (pairs,) that two mentions name one act."""
        return self._run("same", rows)[0][:, 1]

    def roles(self, rows: Floats) -> Floats:
        """Return probabilities float32 (pairs, 5): no part, then the roles."""
        return self._run("roles", rows)[0]

    def told(self, rows: Floats) -> Floats:
        """Return probabilities float32 (pairs, 9): no assertion, then the statuses."""
        return self._run("told", rows)[0]

    def implied(self, rows: Floats) -> Floats:
        """Return the same of voices that do not name the act."""
        return self._run("implied", rows)[0]

    def _run(self, name: str, rows: Floats) -> list[Floats]:
        session = self.sessions[name]
        parts = [
            session.run(None, {"rows": rows[at : at + CHUNK]})
            for at in range(0, max(1, len(rows)), CHUNK)
        ]
        return [np.concatenate(out) for out in zip(*parts, strict=True)]
