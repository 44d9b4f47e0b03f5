from __future__ import annotations

import pytest

from sayso.ingest.agreement import alpha, distance_of_numbers, kappa, score_spans
from sayso.record import Span

# Krippendorff's own example of two observers and ten nominal units: alpha is .095.
TEN = list(zip("0100000001", "1110010000", strict=True))


def test_alpha_is_that_of_the_known_example() -> None:
    assert alpha(TEN) == pytest.approx(0.095, abs=0.001)


def test_kappa_is_that_of_the_known_example() -> None:
    # 20 both yes, 15 both no, 5 and 10 apart: .7 seen, .5 by chance.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15

    assert kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize("score", [kappa, alpha])
def test_full_agreement_is_one_and_no_choice_is_none(score) -> None:
    assert score([("a", "a"), ("b", "b")]) == pytest.approx(1.0)
    assert score([("a", "a"), ("a", "a")]) is None
    assert score([]) is None


def test_numbers_that_are_near_count_more_than_those_that_are_far() -> None:
    near = alpha([(1, 2), (10, 11), (20, 20)], distance_of_numbers)
    far = alpha([(1, 20), (10, 1), (20, 10)], distance_of_numbers)

    assert near is not None
    assert far is not None
    assert near > 0.9 > 0 > far


def test_spans_count_where_both_ends_are_equal() -> None:
    words = [Span(n, n + 1) for n in range(0, 20, 2)]
    ours, theirs = {Span(0, 3), Span(8, 9)}, {Span(0, 3), Span(8, 11)}

    score = score_spans([(words, ours, theirs)])

    assert (score.first, score.second, score.both) == (2, 2, 1)
    assert score.f1 == 0.5
    assert score.kappa is not None
    assert 0.7 < score.kappa < 1


def test_label_that_nobody_used_has_no_score() -> None:
    score = score_spans([([Span(0, 1)], set(), set())])

    assert (score.f1, score.kappa, score.alpha) == (None, None, None)
