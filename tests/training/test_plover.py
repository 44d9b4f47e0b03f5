import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training extra is not installed")

from sayso.extract.pairs_terms import BLOCKS, PairTerms  # noqa: E402  after the skip
from training.plover import (  # noqa: E402
    PairGraph,
    Pairs,
    best_temperature,
    cross_validate,
    fit,
    folds,
)

WIDTH = 6


def pairs_of(count: int) -> Pairs:
    rng = np.random.default_rng(1)
    pairs = Pairs([], [], [])
    for number in range(count):
        kind = number % 2
        pairs.texts.append(f"text {number - number % 4}")
        pairs.types.append(("AID", "ASSAULT")[kind])
        pairs.terms.append(
            PairTerms(
                terms=np.array([kind, 2 + number]),
                weights=np.array([0.8, 0.6], np.float32),
                vectors=rng.normal(size=(BLOCKS, WIDTH)).astype(np.float32),
            )
        )
    return pairs


def test_equal_texts_stay_in_one_fold_and_every_pair_is_held_out_once():
    pairs = pairs_of(40)
    dealt = list(folds(pairs, seed=3))

    assert sorted(n for fold in dealt for n in fold) == list(range(40))
    texts = [{pairs.texts[n] for n in fold} for fold in dealt]
    assert sum(len(one) for one in texts) == len(set(pairs.texts))


@pytest.mark.slow
def test_the_head_learns_what_tells_types_apart():
    pairs = pairs_of(40)
    labels, logits = cross_validate(pairs, seed=0)
    found = [labels[best] for best in logits.argmax(1)]

    assert np.mean([a == b for a, b in zip(found, pairs.types, strict=True)]) > 0.8


def test_the_graph_gives_the_probabilities_of_the_fitted_head():
    pairs = pairs_of(12)
    head = fit(pairs.terms, pairs.types)
    one = pairs.terms[0]

    with torch.no_grad():
        shipped = PairGraph(head, 1.0)(
            *(torch.from_numpy(x) for x in (one.terms, one.weights, one.vectors))
        ).numpy()

    logits = head.scores([one])[0]
    expected = np.exp(logits) / np.exp(logits).sum()
    assert np.allclose(shipped, expected, atol=1e-3)


def test_too_sure_logits_are_cooled():
    sure = np.array([[9.0, 0.0], [9.0, 0.0], [9.0, 0.0], [9.0, 0.0]])

    assert best_temperature(sure, [0, 0, 0, 1]) > 3
