from __future__ import annotations

import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.outlet import find_flags
from sayso.extract.statements import find_statements
from sayso.reading.types import Attribution, EntityMention, Reading
from sayso.record import (
    Basis,
    Channel,
    Flag,
    QuoteKind,
    Report,
    SectionKind,
    Span,
    Stance,
    Statement,
)
from sayso.vocab.lexicon import load_lexicon
from tests.build import Attribute, attribute, make_reading, make_report

LEXICON = load_lexicon()


def tell(
    text: str, *attributions: Attribute, report: Report | None = None, **labels: object
) -> list[Statement]:
    reading = make_reading(text, attributions=attributions, **labels)  # type: ignore[arg-type]
    return list(find_statements(report or make_report(text), reading, LEXICON))


def only(text: str, *attributions: Attribute, **labels: object) -> Statement:
    """Return the one statement that is not the outlet's."""
    found = [s for s in tell(text, *attributions, **labels) if not s.is_outlet]
    assert len(found) == 1, found
    return found[0]


def words(text: str, statement: Statement) -> list[str]:
    return [span.of(text) for span in statement.content]


def test_an_indirect_statement_loses_its_that_and_full_stop() -> None:
    text = "Voss said that the ferry would stop."

    statement = only(
        text,
        attribute("said", source="Voss", content="that the ferry would stop."),
        syntax={"that": ("SCONJ", "mark", "stop")},
    )

    assert words(text, statement) == ["the ferry would stop"]
    assert statement.quote is QuoteKind.INDIRECT
    assert statement.source is not None and statement.source.of(text) == "Voss"


def test_a_quotation_loses_marks_and_comma() -> None:
    text = "“There are no camps,” the minister said."

    statement = only(
        text,
        attribute("said", source="the minister", content="“There are no camps,”"),
    )

    assert words(text, statement) == ["There are no camps"]
    assert statement.quote is QuoteKind.DIRECT


def test_marks_inside_a_mixed_content_stay() -> None:
    text = 'A doctor said he had seen six dead, "two of them boys".'

    statement = only(
        text,
        attribute(
            "said",
            source="A doctor",
            content='he had seen six dead, "two of them boys".',
        ),
    )

    assert words(text, statement) == ['he had seen six dead, "two of them boys"']
    assert statement.quote is QuoteKind.MIXED


def test_the_outlets_own_voice_is_what_nobody_else_says() -> None:
    text = "Two trucks burned. Police said that gunmen fled. Rain fell."

    outlet, police = tell(
        text,
        attribute("said", source="Police", content="that gunmen fled"),
        syntax={"that": ("SCONJ", "mark", "fled")},
    )

    assert outlet.is_outlet and not police.is_outlet
    assert words(text, outlet) == ["Two trucks burned", "Rain fell"]


def test_dateline_and_byline_are_in_nobodys_voice() -> None:
    text = "Ferry stops\n\nBy A. Writer\n\nQUARRIN, March 4 - Rain fell."
    report = make_report(
        text,
        sections={
            "Ferry stops": SectionKind.HEADLINE,
            "By A. Writer": SectionKind.BYLINE,
            "QUARRIN, March 4 -": SectionKind.DATELINE,
            "Rain fell.": SectionKind.BODY,
        },
    )

    (outlet,) = tell(text, report=report)

    assert words(text, outlet) == ["Ferry stops", "Rain fell"]


def test_chains_lead_from_the_inner_voice_to_the_outer() -> None:
    text = "Berel said officials had told him that rebels denied it."

    statements = tell(
        text,
        attribute(
            "said",
            source="Berel",
            content="officials had told him that rebels denied it",
        ),
        attribute("had told", source="officials", content="rebels denied it"),
        attribute("denied", source="rebels", content="it", stance="denies"),
    )

    by_cue = {s.cue.of(text): s for s in statements if s.cue}
    assert by_cue["said"].within is None
    assert by_cue["had told"].within == by_cue["said"].id
    assert by_cue["denied"].within == by_cue["had told"].id


def test_declined_comments_have_no_content() -> None:
    text = "The office did not immediately respond to requests for comment."

    statement = only(
        text,
        attribute(
            "did not immediately respond to requests for comment",
            source="The office",
            stance="declines",
        ),
    )

    assert statement.content == ()
    assert statement.negated
    assert statement.stance is Stance.DECLINES


def test_a_cue_without_content_that_needs_one_is_dropped() -> None:
    text = "Voss noted the ferry."

    assert [s.is_outlet for s in tell(text, attribute("noted", source="Voss"))] == [
        True
    ]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The ferry reportedly stopped.", "reportedly", "stopped"),
        ("He is said to be ill.", "is said", "to be ill"),
    ],
)
def test_sourceless_cues_are_hearsay(text: str, cue: str, content: str) -> None:
    statement = only(text, attribute(cue, content=content))

    assert statement.hearsay
    assert statement.source is None
    assert statement.basis is Basis.NONE


def test_a_sourceless_question_is_no_hearsay() -> None:
    text = "Asked whether he lied, Voss left."

    statement = only(text, attribute("Asked", content="whether he lied", stance="asks"))

    assert not statement.hearsay


def test_nobody_as_source_negates() -> None:
    text = "No group has claimed responsibility for the raid."

    statement = only(
        text,
        attribute(
            "has claimed responsibility for",
            source="No group",
            content="the raid",
            stance="asserts",
        ),
    )

    assert statement.negated


def test_joint_sources_give_two_statements() -> None:
    text = "Officials and villagers said that eleven died."

    statements = tell(
        text,
        attribute("said", source="Officials and villagers", content="eleven died"),
        syntax={
            "Officials": ("NOUN", "nsubj", "said"),
            "and": ("CCONJ", "cc", "villagers"),
            "villagers": ("NOUN", "conj", "Officials"),
        },
    )

    sources = [s.source.of(text) for s in statements if s.source]
    assert sources == ["Officials", "villagers"]
    assert len({s.id for s in statements}) == 3


def test_a_quotation_that_nobody_introduces_is_hearsay_with_a_flag() -> None:
    text = (
        "The ferry stopped. “We will wait here until the boats come back.” It rained."
    )

    statements = tell(text)

    loose = next(s for s in statements if s.hearsay)
    assert words(text, loose) == ["We will wait here until the boats come back"]
    assert (loose.source, loose.cue) == (None, None)
    assert find_flags(statements) == (Flag.UNATTRIBUTED_QUOTE,)


@pytest.mark.parametrize(
    "text",
    [
        "The “night list” was found.",
        "They sang “The Long Road to the Sea” together.",
        "He calls himself “the keeper of the gate” now.",
    ],
)
def test_scare_quotes_and_titles_are_no_statements(text: str) -> None:
    statements = tell(text)

    assert [s.is_outlet for s in statements] == [True]
    assert find_flags(statements) == ()


def test_anonymity_document_and_name_are_told_apart() -> None:
    anonymous = "A guard, speaking on condition of anonymity, said rain fell."
    document = "The report says rain fell."
    named = "Voss said rain fell."
    role = "A guard said rain fell."

    bases = [
        only(anonymous, attribute("said", source="A guard", content="rain fell")),
        only(document, attribute("says", source="The report", content="rain fell")),
        only(
            named,
            attribute("said", source="Voss", content="rain fell"),
            entities={"Voss": "PER"},
        ),
        only(role, attribute("said", source="A guard", content="rain fell")),
    ]

    assert [s.basis for s in bases] == [
        Basis.ANONYMOUS,
        Basis.DOCUMENT,
        Basis.NAMED,
        Basis.ROLE,
    ]


def test_a_pronoun_stands_on_the_basis_of_the_last_source() -> None:
    text = "Voss said rain fell. He said it would stop."

    statements = tell(
        text,
        attribute("said@1", source="Voss", content="rain fell"),
        attribute("said@2", source="He", content="it would stop"),
        entities={"Voss": "PER"},
        syntax={"He": ("PRON", "nsubj", "said@2")},
    )

    assert statements[2].basis is Basis.NAMED


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Voss said in a statement that rain fell.", Channel.DOCUMENT),
        ("Voss said on Twitter that rain fell.", Channel.POST),
        ("Voss said on state television that rain fell.", Channel.BROADCAST),
        ("Voss said by telephone that rain fell.", Channel.INTERVIEW),
        ("Voss said at a news conference that rain fell.", Channel.SPEECH),
        ("Voss said that rain fell.", Channel.UNKNOWN),
    ],
)
def test_the_channel_is_told_by_the_words_round_the_cue(
    text: str, channel: Channel
) -> None:
    statement = only(text, attribute("said", source="Voss", content="rain fell"))

    assert statement.channel is channel


def test_words_to_the_outlet_are_an_interview() -> None:
    text = "“Rain fell,” Voss told Harbour Wire on Monday."

    statement = only(text, attribute("told", source="Voss", content="“Rain fell,”"))

    assert statement.addressee is not None
    assert statement.addressee.of(text) == "Harbour Wire"
    assert statement.channel is Channel.INTERVIEW


def test_words_to_another_outlet_are_an_interview_too() -> None:
    text = "“Rain fell,” Voss told the Delta Courier on Monday."

    statement = only(text, attribute("told", source="Voss", content="“Rain fell,”"))

    assert statement.channel is Channel.INTERVIEW


def test_a_source_elsewhere_in_the_sentence_hides_nobody() -> None:
    text = "Voss, citing a source, said rain fell."

    statement = only(
        text,
        attribute("said", source="Voss", content="rain fell"),
        entities={"Voss": "PER"},
    )

    assert statement.basis is Basis.NAMED


def test_phrases_inside_somebodys_words_tell_no_channel() -> None:
    text = "Voss said the letter came by telephone."

    statement = only(
        text, attribute("said", source="Voss", content="the letter came by telephone")
    )

    assert statement.channel is Channel.UNKNOWN


@pytest.mark.parametrize(
    ("text", "cue", "told"),
    [
        ("Voss told reporters on Monday that rain fell.", "told", "reporters"),
        ("Voss said to the elders that rain fell.", "said", "the elders"),
        ("Voss told the head of the guard that rain fell.", "told", None),
        ("Voss said that rain fell.", "said", None),
    ],
)
def test_who_is_told_stands_after_the_cue(
    text: str, cue: str, told: str | None
) -> None:
    statement = only(text, attribute(cue, source="Voss", content="rain fell"))

    expected = told or ("the head of the guard" if cue == "told" else None)
    assert (statement.addressee and statement.addressee.of(text)) == expected


def test_upper_case_text_is_read_like_any_other() -> None:
    text = "STAM DID NOT CONFIRM THAT RAIN FELL."

    statement = only(
        text,
        attribute(
            "DID NOT CONFIRM", source="STAM", content="RAIN FELL", stance="confirms"
        ),
    )

    assert statement.negated
    assert statement.stance is Stance.CONFIRMS


def test_the_same_report_gives_the_same_statements() -> None:
    text = "Voss said rain fell."
    cue = attribute("said", source="Voss", content="rain fell")

    assert tell(text, cue) == tell(text, cue)


def test_an_empty_text_has_an_empty_own_voice() -> None:
    (outlet,) = tell("")

    assert outlet.content == ()


TEXTS = st.text(
    alphabet=string.ascii_letters + " \n.,:;!?-—\"'“”„«»‘’()é中\u202e\U0001f600",
    max_size=120,
)


@st.composite
def readings(draw: st.DrawFn) -> tuple[str, Reading]:
    text = draw(TEXTS)
    bare = make_reading(text)
    count = len(bare.tokens)
    if not count:
        return text, bare

    def ranges(most: int) -> st.SearchStrategy[tuple[tuple[int, int], ...]]:
        one = st.tuples(st.integers(0, count - 1), st.integers(1, 12))
        return st.lists(
            one.map(lambda pair: (pair[0], min(count, sum(pair)))), max_size=most
        ).map(lambda found: tuple(sorted(found)))

    made = [
        Attribution(
            cue=cue,
            source=draw(ranges(2)),
            content=draw(ranges(3)),
            stance=tuple(1.0 / len(Stance) for _ in Stance),
            speech=0.5,
        )
        for cue in draw(ranges(6))
    ]
    tags = st.sampled_from(["NOUN", "VERB", "PROPN", "PUNCT", "PRON", "CCONJ"])
    relations = st.sampled_from(["conj", "nsubj", "det", "cc", "amod", "appos", "root"])
    size = {"min_size": count, "max_size": count}
    reading = Reading(
        tokens=bare.tokens,
        words=bare.words,
        sentences=bare.sentences,
        paragraphs=bare.paragraphs,
        upos=tuple(draw(st.lists(tags, **size))),
        heads=tuple(draw(st.lists(st.integers(-1, count - 1), **size))),
        deprels=tuple(draw(st.lists(relations, **size))),
        entities=tuple(
            EntityMention(tokens=found, label="ORG", confidence=0.5)
            for found in draw(ranges(1))
        ),
        attributions=tuple(made),
        vectors=np.zeros((count, 1), dtype=np.float32),
        middle=np.zeros((count, 1), dtype=np.float32),
        lexical=np.zeros((count, 1), dtype=np.float32),
    )
    return text, reading


@given(readings())
def test_any_attributions_keep_the_invariants(drawn: tuple[str, Reading]) -> None:
    text, reading = drawn

    statements = find_statements(make_report(text), reading, LEXICON)

    ids = {s.id: s for s in statements}
    assert len(ids) == len(statements)
    assert sum(s.is_outlet for s in statements) == 1
    for statement in statements:
        parts = [statement.source, statement.cue, statement.addressee]
        for span in [*statement.content, *(p for p in parts if p is not None)]:
            assert 0 <= span.start < span.end <= len(text)
        seen: set[str] = set()
        above: str | None = statement.id
        while above is not None:
            assert above not in seen
            seen.add(above)
            above = ids[above].within


@given(readings())
def test_the_own_voice_shares_nothing_with_the_others(
    drawn: tuple[str, Reading],
) -> None:
    text, reading = drawn

    outlet, *others = find_statements(make_report(text), reading, LEXICON)

    taken = {
        at
        for s in others
        for span in [*s.content, s.source, s.cue]
        if isinstance(span, Span)
        for at in range(*span)
    }
    assert taken.isdisjoint(at for span in outlet.content for at in range(*span))


def test_a_stray_mark_is_no_cue() -> None:
    text = "“Rain fell” was all."

    told = tell(text, attribute("“", content="Rain fell"))

    assert not [s for s in told if s.made_by == "model:link"]
