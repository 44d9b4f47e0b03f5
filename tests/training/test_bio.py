from dataclasses import dataclass

import pytest

from training.bio import (
    macro_f1,
    measure_entities,
    mentions_of,
    tags_of,
    without_overlap,
)


@dataclass
class Doc:
    tokens: list[tuple[int, int]]
    tags: list[str | None]


def test_stray_inside_opens_a_mention() -> None:
    assert mentions_of(["O", "I-PER", "I-PER", "I-LOC", None, "B-ORG"]) == [
        (1, 3, "PER"),
        (3, 4, "LOC"),
        (5, 6, "ORG"),
    ]


def test_tags_and_mentions_are_inverse() -> None:
    mentions = [(0, 2, "PER"), (2, 3, "PER"), (4, 5, "LOC")]

    assert mentions_of(tags_of(mentions, 6)) == mentions


def test_longer_mention_wins() -> None:
    assert without_overlap([(1, 2, "LOC"), (0, 2, "ORG"), (3, 4, "LOC")]) == [
        (0, 2, "ORG"),
        (3, 4, "LOC"),
    ]


@pytest.mark.parametrize(
    ("found", "f1"),
    [
        ([(0, 4, "PER")], 1.0),
        ([(0, 4, "ORG")], 0.0),
        ([(0, 3, "PER")], 0.0),
        ([(0, 4, "PER"), (5, 9, "NORP")], 1.0),
        ([(0, 4, "PER"), (10, 14, "PER")], 1.0),
        ([(0, 4, "PER"), (5, 9, "PER")], 2 / 3),
    ],
    ids=["right", "label", "edge", "NORP", "unknown token", "spurious"],
)
def test_mentions_are_scored_by_exact_span(
    found: list[tuple[int, int, str]], f1: float
) -> None:
    doc = Doc([(0, 4), (5, 9), (10, 14)], ["B-PER", "O", None])

    scores = measure_entities([doc], [found])

    assert scores["PER"].f1 == pytest.approx(f1)
    assert macro_f1(scores) == pytest.approx(f1)
