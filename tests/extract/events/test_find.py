"""Events put together from what the heads answer."""

from __future__ import annotations

import pytest

from sayso.extract.counts_mention import CountMention
from sayso.extract.events.features import candidates
from sayso.extract.events.find import find_events
from sayso.extract.events.stage import set_stage
from sayso.record import (
    Counted,
    Event,
    OverallStatus,
    Role,
    Span,
    Statement,
    Status,
)
from sayso.vocab.event_words import load_event_words
from tests.build import make_report, spot
from tests.extract.events.judges import SaidJudge
from tests.parses import parse
from tests.records import make_record, say

TEXT = "Gunmen raided Gao . The mayor denied the raid ."
PARSE = (
    "Gunmen|NOUN|nsubj|2 raided|VERB|root|0 Gao|PROPN|obj|2 .|PUNCT|punct|2 / "
    "The|DET|det|2 mayor|NOUN|nsubj|3 denied|VERB|root|0 the|DET|det|5 "
    "raid|NOUN|obj|3 .|PUNCT|punct|3"
)
WORDS = load_event_words()


@pytest.fixture
def statements() -> tuple[Statement, ...]:
    """Return the outlet's voice and the mayor's."""
    record = make_record(
        TEXT,
        say("s0", None, None, "Gunmen raided Gao", outlet=True),
        say("s1", "The mayor", "denied", "the raid", stance="denies"),
    )
    return record.statements


def _events(
    statements: tuple[Statement, ...],
    judge: SaidJudge,
    counts: tuple[CountMention, ...] = (),
) -> tuple[Event, ...]:
    reading = parse(TEXT, PARSE)
    report = make_report(TEXT)
    return find_events(report, reading, statements, (), (), (), counts, WORDS, judge)


def _kinds(statements: tuple[Statement, ...], *acts: str) -> list[str | None]:
    reading = parse(TEXT, PARSE)
    stage = set_stage(make_report(TEXT), reading, statements, WORDS)
    return ["ASSAULT" if reading.words[t] in acts else None for t in candidates(stage)]


def test_two_mentions_of_one_act_make_one_event_with_two_voices(
    statements: tuple[Statement, ...],
) -> None:
    kinds = _kinds(statements, "raided", "raid")

    (event,) = _events(statements, SaidJudge(kinds=kinds, alike=0.9))

    assert event.trigger == spot(TEXT, "raided")
    assert event.also == (spot(TEXT, "raid@2"),)
    assert [a.statement for a in event.assertions] == [s.id for s in statements]


def test_mentions_that_are_not_alike_stay_apart(
    statements: tuple[Statement, ...],
) -> None:
    kinds = _kinds(statements, "raided", "raid")

    events = _events(statements, SaidJudge(kinds=kinds, alike=0.1))

    assert [event.type for event in events] == ["ASSAULT", "ASSAULT"]
    assert len({event.id for event in events}) == 2


def test_an_act_that_no_voice_asserts_is_no_event(
    statements: tuple[Statement, ...],
) -> None:
    kinds = _kinds(statements, "raided")

    assert _events(statements, SaidJudge(kinds=kinds, status=None)) == ()


def test_a_voice_may_mean_an_act_without_naming_it(
    statements: tuple[Statement, ...],
) -> None:
    kinds = _kinds(statements, "raided")
    judge = SaidJudge(kinds=kinds, implied=Status.DENIED)

    (event,) = _events(statements, judge)

    assert [a.status for a in event.assertions] == [Status.HAPPENED, Status.DENIED]
    assert event.status is OverallStatus.DISPUTED
    assert event.assertions[1].span == spot(TEXT, "the raid")


def test_who_takes_part_keeps_the_voice_that_names_them(
    statements: tuple[Statement, ...],
) -> None:
    kinds = _kinds(statements, "raided")

    (event,) = _events(statements, SaidJudge(kinds=kinds, part=1))

    roles = {(p.role, p.span.of(TEXT)) for p in event.participants}
    assert roles == {(Role.ACTOR, "Gunmen"), (Role.ACTOR, "Gao")}
    assert {p.statements for p in event.participants} == {(statements[0].id,)}


def test_whom_an_act_is_blamed_on_is_its_actor_whatever_the_head_says() -> None:
    text = "Raids blamed on rebels spread ."
    reading = parse(
        text,
        "Raids|NOUN|nsubj|5 blamed|VERB|acl|1 on|ADP|case|4 rebels|NOUN|obl|2 "
        "spread|VERB|root|0 .|PUNCT|punct|5",
    )
    outlet = make_record(text, say("s0", None, None, text, outlet=True)).statements
    stage = set_stage(make_report(text), reading, outlet, WORDS)
    words = [reading.words[token] for token in candidates(stage)]
    judge = SaidJudge(kinds=["ASSAULT" if w == "Raids" else None for w in words])

    (event,) = find_events(
        make_report(text), reading, outlet, (), (), (), (), WORDS, judge
    )

    assert [(p.role, p.span.of(text)) for p in event.participants] == [
        (Role.ACTOR, "rebels")
    ]


def _killed(at: int, head: int) -> CountMention:
    return CountMention(
        what=Counted.KILLED,
        low=3,
        high=3,
        approximate=False,
        span=Span(at, at + 6),
        head=head,
        of=None,
        anchor=1,
        confidence=0.9,
    )


def test_a_number_of_people_goes_to_the_act_with_its_voice(
    statements: tuple[Statement, ...],
) -> None:
    kinds = _kinds(statements, "raided")

    (event,) = _events(statements, SaidJudge(kinds=kinds), (_killed(0, 0),))

    assert [(c.what, c.low, c.statements) for c in event.counts] == [
        (Counted.KILLED, 3, (statements[0].id,))
    ]


def test_equal_numbers_of_two_voices_point_each_at_their_own_words(
    statements: tuple[Statement, ...],
) -> None:
    kinds = _kinds(statements, "raided")
    at = TEXT.index("raid .")

    (event,) = _events(
        statements, SaidJudge(kinds=kinds), (_killed(0, 0), _killed(at, 8))
    )

    assert [(c.span.start, c.statements) for c in event.counts] == [
        (0, (statements[0].id,)),
        (at, (statements[1].id,)),
    ]


def test_a_report_without_words_has_no_events() -> None:
    record = make_record("", say("s0", None, None, outlet=True))
    reading = parse("a", "a|DET|det|0")

    found = find_events(
        make_report("a"), reading, record.statements, (), (), (), (), WORDS, SaidJudge()
    )

    assert found == ()
