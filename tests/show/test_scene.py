from msgspec.structs import replace

from sayso.record import (
    Actor,
    ActorKind,
    Anchor,
    AnchorKind,
    Fingerprint,
    Place,
    PlacePrecision,
    Record,
    Time,
    Timex,
    TimexType,
)
from sayso.show.scene import actor_rows, place_rows, scene_tables, time_rows
from tests.build import make_report, spot

TEXT = "The army met in Gao on Monday near Ostrel."


def record(**rows: object) -> Record:
    report = make_report(TEXT, published="2019-08-14")
    kit = Fingerprint(sayso="0", model="m", lexicons="l")
    return replace(Record(report=report, kit=kit), **rows)


def place(words: str, **told: object) -> Place:
    plain = Place(
        id="p1",
        name=words,
        mentions=(spot(TEXT, words),),
        confidence=0.9,
        made_by="places",
    )
    return replace(plain, **told)


def test_a_place_shows_its_row_country_precision_and_point() -> None:
    gao = place(
        "Gao",
        gazetteer_id="geonames:1",
        lat=16.27,
        lon=-0.04,
        country="MLI",
        precision=PlacePrecision.CITY,
        radius_km=4.0,
    )

    assert place_rows(record(places=(gao,))) == [
        ("Gao", "geonames:1", "MLI", "city, 4 km", "16.27 N, 0.04 W")
    ]


def test_an_open_place_says_so_or_what_holds_it() -> None:
    rows = [place("Ostrel"), place("Ostrel", made_by="within:geonames:1")]

    shown = place_rows(record(places=tuple(rows)))

    assert [row[1] for row in shown] == ["not in the gazetteer", "within geonames:1"]


def test_a_time_shows_what_it_was_reckoned_from() -> None:
    monday = Time(
        id="t1",
        value="2019-08-12",
        timex=Timex(type=TimexType.DATE, value="2019-08-12"),
        anchor=Anchor(kind=AnchorKind.PUBLISHED),
        rule="weekday",
        mentions=(spot(TEXT, "Monday"),),
        confidence=0.9,
        made_by="dates",
    )

    assert time_rows(record(times=(monday,))) == [
        ("Monday", "2019-08-12", "published 2019-08-14")
    ]


def test_only_actors_with_a_code_are_shown() -> None:
    army = Actor(
        id="a1",
        name="The army",
        kind=ActorKind.ORGANISATION,
        country="MLI",
        sector="MIL",
        authority="MLI.MIL",
        mentions=(spot(TEXT, "The army"),),
        confidence=0.9,
        made_by="test",
    )
    bare = replace(army, id="a2", country=None, sector=None, authority=None)

    shown = actor_rows(record(actors=(army, bare)))

    assert shown == [("The army", "organisation", "MLI", "MIL", "MLI.MIL")]


def test_a_record_without_any_has_no_tables() -> None:
    assert scene_tables(record()) == ()
