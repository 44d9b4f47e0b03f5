"""What the event heads answer; `sayso.reading.events` has the sessions behind it."""

from __future__ import annotations

from typing import Protocol

from sayso.extract.events.mentions import Floats


class TriggerAnswers(Protocol):
    """Answers on words, one row a word."""

    @property
    def types(self) -> Floats:
        """Probabilities float32 (words, 17): no act, then the types."""

    @property
    def modes(self) -> Floats:
        """Scores float32 (words, modes), to be compared within one type."""

    @property
    def generic(self) -> Floats:
        """Probability float32 (words,) of no particular occasion."""

    @property
    def factual(self) -> Floats:
        """float32 (words,), -3 (did not happen) to 3 (happened)."""


class Judge(Protocol):
    """The event heads: rows of `extract.events.features` in, probabilities out."""

    @property
    def modes(self) -> tuple[tuple[str, str], ...]:
        """Type and mode of the columns of `TriggerAnswers.modes`."""

    def triggers(self, rows: Floats) -> TriggerAnswers:
        """Return what each word names."""

    def same(self, rows: Floats) -> Floats:
        """Return the probability float32 (pairs,) that two mentions name one act."""

    def roles(self, rows: Floats) -> Floats:
        """Return probabilities float32 (pairs, 5): no part, then the roles."""

    def told(self, rows: Floats) -> Floats:
        """Return probabilities float32 (pairs, 9): no assertion, then the statuses."""

    def implied(self, rows: Floats) -> Floats:
        """Return the same of voices that do not name the act."""
