from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading import segment
from sayso.reading.segment import CLOSING, INSIDE, OPENING, OUTSIDE


def words_of(text: str) -> list[str]:
    return [text[start:end] for start, end in segment.tokenise(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("don't", ["do", "n't"]),
        ("Can’t", ["Ca", "n’t"]),
        ("Traoré's men", ["Traoré", "'s", "men"]),
        ("We'll go", ["We", "'ll", "go"]),
        ("U.S. troops", ["U.S.", "troops"]),
        ("Gen. Abel Oro", ["Gen.", "Abel", "Oro"]),
        ("J. Doe left.", ["J.", "Doe", "left", "."]),
        ("1,250 of 3.5 at 14:30", ["1,250", "of", "3.5", "at", "14:30"]),
        ("Belgian-based", ["Belgian", "-", "based"]),
        ("see https://a.example/b?c=1.", ["see", "https://a.example/b?c=1", "."]),
        ("ask a.b@c.example now", ["ask", "a.b@c.example", "now"]),
        ("“No,” she said…", ["“", "No", ",", "”", "she", "said", "…"]),
        ("wait ... -- no", ["wait", "...", "--", "no"]),
        ("snake_case", ["snake", "_", "case"]),
    ],
)
def test_tokens_follow_treebank_habits(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text(max_size=200))
def test_tokens_hold_every_sign_but_white_space(text: str) -> None:
    spans = segment.tokenise(text)

    covered = "".join(text[start:end] for start, end in spans)
    assert covered.split() == "".join(text.split()).split()
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_paragraphs_are_cut_at_blank_lines_alone() -> None:
    text = "One line\nsame paragraph.\n\nNext one.\n \nLast."

    found = segment.group_paragraphs(text, segment.tokenise(text))

    assert [end - start for start, end in found] == [5, 3, 2]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ('He "ran" on', [OUTSIDE, OPENING, INSIDE, CLOSING, OUTSIDE]),
        ("«No» she", [OPENING, INSIDE, CLOSING, OUTSIDE]),
        ("„No“ she", [OPENING, INSIDE, OPENING, INSIDE]),
        ("“Open\n\n“still” done", [OPENING, INSIDE, OPENING, INSIDE, CLOSING, OUTSIDE]),
    ],
)
def test_quotation_state_of_each_word(text: str, states: list[int]) -> None:
    spans = segment.tokenise(text)
    words = [text[start:end] for start, end in spans]

    found = segment.quote_states(words, segment.group_paragraphs(text, spans))

    assert found == states


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("said", "lower"),
        ("Gao", "title"),
        ("UN", "upper"),
        ("A", "initial"),
        ("McKay", "mixed"),
        ("14:30", "digit"),
        (",", "mark"),
        ("n't", "lower"),
    ],
)
def test_shape_of_a_word(word: str, shape: str) -> None:
    assert segment.SHAPES[segment.shape_of(word)] == shape


def test_rough_sentences_cover_all_tokens_and_keep_paragraphs() -> None:
    text = 'He left. "Why?" she asked. Gen. Oro slept.\n\nNo end mark'
    spans = segment.tokenise(text)
    words = [text[start:end] for start, end in spans]
    paragraphs = segment.group_paragraphs(text, spans)

    found = segment.rough_sentences(words, spans, paragraphs)

    assert [" ".join(words[s:e]) for s, e in found] == [
        "He left .",
        '" Why ? " she asked .',
        "Gen. Oro slept .",
        "No end mark",
    ]
