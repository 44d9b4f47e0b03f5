from __future__ import annotations

import pytest

from sayso.record import AnchorKind, SectionKind, Time, TimexType
from sayso.resolve.dates import IMPOSSIBLE, find_times
from sayso.vocab.calendar import load_calendar
from tests.build import make_reading, make_report

CALENDAR = load_calendar()
HELD = "../2019-08-09T12:00"
PUBLISHED = "2019-08-14"  # a Wednesday


def times_in(text: str, published: str | None = PUBLISHED) -> tuple[Time, ...]:
    return find_times(make_report(text, published=published), None, CALENDAR)


def the_time(text: str, published: str | None = PUBLISHED) -> Time:
    (time,) = times_in(text, published)
    return time


@pytest.mark.parametrize(
    ("text", "timex", "edtf"),
    [
        ("The raid was on 12 March 2018.", "2018-03-12", "2018-03-12"),
        ("It began March 12, 2018.", "2018-03-12", "2018-03-12"),
        ("Filed 2018-03-12.", "2018-03-12", "2018-03-12"),
        ("Sent 22.3.2013 by post.", "2013-03-22", "2013-03-22"),
        ("The mine shut in late July.", "2019-07", "2019-07-21/2019-07-31"),
        ("They met on Monday.", "2019-08-12", "2019-08-12"),
        ("They will meet on Monday.", "2019-08-19", "2019-08-19"),
        ("A strike was called for Friday.", "2019-08-16", "2019-08-16"),
        ("They met last Wednesday.", "2019-08-07", "2019-08-07"),
        ("They met yesterday.", "2019-08-13", "2019-08-13"),
        ("It burned last night.", "2019-08-13TNI", "2019-08-13/2019-08-14"),
        ("It burned on Tuesday night.", "2019-08-13TNI", "2019-08-13"),
        ("It rained last week.", "2019-W32", "2019-08-05/2019-08-11"),
        ("Rents rose two years ago.", "2017", "2017"),
        ("He left nine days ago.", "2019-08-05", "2019-08-05"),
        ("Prices rose in the third quarter of 2018.", "2018-Q3", "2018-07/2018-09"),
        ("Prices rose in Q3 2018.", "2018-Q3", "2018-07/2018-09"),
        ("The shop burned on the eve of Easter 2018.", "2018-03-31", "2018-03-31"),
        ("The shop burned on Diwali 2018.", "2018-11-07", "2018-11-07"),
        ("They met in the first half of June.", "2019-06", "2019-06"),
        ("They met in the spring of 1992.", "1992-SP", "1992-21"),
        ("Born in the 1920s.", "192", "192X"),
        ("It held from 2014 to 2017.", "2014/2017", "2014/2017"),
        ("It lasted between 3 and 5 May.", "2019-05-03/2019-05-05", None),
        ("It rained from Monday to Wednesday.", "2019-08-12/2019-08-14", None),
        ("It will rain from Friday to Sunday.", "2019-08-16/2019-08-18", None),
        ("The 4-10 September talks.", "2019-09-04/2019-09-10", None),
        ("They left at 18:30 UTC on Monday.", "2019-08-12T18:30Z", None),
        ("They left at 6:40 p.m. Monday.", "2019-08-12T18:40", None),
        ("The bridge fell at midnight on 1 April.", "2019-04-01T00:00", None),
        ("It opened at Easter 2016.", "2016-03-27", "2016-03-27"),
        ("Shops were shut on Christmas Eve.", "2018-12-24", "2018-12-24"),
        ("Rome lost in 216 BC.", "BC0216", "-0215"),
        ("A law of the 19th century.", "18", "18XX"),
        ("It grew since January.", "2019-01", "2019-01/.."),
        ("It will end by Friday.", "2019-08-16", "../2019-08-16"),
        ("He wrote to us on Friday.", "2019-08-09", "2019-08-09"),
        ("They must leave by Friday.", "2019-08-16", "../2019-08-16"),
        ("They held it until Friday noon.", "2019-08-09T12:00", HELD),
        ("The road is closed until Friday.", "2019-08-16", "../2019-08-16"),
        ("It extended the ban until Friday.", "2019-08-16", "../2019-08-16"),
        ("They had left by Friday.", "2019-08-09", "../2019-08-09"),
        ("They leave by the end of June 2020.", "2020-06", "../2020-06-30"),
        ("It was October of last year.", "2018-10", "2018-10"),
        ("It was in October last year.", "2018-10", "2018-10"),
        ("He was shot last Oct. 23.", "2018-10-23", "2018-10-23"),
        ("It closes this coming Sunday.", "2019-08-18", "2019-08-18"),
        ("On Monday, April 15: the first shots.", "2019-04-15", "2019-04-15"),
        ("It burned in nineteen ninety-six.", "1996", "1996"),
        ("Born in the late nineties.", "199", "1997/1999"),
        ("It rose in the 2018 third quarter.", "2018-Q3", "2018-07/2018-09"),
        ("It sank in the year-ago third quarter.", "2018-Q3", "2018-07/2018-09"),
        ("It fell in the latest quarter.", "2019-Q2", "2019-04/2019-06"),
        ("They met in the week of March 6.", "2019-W10", "2019-03-04/2019-03-10"),
        ("It ran from 28 April to 3 May.", "2019-04-28/2019-05-03", None),
        ("It ran from December 30 to January 2.", "2018-12-30/2019-01-02", None),
        ("It rained from May to July 2018.", "2018-05/2018-07", None),
        ("Fairs open at Easter of next year.", "2020-04-12", "2020-04-12"),
    ],
)
def test_value_is_reckoned_from_publication(
    text: str, timex: str, edtf: str | None
) -> None:
    time = the_time(text)

    assert time.timex.value == timex
    assert time.value == (edtf or timex)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("They held out for three days.", TimexType.DURATION, "P3D"),
        ("They held out for a few weeks.", TimexType.DURATION, "PXW"),
        ("It took two and a half years.", TimexType.DURATION, "P2.5Y"),
        ("A 12-hour march.", TimexType.DURATION, "PT12H"),
        ("They meet every Tuesday.", TimexType.SET, "XXXX-WXX-2"),
        ("The annual fair.", TimexType.SET, "P1Y"),
        ("They march each July.", TimexType.SET, "XXXX-07"),
        ("They meet on Monday nights.", TimexType.SET, "XXXX-WXX-1TNI"),
        ("They rest on Sundays.", TimexType.SET, "XXXX-WXX-7"),
        ("They fish at weekends.", TimexType.SET, "XXXX-WXX-WE"),
        ("It took 12 to 18 months.", TimexType.DURATION, "P12M/P18M"),
        ("It took 2 1/2 years.", TimexType.DURATION, "P2.5Y"),
        ("It took a year and a half.", TimexType.DURATION, "P1.5Y"),
        ("It took a week or two.", TimexType.DURATION, "PXW"),
        ("It stood for hundreds of years.", TimexType.DURATION, "PXY"),
        ("It stood for two thousand years.", TimexType.DURATION, "P2000Y"),
        ("Sales for the year ended March 31.", TimexType.DURATION, "P1Y"),
        ("It was so at the time.", TimexType.DATE, "PAST_REF"),
        ("He came on a Monday.", TimexType.DATE, "XXXX-WXX-1"),
        ("They go out at night.", TimexType.TIME, "XXXX-XX-XXTNI"),
        ("It is now shut.", TimexType.DATE, "PRESENT_REF"),
    ],
)
def test_durations_and_sets_have_no_edtf_value(
    text: str, kind: TimexType, value: str
) -> None:
    time = times_in(text)[0]

    assert (time.timex.type, time.timex.value) == (kind, value)
    assert (time.value, time.earliest, time.latest) == (None, None, None)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("between 2 and 4 p.m.", "14:00", "16:00"),
        ("from 9 a.m. to noon", "09:00", "12:00"),
        ("from 9 to noon", "09:00", "12:00"),
        ("9-11 a.m.", "09:00", "11:00"),
        ("11:30 to 2 p.m.", "11:30", "14:00"),
        ("14:00-16:30", "14:00", "16:30"),
        ("from 6 p.m. until midnight GMT", "18:00Z", "00:00Z"),
        ("between 10:15 and 11:45 UTC", "10:15Z", "11:45Z"),
        ("from five to eight in the morning", "05:00", "08:00"),
        ("from five to eight in the evening", "17:00", "20:00"),
    ],
)
@pytest.mark.parametrize("form", ["They met on Monday {}", "They met {} on Monday"])
def test_clock_range_is_one_interval(
    words: str, start: str, end: str, form: str
) -> None:
    time = the_time(form.format(words))

    last = "2019-08-13" if end < start else "2019-08-12"
    assert time.value == f"2019-08-12T{start}/{last}T{end}"
    assert (time.earliest, time.latest) == tuple(time.value.split("/"))
    assert time.timex.type is TimexType.TIME


def test_clock_range_without_a_day_keeps_it_unknown() -> None:
    time = the_time("They met between 2 and 4 p.m.", published=None)

    assert time.value == "XXXX-XX-XXT14:00/XXXX-XX-XXT16:00"


def test_clock_time_passes_over_a_day_of_long_ago() -> None:
    text = "Guards came on Tuesday. The pact of 3 May 2015 held. At 15:00 all left."

    assert times_in(text)[-1].value == "2019-08-13T15:00"


def test_two_clock_times_are_no_range() -> None:
    assert len(times_in("They met at 2 p.m. and 4 p.m.")) == 2


def test_date_broken_by_a_hard_wrap_is_one() -> None:
    line = "The council of the harbour met on the great stone quay until 12"

    assert the_time(f"{line}\nMarch 2018.").value == "../2018-03-12"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mine shut in late July.", "XXXX-07-21/XXXX-07-31"),
        ("The mine shut on 5 May.", "XXXX-05-05"),
        ("The mine shut on Monday.", "XXXX-XX-XX"),
        ("The mine shut yesterday.", "XXXX-XX-XX"),
        ("The mine shut last year.", "XXXX"),
    ],
)
def test_unknown_parts_stay_unknown_without_an_anchor(text: str, value: str) -> None:
    time = the_time(text, published=None)

    assert time.value == value
    assert time.anchor is None
    assert time.earliest is None


@pytest.mark.parametrize("text", ["On 31 February it fell.", "On 2019-13-40 it fell."])
def test_impossible_date_is_null(text: str) -> None:
    time = the_time(text)

    assert time.rule == IMPOSSIBLE
    assert time.value is None


@pytest.mark.parametrize("published", ["soon", "2019-02-31", ""])
def test_published_that_is_no_date_anchors_nothing(published: str) -> None:
    assert the_time("They met on Monday.", published).anchor is None


def test_published_month_gives_years_but_no_days() -> None:
    year, day = times_in("It rose last year. They met on Monday.", "2019-08")

    assert year.value == "2018"
    assert day.value == "XXXX-XX-XX"


def test_later_time_is_reckoned_from_the_earlier_one() -> None:
    first, later = times_in("The raid was on 5 May 2017. Two days later they fled.")

    assert later.value == "2017-05-07"
    assert later.anchor is not None
    assert later.anchor.kind is AnchorKind.TIME
    assert (later.anchor.id, later.anchor.span) == (first.id, first.mentions[0])


def test_full_date_of_the_dateline_anchors_without_publication() -> None:
    dateline = "ORRENPORT, 14 August 2019 -"
    text = f"{dateline} Guards met on Monday."
    sections = {dateline: SectionKind.DATELINE, "Guards met": SectionKind.BODY}
    report = make_report(text, sections=sections, published=None)

    told = find_times(report, None, CALENDAR)[-1]

    assert told.value == "2019-08-12"
    assert told.anchor is not None
    assert told.anchor.kind is AnchorKind.DATELINE


def test_mentions_of_one_day_share_a_row() -> None:
    time = the_time("They met on Monday, and on 12 August they parted.")

    assert len(time.mentions) == 2


def test_narrative_of_long_ago_takes_the_year_of_the_text() -> None:
    text = (
        "The war began in May 1862. In 1863 it spread; by 1864 it was lost."
        " On 3 April 1865 the city fell. The army gave up on 9 April."
    )

    assert times_in(text)[-1].value == "1865-04-09"


def test_parse_tells_the_tense_where_words_mislead() -> None:
    text = "They go, it was said, on Monday."
    syntax = {
        "go": ("VERB", "root", None),
        "They": ("PRON", "nsubj", "go"),
        "Monday": ("PROPN", "obl", "go"),
    }
    report = make_report(text)
    reading = make_reading(text, syntax=syntax)

    (time,) = find_times(report, reading, CALENDAR)

    assert time.value in ("2019-08-12", "2019-08-19")


@pytest.mark.parametrize(
    "text",
    [
        "He may march to the hall.",
        "The Long March hurt them.",
        "They paid $2000 for 1500 goats.",
        "The second man, a 33-year-old, left.",
        "Operation Dawn failed.",
        "The fall of the town hurt them.",
        "He was 37 years old.",
        "Jan Harrow and Mar Sole sang.",
        "They joined the March for Bread.",
        "Good evening, said the guard.",
        "The dusk-to-dawn curfew held.",
    ],
)
def test_words_that_only_look_like_times_are_left(text: str) -> None:
    assert times_in(text) == ()
