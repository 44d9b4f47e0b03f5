from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus.copies import NEAR, Copied, find_changes, find_copies
from sayso.corpus.words import Vocabulary, number_words
from sayso.record import Comment
from tests.corpus.build import make_comments

TEXT = "The old ferry must sail again before winter, or the island will stand empty."


def copies_of(comments: tuple[Comment, ...]) -> Copied:
    vocabulary = Vocabulary()
    words = number_words((one.text for one in comments), vocabulary)
    names = [one.author for one in comments]
    return find_copies(
        comments, words, vocabulary, [names.index(name) for name in names]
    )


def told(*texts: str, authors: tuple[str, ...] = ()) -> list[tuple[int, ...]]:
    copied = copies_of(make_comments(*texts, authors=authors))
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
    (group,) = copies_of(make_comments(TEXT, TEXT.lower())).groups

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
    (part,) = copies_of(make_comments(*texts)).groups

    assert part.similarity < NEAR
    assert [s.of(t) for s, t in zip(part.spans, texts, strict=True)] == [row, row]


def test_changed_words_of_a_copy_are_marked() -> None:
    copy = f"Agreed! {TEXT.replace('must sail', 'should never sail').upper()}"

    assert [s.of(copy) for s in find_changes(TEXT, copy)] == ["Agreed", "SHOULD NEVER"]
    assert find_changes(TEXT, TEXT.lower()) == ()
    assert [s.of("No bell.") for s in find_changes(TEXT, "No bell.")] == ["No bell"]


def test_copies_count_as_one_author_and_authors_as_themselves() -> None:
    comments = make_comments(
        TEXT, TEXT, "Rain again.", "And wind.", authors=("c1", "c2", "c3", "c1")
    )

    units = copies_of(comments).units

    assert units[0] == units[1] == units[3] != units[2]


def test_many_identical_comments_take_little_time() -> None:
    copied = copies_of(make_comments(*[TEXT] * 5_000))

    assert [len(one.comments) for one in copied.groups] == [5_000]
    assert len(set(copied.units)) == 1


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_texts_give_spans_within_them(texts: list[str]) -> None:
    comments = make_comments(*texts)
    for group in copies_of(comments).groups:
        for n, span in zip(group.comments, group.spans, strict=True):
            assert 0 <= span.start < span.end <= len(texts[n - 1])
