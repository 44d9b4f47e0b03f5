from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import IntakeError
from sayso.intake.text import read_text
from sayso.record import Flag, SectionKind

# In the manner of pages saved as text: two blank lines around the body, each line of
# which is a paragraph, and reader comments as an indented, numbered list.
SAVED = """\
Delta governor sees raiders' links across the river


Karsenia is facing raiders from camps in Belmora, the governor of the delta said.
Karsenia has blamed raids on the Reed Front, which wants a state of its own.
The governor, however, was more explicit.
“We have found a thousand and one boats,” Ilra Voss said when asked about the camps.
“But officials in Belmora have said again and again that they oppose raids,” she said. \
Both sides have in the past said that the raiders have ties to smugglers.


  1. Belmora has always been a good neighbour. Let’s hope they help us.

  2. Karsenia and Belmora should come up with joint river patrols.

  3. The islands will be lending boats that would help in ending this.

  4. Raiders have made the delta a burning place. It needs to be stopped asap.

  5. Belmora has no links with raiders.How can it be.We respect our neighbours.

"""


def test_saved_page_gives_headline_body_and_five_comments() -> None:
    report = read_text(SAVED, name="news/delta.txt")

    assert report.key == "delta.txt"
    assert report.title == "Delta governor sees raiders' links across the river"
    assert [section.kind for section in report.sections] == [
        SectionKind.HEADLINE,
        SectionKind.BODY,
    ]
    assert report.text.count("\n\n") == 5
    assert report.text.endswith("have ties to smugglers.")
    assert [comment.n for comment in report.comments] == [1, 2, 3, 4, 5]
    assert [comment.author for comment in report.comments] == [
        "c1",
        "c2",
        "c3",
        "c4",
        "c5",
    ]
    assert report.comments[4].text.startswith("Belmora has no links with raiders.How")
    assert report.language == "en"
    assert report.flags == ()


def test_same_text_with_other_line_ends_is_the_same_report() -> None:
    unix, dos = (
        read_text(SAVED, name="a"),
        read_text(SAVED.replace("\n", "\r\n"), name="a"),
    )

    assert unix == dos


def test_other_language_is_flagged() -> None:
    report = read_text("L'armée a nié les faits, a dit le général hier.", name="a")

    assert report.language == "fr"
    assert report.flags == (Flag.UNSUPPORTED_LANGUAGE,)


@pytest.mark.parametrize("text", ["", " \n\t\n", "\x00\x01", "\ufeff"])
def test_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(IntakeError, match="empty") as caught:
        read_text(text, name="news/blank.txt")

    assert "news/blank.txt" in caught.value.message


@given(st.text(alphabet=st.characters() | st.sampled_from("\n .1-\ud800"), min_size=1))
def test_any_text_gives_a_report_or_is_empty(text: str) -> None:
    try:
        report = read_text(text, name="a")
    except IntakeError:
        return

    assert report.text.strip()
    for section in report.sections:
        assert 0 <= section.span.start < section.span.end <= len(report.text)
    report.text.encode("utf-8")
