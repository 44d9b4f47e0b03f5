import pytest
from msgspec.structs import replace

from sayso.record import SectionKind
from sayso.resolve.places_dateline import dateline_heads, home_of, paper_names
from sayso.vocab.gazetteer import load_gazetteer
from tests.build import make_reading, make_report


@pytest.mark.parametrize(
    ("outlet", "url", "home"),
    [
        ("Kenyan Ledger", None, {"KEN"}),
        ("The Niamey Courier", None, {"NER"}),
        ("Tripoli Courier", None, set()),
        ("Harbour Wire", "https://www.harbour.ml/a", {"MLI"}),
        ("Harbour Wire", "https://harbour.tv/a", set()),
        (None, None, set()),
    ],
    ids=["demonym", "town", "two towns", "domain", "sold domain", "nothing"],
)
def test_the_outlet_tells_its_country_only_where_it_is_clear(outlet, url, home):
    report = replace(make_report("Rain fell."), outlet=outlet, url=url)
    assert home_of(report, load_gazetteer()) == home


def test_the_first_word_of_a_dateline_is_a_head():
    text = "Bridge falls\n\nDUNMERE - A bridge fell."
    report = make_report(
        text,
        sections={
            "Bridge falls": SectionKind.HEADLINE,
            "DUNMERE -": SectionKind.DATELINE,
            "A bridge fell.": SectionKind.BODY,
        },
    )
    reading = make_reading(text)
    heads = dateline_heads(report, reading)
    assert [reading.words[head] for head in heads] == ["DUNMERE"]


def test_the_paper_and_the_agency_are_told_by_name():
    text = "DUNMERE (HW) - He told the Harbour Wire so."
    report = make_report(
        text, sections={"DUNMERE (HW) -": SectionKind.DATELINE, "He": SectionKind.BODY}
    )
    reading = make_reading(text)
    found = paper_names(replace(report, outlet="Harbour Wire"), reading)
    named = {" ".join(reading.words[slice(*run)]) for run in found}
    assert named == {"HW", "Harbour Wire"}
