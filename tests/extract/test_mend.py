from __future__ import annotations

from sayso.extract.statements import find_statements
from sayso.vocab.lexicon import load_lexicon
from tests.build import Attribute, attribute, make_reading, make_report

LEXICON = load_lexicon()


def contents(text: str, *attributions: Attribute) -> list[list[str]]:
    """Return the content of each statement that has a cue."""
    reading = make_reading(text, attributions=attributions)
    found = find_statements(make_report(text), reading, LEXICON)
    return [[span.of(text) for span in s.content] for s in found if s.cue]


def test_a_part_of_a_quotation_takes_the_whole() -> None:
    text = "“We found camps. We found boats,” Voss said."

    found = contents(text, attribute("said", source="Voss", content="We found boats"))

    assert found == [["We found camps. We found boats"]]


def test_a_quotation_of_somebody_else_is_not_widened_into() -> None:
    text = "“We found camps and boats and many letters here,” Voss said, Berel added."

    found = contents(
        text,
        attribute(
            "said",
            source="Voss",
            content="We found camps and boats and many letters here",
        ),
        attribute("added", source="Berel", content="here"),
    )

    assert found[1] == ["here"]


def test_an_inner_cue_does_not_widen_to_the_marks_round_it() -> None:
    text = "“The guards said no. We left,” Voss said."

    found = contents(
        text,
        attribute("said@1", source="The guards", content="no"),
        attribute("said@2", source="Voss", content="The guards said no. We left"),
    )

    assert found == [["no"], ["The guards said no. We left"]]


def test_an_empty_content_takes_the_quotation_after_the_colon() -> None:
    text = "Voss wrote in a letter on Friday: “We found camps.”"

    assert contents(text, attribute("wrote", source="Voss")) == [["We found camps"]]


def test_a_colon_leads_over_the_end_of_a_paragraph() -> None:
    text = "The board said:\n\n“The ferry will stop on Friday.”"

    found = contents(text, attribute("said", source="The board"))

    assert found == [["The ferry will stop on Friday"]]


def test_an_empty_content_takes_the_quotation_before_its_source() -> None:
    text = "“We found camps,” Voss said."

    assert contents(text, attribute("said", source="Voss")) == [["We found camps"]]


def test_a_sentence_in_marks_continues_the_statement_before() -> None:
    text = "“They ran,” said Kesh. “Nobody came. Rain fell.”"

    found = contents(text, attribute("said", source="Kesh", content="“They ran,”"))

    assert found == [["They ran", "Nobody came. Rain fell"]]


def test_the_second_half_of_a_broken_sentence_belongs_to_it() -> None:
    text = "“They ran,” said Kesh, “and nobody came.”"

    found = contents(text, attribute("said", source="Kesh", content="“They ran,”"))

    assert found == [["They ran", "and nobody came"]]


def test_a_quotation_continues_an_indirect_statement() -> None:
    text = "Kesh thinks that they will come back. “In the spring. They need the road.”"

    found = contents(
        text, attribute("thinks", source="Kesh", content="they will come back")
    )

    assert found == [["they will come back", "In the spring. They need the road"]]


def test_marks_repeated_in_each_paragraph_are_one_statement() -> None:
    text = (
        "“First it rained,” Kesh said. “Then it froze.\n\n"
        "“Then it snowed.\n\n“It was cold.”"
    )

    found = contents(
        text, attribute("said", source="Kesh", content="“First it rained,”")
    )

    assert found == [
        ["First it rained", "Then it froze", "Then it snowed", "It was cold"]
    ]


def test_the_questions_of_an_interview_are_passed_over() -> None:
    text = "“We wait,” Kesh said.\n\nDid he see the boat?\n\n“I saw it. It burned.”"

    found = contents(text, attribute("said", source="Kesh", content="“We wait,”"))

    assert found == [["We wait", "I saw it. It burned"]]


def test_a_quotation_beside_a_cue_of_its_own_does_not_continue_another() -> None:
    text = "“We wait,” Kesh said. “Nobody came,” said Voss."

    found = contents(
        text,
        attribute("said@1", source="Kesh", content="“We wait,”"),
        attribute("said@2", source="Voss", content="“Nobody came,”"),
    )

    assert found == [["We wait"], ["Nobody came"]]


def test_a_new_paragraph_after_plain_text_continues_nobody() -> None:
    text = "“We wait,” Kesh said. Then the rain fell.\n\n“Nobody came back from there.”"

    found = contents(text, attribute("said", source="Kesh", content="“We wait,”"))

    assert found == [["We wait"]]


def test_contents_are_cut_where_a_quotation_begins_a_sentence() -> None:
    text = "Kesh said he had not marched at all: “I was waiting for a passenger.”"

    found = contents(
        text,
        attribute(
            "said",
            source="Kesh",
            content="he had not marched at all: “I was waiting for a passenger.”",
        ),
    )

    assert found == [["he had not marched at all", "I was waiting for a passenger"]]


def test_contents_are_cut_at_paragraphs() -> None:
    text = "Kesh said it rained\n\nand froze."

    found = contents(
        text, attribute("said", source="Kesh", content="it rained\n\nand froze")
    )

    assert found == [["it rained", "and froze"]]


def test_abbreviations_keep_their_stops() -> None:
    text = "Kesh blamed the U.S."

    found = contents(text, attribute("blamed", source="Kesh", content="the U.S."))

    assert found[0][0].startswith("the U.S")


def test_a_content_that_joins_on_takes_in_the_clause_before() -> None:
    text = "Rain fell, but roads were open, Voss said."
    reading = make_reading(
        text,
        attributions=[attribute("said", source="Voss", content="but roads were open")],
    )

    found = find_statements(make_report(text), reading, LEXICON)

    assert [span.of(text) for span in found[1].content] == [
        "Rain fell, but roads were open"
    ]


def test_a_quotation_in_a_sentence_of_its_own_kind_continues_nobody() -> None:
    text = "“Here he is,” Kesh said. Voss walked in, chanting “Stop the rain!”"

    found = contents(text, attribute("said", source="Kesh", content="“Here he is,”"))

    assert found == [["Here he is"]]
