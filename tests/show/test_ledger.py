from __future__ import annotations

from hypothesis import given, settings

from sayso.record import Record, Stance
from sayso.show.ledger import Line, make_ledger
from tests.records import make_record, say
from tests.strategies import records

TEXT = (
    "Rain fell. “Officials have assured me that it stops,” she said. It won't, he said."
)


def ledger() -> tuple[Line, ...]:
    record = make_record(
        TEXT,
        say("s0", None, None, "Rain fell.", outlet=True),
        say("last", "he", "said@2", "It won't", stance=Stance.DENIES, speaker="a2"),
        say("inner", "Officials", "have assured", "that it stops", within="outer"),
        say("outer", "she", "said", "“Officials have assured me", speaker="a1"),
        people=[("a1", "Ilra Voss"), ("a2", "He")],
    )
    return make_ledger(record)


def test_statements_are_numbered_in_text_order_and_the_outlet_comes_last() -> None:
    assert [(line.number, line.id) for line in ledger()] == [
        (1, "outer"),
        (2, "inner"),
        (3, "last"),
        (0, "s0"),
    ]


def test_chain_leads_from_the_speaker_to_the_outlet() -> None:
    chains = [line.chain for line in ledger()]

    assert chains[1] == ("Officials", "Ilra Voss", "outlet")
    assert chains[3] == ("outlet",)


def test_words_of_a_source_are_told_only_where_the_name_does_not() -> None:
    assert [line.words for line in ledger()] == ["she", "", "", ""]


def test_hearsay_negation_and_attitude_are_noted() -> None:
    record = make_record(
        "It rained, reportedly.",
        say("s", None, "reportedly", "It rained", hearsay=True, speech=False),
    )

    (line,) = make_ledger(record)

    assert line.chain == ("somebody", "outlet")
    assert line.notes == ("hearsay", "not speech")


def test_words_that_hold_the_name_are_shown_in_its_place() -> None:
    record = make_record(
        "The mayor, Ilra Voss, said no.",
        say("s", "The mayor, Ilra Voss", "said", "no", speaker="a"),
        people=[("a", "Ilra Voss")],
    )

    (line,) = make_ledger(record)

    assert (line.chain[0], line.words) == ("The mayor, Ilra Voss", "")


def test_of_the_outlet_the_longest_passage_is_shown() -> None:
    record = make_record(
        "On Monday it rained, she said.",
        say("s0", None, None, "On", "it rained,", outlet=True),
    )

    (line,) = make_ledger(record)

    assert line.content == "40 % of the text, such as: it rained,"


@settings(max_examples=30)  # each is drawn, shown and looked through
@given(record=records())
def test_each_statement_has_one_line(record: Record) -> None:
    lines = make_ledger(record)

    assert sorted(line.id for line in lines) == sorted(s.id for s in record.statements)
