from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.show.clean import clean, shorten


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("\x1b[31mred", "␛[31mred", id="escape sequence"),
        pytest.param("a\x00b\x07", "a␀b␇", id="control characters"),
        pytest.param("a\u202eb\u2066c", "a\ufffdb\ufffdc", id="turned direction"),
        pytest.param("\x9b31m", "\ufffd31m", id="one-byte escape"),
        pytest.param("a\tb\nc", "a b\nc", id="white space"),
        pytest.param("\ud83d", "\ufffd", id="half of a pair"),
    ],
)
def test_signs_stand_for_what_would_steer_the_terminal(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text())
def test_clean_keeps_places_and_leaves_no_controls(text: str) -> None:
    shown = clean(text)

    assert len(shown) == len(text)
    assert all(one == "\n" or unicodedata.category(one) != "Cc" for one in shown)


@pytest.mark.parametrize(
    ("text", "chars", "shown"),
    [
        pytest.param("short", 10, "short", id="short enough"),
        pytest.param("two  lines\nof it", 20, "two lines of it", id="on one line"),
        pytest.param("one two three", 9, "one two…", id="cut at a word"),
        pytest.param("abcdefghij", 5, "abcd…", id="one long word"),
    ],
)
def test_shorten_cuts_at_words(text: str, chars: int, shown: str) -> None:
    assert shorten(text, chars) == shown


@given(st.text(), st.integers(2, 40))
def test_shorten_is_never_longer(text: str, chars: int) -> None:
    assert len(shorten(text, chars)) <= chars
