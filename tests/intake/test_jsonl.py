from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import IntakeError
from sayso.intake.assemble import Given
from sayso.intake.jsonl import read_row
from sayso.record import Report, SectionKind

TEXT = (
    "Ministry denies it \n\nQUARRIN, March 4 - It was e\u0301lite troops,  he said.\r\n"
)


def read(row: object, *, given: Given | None = None) -> Report:
    line = json.dumps(row).encode()
    return read_row(line, name="news/rows.jsonl", number=7, given=given or Given())


def test_text_is_taken_as_it_stands() -> None:
    report = read({"doc_id": "d-1", "text": TEXT})

    assert report.text == TEXT
    headline = report.sections_of(SectionKind.HEADLINE)[0]
    assert headline.of(TEXT) == "Ministry denies it"
    assert report.title == "Ministry denies it"


def test_all_fields_are_read_and_others_ignored() -> None:
    report = read(
        {
            "doc_id": "d-1",
            "text": TEXT,
            "title": "A title of its own",
            "outlet": "Harbour Wire",
            "published": "2024-03-05",
            "url": "https://harbourwire.example/1",
            "statements": {"S1": {}},
            "rating": 5,
        }
    )

    assert report.key == "d-1"
    assert report.keys == ("d-1",)
    assert report.title == "A title of its own"
    assert report.outlet == "Harbour Wire"
    assert report.published == "2024-03-05"
    assert report.url == "https://harbourwire.example/1"


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"id": "a"}, "a"),
        ({"id": 12}, "12"),
        ({"doc_id": "a", "id": "b"}, "a"),
        ({"url": "https://x.example/1"}, "https://x.example/1"),
        ({}, "rows.jsonl:7"),
    ],
)
def test_key_is_the_id_else_the_address_else_the_line(
    fields: dict[str, object], key: str
) -> None:
    assert read({"text": TEXT, **fields}).key == key


def test_comments_are_strings_or_objects() -> None:
    report = read(
        {
            "text": TEXT,
            "comments": [
                "Plain  words",
                {"text": "Signed", "author": "lena_k", "time": 1565777400},
                {"text": "Reply", "author": "oldmiller", "reply_to": 1},
                {"id": "x", "text": "Own id", "author": "lena_k"},
                {"text": "To x", "reply_to": "x"},
            ],
        }
    )

    told = [
        (one.n, one.author, one.time, one.reply_to, one.text) for one in report.comments
    ]
    assert told == [
        (1, "c1", None, None, "Plain  words"),
        (2, "c2", "2019-08-14T10:10:00Z", None, "Signed"),
        (3, "c3", None, 1, "Reply"),
        (4, "c2", None, None, "Own id"),
        (5, "c4", None, 4, "To x"),
    ]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        (b'{"text": "He said so."', "not valid JSON"),
        (b"He said so.", "not valid JSON"),
        (b'{"text": "\xff\xfe"}', "not valid JSON"),
        (b'{"id": "a"}', "text"),
        (b'{"text": 5}', r"\$\.text"),
        (b'{"text": "  "}', "empty"),
        (b'["text"]', "does not fit"),
        (b'{"text": "He said.", "published": "last week"}', "'last week'"),
        (
            b'{"text": "He said.", "comments": [{"text": "x", "time": "soon"}]}',
            "'soon'",
        ),
        (b'{"text": "He said.", "comments": [{"author": "x"}]}', "comments"),
        (b"[" * 100_000, "does not fit"),
        (b'{"text": "x", "a": ' + b"[" * 100_000, "not valid JSON"),
    ],
)
def test_broken_rows_are_refused_by_their_number(line: bytes, part: str) -> None:
    with pytest.raises(IntakeError, match=part) as caught:
        read_row(line, name="rows.jsonl", number=7)

    assert "rows.jsonl:7" in caught.value.message
    assert caught.value.mend


def test_given_values_override_the_row() -> None:
    given = Given(published="2024-01-02", outlet="Delta Courier")

    report = read({"text": TEXT, "published": "last week", "outlet": "HW"}, given=given)

    assert report.published == "2024-01-02"
    assert report.outlet == "Delta Courier"


@given(st.text(alphabet=st.characters(), min_size=1))
def test_offsets_of_the_row_stay_good(text: str) -> None:
    if not text.strip():
        return

    report = read({"text": text})

    assert report.text == text
