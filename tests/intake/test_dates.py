from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import IntakeError
from sayso.intake.dates import (
    find_date,
    find_page_date,
    is_edtf,
    parse_published,
    parse_time,
)


@pytest.mark.parametrize(
    "value",
    [
        "2019",
        "2019-08",
        "2019-08-14",
        "2019-08-14T10:20:00Z",
        "2019-08-14T10:20:00+02:00",
        "2019-08-14T10:20",
        "2019-08-12/2019-08-14",
        "2019-08/..",
        "/2019-08",
        "2019-XX-14",
        "XXXX-07-21/XXXX-07-31",
        "2019-21",
        "2019-08?",
        "2019-08-14~",
        "?2019-08",
        "2020-02-29",
        "XXXX-02-29",
        "Y-17000",
        "[2019-08-12,2019-08-14]",
        "{2019..2021}",
    ],
)
def test_edtf_passes_unchanged(value: str) -> None:
    assert parse_published(value, where="row") == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("20190814", "2019-08-14"),
        ("2019-08-14 10:20", "2019-08-14T10:20:00"),
        ("2019-W33-3", "2019-08-14"),
        (" 2019-08-14 ", "2019-08-14"),
        (2019, "2019"),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_other_iso_forms_become_edtf(
    value: str | int | None, expected: str | None
) -> None:
    assert parse_published(value, where="row") == expected


@pytest.mark.parametrize(
    "value",
    [
        "last week",
        "14 August 2019",
        "08/14/2019",
        "2019-13",
        "2019-02-30",
        "2019-08-14T25:00",
        "2019-21-03",
        "../..",
        "/",
        "[]",
        "2019-08-14 and later",
        1565740800,
    ],
)
def test_what_is_no_date_is_named_with_the_mend(value: str | int) -> None:
    with pytest.raises(IntakeError) as caught:
        parse_published(value, where="news.jsonl:3")

    assert repr(value) in caught.value.message
    assert "news.jsonl:3" in caught.value.message
    assert "2019-08-14" in caught.value.mend


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (1565777400, "2019-08-14T10:10:00Z"),
        (1565777400000, "2019-08-14T10:10:00Z"),
        ("2019-08-14T10:10:00Z", "2019-08-14T10:10:00Z"),
        (None, None),
        ("", None),
    ],
)
def test_comment_times_may_be_seconds(
    value: str | int | None, expected: str | None
) -> None:
    assert parse_time(value, where="row") == expected


@pytest.mark.parametrize("value", ["2 hours ago", 1e300, float("inf"), float("nan")])
def test_comment_time_that_is_none_is_refused(value: str | float) -> None:
    with pytest.raises(IntakeError, match="is not a date"):
        parse_time(value, where="row")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Wed, 14 Aug 2019 10:20:00 GMT", "2019-08-14T10:20:00+00:00"),
        ("2019/08/14", "2019-08-14"),
        ("20190814T102000Z", "2019-08-14T10:20:00+00:00"),
        ("yesterday", None),
        ("12", None),
        ("2019", None),
    ],
)
def test_pages_write_dates_in_more_ways(value: str, expected: str | None) -> None:
    assert find_page_date(value) == expected


@given(st.text(alphabet="0123456789-/.XT:Z?~%[]{},Y+ ", max_size=24))
def test_found_dates_are_edtf_and_stay_as_they_are(value: str) -> None:
    found = find_date(value)

    assert found is None or (is_edtf(found) and find_date(found) == found)
