from __future__ import annotations

from msgspec.structs import replace

from sayso.record import Basis, QuoteKind, Span, Stance, Statement, statement_id
from sayso.resolve.dates import find_times
from sayso.resolve.dates_saying import join_times
from sayso.vocab.calendar import load_calendar
from tests.build import make_reading, make_report, spot

TEXT = "The ministry said on Monday that the bridge fell on Sunday."
SYNTAX = {
    "said": ("VERB", "root", None),
    "Monday": ("PROPN", "obl", "said"),
    "on": ("ADP", "case", "Monday"),
    "fell": ("VERB", "ccomp", "said"),
    "Sunday": ("PROPN", "obl", "fell"),
}


def statement(cue: Span | None, content: Span) -> Statement:
    return Statement(
        id=statement_id("r", cue=cue, source=None),
        source=None,
        cue=cue,
        content=(content,),
        quote=QuoteKind.INDIRECT,
        stance=Stance.ASSERTS,
        basis=Basis.NONE,
        confidence=0.5,
        made_by="test",
    )


def test_time_of_the_saying_hangs_on_the_cue() -> None:
    report, reading = make_report(TEXT), make_reading(TEXT, syntax=SYNTAX)
    told = statement(spot(TEXT, "said"), spot(TEXT, "the bridge fell on Sunday"))
    times = find_times(report, reading, load_calendar())

    (joined,) = join_times([told], times, reading)

    (monday,) = (time for time in times if time.value == "2019-08-12")
    assert joined == replace(told, times=(monday.id,))


def test_time_within_the_content_is_none_of_the_saying() -> None:
    report, reading = make_report(TEXT), make_reading(TEXT, syntax=SYNTAX)
    told = statement(spot(TEXT, "said"), spot(TEXT, "on Monday that the bridge fell"))
    times = find_times(report, reading, load_calendar())

    assert join_times([told], times, reading) == (told,)


def test_outlet_has_no_time_of_saying() -> None:
    report, reading = make_report(TEXT), make_reading(TEXT, syntax=SYNTAX)
    outlet = statement(None, spot(TEXT, TEXT))
    times = find_times(report, reading, load_calendar())

    assert join_times([outlet], times, reading) == (outlet,)
