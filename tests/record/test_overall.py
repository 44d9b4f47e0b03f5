"""The status of an event by all its voices, and records of sure rows alone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sayso.record import (
    Assertion,
    Event,
    OverallStatus,
    Participant,
    Record,
    Role,
    Span,
    Status,
)
from sayso.record.overall import keep_sure, overall_status
from tests.records import make_record, say

TEXT = "It rained hail. He said she denied that it did."
HAPPENED, DENIED, PLANNED = Status.HAPPENED, Status.DENIED, Status.PLANNED


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"s0": HAPPENED, "s1": DENIED}, OverallStatus.DISPUTED),
        ({"s0": Status.ONGOING}, OverallStatus.REPORTED),
        ({"s0": HAPPENED, "s1": PLANNED}, OverallStatus.REPORTED),
        ({"s1": HAPPENED}, OverallStatus.ALLEGED),
        ({"s1": PLANNED}, OverallStatus.PLANNED),
        ({"s0": DENIED}, OverallStatus.DENIED),
        ({"s1": HAPPENED, "s0": PLANNED}, OverallStatus.MIXED),
    ],
)
def test_the_first_rule_that_fits_decides(
    told: dict[str, Status], status: OverallStatus
) -> None:
    assertions = [_assertion(name, one) for name, one in told.items()]

    assert overall_status(assertions, "s0") is status


def test_a_headline_that_repeats_a_source_is_no_report_of_the_outlet() -> None:
    both = [_assertion("s0", HAPPENED), _assertion("s1", HAPPENED)]
    headline = [Span(0, len(TEXT))]

    assert overall_status(both, "s0", headline) is OverallStatus.ALLEGED
    assert overall_status(both[:1], "s0", headline) is OverallStatus.REPORTED
    assert overall_status(both, "s0", [Span(0, 0)]) is OverallStatus.REPORTED


def test_a_voice_below_the_floor_leaves_events_and_chains() -> None:
    record = _record()

    kept = keep_sure(record, 0.5)

    assert [s.id for s in kept.statements] == ["s0", "s2"]
    assert kept.statements[1].within is None
    (event,) = kept.events
    assert [a.statement for a in event.assertions] == ["s0"]
    assert event.status is OverallStatus.REPORTED
    assert event.participants == ()


def test_an_event_below_the_floor_goes_and_zero_keeps_all() -> None:
    record = _record()

    assert keep_sure(record, 0.95).events == ()
    assert keep_sure(record, 0.0) == record


def _assertion(statement: str, status: Status) -> Assertion:
    return Assertion(statement=statement, status=status, span=Span(3, 9))


def _record() -> Record:
    record = make_record(
        TEXT,
        say("s0", None, None, "It rained hail", outlet=True),
        say("s1", "He", "said", "she denied that it did"),
        say("s2", "she", "denied", "it did"),
    )
    event = Event(
        id="e1",
        trigger=Span(3, 9),
        type="ASSAULT",
        participants=(
            Participant(role=Role.ACTOR, span=Span(0, 2), statements=("s1",)),
        ),
        assertions=(_assertion("s0", HAPPENED), _assertion("s1", DENIED)),
        status=OverallStatus.DISPUTED,
        confidence=0.9,
        made_by="test",
    )
    outlet, outer, inner = record.statements
    return replace(
        record,
        statements=(
            replace(outlet, id="s0"),
            replace(outer, id="s1", confidence=0.2),
            replace(inner, id="s2", within="s1", confidence=0.9),
        ),
        events=(event,),
    )
