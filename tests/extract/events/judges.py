"""A judge for tests of events: it answers what the test says, without a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.extract.events.features import TYPES
from sayso.extract.events.mentions import Mention
from sayso.extract.events.telling import STATUSES
from sayso.record import Status

Floats = npt.NDArray[np.float32]


class Answers(NamedTuple):
    """What `Judge.triggers` returns."""

    types: Floats
    modes: Floats
    generic: Floats
    factual: Floats


class SaidJudge:
    """Types by order of the candidates, none without any; the rest by one number."""

    modes = (("ASSAULT", ""), ("ASSAULT", "firearms"), ("PROTEST", "demo"))

    def __init__(
        self,
        *,
        kinds: Sequence[str | None] = (),
        alike: float = 0.0,
        status: Status | None = Status.HAPPENED,
        implied: Status | None = None,
        part: int = 0,
    ) -> None:
        self._kinds, self._alike, self._part = kinds, alike, part
        self._status, self._implied = status, implied

    def triggers(self, rows: Floats) -> Answers:
        """Return the kinds that the test gave, in the order of the words."""
        types = np.stack([types_of(k) for k in self._kinds or [None] * len(rows)])
        assert len(types) == len(rows), "one kind a candidate"
        modes = np.tile(np.array([0.1, 0.9, 0.5], np.float32), (len(rows), 1))
        zero = np.zeros(len(rows), np.float32)
        return Answers(types, modes, zero, zero)

    def same(self, rows: Floats) -> Floats:
        """Return one number for all pairs."""
        return np.full(len(rows), self._alike, np.float32)

    def roles(self, rows: Floats) -> Floats:
        """Return one role for all pairs; 0 is none."""
        return _sure(len(rows), 5, self._part)

    def told(self, rows: Floats) -> Floats:
        """Return one status for all voices that name an act."""
        return _sure(len(rows), 9, _number(self._status))

    def implied(self, rows: Floats) -> Floats:
        """Return one status for all voices that do not name it."""
        return _sure(len(rows), 9, _number(self._implied))


def types_of(kind: str | None, sure: float = 0.9) -> Floats:
    """Return probabilities of no act and all types."""
    types = np.full(1 + len(TYPES), (1 - sure) / len(TYPES), np.float32)
    types[0 if kind is None else 1 + TYPES.index(kind)] = sure
    return types


def mention(token: int, kind: str = "ASSAULT", *, sure: float = 0.9) -> Mention:
    """Return a mention of an act."""
    return Mention(
        token=token,
        kind=kind,
        mode=None,
        types=types_of(kind, sure),
        generic=0.0,
        factual=0.0,
    )


def _number(status: Status | None) -> int:
    return 0 if status is None else 1 + STATUSES.index(status)


def _sure(rows: int, answers: int, best: int) -> Floats:
    out = np.full((rows, answers), 0.1 / (answers - 1), np.float32)
    out[:, best] = 0.9
    return out
