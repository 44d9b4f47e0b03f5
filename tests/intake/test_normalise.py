from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake.normalise import (
    canonical_text,
    clean_characters,
    find_wrap_width,
    replace_surrogates,
    split_blocks,
)

ANY_TEXT = st.text(alphabet=st.characters(), max_size=300)
WIRE_TEXT = st.text(alphabet="aB.- \n\t\r\u0301\u200f1)é•", max_size=300)


@given(ANY_TEXT | WIRE_TEXT)
def test_canonical_text_stays_as_it_is(text: str) -> None:
    canonical = canonical_text(text)

    assert canonical_text(canonical) == canonical
    assert unicodedata.is_normalized("NFC", canonical)


@given(WIRE_TEXT)
def test_paragraphs_hold_no_odd_white_space(text: str) -> None:
    for paragraph in canonical_text(text).split("\n\n"):
        assert paragraph == " ".join(paragraph.split())


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\x0b"])
def test_line_ends_of_all_kinds_part_paragraphs(end: str) -> None:
    assert canonical_text(f"One said so.{end}{end}Two did not.") == (
        "One said so.\n\nTwo did not."
    )


def test_lines_of_a_text_without_blank_lines_are_paragraphs() -> None:
    text = "The ministry denied it.\nThe army said nothing.\nNobody else was there."

    assert canonical_text(text).count("\n\n") == 2


WRAPPED = """\
QUARRIN, March 4 (Harbour Wire) - The governor of the eastern province
said on Tuesday that armed groups raiding villages along the river were
sheltering across the border.

The governor was more explicit in the afternoon, when reporters asked
her again. She had found camps, she said.
"""


def test_wrapped_lines_are_joined() -> None:
    paragraphs = canonical_text(WRAPPED).split("\n\n")

    assert len(paragraphs) == 2
    assert "eastern province said on Tuesday" in paragraphs[0]
    assert paragraphs[1].endswith("She had found camps, she said.")


def test_upper_case_copy_is_joined_and_stays_in_upper_case() -> None:
    paragraphs = canonical_text(WRAPPED.upper()).split("\n\n")

    assert len(paragraphs) == 2
    assert paragraphs[0].isupper()


def test_paragraphs_told_only_by_their_indent_stay_apart() -> None:
    text = (
        "   The governor of the eastern province said on Tuesday that armed\n"
        "groups raiding villages along the river were sheltering there.\n"
        "   She was more explicit in the afternoon, when reporters met her\n"
        "again and asked whether the raiders had come from abroad or not.\n"
    )

    assert canonical_text(text).count("\n\n") == 1


def test_list_items_in_wrapped_text_stay_apart() -> None:
    text = (
        "The talks ended with a list of demands that the council had sent in\n"
        "advance to the ministry, which did not answer, and to the army:\n"
        "- the camps on the bank are to be closed before the rains begin and\n"
        "  the boats are to be sold\n"
        "- the patrols end\n"
    )

    paragraphs = canonical_text(text).split("\n\n")

    assert len(paragraphs) == 3
    assert paragraphs[1].endswith("the boats are to be sold")


def test_headline_on_the_line_above_the_lead_is_not_joined_to_it() -> None:
    text = (
        "Army denies raid on village\n"
        "The ministry denied on Monday that soldiers had entered the village."
    )

    assert canonical_text(text).split("\n\n")[0] == "Army denies raid on village"


def test_hyphen_at_a_line_end_stays() -> None:
    wrapped = WRAPPED.replace("eastern province\nsaid", "north-\neastern province said")

    assert "the north-eastern province" in canonical_text(
        wrapped.replace("eastern province said", "eastern province\nsaid")
    )


def test_lines_of_any_length_are_no_wrapped_text() -> None:
    lines = ["one two three", "a much longer line of words than that", "four"]

    assert find_wrap_width(split_blocks(lines)) is None


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("caf\u0065\u0301", "café"),
        ("a\x00b\x07c", "abc"),
        ("\ufeffHe said", "He said"),
        ("mini\xadster", "minister"),
        ("\x93We know,\x94 he said", "“We know,” he said"),
        ("a\ud800b", "a\ufffdb"),
        ("plain words", "plain words"),
        ("zero\u200bwidth", "zero\u200bwidth"),
    ],
    ids=["nfc", "controls", "mark", "hyphen", "windows", "surrogate", "plain", "zero"],
)
def test_characters_are_cleaned(dirty: str, clean: str) -> None:
    assert clean_characters(dirty) == clean


@given(st.text(alphabet=st.characters() | st.just("\ud800")))
def test_replacing_surrogates_moves_no_offset(text: str) -> None:
    replaced = replace_surrogates(text)

    assert len(replaced) == len(text)
    replaced.encode("utf-8")
