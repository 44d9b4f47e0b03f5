import pytest

from sayso.errors import VocabError
from sayso.vocab.confidence import CONSTANT, Judged, load_weights, probability


@pytest.mark.parametrize("judged", Judged)
def test_a_heavier_sign_makes_a_row_surer(judged: Judged) -> None:
    weights = load_weights()[judged]
    signs = dict.fromkeys(weights.keys() - {CONSTANT}, 0.0)
    heaviest = max(signs, key=weights.__getitem__)

    assert weights[heaviest] > 0
    assert probability(judged, signs | {heaviest: 2.0}) > probability(judged, signs)


@pytest.mark.parametrize("judged", Judged)
def test_probabilities_stay_between_nothing_and_one(judged: Judged) -> None:
    names = load_weights()[judged].keys() - {CONSTANT}

    for value in (-9.2, 0.0, 9.2):
        assert 0 <= probability(judged, dict.fromkeys(names, value)) <= 1


def test_signs_that_the_file_does_not_have_are_named() -> None:
    with pytest.raises(VocabError, match=r"table link and the code differ in .*height"):
        probability(Judged.LINK, {"height": 1.0})
