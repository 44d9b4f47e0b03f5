from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake.datelines import find_dateline, is_date_alone

LEAD = "The ministry denied on Monday that it had sent troops."


@pytest.mark.parametrize(
    "dateline",
    [
        "QUARRIN, March 4 (Harbour Wire) —",
        "QUARRIN, Karsenia, March 4 (Harbour Wire) -",
        "QUARRIN, Karsenia (HW) –",
        "QUARRIN (HW) --",
        "QUARRIN —",
        "QUARRIN:",
        "QUARRIN, Sept. 7 -",
        "QUARRIN, 28 January 2022.",
        "QUARRIN, 22 Oct. (HW) -",
        "QUARRIN, April 15. -",
        "QUARRIN/PORT MAREN, Nov 14 (Delta Courier) -",
        "PORT MAREN, Nov 2 —",
        "ST. OMBELLE, Karsenia —",
        "AL-TERSA —",
        "Quarrin, 5 August.",
        "Quarrin, Thursday -",
        "Quarrin (AFP) –",
        "(Harbour Wire) -",
    ],
)
def test_dateline_ends_behind_its_dash(dateline: str) -> None:
    assert find_dateline(f"{dateline} {LEAD}") == len(dateline)


@pytest.mark.parametrize(
    "dateline",
    [
        "PORT MAREN, 4 FEB 90 (DELTA-HW) -- [TEXT]",
        "PORT MAREN (KARSENIA), 11 DEC 89 --",
    ],
)
def test_dateline_of_upper_case_copy_takes_in_the_editors_note(dateline: str) -> None:
    assert find_dateline(f"{dateline} {LEAD.upper()}") == len(dateline)


@pytest.mark.parametrize(
    "paragraph",
    [
        LEAD,
        "The ministry - which never speaks - spoke.",
        "Berel said: It was not us.",
        "NATO - the alliance - said nothing.",
        "EXCLUSIVE: The ministry denied it.",
        "UPDATE 3 - The ministry denied it.",
        "On March 4, 2019 - a Monday - the army came.",
        "On March 4 - Monday - the army came.",
        "THE MINISTRY - IT SAID - DENIED IT.",
        "Voss (54) - The governor",
        "QUARRIN —",
        "",
    ],
)
def test_other_openings_are_no_dateline(paragraph: str) -> None:
    assert find_dateline(paragraph) is None


def test_speaker_of_a_transcript_is_no_dateline() -> None:
    assert find_dateline("VOSS: We have found boats.", is_transcript=True) is None
    assert find_dateline("VOSS: We have found boats.") == len("VOSS:")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("19 November 2020", True),
        ("March 4, 2019", True),
        ("QUARRIN | Wed Mar 7, 2012 9:02am EST", True),
        ("Published: 12 May 2020", True),
        ("Updated on Monday, 3 June 2019 at 10:15", True),
        ("2020-11-19", True),
        ("Office of the Governor, Quarrin, 18 October 2011", True),
        ("The army came on 19 November 2020", False),
        ("March was cold", False),
        ("", False),
    ],
)
def test_date_that_stands_alone(words: str, *, expected: bool) -> None:
    assert is_date_alone(words) is expected


@given(st.text(alphabet=st.characters()) | st.text(alphabet="AB aé,.-—:()|19 Mar["))
def test_dateline_ends_inside_the_paragraph(paragraph: str) -> None:
    paragraph = paragraph.strip()

    end = find_dateline(paragraph)

    assert end is None or 0 < end < len(paragraph)
