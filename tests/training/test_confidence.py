import numpy as np
import pytest

from sayso.vocab.confidence import CONSTANT, Judged
from training.confidence import (
    auroc,
    calibration_error,
    even_error,
    fit,
    measure,
    predict,
    table,
)
from training.judged import Verdict


def rows(seed: int, count: int = 400) -> list[Verdict]:
    """Rows that are right with the odds of the sign `telling`; `idle` tells nothing."""
    random = np.random.default_rng(seed)
    made = []
    for telling, idle in random.normal(size=(count, 2)) * 2:
        is_right = random.random() < 1 / (1 + np.exp(-telling))
        signs = {"telling": float(telling), "idle": float(idle)}
        made.append(Verdict(Judged.LINK, signs, bool(is_right)))
    return made


def test_the_fit_finds_the_sign_that_tells() -> None:
    weights = fit(rows(0, 4000))

    assert weights["telling"] == pytest.approx(1, abs=0.15)
    assert weights["idle"] == pytest.approx(0, abs=0.15)
    assert weights[CONSTANT] == pytest.approx(0, abs=0.15)


def test_each_fold_is_judged_by_weights_of_the_others() -> None:
    upside_down = [v._replace(is_right=not v.is_right) for v in rows(1)]

    line = measure("links", [rows(0), upside_down])

    area = float(line.rpartition(" ")[2])
    assert area < 0.3


def test_probabilities_follow_the_weights() -> None:
    weights = {CONSTANT: -1.0, "telling": 1.0, "idle": 0.0}
    row = Verdict(Judged.LINK, {"telling": 1.0, "idle": 5.0}, True)

    assert predict([row], weights) == pytest.approx([0.5])


def test_calibration_error_is_the_mean_gap() -> None:
    y = np.tile([1.0, 0.0], 50)

    assert calibration_error(np.full(100, 0.5), y) == pytest.approx(0, abs=0.1)
    assert calibration_error(np.full(100, 0.9), y) == pytest.approx(0.4)


def test_few_rows_show_an_error_by_chance() -> None:
    assert even_error(np.full(100, 0.5)) > even_error(np.full(10_000, 0.5))


def test_auroc_counts_pairs_and_half_of_ties() -> None:
    y = np.array([1.0, 0.0, 0.0])

    assert auroc(np.array([0.9, 0.1, 0.2]), y) == 1
    assert auroc(np.array([0.5, 0.5, 0.1]), y) == 0.75


def test_a_table_is_toml() -> None:
    assert table(Judged.LINK, {CONSTANT: -0.5, "way": 0.25}) == (
        "[link]\nconstant = -0.500\nway = 0.250\n"
    )
