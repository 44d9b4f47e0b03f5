import msgspec
import pytest

from evals.kits import report_of
from evals.small_set import (
    GoldReport,
    find_quote,
    load_small_set,
    score_small_set,
)
from sayso.record import Fingerprint, Record
from sayso.record.claims import Basis, QuoteKind, Stance, Statement
from sayso.record.span import Span


def as_record(gold: GoldReport) -> Record:
    statements = tuple(
        Statement(
            id=str(i),
            source=Span(*one.source[0]) if one.source else None,
            cue=Span(*one.cue),
            content=tuple(Span(*span) for span in one.content),
            within=None if one.within is None else str(one.within),
            quote=QuoteKind.INDIRECT,
            stance=Stance(one.stance),
            basis=Basis.NONE,
            confidence=1.0,
            made_by="gold",
        )
        for i, one in enumerate(gold.statements)
    )
    return Record(
        report=report_of({"doc_id": gold.doc_id, "text": gold.text}),
        statements=statements,
        kit=Fingerprint(sayso="0", model="none", lexicons="none"),
    )


def test_gold_scores_one_against_itself() -> None:
    pairs = [(gold, as_record(gold)) for gold in load_small_set()]

    assert set(score_small_set(pairs).values()) == {1.0}


def test_record_without_statements_scores_zero() -> None:
    gold = load_small_set()[0]
    empty = msgspec.structs.replace(as_record(gold), statements=())

    assert set(score_small_set([(gold, empty)]).values()) == {0.0}


def test_spans_of_the_set_are_those_of_the_read_text() -> None:
    for gold in load_small_set():
        assert as_record(gold).report.text == gold.text


@pytest.mark.parametrize("quote", ["said", "said@3", "absent"])
def test_unclear_quote_is_refused(quote: str) -> None:
    with pytest.raises(ValueError, match="stands"):
        find_quote("She said that he said so.", quote)


def test_numbered_quote_is_found() -> None:
    assert find_quote("She said that he said so.", "said@2") == (17, 21)
