from __future__ import annotations

from itertools import permutations

from sayso.record import Comment, Record
from sayso.store.merge import (
    Reading,
    digest_record,
    drop_needless,
    merge_comments,
    merge_readings,
)
from tests.store.build import make_comments, make_record


def read(*records: Record) -> list[Reading]:
    return [
        Reading(digest=digest_record(record), added=n, record=record)
        for n, record in enumerate(records, 1)
    ]


def told(comments: tuple[Comment, ...]) -> list[tuple[int, str, str, int | None]]:
    return [(one.n, one.author, one.text, one.reply_to) for one in comments]


def test_order_of_readings_does_not_matter() -> None:
    readings = read(
        make_record(1, key="b", comments=[("c1", None, "no"), ("c2", None, "yes")]),
        make_record(1, key="a", byline="Ada Ro"),
        make_record(1, key="c", comments=[("c1", None, "yes"), ("c2", None, "why")]),
        make_record(1, kit="0.0.9", comments=[("c1", None, "old")]),
    )

    merged = {digest_record(merge_readings(order)) for order in permutations(readings)}

    assert len(merged) == 1


def test_needless_readings_are_dropped_without_a_trace() -> None:
    comments = [("c1", None, "no")]
    readings = read(
        make_record(1, kit="0.1.0"),
        make_record(1, kit="0.1.0", comments=comments),
        make_record(1, kit="0.2.0"),
    )

    kept = drop_needless(readings)

    assert [reading.added for reading in kept] == [2, 3]
    assert merge_readings(kept) == merge_readings(readings)


def test_version_numbers_are_compared_as_numbers() -> None:
    readings = read(make_record(1, kit="0.10.0"), make_record(1, kit="0.9.0"))

    assert merge_readings(readings).kit.sayso == "0.10.0"


def test_kits_of_one_version_give_way_to_the_later() -> None:
    first, second = (
        make_record(1, byline="A"),
        make_record(1, byline="B", kit="0.1.0 b"),
    )

    assert merge_readings(read(first, second)).report.byline == "B"
    assert merge_readings(read(second, first)).report.byline == "A"


def test_threads_are_joined_at_the_comments_they_share() -> None:
    first = make_comments([("c1", "8:00", "no"), ("c2", "9:00", "yes")])
    second = (
        Comment(n=1, author="c1", time="9:00", text="yes"),
        Comment(n=2, author="c2", time="9:30", text="why", reply_to=1),
        Comment(n=3, author="c1", time="9:40", text="so", reply_to=2),
    )

    assert told(merge_comments([first, second])) == [
        (1, "c1", "no", None),
        (2, "c2", "yes", None),
        (3, "c3", "why", 2),
        (4, "c2", "so", 3),
    ]


def test_authors_without_a_shared_comment_stay_apart() -> None:
    first, second = (
        make_comments([("c1", None, "a")]),
        make_comments([("c1", None, "b")]),
    )

    assert told(merge_comments([first, second]))[1] == (2, "c2", "b", None)


def test_comment_said_twice_stays_twice() -> None:
    twice = make_comments([("c1", None, "no"), ("c1", None, "no"), ("c2", None, "x")])

    assert told(merge_comments([twice, twice[:1]])) == told(twice)
