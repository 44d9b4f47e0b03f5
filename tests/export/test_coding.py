from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from sayso.export.codes import load_codes
from sayso.export.coding import (
    Days,
    Party,
    acled_when,
    acled_where,
    country_name,
    days_of,
    plover_where,
    ucdp_when,
    ucdp_where,
)
from sayso.record import ActorKind, Place, PlacePrecision, Span
from tests.export.raid import raid_record

CODES = load_codes()


def place(precision: str | None, **told: object) -> Place:
    return Place(
        id="p1",
        name="Tersa",
        precision=None if precision is None else PlacePrecision(precision),
        mentions=(Span(0, 1),),
        confidence=1.0,
        made_by="test",
        **({"country": "MLI"} | told),
    )


@pytest.mark.parametrize(
    ("precision", "told", "ucdp", "acled", "plover"),
    [
        ("point", {}, 1, 1, 5),
        ("city", {"radius_km": 4.0}, 1, 1, 4),
        ("city", {"radius_km": 25.0}, 2, 2, 4),
        ("district", {"radius_km": 25.0}, 3, 2, 3),
        ("region", {}, 4, 3, 2),
        ("area", {}, 5, 3, 1),
        ("country", {}, 6, 3, 1),
        ("area", {"country": None}, 7, 3, 1),
        (None, {}, None, None, None),
    ],
)
def test_precision_and_radius_give_the_codes_of_places(
    precision: str | None,
    told: dict[str, object],
    ucdp: int | None,
    acled: int | None,
    plover: int | None,
) -> None:
    where = place(precision, **told)

    assert ucdp_where(where, CODES) == ucdp
    assert acled_where(where, CODES) == acled
    assert plover_where(where, CODES) == plover


@pytest.mark.parametrize(
    ("count", "ucdp", "acled"),
    [
        (1, 1, 1),
        (2, 2, 2),
        (6, 2, 2),
        (7, 3, 2),
        (8, 4, 3),
        (31, 4, 3),
        (32, 5, None),
        (366, 5, None),
        (367, None, None),
    ],
)
def test_number_of_days_gives_the_codes_of_times(
    count: int, ucdp: int | None, acled: int | None
) -> None:
    first = date(2020, 1, 1)
    days = Days(first=first, last=first + timedelta(days=count - 1))

    assert (ucdp_when(days), acled_when(days)) == (ucdp, acled)


def test_times_that_voices_give_differently_span_all_of_them() -> None:
    record = raid_record()
    second = replace(record.times[0], id="t02", earliest="2019-08-10T22:15")
    event = record.events[0]
    times = (event.times[0], replace(event.times[0], time="t02"))
    record = replace(record, times=(record.times[0], second))

    days = days_of(record, replace(event, times=times))

    assert days == Days(first=date(2019, 8, 10), last=date(2019, 8, 12))


def test_time_with_an_open_end_gives_no_days() -> None:
    record = raid_record()
    for told in ({"earliest": None}, {"latest": None}, {"latest": "-0044-03-15"}):
        times = (replace(record.times[0], **told),)
        assert days_of(replace(record, times=times), record.events[0]) is None


def test_unknown_country_stays_a_code() -> None:
    assert country_name(place("city", country="MLI"), CODES) == "Mali"
    assert country_name(place("city", country="XKX"), CODES) == "XKX"
    assert country_name(place("city", country=None), CODES) is None


def test_state_acts_by_its_forces() -> None:
    assert Party(name="Mali", kind=ActorKind.STATE).inter(CODES) == 1
    assert Party(name="somebody").inter(CODES) is None


def test_list_of_countries_is_sorted_and_whole() -> None:
    codes = [*CODES.countries]

    assert codes == sorted(codes)
    assert len(codes) == 249
    for country in CODES.countries.values():
        assert len(country.alpha2) == 2
        assert country.numeric.isdigit()
        assert country.name
