from __future__ import annotations

import pytest

from sayso.extract.statements import find_statements
from sayso.record import SectionKind, Stance, Statement
from sayso.vocab.lexicon import load_lexicon
from tests.build import Attribute, attribute, make_reading, make_report

LEXICON = load_lexicon()
Syntax = dict[str, tuple[str, str, str | None]]


def told(
    text: str, *attributions: Attribute, syntax: Syntax | None = None
) -> list[Statement]:
    """Return the statements with a cue."""
    reading = make_reading(text, attributions=attributions, syntax=syntax)
    found = find_statements(make_report(text), reading, LEXICON)
    return [statement for statement in found if statement.cue]


def row(text: str, statement: Statement) -> tuple[str, list[str]]:
    assert statement.cue
    return statement.cue.of(text), [span.of(text) for span in statement.content]


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        (
            "The front claimed responsibility for the raid.",
            "claimed",
            "responsibility for the raid",
            ("claimed responsibility for", ["the raid"]),
        ),
        (
            "The front claimed responsibility.",
            "claimed",
            "responsibility",
            ("claimed responsibility", []),
        ),
        (
            "The ministry declined to comment on the raid.",
            "declined",
            "to comment on the raid",
            ("declined to comment", ["on the raid"]),
        ),
        (
            "The ministry did not respond to requests for comment.",
            "did not respond",
            "to requests for comment",
            ("did not respond to requests for comment", []),
        ),
        (
            "The ministry did not answer our questions.",
            "did not answer",
            "our questions",
            ("did not answer our questions", []),
        ),
        (
            "The ministry declined to say who fired.",
            "declined",
            "to say who fired",
            ("declined to say", ["who fired"]),
        ),
        (
            "The front claimed a victory.",
            "claimed",
            "a victory",
            ("claimed", ["a victory"]),
        ),
    ],
)
def test_a_cue_takes_what_belongs_to_it(
    text: str, cue: str, content: str, expected: tuple[str, list[str]]
) -> None:
    stance = "claims" if "victory" in text else "confirms"

    (statement,) = told(
        text, attribute(cue, source=text[:9], content=content, stance=stance)
    )

    assert row(text, statement) == expected


def test_a_declined_comment_without_a_cue_is_found() -> None:
    text = "The office did not respond to requests for comment."
    syntax: Syntax = {
        "office": ("NOUN", "nsubj", "respond"),
        "The": ("DET", "det", "office"),
        "did": ("AUX", "aux", "respond"),
        "not": ("PART", "advmod", "respond"),
        "respond": ("VERB", "root", None),
        "requests": ("NOUN", "obl", "respond"),
    }

    (statement,) = told(text, syntax=syntax)

    assert row(text, statement) == ("did not respond to requests for comment", [])
    assert statement.source is not None and statement.source.of(text) == "The office"
    assert statement.stance is Stance.DECLINES
    assert statement.addressee is None
    assert statement.made_by.startswith("cues.tsv:")


def test_reportedly_marks_its_clause_as_hearsay() -> None:
    text = "Several protesters were reportedly beaten in July."
    syntax: Syntax = {
        "Several": ("ADJ", "amod", "protesters"),
        "protesters": ("NOUN", "nsubj:pass", "beaten"),
        "were": ("AUX", "aux:pass", "beaten"),
        "reportedly": ("ADV", "advmod", "beaten"),
        "beaten": ("VERB", "root", None),
        "in": ("ADP", "case", "July"),
        "July": ("PROPN", "obl", "beaten"),
    }

    (statement,) = told(text, syntax=syntax)

    assert row(text, statement) == (
        "reportedly",
        ["Several protesters were", "beaten in July"],
    )
    assert statement.hearsay and statement.source is None


def test_alleged_marks_its_noun_as_a_claim() -> None:
    text = "Police held the alleged leader."
    syntax: Syntax = {
        "alleged": ("ADJ", "amod", "leader"),
        "leader": ("NOUN", "obj", "held"),
        "held": ("VERB", "root", None),
    }

    (statement,) = told(text, syntax=syntax)

    assert row(text, statement) == ("alleged", ["leader"])
    assert statement.stance is Stance.CLAIMS


def test_nothing_is_found_inside_a_cue_of_the_head() -> None:
    text = "It was reportedly said that rain fell."
    found = told(text, attribute("was reportedly said", content="rain fell"))

    assert len(found) == 1


def test_content_stays_in_the_section_of_its_cue() -> None:
    text = "Governor says raiders hide\n\nQUARRIN, March 4 - Rain fell."
    report = make_report(
        text,
        sections={
            "Governor says raiders hide": SectionKind.HEADLINE,
            "QUARRIN, March 4 -": SectionKind.DATELINE,
            "Rain fell.": SectionKind.BODY,
        },
    )
    reading = make_reading(
        text,
        attributions=[
            attribute("says", source="Governor", content="raiders hide\n\nQUARRIN")
        ],
    )

    found = find_statements(report, reading, LEXICON)

    assert [row(text, s) for s in found if s.cue] == [("says", ["raiders hide"])]


FIGURE: Syntax = {
    "group": ("NOUN", "nsubj", "put"),
    "A": ("DET", "det", "group"),
    "church": ("NOUN", "compound", "group"),
    "put": ("VERB", "root", None),
    "number": ("NOUN", "obj", "put"),
    "the": ("DET", "det", "number"),
    "dead": ("ADJ", "nmod", "number"),
    "of": ("ADP", "case", "dead"),
    "31": ("NUM", "obl", "put"),
    "at": ("ADP", "case", "31"),
}


def test_figure_that_somebody_puts_at_a_number_is_theirs() -> None:
    text = "A church group put the number of dead at 31."

    (statement,) = told(text, syntax=FIGURE)

    assert row(text, statement) == ("put", ["the number of dead at 31"])
    assert statement.source is not None
    assert statement.source.of(text) == "A church group"
    assert statement.stance is Stance.ASSERTS


def test_put_at_without_a_number_says_nothing() -> None:
    text = "A church group put the number of dead at risk."
    syntax = {word: cell for word, cell in FIGURE.items() if word != "31"} | {
        "risk": ("NOUN", "obl", "put"),
        "at": ("ADP", "case", "risk"),
    }

    assert told(text, syntax=syntax) == []
