from __future__ import annotations

from msgspec.structs import replace

from sayso.extract.incidents_scene import find_country, find_date, find_place
from sayso.record import Fingerprint, Record, Span
from sayso.record.entities import (
    Place,
    PlacePrecision,
    Time,
    TimePrecision,
    Timex,
    TimexType,
)
from tests.build import make_report, spot

TEXT = "Oram, 4 May. On Monday a bus was burnt in Lissa, Kardia. A school stood empty."
FIRST, SECOND = Span(13, 56), Span(57, 78)


def record_with(*rows: Place | Time) -> Record:
    kit = Fingerprint(sayso="0", model="none", lexicons="none")
    return Record(
        report=replace(make_report(TEXT), published=None),
        places=tuple(row for row in rows if isinstance(row, Place)),
        times=tuple(row for row in rows if isinstance(row, Time)),
        kit=kit,
    )


def day(quote: str, value: str) -> Time:
    return Time(
        id=f"t-{quote}",
        value=value,
        timex=Timex(type=TimexType.DATE, value=value),
        earliest=value,
        latest=value,
        precision=TimePrecision.DAY,
        rule="test",
        mentions=(spot(TEXT, quote),),
        confidence=1.0,
        made_by="test",
    )


def place(quote: str, precision: PlacePrecision, country: str | None) -> Place:
    return Place(
        id=f"p-{quote}",
        name=quote,
        country=country,
        precision=precision,
        mentions=(spot(TEXT, quote),),
        confidence=1.0,
        made_by="test",
    )


def test_a_day_in_the_sentence_of_the_fillers_is_the_date() -> None:
    record = record_with(day("Monday", "1990-05-02"))

    assert find_date(record, [FIRST]) == ("t-Monday", "1990-05-02")


def test_a_day_elsewhere_is_not() -> None:
    record = record_with(day("Monday", "1990-05-02"))

    assert find_date(record, [SECOND]) == (None, None)


def test_without_a_day_it_is_on_or_before_that_of_the_report() -> None:
    record = record_with()
    dated = replace(record, report=replace(record.report, published="1990-05-04"))

    assert find_date(dated, [SECOND]) == (None, "../1990-05-04")


def test_the_finest_place_below_a_country_is_taken() -> None:
    city = place("Lissa", PlacePrecision.CITY, "KRD")
    record = record_with(place("Kardia", PlacePrecision.COUNTRY, "KRD"), city)

    assert find_place(record, [FIRST]) == city
    assert find_place(record, [SECOND]) is None


def test_the_country_comes_from_the_place_or_from_most_mentions() -> None:
    city = place("Lissa", PlacePrecision.CITY, "KRD")
    record = record_with(place("Oram", PlacePrecision.CITY, "ORM"))

    assert find_country(record, city) == "KRD"
    assert find_country(record, None) == "ORM"
    assert find_country(record_with(), None) is None
