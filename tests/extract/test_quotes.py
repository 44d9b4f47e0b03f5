from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.quotes import outermost, pair_quotes
from sayso.record import Span


def paragraphs_of(text: str) -> list[Span]:
    spans, start = [], 0
    for part in text.split("\n\n"):
        spans.append(Span(start, start + len(part)))
        start += len(part) + 2
    return spans


def inner_of(text: str) -> list[str]:
    found = outermost(pair_quotes(text, paragraphs_of(text)))
    return [quotation.inner.of(text) for quotation in found]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“We go,” he said.", ["We go,"]),
        ('"We go," he said.', ["We go,"]),
        ("„We go“, he said.", ["We go"]),
        ("„We go”, he said.", ["We go"]),
        ("« We go, » he said.", ["We go,"]),
        ("»We go«, he said.", ["We go"]),
        ("”We go”, he said.", ["We go"]),
        ("‘We go,’ he said.", ["We go,"]),
        ("''We go,'' he said.", ["We go,"]),
        ("``We go,'' he said.", ["We go,"]),
        ('“We go," he said.', ["We go,"]),
        ("“We go,”he said.", ["We go,"]),
        ("「We go」 he said.", ["We go"]),
    ],
)
def test_each_style_of_marks_is_paired(text: str, inner: list[str]) -> None:
    assert inner_of(text) == inner


@pytest.mark.parametrize(
    "text",
    [
        "The workers' houses and Voss's boat don't burn.",
        "In the 1990s’ rock ’n’ roll ’twas so.",
        "He is 6' 2\" tall.",
        'A lone " in the open.',
        "It said” nothing.",
        '""',
    ],
)
def test_apostrophes_and_strays_are_no_quotations(text: str) -> None:
    assert inner_of(text) == []


def test_apostrophes_inside_single_marks_do_not_close() -> None:
    text = "‘It’s the workers’ house,’ she said."

    assert inner_of(text) == ["It’s the workers’ house,"]


def test_a_mark_left_open_ends_with_its_paragraph() -> None:
    text = "“First part.\n\n“Second part,” she said."

    first, second = pair_quotes(text, paragraphs_of(text))

    assert (first.inner.of(text), first.closed) == ("First part.", False)
    assert (second.inner.of(text), second.closed) == ("Second part,", True)


def test_a_mark_opened_again_ends_the_one_before() -> None:
    assert inner_of("“We go. “We stay,” he said.") == ["We go.", "We stay,"]


def test_quotations_in_quotations_have_depth() -> None:
    text = "‘He said “no” to me,’ she said."

    depths = {q.inner.of(text): q.depth for q in pair_quotes(text, paragraphs_of(text))}

    assert depths == {"He said “no” to me,": 0, "no": 1}


@given(st.text(alphabet="ab .,\n\"'“”„«»‘’`", max_size=60))
def test_any_marks_give_spans_inside_their_paragraph(text: str) -> None:
    paragraphs = paragraphs_of(text)

    for quotation in pair_quotes(text, paragraphs):
        assert quotation.inner.start < quotation.inner.end
        assert quotation.outer.holds(quotation.inner)
        assert any(paragraph.holds(quotation.outer) for paragraph in paragraphs)
