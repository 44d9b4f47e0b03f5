from __future__ import annotations

from sayso.extract.statements import find_statements
from sayso.record import Statement
from sayso.vocab.lexicon import load_lexicon
from tests.build import attribute, make_reading, make_report

LEXICON = load_lexicon()
OPENING = "Mayor Kesh spoke to us on Monday."
ANSWERS = (
    "No. The army says so, and I believe it.",
    "We wait for the boats and the boats do not come.",
)


def told(text: str, *, found: bool = True) -> list[Statement]:
    """Return the statements with a cue."""
    cues = (
        [attribute("says", source="The army", content="so")] if "says" in text else []
    )
    if found:
        cues.append(attribute("spoke to us", source="Mayor Kesh"))
    reading = make_reading(
        text,
        attributions=cues,
        syntax={
            "Kesh": ("PROPN", "nsubj", "spoke"),
            "spoke": ("VERB", "root", None),
        },
    )
    statements = find_statements(make_report(text), reading, LEXICON)
    return [statement for statement in statements if statement.cue]


def printed(*answers: str) -> str:
    first, second = answers
    lines = [OPENING, "Is it over?", first, "What do you do?", second, "Rain fell."]
    return "\n\n".join(lines)


def test_all_answers_are_one_statement_of_who_spoke() -> None:
    text = printed(*ANSWERS)

    host, inner = told(text)

    assert [span.of(text) + "." for span in host.content] == list(ANSWERS)
    assert inner.within == host.id


def test_an_opening_that_the_head_missed_is_found() -> None:
    text = printed(*ANSWERS)

    host, _inner = told(text, found=False)

    assert host.cue is not None and host.cue.of(text) == "spoke to"
    assert host.source is not None and host.source.of(text) == "Mayor Kesh"
    assert host.made_by == "rule:interview"


def test_quoted_answers_lose_their_marks() -> None:
    text = printed(*(f"“{answer}”" for answer in ANSWERS))

    host = told(text)[0]

    assert [span.of(text) + "." for span in host.content] == list(ANSWERS)


def test_one_question_alone_is_no_interview() -> None:
    text = f"{OPENING}\n\nIs it over?\n\nRain fell on the harbour."

    assert told(text) == []
