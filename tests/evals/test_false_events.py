import pytest

from evals.false_events import (
    Found,
    Page,
    is_true,
    load_true_words,
    measure,
    read_pages,
    report,
    sentence_number,
)
from sayso.record import Assertion, Event, OverallStatus, Span, Status

LINES = """\
# newdoc id = GUM_voyage_harbour
# newpar
# sent_id = GUM_voyage_harbour-1
# text = The harbour is old.
1\tThe\tthe
# sent_id = GUM_voyage_harbour-2
# text = Pirates raided it in 1702.
# newpar
# text = Ferries leave daily.
# newdoc id = GUM_fiction_tide
# text = She left.
""".splitlines()


@pytest.fixture(name="page")
def make_page() -> Page:
    return next(read_pages(LINES))


def test_pages_are_running_text_with_paragraphs(page):
    assert page.text == (
        "The harbour is old. Pirates raided it in 1702.\n\nFerries leave daily."
    )
    assert page.genre == "voyage"
    assert [s.of(page.text) for s in page.sentences] == [
        "The harbour is old.",
        "Pirates raided it in 1702.",
        "Ferries leave daily.",
    ]


def test_every_document_of_a_file_is_a_page():
    names = [page.name for page in read_pages(LINES)]

    assert names == ["GUM_voyage_harbour", "GUM_fiction_tide"]


def test_a_span_is_in_the_sentence_in_which_it_begins(page):
    at = page.text.index("raided")

    assert sentence_number(page, Span(at, at + 6)) == 2
    assert sentence_number(page, Span(0, 3)) == 1


def event(start: int, end: int) -> Event:
    return Event(
        id="e1",
        trigger=Span(start, end),
        type="ASSAULT",
        assertions=(
            Assertion(statement="s0", status=Status.HAPPENED, span=Span(start, end)),
        ),
        status=OverallStatus.REPORTED,
        confidence=0.9,
        made_by="test",
    )


def test_an_event_is_true_where_its_word_is_listed(page):
    at = page.text.index("raided")

    assert is_true(page, event(at, at + 6), ["raided"])
    assert not is_true(page, event(at, at + 6), ["raid"])


def test_rates_count_only_false_events():
    page = Page(name="GUM_voyage_a", sentences=[Span(0, 1), Span(2, 3)])
    found = [
        Found(
            document=page.name,
            genre="voyage",
            sentence=1,
            trigger="leave",
            type="RETREAT",
            status="reported",
            generic=True,
            confidence=0.5,
            true=true,
        )
        for true in (True, False)
    ]

    figures = measure([page], found)

    assert figures["all"] == {
        "sentences": 2,
        "events": 2,
        "false": 1,
        "generic": 1,
        "per 1,000": 500.0,
    }
    assert "500.0" in report(figures)


def test_the_list_names_documents_of_the_three_genres_and_whole_words():
    words = load_true_words()

    assert {name.split("_")[1] for name in words} == {"academic", "textbook", "voyage"}
    assert all(
        number.isdigit() and word.isalpha()
        for rows in words.values()
        for number, listed in rows.items()
        for word in listed
    )
