"""Facets and months: how many rows, by which values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sayso.store.database import Session, marks
from sayso.store.filters import COLUMNS, check, select
from sayso.store.identity import ID_BITS, month_of_number
from sayso.store.query import (
    COUNTED,
    Condition,
    Facet,
    FacetCount,
    Facets,
    Query,
    View,
)
from sayso.store.rows import Period
from sayso.store.tables import TALLIED

_SHARED = ("outlet", "month", "review", "actor", "place", "report")
_HIDDEN = "happened"
Counts = dict[str, Counter[str]]


def facets(session: Session, view: View, query: Query) -> Facets:
    """Return how many rows a query has in a view other than actors and places."""
    check(query)
    tallied = _tallied(session, view, query)
    if tallied is not None:
        return build_facets(*tallied, exact=True)
    return _look(session, view, query)


def count_rows(
    session: Session, view: View, *, field: str = "", value: str = ""
) -> int:
    """Return how many rows a view has, in all or with one value of a tallied field."""
    rows = session.rows(
        "select rows_n from tallies where view = ? and field = ? and value = ? "
        "and other = ''",
        (view.value, field, value),
    )
    return int(rows[0][0]) if rows else 0


def build_facets(
    rows: int, counts: Mapping[str, Mapping[str, int]], *, exact: bool
) -> Facets:
    """Return facets from the counts of each field's values."""
    return Facets(
        rows=rows,
        exact=exact,
        facets=tuple(
            Facet(
                field=field,
                counts=tuple(
                    FacetCount(value=value, rows=count)
                    for value, count in sorted(
                        values.items(), key=lambda one: (-one[1], one[0])
                    )
                ),
            )
            for field, values in counts.items()
            if field != _HIDDEN
        ),
    )


def _tallied(session: Session, view: View, query: Query) -> tuple[int, Counts] | None:
    """Return exact counts if they are kept: without, or with one plain condition."""
    is_plain = query.text is query.since is query.until is None
    fields = [one.field for one in query.where]
    if not is_plain or len(fields) > 1 or not set(fields) <= set(TALLIED[view]):
        return None
    if not fields:
        return _all(session, view)
    return _below(session, view, query.where[0])


def _all(session: Session, view: View) -> tuple[int, Counts]:
    counts = _empty(view)
    total = 0
    # Field by field: the pairs of fields lie between the single ones.
    for field in ("", *counts):
        sql = (
            "select value, rows_n from tallies "
            "where view = ? and field = ? and other = ''"
        )
        for value, rows in session.rows(sql, (view.value, field)):
            if field:
                counts[field][value] = rows
            else:
                total = rows
    return total, counts


def _below(session: Session, view: View, condition: Condition) -> tuple[int, Counts]:
    counts = _empty(view)
    total = 0
    marked = marks(condition.values)
    for value, other, other_value, number in session.rows(
        "select value, other, other_value, rows_n from tallies "
        f"where view = ? and field = ? and value in ({marked})",
        (view.value, condition.field, *condition.values),
    ):
        if other:
            counts[other][other_value] += number
        else:
            counts[condition.field][value] += number
            total += number
    # A pair of fields is kept once, under the one that comes first.
    for field, value, number in session.rows(
        "select field, value, rows_n from tallies "
        f"where view = ? and other = ? and other_value in ({marked})",
        (view.value, condition.field, *condition.values),
    ):
        counts[field][value] += number
    return total, counts


def _empty(view: View) -> Counts:
    return {field: Counter() for field in TALLIED[view]}


def _look(session: Session, view: View, query: Query) -> Facets:
    """Count by looking at the rows, up to a bound."""
    order = ("report",) if view is View.REPORTS else ("report", "n")
    chosen = select(session, view, query, order=order).whole()
    columns = [f"c.{field}" for field in TALLIED[view] if field in COLUMNS[view]]
    fields = [column[2:] for column in columns]
    if view is not View.REPORTS:
        if "reports p" not in chosen.tables:
            chosen = chosen.also("p.report = c.report", tables=("reports p",))
        columns.append("p.outlet")
        fields.append("outlet")
    sql = chosen.sql(", ".join(["c.report", *columns]), tail=" limit ?")
    rows = session.rows(sql, (*chosen.args, COUNTED + 1))
    seen = rows[:COUNTED]
    counts = _empty(view)
    for field, values in zip(fields, list(zip(*seen, strict=True))[1:], strict=False):
        counts[field] = Counter(values)
    counts["month"] = Counter(month_of_number(row[0]) for row in seen)
    return build_facets(len(seen), counts, exact=len(rows) <= COUNTED)


def periods(session: Session, query: Query) -> tuple[Period, ...]:
    """Return the months with statements published and events told."""
    for condition in query.where:
        if condition.field not in _SHARED:
            select(session, View.STATEMENTS, query)  # tells what is wrong with it
            select(session, View.EVENTS, query)
    said = _by_month(session, View.STATEMENTS, query)
    told = _by_month(session, View.EVENTS, query)
    return tuple(
        Period(month=month, statements=said[month], events=told[month])
        for month in sorted({*said, *told} - {""})
    )


def _by_month(session: Session, view: View, query: Query) -> Counter[str]:
    field = _HIDDEN if view is View.EVENTS else "month"
    tallied = _tallied(session, view, check(query))
    if tallied is not None:
        return tallied[1][field]
    chosen = select(session, view, query).whole()
    if view is View.EVENTS:
        rows = session.rows(
            chosen.sql("c.happened, count(*)", tail=" group by c.happened"), chosen.args
        )
        return Counter(dict(rows))
    months: Counter[str] = Counter()
    day = f"c.report >> {ID_BITS}"
    sql = chosen.sql(f"{day}, count(*)", tail=f" group by {day}")
    for back, rows in session.rows(sql, chosen.args):
        months[month_of_number(back << ID_BITS)] += rows
    return months
