from __future__ import annotations

from sayso.intake.comments import CommentDraft, number_comments


def draft(text: str, **fields: str) -> CommentDraft:
    return CommentDraft(text=text, **fields)


def test_authors_get_pseudonyms_by_first_appearance() -> None:
    comments = number_comments(
        [
            draft("One", author="Bettan"),
            draft("Two", author="Oyel"),
            draft("Three", author=" bettan "),
        ]
    )

    assert [comment.author for comment in comments] == ["c1", "c2", "c1"]
    assert "bettan" not in repr(comments).lower()


def test_nameless_authors_are_told_apart() -> None:
    comments = number_comments([draft("One"), draft("Two", author=" "), draft("Three")])

    assert [comment.author for comment in comments] == ["c1", "c2", "c3"]


def test_replies_point_to_the_number_of_their_target() -> None:
    comments = number_comments(
        [draft("One", key="x7"), draft("Two", key="x9", reply_to="x7")]
    )

    assert [comment.reply_to for comment in comments] == [None, 1]


def test_reply_to_itself_or_to_nobody_is_none() -> None:
    comments = number_comments(
        [draft("One", key="a", reply_to="a"), draft("Two", reply_to="gone")]
    )

    assert [comment.reply_to for comment in comments] == [None, None]


def test_blank_comments_keep_their_number() -> None:
    comments = number_comments([draft("One"), draft(" \n"), draft("Three")])

    assert [comment.n for comment in comments] == [1, 3]
