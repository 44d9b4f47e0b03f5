import pytest

from sayso.record import PlacePrecision, SectionKind
from sayso.resolve.places import find_places
from sayso.resolve.places_rank import FEATURES, Ranker, load_ranker
from sayso.resolve.places_spot import Use, find_toponyms
from sayso.vocab.gazetteer import Entry, EntryKind
from sayso.vocab.gazetteer_files import ListedGazetteer
from sayso.vocab.names import load_names
from tests.build import attribute, make_reading, make_report, spot

GOOD = {"people": 2.0, "main_name": 1.0, "inside_next": 4.0, "outside_next": -4.0}
GOOD |= {"unit_asked": 4.0, "town_asked": 4.0, "same_country": 6.0, "near": 3.0}
GOOD |= {"filed_here": 3.0}
NAMES = load_names()
RANKER = Ranker(weights={name: GOOD.get(name, 0.0) for name in FEATURES}, least=0.3)


def entry(number, name, kind, lat, lon, country, unit=None, people=0):
    return Entry(
        gazetteer_id=f"test:{number}",
        name=name,
        kind=EntryKind(kind),
        lat=lat,
        lon=lon,
        country=country,
        admin1_code=unit,
        admin1=unit,
        population=people,
        radius_km=5.0,
        source="test",
    )


class SmallGazetteer(ListedGazetteer):
    """An invented world with one demonym."""

    def country_of(self, demonym):
        return {"Arvenian": "ARV", "Arvenians": "ARV"}.get(demonym)


@pytest.fixture
def gazetteer():
    rows = [
        (entry(1, "Arvenia", "country", 10, 10, "ARV", people=9_000_000), ("ARV",)),
        (entry(2, "Beldor", "country", 50, 60, "BEL", people=9_000_000), ()),
        (entry(3, "Harrow", "city", 10.2, 10.1, "ARV", "AR.1", people=20_000), ()),
        (entry(4, "Harrow", "city", 50.1, 60.2, "BEL", "BE.1", people=900_000), ()),
        (entry(5, "Dunmere", "city", 10.4, 10.3, "ARV", "AR.1", people=70_000), ()),
        (entry(11, "Tolm", "city", 10.3, 10.2, "ARV", "AR.1", people=900), ()),
        (entry(6, "Dunmere", "admin1", 10.9, 10.9, "ARV", "AR.2", people=60_000), ()),
        (entry(7, "Twin", "city", 1, 1, "ARV", people=500), ()),
        (entry(8, "Twin", "city", 2, 2, "BEL", people=500), ()),
        (entry(9, "Twin", "city", 3, 3, "BEL", people=500), ()),
        (entry(10, "Twin", "city", 4, 4, "BEL", people=500), ()),
    ]
    return SmallGazetteer(rows, "test")


def places(text, gazetteer, entities, *, sections=None, attributions=()):
    report = make_report(text, sections=sections)
    reading = make_reading(text, entities=entities, attributions=attributions)
    return find_places(report, reading, gazetteer, RANKER, NAMES)


def test_the_larger_town_wins_without_context(gazetteer):
    (place,) = places("Fire broke out near Harrow.", gazetteer, {"Harrow": "LOC"})
    assert place.gazetteer_id == "test:4"
    assert [one.gazetteer_id for one in place.candidates] == ["test:3"]
    assert place.precision is PlacePrecision.CITY
    assert place.radius_km == 5


def test_capitals_alone_make_no_town_of_a_word(gazetteer):
    text = "It was to file “IN TOLM COURSE” and left."
    assert places(text, gazetteer, {"TOLM": "LOC"}) == ()


def test_a_big_town_stands_amid_capitals(gazetteer):
    (place,) = places("BLAST IN HARROW KILLS NINE", gazetteer, {"HARROW": "LOC"})
    assert place.gazetteer_id == "test:4"


def test_the_country_in_the_text_moves_a_town(gazetteer):
    text = "Fire broke out near Harrow in Arvenia."
    harrow, arvenia = places(text, gazetteer, {"Harrow": "LOC", "Arvenia": "LOC"})
    assert harrow.country == "ARV"
    assert arvenia.precision is PlacePrecision.COUNTRY


def test_demonyms_tell_the_country_but_are_no_places(gazetteer):
    text = "Arvenian troops entered Harrow."
    (harrow,) = places(text, gazetteer, {"Arvenian": "NORP", "Harrow": "LOC"})
    assert harrow.country == "ARV"
    assert harrow.mentions == (spot(text, "Harrow"),)


def test_a_demonym_that_the_model_takes_for_a_place_is_none(gazetteer):
    text = "They met the Arvenians there."
    assert places(text, gazetteer, {"the Arvenians": "LOC"}) == ()


def test_the_dateline_tells_where_a_report_plays(gazetteer):
    text = "DUNMERE - A bridge fell at Harrow."
    found = places(
        text,
        gazetteer,
        {"DUNMERE": "LOC", "Harrow": "LOC"},
        sections={"DUNMERE -": SectionKind.DATELINE, "A bridge": SectionKind.BODY},
    )
    assert {place.country for place in found} == {"ARV"}


def test_a_container_after_a_comma_decides(gazetteer):
    text = "A man from Harrow, Arvenia, spoke in Beldor."
    names = {"Harrow": "LOC", "Arvenia": "LOC", "Beldor": "LOC"}
    assert places(text, gazetteer, names)[0].country == "ARV"


def test_words_for_units_ask_for_a_unit(gazetteer):
    entities = {"Dunmere": "LOC"}
    (city,) = places("The town of Dunmere burnt.", gazetteer, entities)
    (unit,) = places("Floods hit Dunmere province.", gazetteer, entities)
    assert city.precision is PlacePrecision.CITY
    assert unit.precision is PlacePrecision.REGION


def test_a_place_that_speaks_is_left_to_the_actors(gazetteer):
    text = "Arvenia said the raid was false."
    cue = attribute("said", source="Arvenia", content="the raid was false")
    assert not places(text, gazetteer, {"Arvenia": "LOC"}, attributions=[cue])


def test_what_no_row_bears_stays_open(gazetteer):
    (place,) = places("They met in Ostrava Bay.", gazetteer, {"Ostrava Bay": "LOC"})
    assert place.gazetteer_id is None
    assert place.lat is None
    assert place.candidates == ()


def test_even_candidates_are_not_guessed_between(gazetteer):
    (place,) = places("They met in Twin.", gazetteer, {"Twin": "LOC"})
    assert place.gazetteer_id is None
    assert len(place.candidates) == 4


def test_mentions_of_one_row_are_one_place(gazetteer):
    text = "Harrow burnt. People left Harrow at night."
    (place,) = places(text, gazetteer, {"Harrow": "LOC", "Harrow@2": "LOC"})
    assert place.mentions == (spot(text, "Harrow"), spot(text, "Harrow@2"))
    assert place.name == "Harrow"


def test_a_text_without_names_has_no_places(gazetteer):
    assert places("Nobody was hurt.", gazetteer, {}) == ()


def test_known_names_after_a_preposition_are_found_without_the_model(gazetteer):
    text = "Shots were heard in Harrow at dawn."
    report = make_report(text)
    reading = make_reading(text, syntax={"Harrow": ("PROPN", "obl", "heard")})
    (place,) = find_places(report, reading, gazetteer, RANKER, NAMES)
    assert place.mentions == (spot(text, "Harrow"),)


def test_names_inside_names_are_told_apart(gazetteer):
    text = "The University of Harrow closed."
    reading = make_reading(text, entities={"University of Harrow": "ORG"})
    (toponym,) = find_toponyms(make_report(text), reading, gazetteer, NAMES)
    assert toponym.use is Use.WITHIN
    assert places(text, gazetteer, {"University of Harrow": "ORG"}) == ()


def test_a_pair_of_town_and_country_is_two_places(gazetteer):
    text = "He lives in Harrow, Arvenia now."
    found = places(text, gazetteer, {"Harrow, Arvenia": "LOC"})
    assert [place.gazetteer_id for place in found] == ["test:3", "test:1"]


def test_equal_input_gives_equal_places(gazetteer):
    text = "Fire near Harrow in Arvenia."
    names = {"Harrow": "LOC", "Arvenia": "LOC"}
    assert places(text, gazetteer, names) == places(text, gazetteer, names)


def test_the_shipped_ranker_has_a_weight_for_each_feature():
    assert len(load_ranker().vector()) == len(FEATURES)


def test_a_lone_small_town_stays_open_until_its_country_is_named(gazetteer):
    alone, beside = "They met in Tolm.", "They met in Tolm, not in Dunmere."
    (tolm,) = places(alone, gazetteer, {"Tolm": "LOC"})
    (tied, _) = places(beside, gazetteer, {"Tolm": "LOC", "Dunmere": "LOC"})
    assert tolm.gazetteer_id is None
    assert tied.country == "ARV"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Front of Harrow denied it.", False),
        ("The Harrow Brigade denied it.", False),
        ("He spoke to the Harrow Wire.", False),
        ("Soldiers shelled the village of Harrow.", True),
        ("The Bishop of Harrow wept.", True),
    ],
)
def test_a_name_inside_that_of_a_body_is_no_place(gazetteer, text, found):
    assert bool(places(text, gazetteer, {"Harrow": "LOC"})) is found


def test_an_unknown_name_that_no_word_places_is_left_out(gazetteer):
    text = "Ostrel Vann was buried. They met near Ostrel."
    names = {"Ostrel Vann": "LOC", "Ostrel@2": "LOC"}
    (place,) = places(text, gazetteer, names)
    assert place.mentions == (spot(text, "Ostrel@2"),)


def test_a_place_found_once_is_found_again_where_the_model_misses_it(gazetteer):
    text = "Harrow elders wept. They had met near Harrow."
    names = {"Harrow": "PER", "Harrow@2": "LOC"}
    (place,) = places(text, gazetteer, names)
    assert len(place.mentions) == 2


def test_two_names_with_a_hyphen_are_two_places(gazetteer):
    text = "They blocked the Dunmere - Tolm road."
    found = places(text, gazetteer, {"Dunmere - Tolm": "LOC"})
    assert [place.name for place in found] == ["Dunmere", "Tolm"]


def test_the_agency_in_a_dateline_is_no_place(gazetteer):
    text = "DUNMERE, May 3 (Tolm) - A bridge fell."
    found = places(
        text,
        gazetteer,
        {"DUNMERE": "PER", "Tolm": "LOC"},
        sections={
            "DUNMERE, May 3 (Tolm) -": SectionKind.DATELINE,
            "A bridge": SectionKind.BODY,
        },
    )
    assert [place.name for place in found] == ["DUNMERE"]


def test_seat_that_acts_for_its_state_is_no_namesake_elsewhere():
    rows = [
        (entry(1, "Islamabad", "city", 33.7, 73.1, "PAK", people=600_000), ()),
        (entry(2, "Islamabad", "city", 33.7, 75.2, "IND", people=900_000), ()),
    ]
    text = "Islamabad denied it. They met in Islamabad."
    cue = attribute("denied", source="Islamabad", content="it")
    world = SmallGazetteer(rows, "test")
    report = make_report(text)
    reading = make_reading(text, entities={"Islamabad": "LOC"}, attributions=[cue])

    (place,) = find_places(report, reading, world, RANKER, NAMES)

    assert place.gazetteer_id == "test:1"
