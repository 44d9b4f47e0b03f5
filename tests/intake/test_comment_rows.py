from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.errors import IntakeError
from sayso.intake.comment_rows import MAX_CHARS, holds_comments, read_comment_rows
from sayso.intake.comment_spool import CommentSpool
from sayso.record import Comment


def write(folder: Path, *rows: object, name: str = "comments.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_rows_become_comments_without_names(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"n": 7, "author": "Oda", "time": "2024-03-01 10:20", "text": "Rain."},
        {"n": 9, "author": "oda ", "reply_to": 7, "text": "More rain."},
        {"n": 11, "author": None, "time": 1709289600, "text": "Wind."},
    )

    comments, faults = read_comment_rows(path)

    assert [(one.n, one.author, one.reply_to) for one in comments] == [
        (7, "c1", None),
        (9, "c1", 7),
        (11, "c2", None),
    ]
    assert comments[0].time == "2024-03-01T10:20:00"
    assert comments[2].time == "2024-03-01T10:40:00+00:00"
    assert faults == {}


def test_csv_with_line_ends_in_cells_is_read(tmp_path: Path) -> None:
    path = tmp_path / "comments.csv"
    path.write_text('n,author,time,reply_to,text\n1,Oda,,,"One\nline, two"\n')

    (comment,) = read_comment_rows(path).comments

    assert comment.text == "One\nline, two"


def test_faults_are_mended_and_counted(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"n": 1, "text": "One."},
        {"n": 1, "text": "Twice.", "reply_to": 99},
        {"n": 2, "text": "  "},
        {"n": 3},
        {"n": 4, "text": "Late.", "time": "2024-02-31T10:00"},
        {"n": 5, "text": "Odd \u202e\x07."},
        {"n": 6, "text": "x" * (MAX_CHARS + 1)},
    )

    comments, faults = read_comment_rows(path)

    assert [one.n for one in comments] == [1, 2, 4, 5, 6]
    assert len(comments[-1].text) == MAX_CHARS
    assert all(one.time is None and one.reply_to is None for one in comments)
    assert sorted(faults.values()) == [1, 1, 1, 1, 1, 2]


def test_rows_without_any_numbers_are_no_fault(tmp_path: Path) -> None:
    path = write(tmp_path, {"author": "a", "text": "A."}, {"author": "b", "text": "B."})

    comments, faults = read_comment_rows(path)

    assert [one.n for one in comments] == [1, 2]
    assert faults == {}


def test_comments_on_disk_are_the_same() -> None:
    comments = [
        Comment(n=n, author="c1", text=f"Line\n{n} \u2028.") for n in range(1, 9)
    ]
    for held in (0, 3, 8):
        spool = CommentSpool(held)
        for comment in comments:
            spool.append(comment)

        assert list(spool) == comments
        assert spool[-1] == comments[-1]
        assert spool[2:5] == tuple(comments[2:5])
        with pytest.raises(IndexError):
            spool[8]


@pytest.mark.parametrize(
    ("row", "holds"),
    [
        ({"author": "a", "text": "A."}, True),
        ({"text": "A report.", "comments": ["A."]}, False),
        ({"doc_id": "x", "text": "A report."}, False),
    ],
)
def test_comments_are_told_from_reports(
    tmp_path: Path, row: object, holds: bool
) -> None:
    assert holds_comments(write(tmp_path, row)) is holds


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", '{"n": 1\n', "a.jsonl:1"),
        ("a.jsonl", "[1]\n", "no JSON object"),
        ("a.csv", "n,body\n1,x\n", "no column `text`"),
    ],
)
def test_broken_file_is_told_with_its_place(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    (tmp_path / name).write_text(content)

    with pytest.raises(IntakeError, match=message):
        read_comment_rows(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "", "the file is empty"),
        ("a.csv", "n,author\n1,Oda\n", "no column `text`; there are n, author"),
        (
            "a.jsonl",
            '{"n": 1, "body": "Rain."}',
            "no row has a `text`; the first has n",
        ),
    ],
    ids=["empty", "column", "field"],
)
def test_missing_text_is_told_with_what_there_is(
    tmp_path: Path, name: str, content: str, told: str
) -> None:
    path = tmp_path / name
    path.write_text(content)

    with pytest.raises(IntakeError, match=told):
        read_comment_rows(path)


def test_milliseconds_are_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"n": 1, "time": 1709280050123, "text": "Rain."}')

    (comment,) = read_comment_rows(path).comments

    assert comment.time == "2024-03-01T08:00:50.123000+00:00"
