from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus.copies import NEAR, find_copies
from tests.corpus.build import make_comments

TEXT = "The old ferry must sail again before winter, or the island will stand empty."


def told(*texts: str, authors: tuple[str, ...] = ()) -> list[tuple[int, ...]]:
    copied = find_copies(make_comments(*texts, authors=authors))
    return [one.comments for one in copied.groups]


def test_case_marks_and_a_changed_word_make_no_other_text() -> None:
    texts = (
        TEXT,
        "Nobody asked us about the bell.",
        TEXT.upper() + "!!",
        TEXT.replace("must sail", "should sail"),
        f"Agreed. {TEXT}",
    )

    assert told(*texts) == [(1, 3, 4, 5)]


def test_same_words_are_wholly_alike() -> None:
    (group,) = find_copies(make_comments(TEXT, TEXT.lower())).groups

    assert group.similarity == 1
    assert [span.of(TEXT) for span in group.spans] == [TEXT.rstrip(".")] * 2


def test_short_agreement_is_no_copy() -> None:
    assert told("I agree!", "I agree.", "i agree") == []


def test_shared_row_of_words_is_a_part_with_its_spans() -> None:
    row = "the mill wall has been painted twice since the spring flood"
    texts = (
        f"My aunt says {row} and nobody knows who paid for any of it, or why.",
        f"Look round: {row}! So where is the money for the school kitchen, please?",
    )
    (part,) = find_copies(make_comments(*texts)).groups

    assert part.similarity < NEAR
    assert [s.of(t) for s, t in zip(part.spans, texts, strict=True)] == [row, row]


def test_copies_count_as_one_author_and_authors_as_themselves() -> None:
    comments = make_comments(
        TEXT, TEXT, "Rain again.", "And wind.", authors=("c1", "c2", "c3", "c1")
    )

    units = find_copies(comments).units

    assert units[0] == units[1] == units[3] != units[2]


def test_many_identical_comments_take_little_time() -> None:
    copied = find_copies(make_comments(*[TEXT] * 5_000))

    assert [len(one.comments) for one in copied.groups] == [5_000]
    assert len(set(copied.units)) == 1


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_texts_give_spans_within_them(texts: list[str]) -> None:
    comments = make_comments(*texts)
    for group in find_copies(comments).groups:
        for n, span in zip(group.comments, group.spans, strict=True):
            assert 0 <= span.start < span.end <= len(texts[n - 1])
