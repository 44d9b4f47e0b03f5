from __future__ import annotations

import pytest

from sayso.extract.statements import find_statements
from sayso.record import Statement
from sayso.vocab.lexicon import load_lexicon
from tests.build import Attribute, attribute, make_reading, make_report

LEXICON = load_lexicon()
Syntax = dict[str, tuple[str, str, str | None]]


def told(text: str, syntax: Syntax, *attributions: Attribute) -> list[Statement]:
    """Return the statements with a cue."""
    reading = make_reading(text, attributions=attributions, syntax=syntax)
    found = find_statements(make_report(text), reading, LEXICON)
    return [statement for statement in found if statement.cue]


def source_of(text: str, statement: Statement) -> str | None:
    return statement.source.of(text) if statement.source else None


def test_the_agent_of_a_passive_is_the_source() -> None:
    text = "He had been told by the governor that rain fell."
    syntax: Syntax = {
        "He": ("PRON", "nsubj:pass", "told"),
        "had": ("AUX", "aux", "told"),
        "been": ("AUX", "aux:pass", "told"),
        "told": ("VERB", "root", None),
        "by": ("ADP", "case", "governor"),
        "the": ("DET", "det", "governor"),
        "governor": ("NOUN", "obl:agent", "told"),
        "that": ("SCONJ", "mark", "fell"),
    }

    (statement,) = told(
        text, syntax, attribute("had been told", source="He", content="that rain fell")
    )

    assert source_of(text, statement) == "the governor"


def test_a_passive_without_agent_has_no_source() -> None:
    text = "Observers have been promised access."
    syntax: Syntax = {
        "Observers": ("NOUN", "nsubj:pass", "promised"),
        "been": ("AUX", "aux:pass", "promised"),
        "promised": ("VERB", "root", None),
    }

    (statement,) = told(
        text,
        syntax,
        attribute("have been promised", source="Observers", content="access"),
    )

    assert statement.source is None
    assert statement.hearsay


def test_who_is_quoted_stays_the_source_of_a_passive() -> None:
    text = "Voss was quoted as saying rain fell."
    syntax: Syntax = {
        "Voss": ("PROPN", "nsubj:pass", "quoted"),
        "was": ("AUX", "aux:pass", "quoted"),
        "quoted": ("VERB", "root", None),
    }

    (statement,) = told(
        text,
        syntax,
        attribute("was quoted as saying", source="Voss", content="rain fell"),
    )

    assert source_of(text, statement) == "Voss"


@pytest.mark.parametrize(
    ("text", "second", "relation"),
    [
        ("The group said it left and denied the raid.", "denied", "conj"),
        ("The group said it left, adding the raid.", "adding", "advcl"),
    ],
)
def test_a_joined_verb_shares_the_source_of_the_first(
    text: str, second: str, relation: str
) -> None:
    syntax: Syntax = {
        "said": ("VERB", "root", None),
        second: ("VERB", relation, "said"),
    }

    statements = told(
        text,
        syntax,
        attribute("said", source="The group", content="it left"),
        attribute(second, content="the raid"),
    )

    assert [source_of(text, s) for s in statements] == ["The group", "The group"]


def test_a_missing_source_is_the_subject_of_the_verb() -> None:
    text = "The union conceded the point."
    syntax: Syntax = {
        "The": ("DET", "det", "union"),
        "union": ("NOUN", "nsubj", "conceded"),
        "conceded": ("VERB", "root", None),
    }

    (statement,) = told(text, syntax, attribute("conceded", content="the point"))

    assert source_of(text, statement) == "The union"


def test_the_subject_of_seeming_is_no_source() -> None:
    text = "The union seems happy."
    syntax: Syntax = {
        "union": ("NOUN", "nsubj", "seems"),
        "seems": ("VERB", "root", None),
    }

    (statement,) = told(text, syntax, attribute("seems", content="happy"))

    assert statement.source is None


def test_an_opening_asked_does_not_name_who_asks() -> None:
    text = "Asked whether rain fell, Voss left."
    syntax: Syntax = {"Asked": ("VERB", "advcl", "left")}

    (statement,) = told(
        text,
        syntax,
        attribute("Asked", source="Voss", content="whether rain fell", stance="asks"),
    )

    assert statement.source is None


def test_who_is_told_is_no_content() -> None:
    text = "The captain told him the company is bankrupt."
    syntax: Syntax = {
        "told": ("VERB", "root", None),
        "him": ("PRON", "iobj", "told"),
    }

    (statement,) = told(
        text,
        syntax,
        attribute("told", source="The captain", content="him the company is bankrupt"),
    )

    assert [span.of(text) for span in statement.content] == ["the company is bankrupt"]
    assert statement.addressee is not None
    assert statement.addressee.of(text) == "him"


def test_words_between_quotation_and_cue_are_the_source() -> None:
    text = "‘It was Farrant,’ its chairman told reporters."

    (statement,) = told(
        text, {}, attribute("told", content="‘It was Farrant,’ its chairman")
    )

    assert source_of(text, statement) == "its chairman"
    assert [span.of(text) for span in statement.content] == ["It was Farrant"]


def test_the_name_after_according_to_is_no_content() -> None:
    text = "According to the drivers it rained."

    (statement,) = told(
        text, {}, attribute("According to", content="the drivers it rained")
    )

    assert source_of(text, statement) == "the drivers"
    assert [span.of(text) for span in statement.content] == ["it rained"]


def test_a_joined_cue_ends_the_content_of_the_first() -> None:
    text = "Officials say thirteen died and warn of more."
    syntax: Syntax = {
        "say": ("VERB", "root", None),
        "and": ("CCONJ", "cc", "warn"),
        "warn": ("VERB", "conj", "say"),
    }

    first, second = told(
        text,
        syntax,
        attribute("say", source="Officials", content="thirteen died and warn of more"),
        attribute("warn of", content="more"),
    )

    assert [span.of(text) for span in first.content] == ["thirteen died"]
    assert second.within is None
    assert source_of(text, second) == "Officials"


def test_a_source_ends_with_the_paragraph_of_its_cue() -> None:
    text = "Rain fell, says mediator\n\nGUWAHATI is quiet."

    (statement,) = told(
        text,
        {},
        attribute("says", source="mediator\n\nGUWAHATI", content="Rain fell"),
    )

    assert source_of(text, statement) == "mediator"
