from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Record, SectionKind, Span
from sayso.web.marks import Layer, Mark, around, claim_marks, cut, find_marks
from tests.export.raid import raid_record
from tests.records import make_record, say

NESTED = make_record(
    "“Officials have assured me that all is well,” she said.",
    say("s1", "she", "said", "“Officials have assured me that all is well,”"),
    say("s2", "Officials", "assured", "all is well", within="s1"),
)


def words(record: Record, marks: tuple[Mark, ...]) -> str:
    return "".join(piece.text for part in cut(record, marks) for piece in part.pieces)


def test_all_of_the_text_is_shown_once() -> None:
    record = raid_record()
    text = "".join(record.report.text.split())
    assert "".join(words(record, find_marks(record)).split()) == text


def test_marks_over_one_place_are_all_told() -> None:
    (part,) = cut(NESTED, find_marks(NESTED))
    inner = next(piece for piece in part.pieces if piece.text == "all is well")
    assert inner.depth == 2
    assert inner.owners == "s1 s2"
    assert [mark.label for mark in inner.opens] == ["[2"]
    source = next(piece for piece in part.pieces if piece.text == "Officials")
    assert source.layers == (Layer.CONTENT, Layer.SOURCE)


def test_brackets_close_from_the_inside() -> None:
    record = make_record(
        "He said she said it.",
        say("s1", "He", "said", "she said it"),
        say("s2", "she", "said@2", "it", within="s1"),
    )
    (part,) = cut(record, find_marks(record))
    last = next(piece for piece in part.pieces if piece.text == "it")
    assert [mark.owner for mark in last.closes] == ["s2", "s1"]


def test_only_the_paragraphs_of_a_claim_are_shown_in_review() -> None:
    record = make_record(
        "First.\n\nShe said no.\n\nLast.", say("s", "She", "said", "no")
    )
    parts = around(record, claim_marks(record.statements[0]))
    text = "".join(piece.text for part in parts for piece in part.pieces)
    assert text == "She said no."


def test_a_headline_is_told_from_the_body() -> None:
    record = raid_record(headline="Four soldiers die in raid near Tersa")
    kinds = [part.kind for part in cut(record, ())]
    assert SectionKind.BODY in kinds


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 20), st.sampled_from(Layer)),
        max_size=30,
    )
)
def test_any_marks_leave_the_text_whole(
    found: list[tuple[int, int, Layer]],
) -> None:
    text = "One two three.\n\nFour five six seven eight.\n\nNine ten.\n"
    record = make_record(text)
    marks = tuple(
        Mark(
            layer=layer,
            span=Span(min(start, len(text)), min(start + length, len(text))),
            label="x",
            owner=f"s{number}",
        )
        for number, (start, length, layer) in enumerate(found)
    )
    assert "".join(words(record, marks).split()) == "".join(text.split())
