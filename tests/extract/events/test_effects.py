"""Words for what an act did, told apart from the act."""

from __future__ import annotations

import pytest

from sayso.extract.counts_mention import CountMention
from sayso.extract.events.effects import drop_effects
from sayso.extract.events.mentions import Mention
from sayso.extract.events.stage import Stage, set_stage
from sayso.record import Counted, Span
from sayso.vocab.event_words import load_event_words
from tests.build import make_reading, make_report
from tests.extract.events.judges import mention
from tests.records import make_record, say

TEXT = "Gunmen raided Tora. Four men were killed. Some 300 people left. Police met."


@pytest.fixture
def stage() -> Stage:
    """Return a report with a raid, deaths and a flight."""
    record = make_record(TEXT, say("s0", None, None, TEXT, outlet=True))
    report, reading = make_report(TEXT), make_reading(TEXT)
    return set_stage(report, reading, record.statements, load_event_words())


def _at(stage: Stage, word: str) -> int:
    return list(stage.reading.words).index(word)


def _driven(anchor: int) -> CountMention:
    return CountMention(
        what=Counted.DISPLACED,
        low=300,
        high=300,
        approximate=True,
        span=Span(0, 1),
        head=anchor,
        of="people",
        anchor=anchor,
        confidence=0.9,
    )


def _kind(group: list[Mention]) -> str:
    return group[0].kind


def test_deaths_beside_the_act_that_caused_them_are_no_act(stage: Stage) -> None:
    raid, dead = [mention(_at(stage, "raided"))], [mention(_at(stage, "killed"))]

    assert drop_effects(stage, [raid, dead], [], _kind) == [raid]


def test_deaths_that_nothing_else_caused_stay(stage: Stage) -> None:
    dead = [mention(_at(stage, "killed"))]
    talks = [mention(_at(stage, "met"), "CONSULT")]

    assert drop_effects(stage, [dead, talks], [], _kind) == [dead, talks]


def test_who_leaves_in_numbers_was_driven_out(stage: Stage) -> None:
    raid = [mention(_at(stage, "raided"))]
    left = [mention(_at(stage, "left"), "RETREAT")]

    counts = [_driven(_at(stage, "left"))]

    assert drop_effects(stage, [raid, left], counts, _kind) == [raid]
    assert drop_effects(stage, [raid, left], [], _kind) == [raid, left]


def test_an_act_that_is_also_named_by_its_dead_stays_whole(stage: Stage) -> None:
    both = [mention(_at(stage, "raided")), mention(_at(stage, "killed"))]

    assert drop_effects(stage, [both], [], _kind) == [both]
