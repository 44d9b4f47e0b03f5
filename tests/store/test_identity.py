from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sayso.store.identity import (
    UNDATED,
    actor_key,
    end_number,
    first_number,
    month_of,
    month_of_number,
    number_report,
)
from sayso.store.tables import owners_of
from tests.store.build import make_record

DAYS = st.dates()


@given(one=DAYS, other=DAYS)
def test_newer_reports_have_smaller_numbers(one: date, other: date) -> None:
    first = number_report(make_record(1, published=str(one)).report)
    second = number_report(make_record(1, published=str(other)).report)

    assert (first < second) == (one > other) or one == other
    assert first_number(one) <= first < end_number(one)
    assert month_of_number(first) == month_of(str(one))
    assert first < UNDATED < 2**63


@pytest.mark.parametrize("published", [None, "2019", "2019-XX", "soon", "2019-02-31"])
def test_reports_without_a_month_come_last(published: str | None) -> None:
    number = number_report(make_record(1, published=published).report)

    assert UNDATED <= number < 2**63
    assert month_of(published) == month_of_number(number) == ""


def test_number_does_not_depend_on_what_else_there_is() -> None:
    report = make_record(1).report

    assert number_report(report) == number_report(replace(report, key="other"))


def test_authority_makes_actors_one_and_else_name_kind_and_country() -> None:
    guard, _, front = make_record(1).actors

    assert actor_key(front) == actor_key(replace(front, name="The Front"))
    assert actor_key(guard) == actor_key(replace(guard, aliases=("Guard",)))
    assert actor_key(guard) != actor_key(replace(guard, country="ILM"))
    assert actor_key(guard) != actor_key(replace(guard, authority="front-1"))


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("who", False),
        ("Nobody", False),
        ("No group", False),
        ("nobody there", False),
        ("Whole Earth Guard", True),
        ("police", True),
    ],
)
def test_who_and_nobody_are_no_actors_of_the_project(name: str, is_told: bool) -> None:
    record = make_record(1)
    actor = replace(record.actors[0], name=name)
    record = replace(record, actors=(actor, *record.actors[1:]))

    assert (actor.id in owners_of(record, {})) is is_told
