"""Fit the ranker of candidates: one logistic regression a slot."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sayso.extract.incidents_candidates import (
    SIGNS,
    Candidates,
    find_candidates,
    read_senses,
    read_signs,
)
from sayso.reading.slot_scores import SLOTS, FillerWords, SlotScores
from sayso.record import Record
from training.muc4_texts import Lesson, Row

PARTS = 96  # principal parts of the vectors: 192 were no better, 32 worse
PART_SPREAD = 0.5  # beside signs of spread 1
SAMPLE = 5  # of so many candidates one tells the principal parts
RIDGE = 20.0
STEPS = 15


class Held(NamedTuple):
    """A report as heads see it that never saw its fold."""

    row: Row
    lesson: Lesson
    scores: SlotScores
    fold: int
    record: Record
    candidates: dict[str, Candidates]
    senses: dict[str, np.ndarray]
    """Vectors of the candidates, float16."""


def hold(
    row: Row, lesson: Lesson, scores: SlotScores, fold: int, record: Record
) -> Held:
    """Return a report with its candidates."""
    candidates = find_candidates(scores)
    senses = read_senses(scores, candidates)
    half = {slot: rows.astype(np.float16) for slot, rows in senses.items()}
    return Held(row, lesson, scores, fold, record, candidates, half)


class Basis(NamedTuple):
    """The principal parts of the vectors of candidates."""

    mean: np.ndarray
    spread: np.ndarray
    parts: np.ndarray
    """float64 (5 width, PARTS)."""

    def put(self, senses: np.ndarray) -> np.ndarray:
        """Return the parts of some vectors, each of spread `PART_SPREAD`."""
        parts: np.ndarray = ((senses - self.mean) / self.spread) @ self.parts
        return parts


def find_basis(held: list[Held]) -> Basis:
    """Return the parts in which the candidates of all slots differ most."""
    rows = np.concatenate(
        [one.senses[slot][::SAMPLE] for one in held for slot in SLOTS]
    )
    rows = rows.astype(np.float32)
    mean, spread = rows.mean(0), rows.std(0) + 1e-6
    sizes, axes = np.linalg.eigh(np.cov(((rows - mean) / spread).T))
    largest = np.argsort(-sizes)[:PARTS]
    scale = PART_SPREAD / np.sqrt(sizes[largest] + 1e-3)
    return Basis(mean, spread, axes[:, largest] * scale)


def fit_rankers(held: list[Held], words: FillerWords) -> dict[str, tuple[float, ...]]:
    """Return by slot the weights of the signs and of the vectors, then a constant."""
    basis = find_basis(held)
    signs = [read_signs(o.scores, o.candidates, words, o.lesson.phrases) for o in held]
    out = {}
    for slot in SLOTS:
        right = [
            n in one.lesson.phrases[slot] for one in held for n in one.candidates[slot]
        ]
        out[slot] = regress(
            np.concatenate([own[slot] for own in signs]),
            np.concatenate([one.senses[slot] for one in held]),
            np.array(right),
            basis,
        )
    return out


def regress(
    signs: np.ndarray, senses: np.ndarray, right: np.ndarray, basis: Basis
) -> tuple[float, ...]:
    """Return weights of a logistic regression on plain signs and vectors."""
    mean, spread = signs.mean(0), signs.std(0) + 1e-6
    one = np.ones((len(signs), 1))
    x = np.concatenate([(signs - mean) / spread, basis.put(senses), one], 1)
    weights = np.zeros(x.shape[1])
    ridge = np.diag([RIDGE] * (x.shape[1] - 1) + [0.0])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (right - p) - ridge @ weights
        bend = (x * (p * (1 - p))[:, None]).T @ x + ridge
        weights += np.linalg.solve(bend + 1e-6 * np.eye(len(bend)), slope)
    of_signs = weights[: len(SIGNS)] / spread
    of_senses = (basis.parts @ weights[len(SIGNS) : -1]) / basis.spread
    constant = weights[-1] - of_signs @ mean - of_senses @ basis.mean
    return (
        *of_signs.round(4).tolist(),
        *of_senses.round(5).tolist(),
        round(float(constant), 4),
    )
