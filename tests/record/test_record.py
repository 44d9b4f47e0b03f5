from __future__ import annotations

import pytest
from hypothesis import given
from msgspec import to_builtins
from msgspec.structs import replace

from sayso.record import (
    Actor,
    ActorKind,
    Basis,
    Fingerprint,
    QuoteKind,
    Record,
    SectionKind,
    Span,
    Stance,
    Statement,
)
from tests import strategies
from tests.build import make_report, spot

TEXT = "Raid denied\n\nOfficials have assured him, said Bekri, that nobody was hurt."
HEADLINE = "Raid denied"
BODY = TEXT.removeprefix(HEADLINE).strip()


def say(
    identity: str, source: str | None, cue: str | None, **fields: object
) -> Statement:
    settings = {
        "content": (),
        "quote": QuoteKind.INDIRECT,
        "stance": Stance.ASSERTS,
        "basis": Basis.ROLE,
        "confidence": 0.9,
        "made_by": "test",
    } | fields
    return Statement(
        id=identity,
        source=source and spot(TEXT, source),
        cue=cue and spot(TEXT, cue),
        **settings,
    )


@pytest.fixture
def record() -> Record:
    bekri = Actor(
        id="a1",
        name="Bekri",
        kind=ActorKind.PERSON,
        mentions=(spot(TEXT, "him"), spot(TEXT, "Bekri")),
        confidence=0.9,
        made_by="test",
    )
    outer = say("s1", "Bekri", "said", speaker="a1", content=(spot(TEXT, BODY),))
    hurt = (spot(TEXT, "nobody was hurt"),)
    inner = say("s2", "Officials", "have assured", within="s1", content=hurt)
    sections = {HEADLINE: SectionKind.HEADLINE, BODY: SectionKind.BODY}
    return Record(
        report=make_report(TEXT, sections=sections),
        actors=(bekri,),
        statements=(say("s0", None, None, content=(Span(0, 11),)), outer, inner),
        kit=Fingerprint(sayso="0.1.0", model="m", lexicons="l"),
    )


def test_chain_runs_outwards(record: Record) -> None:
    chain = record.chain(record.statement("s2"))

    assert [statement.id for statement in chain] == ["s2", "s1"]


def test_chain_of_an_outer_statement_is_itself(record: Record) -> None:
    assert record.chain(record.statement("s1")) == (record.statement("s1"),)


def test_chain_that_goes_round_is_refused(record: Record) -> None:
    circular = replace(record.statement("s1"), within="s2")
    statements = (circular, record.statement("s2"))

    with pytest.raises(ValueError, match="within itself"):
        replace(record, statements=statements).chain(circular)


def test_outlet_voice_is_the_statement_without_source_and_cue(record: Record) -> None:
    voice = record.outlet_voice()

    assert voice is not None
    assert voice.id == "s0"


def test_quotation_that_nobody_introduces_is_not_the_outlet_voice() -> None:
    assert not say("s3", None, None, hearsay=True).is_outlet


def test_speaker_is_the_resolved_actor(record: Record) -> None:
    speaker = record.speaker(record.statement("s1"))

    assert speaker is not None
    assert speaker.name == "Bekri"
    assert record.statements_by(speaker) == (record.statement("s1"),)


def test_unresolved_source_has_no_speaker(record: Record) -> None:
    assert record.speaker(record.statement("s2")) is None


def test_unknown_statement_is_a_key_error(record: Record) -> None:
    with pytest.raises(KeyError, match="s9"):
        record.statement("s9")


def test_text_of_joins_split_contents(record: Record) -> None:
    spans = (spot(TEXT, "Officials"), spot(TEXT, "nobody was hurt"))

    assert record.text_of(*spans) == "Officials … nobody was hurt"


def test_sections_are_found_by_kind(record: Record) -> None:
    assert record.report.sections_of(SectionKind.HEADLINE) == (Span(0, 11),)
    assert record.report.sections_of(SectionKind.CAPTION) == ()


def test_spans_reach_into_nested_rows(record: Record) -> None:
    found = set(record.spans())

    assert spot(TEXT, "him") in found
    assert spot(TEXT, "have assured") in found
    assert spot(TEXT, "nobody was hurt") in found


@given(record=strategies.records())
def test_every_span_quotes_the_report(record: Record) -> None:
    for span in record.spans():
        assert 0 <= span.start <= span.end <= len(record.report.text)


@given(record=strategies.records())
def test_spans_leave_out_none_that_json_holds(record: Record) -> None:
    """Count span-like pairs in the plain form, which knows no types."""

    def pairs(value: object) -> int:
        if isinstance(value, dict):
            return sum(pairs(part) for part in value.values())
        if isinstance(value, list | tuple):
            if len(value) == 2 and all(isinstance(part, int) for part in value):
                return 1
            return sum(pairs(part) for part in value)
        return 0

    assert len(list(record.spans())) == pairs(to_builtins(record))


def test_fingerprints_differ_by_any_part() -> None:
    one = Fingerprint(sayso="0.1.0", model="m", lexicons="l")
    other = Fingerprint(sayso="0.1.0", model="n", lexicons="l")

    assert one.digest() != other.digest()
    assert len(one.digest()) == 16
