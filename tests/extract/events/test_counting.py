"""Which act a number of people belongs to."""

from __future__ import annotations

from msgspec.structs import replace

from sayso.extract.counts_mention import CountMention
from sayso.extract.events.counting import attach_counts
from sayso.extract.events.joining import CAPTURE
from sayso.extract.events.stage import set_stage
from sayso.record import Counted, Span
from sayso.vocab.event_words import load_event_words
from tests.build import make_reading, make_report
from tests.extract.events.judges import mention
from tests.records import make_record, say

TEXT = "A raid began. Police arrested nine. Four men died in it."


def _count(what: Counted, anchor: int) -> CountMention:
    return CountMention(
        what=what,
        low=4,
        high=4,
        approximate=False,
        span=Span(0, 1),
        head=anchor,
        of=None,
        anchor=anchor,
        confidence=0.8,
    )


def test_the_dead_go_to_the_nearest_fitting_act_and_not_to_an_arrest() -> None:
    record = make_record(TEXT, say("s0", None, None, TEXT, outlet=True))
    stage = set_stage(
        make_report(TEXT), make_reading(TEXT), record.statements, load_event_words()
    )
    words = list(stage.reading.words)
    raid, arrest = words.index("raid"), words.index("arrested")
    groups = [[mention(raid)], [mention(arrest, "COERCE")]]
    dead = _count(Counted.KILLED, words.index("died"))
    held = _count(Counted.DETAINED, arrest)

    found = attach_counts(stage, groups, ["ASSAULT", "COERCE"], [{}, {}], [dead, held])

    assert found == [[(dead, 0)], [(held, 0)]]


def test_a_number_goes_to_what_surely_is_an_act() -> None:
    record = make_record(TEXT, say("s0", None, None, TEXT, outlet=True))
    stage = set_stage(
        make_report(TEXT), make_reading(TEXT), record.statements, load_event_words()
    )
    words = list(stage.reading.words)
    sure = mention(words.index("raid"))
    doubtful = replace(mention(words.index("it")), types=sure.types * 0.5)
    doubtful.types[0] = 0.4
    dead = _count(Counted.KILLED, words.index("died"))

    kinds = ["ASSAULT", "ASSAULT"]

    assert attach_counts(stage, [[sure], [doubtful]], kinds, [{}, {}], [dead]) == [
        [(dead, 0)],
        [],
    ]


def test_the_dead_of_a_raid_do_not_go_to_those_led_off() -> None:
    record = make_record(TEXT, say("s0", None, None, TEXT, outlet=True))
    stage = set_stage(
        make_report(TEXT), make_reading(TEXT), record.statements, load_event_words()
    )
    words = list(stage.reading.words)
    raid = mention(words.index("raid"))
    led_off = replace(mention(words.index("it")), mode=CAPTURE)
    dead = _count(Counted.KILLED, words.index("died"))
    taken = _count(Counted.ABDUCTED, words.index("died"))

    kinds = ["ASSAULT", "ASSAULT"]

    assert attach_counts(
        stage, [[raid], [led_off]], kinds, [{}, {}], [dead, taken]
    ) == [[(dead, 0)], [(taken, 0)]]


def test_a_number_without_any_fitting_act_is_left_out() -> None:
    record = make_record(TEXT, say("s0", None, None, TEXT, outlet=True))
    stage = set_stage(
        make_report(TEXT), make_reading(TEXT), record.statements, load_event_words()
    )
    freed = _count(Counted.RELEASED, 8)

    assert attach_counts(stage, [[mention(1)]], ["ASSAULT"], [{}], [freed]) == [[]]
