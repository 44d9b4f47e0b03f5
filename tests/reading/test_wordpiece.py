from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import ModelError
from sayso.reading.wordpiece import MAX_PIECES_PER_WORD, WordPiece, load_wordpiece

VOCABULARY = ["[UNK]", "[CLS]", "[SEP]", "deny", "den", "##ied", "##y", "e", "##e", '"']


def test_the_longest_piece_wins() -> None:
    assert WordPiece(VOCABULARY).pieces("deny") == (3,)
    assert WordPiece(VOCABULARY).pieces("denied") == (4, 5)


@pytest.mark.parametrize("word", ["DENIED", "dénied", "Denied"])
def test_case_and_accents_do_not_count(word: str) -> None:
    assert WordPiece(VOCABULARY).pieces(word) == (4, 5)


@pytest.mark.parametrize("mark", ['"', "“", "”", "«", "»", "„"])
def test_all_double_marks_are_one_sign(mark: str) -> None:
    assert WordPiece(VOCABULARY).pieces(mark) == (9,)


def test_a_word_without_pieces_is_unknown() -> None:
    assert WordPiece(VOCABULARY).pieces("xyz") == (0,)


@given(st.text(min_size=1, max_size=300))
def test_any_word_gives_a_few_pieces(word: str) -> None:
    pieces = WordPiece(VOCABULARY).pieces(word)

    assert 1 <= len(pieces) <= MAX_PIECES_PER_WORD


def test_a_vocabulary_without_marks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vocab.txt"
    path.write_text("[UNK]\na", encoding="utf-8")

    with pytest.raises(ModelError, match=r"\[CLS\] is missing"):
        load_wordpiece(path)
