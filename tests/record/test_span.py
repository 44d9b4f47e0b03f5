from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Span
from tests import strategies

ends = st.integers(0, 50)
any_span = st.tuples(ends, ends).map(lambda pair: Span(min(pair), max(pair)))


def test_span_counts_code_points() -> None:
    text = "🕊️ peace"

    assert Span(3, 8).of(text) == "peace"


def test_span_is_a_list_in_json() -> None:
    assert msgspec.json.encode(Span(3, 8)) == b"[3,8]"
    assert msgspec.json.decode(b"[3,8]", type=Span) == Span(3, 8)


@pytest.mark.parametrize(
    ("other", "holds", "meets"),
    [
        pytest.param(Span(2, 5), True, True, id="same"),
        pytest.param(Span(3, 4), True, True, id="inside"),
        pytest.param(Span(4, 7), False, True, id="across the end"),
        pytest.param(Span(5, 7), False, False, id="right after"),
        pytest.param(Span(0, 2), False, False, id="right before"),
    ],
)
def test_ends_are_half_open(other: Span, *, holds: bool, meets: bool) -> None:
    span = Span(2, 5)

    assert span.holds(other) is holds
    assert span.meets(other) is meets


@given(one=any_span, other=any_span)
def test_meeting_is_mutual_and_means_shared_code_points(one: Span, other: Span) -> None:
    shared = set(range(*one)) & set(range(*other))

    assert one.meets(other) is other.meets(one)
    if one.start < one.end and other.start < other.end:
        assert one.meets(other) is bool(shared)


@given(text=strategies.texts, data=st.data())
def test_quote_is_as_long_as_its_span(text: str, data: st.DataObject) -> None:
    span = data.draw(strategies.spans(text))

    assert len(span.of(text)) == span.end - span.start
