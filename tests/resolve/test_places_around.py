import pytest

from sayso.record import PlacePrecision
from tests.resolve.test_places import gazetteer, places

__all__ = ["gazetteer"]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb hit the Hotel Mirel in Dunmere at dawn.",
        "A bomb hit the Hotel Mirel, 3 km south of Dunmere, at dawn.",
        "A bomb hit Dunmere's Hotel Mirel at dawn.",
    ],
)
def test_a_place_without_a_row_lies_where_the_words_put_it(gazetteer, text):
    found = places(text, gazetteer, {"Hotel Mirel": "LOC", "Dunmere": "LOC"})
    hotel = next(place for place in found if place.name == "Hotel Mirel")
    assert hotel.gazetteer_id is None
    assert (hotel.lat, hotel.lon) == (10.4, 10.3)
    assert hotel.precision is PlacePrecision.CITY
    assert hotel.made_by == "within:test:5"


def test_where_all_names_lie_together_an_unknown_one_does_too(gazetteer):
    text = "Roads from Harrow to Dunmere in Arvenia are shut. They met near Ostrel."
    names = {"Harrow": "LOC", "Dunmere": "LOC", "Arvenia": "LOC", "Ostrel": "LOC"}
    *_, ostrel = places(text, gazetteer, names)
    assert ostrel.precision is PlacePrecision.AREA
    assert ostrel.radius_km >= 150
    assert ostrel.made_by.startswith("around:")


def test_a_country_alone_is_no_scene(gazetteer):
    text = "In Arvenia they met near Ostrel."
    _, ostrel = places(text, gazetteer, {"Arvenia": "LOC", "Ostrel": "LOC"})
    assert ostrel.lat is None


def test_a_name_with_rows_to_choose_from_is_not_put_into_the_scene(gazetteer):
    text = "Roads from Tolm to Dunmere in Arvenia are shut. They met in Twin."
    names = {"Tolm": "LOC", "Dunmere": "LOC", "Arvenia": "LOC", "Twin": "LOC"}
    *_, twin = places(text, gazetteer, names)
    assert twin.made_by.split(":")[0] != "around"
