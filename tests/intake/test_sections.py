from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake.sections import find_byline, find_sections, find_title

LEAD = "The ministry denied on Monday that it had sent troops to the valley."
MORE = "Nobody in the valley believed it, a teacher said, because all had seen them."


def parts(text: str, *, title: str | None = None) -> list[tuple[str, str]]:
    sections = find_sections(text, title=title)
    return [(section.kind.value, section.span.of(text)) for section in sections]


def test_wire_report_has_headline_byline_dateline_and_body() -> None:
    text = (
        "Ministry denies sending troops\n\nBy Oda Lindqvar\n\n"
        f"QUARRIN, March 4 (Harbour Wire) — {LEAD}\n\n{MORE}"
    )

    assert parts(text) == [
        ("headline", "Ministry denies sending troops"),
        ("byline", "By Oda Lindqvar"),
        ("dateline", "QUARRIN, March 4 (Harbour Wire) —"),
        ("body", f"{LEAD}\n\n{MORE}"),
    ]


@pytest.mark.parametrize(
    "headline",
    [
        "Ministry denies sending troops",
        "MINISTRY DENIES SENDING TROOPS",
        "Did the ministry send troops?",
        "Ministry Denies Sending Troops to Northern Valley.",
        "Ministry denies troops in valley.",
        "‘We were there’: troops contradict ministry",
        "IN BRIEF: Ministry denies sending troops",
        "Governor promises talks with U.S.",
    ],
)
def test_first_paragraph_that_looks_like_one_is_the_headline(headline: str) -> None:
    assert parts(f"{headline}\n\n{LEAD}\n\n{MORE}")[0] == ("headline", headline)


@pytest.mark.parametrize(
    "first",
    [
        LEAD,
        "QUARRIN, March 4 (HW) - Four soldiers were killed",
        "The governor listed two things:",
        "1. The camps are to be closed",
        "By Oda Lindqvar",
    ],
)
def test_other_first_paragraphs_are_no_headline(first: str) -> None:
    assert parts(f"{first}\n\n{MORE}")[0][0] != "headline"


def test_sentence_above_a_dateline_is_the_headline() -> None:
    text = f"Voss has had enough of it.\n\nQUARRIN (HW) - {LEAD}"

    assert parts(text)[0] == ("headline", "Voss has had enough of it.")


def test_paragraph_that_repeats_the_title_is_the_headline() -> None:
    text = f"The army said the ministry had lied to it.\n\n{LEAD}"

    assert parts(text)[0][0] == "body"
    assert parts(text, title="The army said the ministry had lied to it")[0] == (
        "headline",
        "The army said the ministry had lied to it.",
    )


def test_deck_under_the_headline_is_a_headline_too() -> None:
    text = (
        "Ministry denies sending troops\n\nVillagers say they saw them\n\n"
        f"By Oda Lindqvar\n\n{LEAD}\n\n{MORE}"
    )

    assert [kind for kind, _ in parts(text)] == [
        "headline",
        "headline",
        "byline",
        "body",
    ]


def test_text_of_one_paragraph_is_body() -> None:
    assert parts("Ministry denies sending troops") == [
        ("body", "Ministry denies sending troops")
    ]


def test_credits_and_captions_are_not_body() -> None:
    text = (
        f"Ministry denies sending troops\n\nFILE PHOTO: A truck in the valley\n\n{LEAD}"
        f"\n\n{MORE}\n\n(Reporting by Oda Lindqvar; Editing by Corin Hale)"
    )

    assert [kind for kind, _ in parts(text)] == [
        "headline",
        "caption",
        "body",
        "byline",
    ]


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("By Oda Lindqvar", "Oda Lindqvar"),
        ("BY ODA LINDQVAR AND CORIN HALE", "ODA LINDQVAR AND CORIN HALE"),
        ("By our court correspondent", "our court correspondent"),
        ("By a staff reporter", "a staff reporter"),
        ("From our correspondent", "From our correspondent"),
    ],
)
def test_byline_names_who_wrote_it(byline: str, expected: str) -> None:
    text = f"Ministry denies sending troops\n\n{byline}\n\n{LEAD}"

    assert find_byline(text, find_sections(text)) == expected


def test_sentence_that_begins_with_by_is_no_byline() -> None:
    text = f"Ministry denies it\n\nBy Monday the army had taken the town.\n\n{MORE}"

    assert find_byline(text, find_sections(text)) is None


def test_transcript_has_no_dateline() -> None:
    text = "VOSS: We have found boats.\n\nBEREL: There are no boats on our bank."

    assert [kind for kind, _ in parts(text)] == ["body"]


def test_wrapped_text_is_taken_by_its_blocks() -> None:
    text = (
        "Ministry denies sending troops to the northern valley, where all but a\n"
        "few villagers have left their homes\n\n"
        "QUARRIN, March 4 - The ministry denied on Monday that it had sent any\n"
        "troops to the valley."
    )

    assert [kind for kind, _ in parts(text)] == ["headline", "dateline", "body"]


def test_title_is_the_headline_on_one_line() -> None:
    text = f"Ministry denies\u00a0sending troops\n\n{LEAD}"

    assert find_title(text, find_sections(text)) == "Ministry denies sending troops"


LIKE_NEWS = st.lists(
    st.sampled_from(
        [
            "Ministry denies it",
            "By Oda Lindqvar",
            "QUARRIN, March 4 (HW) - Lead.",
            "19 November 2020",
            LEAD,
            "Photo: a truck",
            "(Reporting by Corin Hale)",
            "VOSS: No.",
            "",
            "  ",
        ]
    )
).map("\n".join)


@given(st.text(alphabet=st.characters()) | LIKE_NEWS)
def test_sections_hold_all_but_white_space_in_order(text: str) -> None:
    sections = find_sections(text)

    told = "".join(section.span.of(text) for section in sections)
    assert "".join(told.split()) == "".join(text.split())
    assert list(sections) == sorted(sections, key=lambda section: section.span)
    assert all(section.span.start < section.span.end for section in sections)
