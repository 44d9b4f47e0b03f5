import numpy as np

from sayso.reading.entities import find_entities

LABELS = ("PER", "ORG")
WORDS = ("a", "b", "c", "d", "e")
OUT, B_PER, I_PER, B_ORG, I_ORG = range(5)


def scores(*words: dict[int, float]) -> np.ndarray:
    rows = np.full((len(words), 5), -5.0, np.float32)
    for row, word in zip(rows, words, strict=True):
        for tag, value in word.items():
            row[tag] = value
    return rows


def test_mention_keeps_one_label_over_doubtful_words() -> None:
    found = find_entities(
        scores({OUT: 9}, {B_ORG: 3}, {I_PER: 1.2, I_ORG: 1}, {I_ORG: 3}, {OUT: 9}),
        LABELS,
        WORDS,
    )

    assert [(m.tokens, m.label) for m in found] == [((1, 4), "ORG")]


def test_inside_without_a_begin_joins_what_opens_best() -> None:
    found = find_entities(
        scores({B_PER: 3, OUT: 1}, {I_PER: 4}, {OUT: 9}), LABELS, WORDS
    )

    assert [(m.tokens, m.label) for m in found] == [((0, 2), "PER")]


def test_clear_neighbours_stay_apart() -> None:
    found = find_entities(scores({B_PER: 9}, {B_ORG: 9}, {I_ORG: 9}), LABELS, WORDS)

    assert [(m.tokens, m.label) for m in found] == [((0, 1), "PER"), ((1, 3), "ORG")]


def test_words_outside_give_no_mention() -> None:
    assert find_entities(scores({OUT: 9}, {OUT: 9}), LABELS, WORDS) == ()


def test_empty_text_gives_no_mention() -> None:
    assert find_entities(np.zeros((0, 5), np.float32), LABELS, WORDS) == ()


def test_one_name_has_one_label() -> None:
    words = ("Ilva", "and", "Ilva", "and", "Ilva")
    found = find_entities(
        scores(
            {B_PER: 5, B_ORG: 4},
            {OUT: 9},
            {B_ORG: 9},
            {OUT: 9},
            {B_ORG: 7},
        ),
        LABELS,
        words,
    )

    assert [m.label for m in found] == ["ORG", "ORG", "ORG"]
