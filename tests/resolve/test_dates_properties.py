from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Time
from sayso.resolve.dates import find_times
from sayso.vocab.calendar import load_calendar
from tests.build import make_reading, make_report
from tests.strategies import texts

CALENDAR = load_calendar()
VOCABULARY = """
    on in by since until the last next this late early mid of to and between from 31 30
    5 May February July Monday Friday year day week month quarter ago later two 1945
    2019 0001 9999 10000 BC noon 6 p.m. 18:00 UTC Easter Ramadan every 99 century the
    weekend spring end , . - / ' s
"""
WORDS = st.sampled_from(VOCABULARY.split())
timely = st.lists(WORDS, max_size=14).map(" ".join)
published = st.none() | st.dates().map(str) | texts


def check(text: str, found: tuple[Time, ...]) -> None:
    ids = {time.id for time in found}
    assert len(ids) == len(found)
    for time in found:
        assert all(0 <= start < end <= len(text) for start, end in time.mentions)
        assert 0 <= time.confidence <= 1
        if time.earliest is not None and time.latest is not None:
            assert time.earliest <= time.latest
        if time.anchor is not None and time.anchor.id is not None:
            assert time.anchor.id in ids


@given(text=texts | timely, published=published)
def test_any_text_gives_sound_times(text: str, published: str | None) -> None:
    report = make_report(text or " ", published=published)

    check(report.text, find_times(report, None, CALENDAR))


@given(text=timely.filter(bool))
def test_a_reading_changes_no_mention(text: str) -> None:
    report = make_report(text)

    with_reading = find_times(report, make_reading(text), CALENDAR)
    check(text, with_reading)

    assert mentions(with_reading) == mentions(find_times(report, None, CALENDAR))


def mentions(found: tuple[Time, ...]) -> list[tuple[int, int]]:
    return sorted(span for time in found for span in time.mentions)
