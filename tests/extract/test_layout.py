from __future__ import annotations

import pytest

from sayso.extract.statements import find_statements
from sayso.record import SectionKind, Statement
from sayso.vocab.lexicon import load_lexicon
from tests.build import Attribute, attribute, make_reading, make_report

LEXICON = load_lexicon()
BODY = "Rain fell."


def told(
    text: str,
    *attributions: Attribute,
    headline: str | None = None,
    entities: dict[str, str] | None = None,
) -> list[tuple[str, str, str]]:
    """Return source, cue and content of each statement with a cue."""
    sections = {headline: SectionKind.HEADLINE, BODY: SectionKind.BODY}
    report = make_report(text, sections=sections if headline else None)
    reading = make_reading(text, attributions=attributions, entities=entities)
    found = find_statements(report, reading, LEXICON)
    return [_row(text, statement) for statement in found if statement.cue]


def _row(text: str, statement: Statement) -> tuple[str, str, str]:
    assert statement.source and statement.cue
    content = " | ".join(span.of(text) for span in statement.content)
    return statement.source.of(text), statement.cue.of(text), content


@pytest.mark.parametrize(
    ("headline", "row"),
    [
        ("Officials: two dead in raid", ("Officials", ":", "two dead in raid")),
        ("Two dead in raid: police", ("police", ":", "Two dead in raid")),
        ("Two dead in raid - police", ("police", "-", "Two dead in raid")),
        ("Two dead in raid, say police", ("police", "say", "Two dead in raid")),
        ("TWO DEAD IN RAID, SAY POLICE", ("POLICE", "SAY", "TWO DEAD IN RAID")),
    ],
)
def test_headlines_name_their_source(headline: str, row: tuple[str, str, str]) -> None:
    assert told(f"{headline}\n\n{BODY}", headline=headline) == [row]


@pytest.mark.parametrize(
    "headline",
    [
        "Analysis: why talks failed",
        "Ferry talks: a timeline",
        "Karsenia: two dead in raid",
    ],
)
def test_rubrics_topics_and_places_are_no_sources(headline: str) -> None:
    text = f"{headline}\n\n{BODY}"

    assert told(text, headline=headline) == []


def test_the_heads_own_find_in_a_headline_wins() -> None:
    headline = "Voss says police: stay home"
    cue = attribute("says", source="Voss", content="police: stay home")

    rows = told(f"{headline}\n\n{BODY}", cue, headline=headline)

    assert rows == [("Voss", "says", "police: stay home")]


@pytest.mark.parametrize("dash", ["-", "–", "—", "―", "--"])
def test_a_name_after_a_dash_is_the_source(dash: str) -> None:
    text = f"“I have waited here for nine days.” {dash} Ines Colville"

    rows = told(text, entities={"Ines Colville": "PER"})

    assert rows == [("Ines Colville", dash, "I have waited here for nine days")]


def test_a_name_after_a_dash_may_stand_in_a_line_of_its_own() -> None:
    text = "“I have waited here for nine days.”\n\n- Ines Colville"

    rows = told(text, entities={"Ines Colville": "PER"})

    assert rows == [("Ines Colville", "-", "I have waited here for nine days")]


def test_a_line_from_somebody_leads_to_the_quotation() -> None:
    text = "From the Harbour Wire:\n\n“Nine boats have left the port.”"

    rows = told(text, entities={"Harbour Wire": "ORG"})

    assert rows == [("the Harbour Wire", "From", "Nine boats have left the port")]


def test_views_printed_one_a_line_each_take_the_name_of_their_line() -> None:
    text = "“It was a bad night.” ― Ilra Voss\n“We shall build again.” ― Tam Orel."

    assert told(text) == [
        ("Ilra Voss", "―", "It was a bad night"),
        ("Tam Orel", "―", "We shall build again"),
    ]
