from __future__ import annotations

import numpy as np

from sayso.extract.incidents_candidates import SIGNS
from training.muc4_fit import Basis, regress

WIDTH = 4


def make_rows(seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    signs = rng.normal(size=(400, len(SIGNS)))
    senses = rng.normal(size=(400, WIDTH)) * 3 + 5
    return signs, senses, signs[:, 0] + senses[:, 1] > 5


def test_weights_apply_to_plain_signs_and_vectors() -> None:
    signs, senses, right = make_rows()
    basis = Basis(senses.mean(0), senses.std(0), np.eye(WIDTH))

    *weights, constant = regress(signs, senses, right, basis)

    odds = np.concatenate([signs, senses], 1) @ np.array(weights) + constant
    assert len(weights) == len(SIGNS) + WIDTH
    assert ((odds > 0) == right).mean() > 0.9


def test_what_tells_nothing_weighs_little() -> None:
    signs, senses, right = make_rows()
    basis = Basis(senses.mean(0), senses.std(0), np.eye(WIDTH))

    weights = regress(signs, senses, right, basis)

    assert abs(weights[0]) > 5 * abs(weights[3])
