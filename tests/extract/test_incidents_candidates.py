from __future__ import annotations

import numpy as np

from sayso.extract.incidents_candidates import (
    SIGNS,
    find_candidates,
    read_senses,
    read_signs,
)
from sayso.reading.slot_scores import SLOTS, FillerWords
from tests.incidents import NO_WORDS, make_scores

TEXT = 'Gunmen burnt the bus. "The bus was old," said the gunmen.'


def sign(signs: np.ndarray, name: str) -> float:
    return float(signs[0, SIGNS.index(name)])


def test_articles_and_marks_are_no_part_of_a_filler() -> None:
    scores = make_scores(TEXT, {"target": ("the bus", '"The bus')})

    found = find_candidates(scores)["target"]

    assert len(found["bus"]) == 2


def test_the_whole_of_a_phrase_is_better_than_a_part() -> None:
    scores = make_scores("Men with the long guns came.", {"instrument": ("long guns",)})

    found = find_candidates(scores)["instrument"]

    assert max(found, key=lambda name: found[name][0].score) == "long guns"


def test_signs_tell_how_often_the_words_occur() -> None:
    scores = make_scores(TEXT, {"individual": ("Gunmen",)})

    signs = read_signs(scores, find_candidates(scores), NO_WORDS)["individual"]

    assert sign(signs, "occurs") == np.float32(np.log(2))
    assert sign(signs, "found") == 0


def test_words_that_filled_a_slot_before_are_likelier() -> None:
    scores = make_scores(TEXT, {"target": ("bus",)})
    filled = {slot: {"bus": 6} if slot == "target" else {} for slot in SLOTS}
    known = FillerWords({"bus": 9}, filled, filled)
    candidates = find_candidates(scores)

    before = read_signs(scores, candidates, NO_WORDS)["target"]
    after = read_signs(scores, candidates, known)["target"]

    assert sign(after, "phrase") > sign(before, "phrase")


def test_what_a_text_itself_told_can_be_taken_off() -> None:
    scores = make_scores(TEXT, {"target": ("bus",)})
    filled = {slot: {"bus": 1} if slot == "target" else {} for slot in SLOTS}
    known = FillerWords({"bus": 1}, filled, filled)
    own = {slot: frozenset({"bus"}) for slot in SLOTS}
    candidates = find_candidates(scores)

    honest = read_signs(scores, candidates, known, own)["target"]

    assert np.array_equal(honest, read_signs(scores, candidates, NO_WORDS)["target"])


def test_a_text_without_words_has_no_candidates() -> None:
    scores = make_scores("", {})

    assert not any(find_candidates(scores).values())
    assert read_signs(scores, find_candidates(scores), NO_WORDS)["target"].shape == (
        0,
        len(SIGNS),
    )


def test_a_vector_tells_the_words_and_those_beside_them() -> None:
    scores = make_scores("Men burnt the old bus today.", {"target": ("bus",)})
    rows = np.arange(len(scores.words), dtype=np.float32)
    scores = scores._replace(vectors=np.stack([rows, rows + 100], axis=1))

    (vector,) = read_senses(scores, {"target": find_candidates(scores)["target"]})[
        "target"
    ]

    place = scores.words.index("bus")
    near = [place, place - 2 + 100, place + 1.5 + 100, place + 100, place + 100]
    assert np.allclose(vector, near)


def test_a_text_without_words_has_no_vectors() -> None:
    scores = make_scores("", {})

    vectors = read_senses(scores, find_candidates(scores))

    assert {rows.shape for rows in vectors.values()} == {(0, 10)}
