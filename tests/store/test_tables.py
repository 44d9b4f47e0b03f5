from __future__ import annotations

import re

import pytest
from hypothesis import given

from sayso.record import Assertion, Record, Span, Status
from sayso.store.database import find_terms, fold_words
from sayso.store.effect import sum_up
from sayso.store.filters import COLUMNS as FILTERED
from sayso.store.identity import number_report
from sayso.store.migrations import load_migrations
from sayso.store.query import View
from sayso.store.rows import Review
from sayso.store.tables import COLUMNS, KEYS, TALLIED, derive
from tests import strategies
from tests.store.build import make_record


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns that the SQL gives a table."""
    orders = "".join(load_migrations())
    (body,) = re.findall(rf"create table {table} \((.*?)\n\)", orders, re.DOTALL)
    lines = (line.strip() for line in body.splitlines())
    first = [
        line.split()[0]
        for line in lines
        if line and not line.startswith(("primary", "--"))
    ]
    return (*first, *re.findall(rf"alter table {table} add column (\w+)", orders))


@pytest.mark.parametrize("table", COLUMNS)
def test_sql_and_code_agree_on_columns(table: str) -> None:
    assert columns_of(table) == COLUMNS[table]


@pytest.mark.parametrize("view", FILTERED)
def test_what_is_filtered_and_counted_is_a_column(view: View) -> None:
    joined = {"outlet", "month"}

    assert set(FILTERED[view]) <= set(columns_of(view))
    assert set(TALLIED[view]) - joined <= set(FILTERED[view])


@given(record=strategies.records())
def test_rows_of_any_record_fit_their_columns(record: Record) -> None:
    derived = derive(record, number_report(record.report), reviews={}, splits={})

    for table, rows in derived.rows.items():
        assert all(len(row) == len(COLUMNS[table]) for row in rows)
        places = [COLUMNS[table].index(key) for key in KEYS[table]]
        assert len({tuple(row[place] for place in places) for row in rows}) == len(rows)
    for view in (View.STATEMENTS, View.EVENTS, View.LINKS):
        assert len(derived.tallies[view]) == len(derived.rows[view])


def test_deriving_twice_gives_equal_rows() -> None:
    record = make_record(1, comments=[("c1", None, "no")])
    reviews = {record.statements[0].id: Review.REJECTED}

    first = derive(record, 1, reviews=reviews, splits={})

    assert first == derive(record, 1, reviews=reviews, splits={})
    assert first != derive(record, 1, reviews={}, splits={})


H, D, P = Status.HAPPENED, Status.DENIED, Status.PLANNED


@pytest.mark.parametrize(
    ("voices", "status"),
    [
        ([("s1", H), ("s2", D)], "disputed"),
        ([("outlet", H), ("s2", P)], "reported"),
        ([("s1", H), ("s2", Status.ONGOING)], "alleged"),
        ([("s1", D), ("s2", D)], "denied"),
        ([("s1", P), ("s2", D)], "mixed"),
    ],
)
def test_status_of_a_link_sums_up_its_voices(
    voices: list[tuple[str, Status]], status: str
) -> None:
    record = make_record(1)
    outlet = record.outlet_voice()
    assert outlet is not None
    assertions = [
        Assertion(
            statement=outlet.id if by == "outlet" else by, status=told, span=Span(0, 1)
        )
        for by, told in voices
    ]

    assert sum_up(record, assertions) == status


def test_words_are_cut_alike_for_text_and_query() -> None:
    assert fold_words("Port-Ilmen's STRASSE_9, ok?") == "port ilmen s strasse 9 ok"
    assert find_terms('raid "Port Ilmen" har* Port-Ilmen "…" "open') == (
        (("raid",), False),
        (("port", "ilmen"), False),
        (("har",), True),
        (("port", "ilmen"), False),
        (("open",), False),
    )
