from __future__ import annotations

import html

import pytest
from fastapi.testclient import TestClient
from msgspec.structs import replace

from sayso.record import CommentSpans, Copies, Record, Span, TalkingPoint, Thread
from sayso.show.thread_lines import REASONS
from sayso.store.base import Store
from sayso.web.threads import all_comments, copies, talking_points
from tests.records import make_record

FIRST = "The bridge was sold to strangers long ago."
TEXTS = (
    FIRST,
    FIRST,
    "The bridge was sold to friends long ago.",
    "Nobody asked us. Sold to strangers, they say.",
    *(f"Comment number {n} says something else." for n in range(150)),
)
PHRASE = "sold to strangers"


def thread_record() -> Record:
    """Return a report with a talking point, and copies among its comments."""
    record = make_record("The bridge at Ilmen is closed.", comments=TEXTS)

    def spans(n: int) -> CommentSpans:
        start = TEXTS[n - 1].lower().index(PHRASE)
        return CommentSpans(n=n, spans=(Span(start, start + len(PHRASE)),))

    point = TalkingPoint(
        phrase=PHRASE,
        comments=tuple(map(spans, (1, 2, 4))),
        authors=3,
        in_article=False,
        expected=0.01,
        p=0.001,
        q=0.01,
    )
    group = Copies(
        comments=(1, 2, 3),
        similarity=0.9,
        spans=tuple(Span(0, len(TEXTS[n])) for n in range(3)),
    )
    return replace(record, thread=Thread(talking_points=(point,), copies=(group,)))


@pytest.fixture
def report(store: Store) -> str:
    record = thread_record()
    store.add_records([record])
    return record.report.id


def test_the_list_names_threads_with_findings(client: TestClient, report: str) -> None:
    page = client.get("/threads?finding=point").text

    assert f'href="/threads/{report}"' in page
    assert "154 comments" in page
    assert "1 talking point" in page


def test_a_finding_is_told_with_the_reasons_it_may_have(
    client: TestClient, report: str
) -> None:
    page = html.unescape(client.get(f"/threads/{report}").text)

    assert f"3 of 154 comments, by 3 signed or unsigned authors, use “{PHRASE}”" in page
    assert REASONS in page


def test_the_words_shared_are_marked_with_the_number_of_their_point() -> None:
    first, *_ = all_comments(thread_record(), thread_record().report.comments)

    assert [(one.text, one.points) for one in first.pieces] == [
        ("The bridge was ", ()),
        (PHRASE, (1,)),
        (" long ago.", ()),
    ]


def test_a_copy_shows_the_words_that_differ() -> None:
    (group,) = copies(thread_record())

    original, same, changed = group.comments
    assert not original.is_same
    assert same.is_same
    assert [one.text for one in changed.pieces if one.is_changed] == ["friends"]


def test_pieces_together_are_the_comment() -> None:
    record = thread_record()

    for comment, shown in zip(
        record.report.comments,
        all_comments(record, record.report.comments),
        strict=True,
    ):
        assert "".join(piece.text for piece in shown.pieces) == comment.text


def test_a_point_without_places_shows_the_beginning_of_its_comments() -> None:
    record = thread_record()
    (point,) = record.thread.talking_points
    bare = replace(point, comments=(CommentSpans(n=1, spans=()),))

    (found,) = talking_points(replace(record, thread=Thread(talking_points=(bare,))))

    assert found.comments[0].pieces[0].text == FIRST


def test_comments_come_in_pages(client: TestClient, report: str) -> None:
    first = client.get(f"/threads/{report}").text
    second = client.get(f"/threads/{report}?first=101").text

    assert 'id="c100"' in first
    assert 'id="c101"' not in first
    assert 'first=101#comments"' in first
    assert 'id="c154"' in second


def test_a_point_has_its_comments_alone(client: TestClient, report: str) -> None:
    page = client.get(f"/threads/{report}?point=1").text

    assert 'id="c4"' in page
    assert 'id="c3"' not in page


@pytest.mark.parametrize("point", [-1, 2, 10**9])
def test_a_point_that_is_not_there_is_an_error(
    client: TestClient, report: str, point: int
) -> None:
    assert client.get(f"/threads/{report}?point={point}").status_code == 400


def test_no_report_is_not_found(client: TestClient) -> None:
    assert client.get("/threads/nobody").status_code == 404


def test_the_times_of_comments_come_as_data(client: TestClient, store: Store) -> None:
    record = thread_record()
    timed = tuple(
        replace(one, time=f"2024-05-15T09:{one.n % 60:02d}:00Z")
        for one in record.report.comments
    )
    store.add_records([replace(record, report=replace(record.report, comments=timed))])
    address = f"/threads/{record.report.id}/arrivals.json"

    told = client.get(address).json()

    assert sum(row["comments"] for row in told) == len(timed)
    assert address in client.get(f"/threads/{record.report.id}").text
