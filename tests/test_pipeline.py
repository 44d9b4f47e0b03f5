from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from msgspec.structs import replace

from sayso import pipeline
from sayso.extract.counts_people import CountWords
from sayso.kit import Kit
from sayso.pipeline import read_report
from sayso.reading.types import Reading
from sayso.record import Fingerprint, Flag, Report, Stance, to_json
from sayso.resolve.places_rank import load_ranker
from sayso.vocab.amounts import load_amount_words
from sayso.vocab.calendar import load_calendar
from sayso.vocab.casualties import load_casualty_words
from sayso.vocab.event_words import load_event_words
from sayso.vocab.gazetteer import load_gazetteer
from sayso.vocab.lexicon import load_lexicon
from sayso.vocab.names import load_names
from sayso.vocab.ontology import load_ontology
from sayso.vocab.ties import load_tie_words
from tests.build import attribute, make_reading, make_report
from tests.extract.events.judges import SaidJudge
from tests.invariants import assert_sound
from tests.strategies import reports

TEXT = (
    "The minister, Oda Lind, said officials had assured her that the ferry would sail. "
    "She denied the delay."
)
ATTRIBUTIONS = (
    attribute(
        "said",
        source="The minister, Oda Lind,",
        content="officials had assured her that the ferry would sail",
    ),
    attribute(
        "had assured",
        source="officials",
        content="that the ferry would sail",
        stance="promises",
    ),
    attribute("denied", source="She", content="the delay", stance="denies"),
)


def read_nothing(model: object, text: str) -> Reading:
    """Read as a model does that knows no cue."""
    return make_reading(text)


@pytest.fixture(scope="module")
def kit() -> Kit:
    """Return a kit without a model; tests put a hand-made Reading in its place."""
    return Kit(
        model=SimpleNamespace(events=SaidJudge()),  # type: ignore[arg-type]
        lexicon=load_lexicon(),
        names=load_names(),
        calendar=load_calendar(),
        gazetteer=load_gazetteer(),
        ranker=load_ranker(),
        event_words=load_event_words(),
        count_words=CountWords(
            amounts=load_amount_words(),
            casualties=load_casualty_words(),
            names=load_names(),
        ),
        tie_words=load_tie_words(),
        ontology=load_ontology(),
        fingerprint=Fingerprint(sayso="0.0.0", model="none", lexicons="none"),
    )


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch) -> Report:
    reading = make_reading(
        TEXT,
        attributions=ATTRIBUTIONS,
        entities={"Oda Lind": "PER"},
        syntax={
            "minister": ("NOUN", "nsubj", "said"),
            "She": ("PRON", "nsubj", "denied"),
        },
    )
    monkeypatch.setattr(pipeline, "read_text", lambda model, text: reading)
    return make_report(TEXT)


def test_record_holds_statements_with_their_speakers(report: Report, kit: Kit) -> None:
    record = read_report(report, kit)

    told = {
        record.text_of(one.cue): (one.stance, name.name if name else None)
        for one in record.statements
        if one.cue and (name := record.speaker(one)) is not one
    }

    assert_sound(record)
    assert told["denied"] == (Stance.DENIES, "Oda Lind")
    assert told["said"] == (Stance.ASSERTS, "Oda Lind")
    assert told["had assured"][0] is Stance.PROMISES


def test_statement_within_a_content_names_the_one_around_it(
    report: Report, kit: Kit
) -> None:
    record = read_report(report, kit)
    by_cue = {record.text_of(one.cue): one for one in record.statements if one.cue}

    assert by_cue["had assured"].within == by_cue["said"].id


def test_outlet_speaks_once(report: Report, kit: Kit) -> None:
    record = read_report(report, kit)

    assert sum(one.is_outlet for one in record.statements) == 1


def test_quotation_that_nobody_introduces_puts_a_flag(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "read_text", read_nothing)

    text = "The ferry is late\n\n“Nobody has told us anything about the ferry.”"

    record = read_report(make_report(text), kit)

    assert Flag.UNATTRIBUTED_QUOTE in record.report.flags


def test_record_names_its_kit(report: Report, kit: Kit) -> None:
    assert read_report(report, kit).kit == kit.fingerprint


def test_equal_reports_give_equal_bytes(report: Report, kit: Kit) -> None:
    first, second = (to_json(read_report(report, kit)) for _ in range(2))

    assert first == second


def test_unsupported_language_gives_no_claims(report: Report, kit: Kit) -> None:
    foreign = replace(report, language="fr", flags=(Flag.UNSUPPORTED_LANGUAGE,))

    record = read_report(foreign, kit)

    assert record.statements == ()
    assert record.report == foreign


@given(report=reports())
def test_any_text_without_attributions_gives_a_sound_record(
    report: Report, kit: Kit
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "read_text", read_nothing)
        record = read_report(replace(report, flags=()), kit)

    assert_sound(record)
