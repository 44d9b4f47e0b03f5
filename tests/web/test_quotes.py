from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Span
from sayso.show.clean import clean
from sayso.web.quotes import MOST_CHOICES, find_words, split_words

TEXTS = st.text(alphabet="ab .\n\t\x1b\u202e“é🛶", min_size=1, max_size=60)


@given(text=TEXTS, ends=st.tuples(st.integers(0, 60), st.integers(0, 60)))
def test_words_at_their_place_are_found_there(text: str, ends: tuple[int, int]) -> None:
    shown = clean(text)
    start, end = sorted(min(one, len(text)) for one in ends)
    words = shown[start:end].strip()
    start += shown[start:end].find(words)
    if not words:
        return

    found = find_words(text, words, start)

    assert found.span == Span(start, start + len(words))


@given(text=TEXTS, words=TEXTS.filter(str.strip))
def test_what_is_found_has_these_words(text: str, words: str) -> None:
    found = find_words(text, words)

    starts = [one.start for one in found.choices]
    if found.span:
        assert found.span.of(clean(text)).split() == words.split()
        assert starts == []
    assert len(starts) != 1
    assert all(clean(text).startswith(words.split()[0], start) for start in starts)


@given(text=TEXTS)
def test_words_and_spaces_make_the_text(text: str) -> None:
    words = list(split_words(text))

    assert "".join(one.text for one in words) == clean(text)
    assert all(clean(text).startswith(one.text, one.start) for one in words)


def test_spaces_and_line_ends_do_not_count() -> None:
    found = find_words("a raid\n\non  the port", "raid on the\r\nport")

    assert found.span == Span(2, 20)


def test_choices_show_what_stands_around_them() -> None:
    found = find_words("The port is shut. A port is open.", "port")

    assert [one.start for one in found.choices] == [4, 20]
    assert found.choices[0].before == "The "
    assert found.choices[1].after == " is open."


def test_choices_come_to_an_end() -> None:
    assert len(find_words("no " * 500, "no").choices) == MOST_CHOICES
