from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus.words import (
    BREAK,
    MAX_CHARS,
    Vocabulary,
    Words,
    cut_words,
    find_all,
    number_words,
    stem,
)


@pytest.mark.parametrize(
    "forms",
    [
        ("tax", "taxes", "taxed", "taxing", "Taxes’"),
        ("raise", "raises", "raised", "raising"),
        ("carry", "carries", "carried", "carrying"),
        ("plan", "plans", "planned", "planning"),
        ("levy", "levies"),
        ("class", "classes"),
        ("STRASSE", "straße"),
        ("ex\u200bplosive", "explosive", "ex\u00adplosives"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_words_of_different_meaning_keep_their_stems() -> None:
    words = ["red", "bus", "thing", "this", "sing", "news", "policies", "police", "us"]

    assert len({stem(word) for word in words}) == len(words)


def all_numbers(words: Words) -> list[int]:
    return [number for chunk in words.chunks for number in chunk.tolist()]


def test_clauses_addresses_and_comments_end_in_a_break() -> None:
    words = number_words(["Old ferry, www.x.org/old ferry", "ferry-boat"], Vocabulary())

    assert all_numbers(words) == [0, 1, BREAK, BREAK, 1, BREAK, 1, 2, BREAK]
    assert words.sizes.tolist() == [3, 2]


def test_phrase_is_found_in_every_form_with_its_span() -> None:
    vocabulary = Vocabulary()
    text = "Tidal permit? No: “Tidal barrage permits”, tidal-barrage permit."
    phrase = [word.number for word in cut_words("tidal barrage permit", vocabulary)]

    spans = find_all(phrase, cut_words(text, vocabulary))

    assert [span.of(text) for span in spans] == [
        "Tidal barrage permits",
        "tidal-barrage permit",
    ]


def test_giant_comment_counts_up_to_a_limit() -> None:
    words = number_words(["word " * MAX_CHARS], Vocabulary())

    assert words.sizes.tolist() == [MAX_CHARS // 5]


@given(st.lists(st.text()))
def test_any_text_gives_the_same_words_both_ways(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    words = number_words(texts, vocabulary)

    alone = [
        [*(w.number for w in cut_words(text, vocabulary)), BREAK] for text in texts
    ]

    assert all_numbers(words) == [number for row in alone for number in row]
