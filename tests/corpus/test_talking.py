from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus import words as words_module
from sayso.corpus.spread import Here, Limits
from sayso.corpus.threads import find_thread
from sayso.corpus.words import number_words
from sayso.record import Thread
from tests.corpus.build import BACKGROUND, make_comments, read

PUSHED = (
    "Let us hope they end the use of tidal barrage permits at last.",
    "They should agree on stopping the use of Tidal Barrage Permits.",
    "A new boat would help and so would fewer tidal barrage permits by summer.",
    "These papers (tidal barrage permit) cost us our sleep.",
    "Nobody here has seen a single boat since March.",
)


def thread_of(*texts: str, article: str = "", authors: tuple[str, ...] = ()) -> Thread:
    return find_thread(
        make_comments(*texts, authors=authors),
        article=article,
        background=BACKGROUND,
        read=read,
    )


def test_pushed_phrase_is_the_first_finding_with_all_its_spans() -> None:
    point = thread_of(*PUSHED, article="The boat is late.").talking_points[0]

    assert point.phrase == "tidal barrage permits"
    assert point.authors == 4
    assert not point.in_article
    assert point.expected < 0.001
    assert [
        span.of(PUSHED[one.n - 1]) for one in point.comments for span in one.spans
    ] == [
        "tidal barrage permits",
        "Tidal Barrage Permits",
        "tidal barrage permits",
        "tidal barrage permit",
    ]


def test_parts_and_surroundings_of_a_finding_are_not_told() -> None:
    assert len(thread_of(*PUSHED).talking_points) == 1


def test_one_author_alone_pushes_nothing() -> None:
    assert thread_of(*PUSHED, authors=("c1",) * 5).talking_points == ()


def test_copies_are_no_agreement() -> None:
    thread = thread_of(*[PUSHED[0]] * 4, *PUSHED[4:])

    assert thread.talking_points == ()
    assert [one.comments for one in thread.copies] == [(1, 2, 3, 4)]


def test_what_two_share_is_no_finding() -> None:
    assert thread_of(*PUSHED[:2], *PUSHED[4:]).talking_points == ()


def test_phrase_of_the_article_is_told_as_such_or_not_at_all() -> None:
    article = "The council talked about tidal barrage permits on Monday evening."

    points = thread_of(*PUSHED, article=article).talking_points

    assert all(point.in_article for point in points)


def test_phrase_of_words_that_the_thread_uses_anyway_is_no_finding() -> None:
    texts = [f"The boat number {n} has a crew but its boat crew is ill." for n in "abc"]
    filler = [f"My boat at pier {n} has a crew and crew is dear." for n in "defghijk"]

    phrases = {one.phrase for one in thread_of(*texts, *filler).talking_points}

    assert "boat crew" not in phrases


def test_no_comment_and_one_comment_give_nothing() -> None:
    assert thread_of() == thread_of(PUSHED[0]) == Thread()


def test_equal_threads_give_equal_findings() -> None:
    assert thread_of(*PUSHED) == thread_of(*PUSHED)


def test_thread_on_disk_has_the_same_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("duckdb")
    found = thread_of(*PUSHED, PUSHED[1])
    monkeypatch.setattr(words_module, "CHUNK_WORDS", 12)
    small = Here(Limits(held_bytes=40, held_rows=5, duckdb_memory="32MB"))

    again = find_thread(
        make_comments(*PUSHED, PUSHED[1]),
        article="",
        background=BACKGROUND,
        read=read,
        number=partial(number_words, spread=small),
    )

    assert again == found
    assert found.copies and found.talking_points


@given(st.lists(st.text(alphabet="ab ,.\u202e\0", max_size=40), max_size=7))
def test_any_texts_give_spans_within_them(texts: list[str]) -> None:
    for point in thread_of(*texts).talking_points:
        for one in point.comments:
            assert one.spans
            assert all(0 <= a < b <= len(texts[one.n - 1]) for a, b in one.spans)


def test_large_thread_is_ranked_by_share_and_then_by_further_evidence() -> None:
    filler = [f"Boat number w{n} is late" for n in range(940)]
    often = [f"w{n}a w{n}b tidal barrage permit" for n in range(60)]
    seldom = [f"w{n}c w{n}d moss quota board" for n in range(20)]
    thread = thread_of(*filler, *often, *seldom)
    phrases = [one.phrase for one in thread.talking_points]

    assert phrases.index("tidal barrage permit") < phrases.index("moss quota board")

    minutes = [
        f"2024-03-{n // 1440 + 1:02}T{n // 60 % 24:02}:{n % 60:02}:00"
        for n in range(0, 10_000, 10)
    ]
    times = [*minutes, *["2024-03-05T10:00:01"] * 20]
    comments = make_comments(*filler, *often, *seldom, times=times)
    thread = find_thread(comments, article="", background=BACKGROUND, read=read)

    assert thread.talking_points[0].phrase == "moss quota board"
