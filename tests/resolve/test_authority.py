import pytest
from msgspec.structs import replace

from sayso.record import Actor, ActorKind, Place, SectionKind, Span
from sayso.resolve.authority import add_authority, home_state
from sayso.vocab.names import load_names
from tests.build import make_report, spot

NAMES = load_names()
FILED = {"GAO (HW) -": SectionKind.DATELINE, "They": SectionKind.BODY}


def actor(text: str, words: str, kind: ActorKind, **told: object) -> Actor:
    span = spot(text, words)
    plain = Actor(
        id="a1", name=words, kind=kind, mentions=(span,), confidence=0.9, made_by="test"
    )
    return replace(plain, **told)


def place(span: Span, country: str) -> Place:
    return Place(
        id=f"p{span.start}",
        name="",
        country=country,
        mentions=(span,),
        confidence=1.0,
        made_by="test",
    )


def known(words: str, kind: str, **told: object) -> Actor:
    text = f"GAO (HW) - They told {words} so."
    report = make_report(text, sections=FILED)
    places = [place(spot(text, "GAO"), "MLI")]
    one = actor(text, words, ActorKind(kind), **told)
    (found,) = add_authority(report, [one], places, NAMES)
    return found


@pytest.mark.parametrize(
    ("words", "sector", "authority"),
    [
        ("the defence ministry", "GOV", "MLI.MIL"),
        ("the foreign ministry", "GOV", "MLI.GOV.FOREIGN"),
        ("the Kabul government", "GOV", "AFG.GOV"),
        ("the police", "COP", "MLI.COP"),
        ("UNHCR", None, "UNO.UNHCR"),
        ("the European Union", None, "EUR"),
    ],
)
def test_a_body_gets_its_id(words, sector, authority):
    found = known(words, "organisation", sector=sector, public=True)
    assert found.authority == authority


def test_a_state_is_its_own_authority():
    assert known("Mali", "state", country="MLI").authority == "MLI"


def test_an_officer_acts_for_the_state_that_the_report_plays_in():
    found = known("the governor", "person", sector="GOV", public=True)
    assert (found.country, found.authority) == ("MLI", None)


@pytest.mark.parametrize("words", ["a Western diplomat", "the rebel commander"])
def test_who_may_act_for_any_state_gets_none(words):
    assert known(words, "person", sector="GOV", public=True).country is None


@pytest.mark.parametrize("sector", [None, "CVL", "REL"])
def test_nobody_without_a_public_role_gets_a_country(sector):
    found = known("Ostrel Vann", "person", sector=sector, public=False)
    assert (found.country, found.sector, found.authority) == (None, sector, None)


def test_a_rank_of_the_police_is_no_rank_of_the_army():
    assert known("police Major Tolm", "person", sector="MIL", public=True).sector == (
        "COP"
    )


def test_a_dateline_abroad_does_not_tell_the_home_of_a_report():
    text = "GAO (HW) - They met in Tolm, Harrow and Dunmere."
    report = make_report(text, sections=FILED)
    abroad = [place(spot(text, name), "NER") for name in ("Tolm", "Harrow", "Dunmere")]
    assert home_state(report, [place(spot(text, "GAO"), "MLI"), *abroad]) is None
