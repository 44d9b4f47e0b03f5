"""Pages of statements, events and links: whole claims, with what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from sayso.errors import UsageError
from sayso.record import Event, Link, Record, Statement
from sayso.store.coding import told_by_row
from sayso.store.cursor import cut_page, read_cursor
from sayso.store.database import Session
from sayso.store.filters import CLAIMS, Selection, select
from sayso.store.judgements import review
from sayso.store.query import Order, Page, Query, View
from sayso.store.refs import actor_refs, place_refs
from sayso.store.rows import ActorRef, ClaimRow, Moment, PlaceRef
from sayso.store.shelf import judgements_of, load_coded, splits_of
from sayso.store.tables import owners_of

_PLAIN = {Order.REPORT: ("report", "n")}
_PAGE_ORDERS = _PLAIN | {
    Order.SAID: ("said", "report", "n"),
    Order.FIRST_SAID: ("said", "report", "n"),
}
_QUEUE_ORDERS = {
    Order.REPORT: ("doubt", "report", "n"),  # the default of a query
    Order.DOUBT: ("doubt", "report", "n"),
    Order.EFFECT: ("effect", "doubt", "report", "n"),
}
AnyClaim = Statement | Event | Link
AnyRow = ClaimRow[Any]


def page(session: Session, view: View, query: Query) -> Page[AnyRow]:
    """Return a page of claims in the order asked for."""
    order = _order(view, query, _PAGE_ORDERS if view is View.STATEMENTS else _PLAIN)
    after = read_cursor(query.after, *(int for _ in order))
    chosen = select(session, view, query, order=order)
    chosen = replace(chosen, down=query.order is Order.FIRST_SAID)
    rows = chosen.page(session, query.limit, after)
    return _page(session, view, query, [_place(row[-2:]) for row in rows], rows)


def queue(
    session: Session, view: View, query: Query, coder: str | None
) -> Page[AnyRow]:
    """Return a page of claims to review, those in most doubt first if not told."""
    if view not in CLAIMS:
        raise UsageError(
            f"rows of the view {view.value} are not reviewed one by one",
            mend="choose statements, events or links",
        )
    order = _order(view, query, _QUEUE_ORDERS)
    after = read_cursor(query.after, *(int for _ in order))
    chosen = select(session, view, query, order=order)
    # Where another table leads, SQLite may walk through all open rows for each report.
    leads = not chosen.words and chosen.tables[0] == f"{view.value} c"
    column = "c.review" if leads else session.unindexed("c.review")
    if coder is None:
        chosen = chosen.also(f"{column} = 'open'")
    else:
        chosen = _second(chosen, column, coder)
    rows = chosen.page(session, query.limit, after)
    places = [_place(row[-2:]) for row in rows]
    return _page(session, view, query, places, rows, blind=coder is not None)


def _order(
    view: View, query: Query, orders: Mapping[Order, tuple[str, ...]]
) -> tuple[str, ...]:
    if query.order not in orders:
        raise UsageError(
            f"{view.value} cannot be ordered by {query.order.value} here",
            mend=f"take one of {', '.join(one.value for one in orders)}",
        )
    return orders[query.order]


def _second(chosen: Selection, column: str, coder: str) -> Selection:
    """Return the rows that others have judged and the coder has not."""
    judged = (
        "exists (select 1 from judgements j join reports g on g.id = j.report "
        "where g.report = c.report and j.target = c.id and j.in_force = 1 "
        "and j.coder {} ?)"
    )
    return chosen.also(
        f"{column} in ('added', 'confirmed', 'rejected', 'corrected', 'divided')",
        judged.format("<>"),
        f"not {judged.format('=')}",
        args=(coder, coder),
    )


def timeline(session: Session, query: Query) -> Page[Moment]:
    """Return a page of dated events by their first possible day."""
    after = read_cursor(query.after, str, int, int)
    order = ("first_day", "report", "n")
    chosen = select(session, View.EVENTS, query, order=order)
    chosen = chosen.also("c.first_day is not null")
    rows = chosen.page(session, query.limit, after)
    places = [_place(row[1:]) for row in rows]
    found = _page(session, View.EVENTS, query, places, rows)
    moments = tuple(_moment(row) for row in found.rows)
    return Page(rows=moments, next=found.next)


def _moment(row: ClaimRow[Event]) -> Moment:
    times = {time.id: time for time in row.record.times}
    dated = (times[at.time] for at in row.claim.times if at.time in times)
    return Moment(row=row, time=next(time for time in dated if time.earliest))


def _page(
    session: Session,
    view: View,
    query: Query,
    places: Sequence[tuple[int, int]],
    cursors: Sequence[Sequence[object]],
    *,
    blind: bool = False,
) -> Page[AnyRow]:
    shown = cut_page(cursors, query.limit, lambda row: row)
    claims = places[: query.limit]
    records = load_coded(session, (number for number, _ in claims))
    rows = build_rows(
        session,
        [(records[number], getattr(records[number], view)[n]) for number, n in claims],
        blind=blind,
    )
    return Page(rows=tuple(rows), next=shown.next)


def build_rows(
    session: Session, claims: Sequence[tuple[Record, AnyClaim]], *, blind: bool = False
) -> list[AnyRow]:
    """Return claims with actors, places and judgements, in the order given.

    Args:
        session: To read from.
        claims: Each with its record.
        blind: Leave out what people decided.
    """
    ids = {record.report.id for record, _ in claims}
    splits = splits_of(session, ids)
    records = {record.report.id: record for record, _ in claims}
    judged = {
        report: told_by_row(records[report], told)
        for report, told in judgements_of(session, ids).items()
    }
    owners = {
        report: owners_of(record, splits.get(report, {}))
        for report, record in records.items()
    }
    wanted = [_only(owners[record.report.id], named(claim)) for record, claim in claims]
    everybody = {owner for some in wanted for owner in some.values()}
    actors, sites = actor_refs(session, everybody), place_refs(session, everybody)
    rows = []
    for (record, claim), some in zip(claims, wanted, strict=True):
        told = () if blind else judged.get(record.report.id, {}).get(claim.id, ())
        rows.append(_row(record, claim, some, actors, sites, told))
    return rows


def _row(
    record: Record,
    claim: AnyClaim,
    owners: Mapping[str, str],
    actors: Mapping[str, ActorRef],
    sites: Mapping[str, PlaceRef],
    told: Sequence[Any],
) -> AnyRow:
    return ClaimRow(
        record=record,
        claim=claim,
        actors={row: actors[owner] for row, owner in owners.items() if owner in actors},
        places={row: sites[owner] for row, owner in owners.items() if owner in sites},
        review=review(told),
        judgements=tuple(told),
    )


def named(claim: AnyClaim) -> set[str]:
    """Return the ids of actors and places that a claim names."""
    if isinstance(claim, Statement):
        return {*claim.about, *([claim.speaker] if claim.speaker else [])}
    if isinstance(claim, Link):
        return {claim.from_, claim.to}
    actors = {one.actor for one in claim.participants if one.actor}
    return actors | {at.place for at in claim.places}


def _only(owners: Mapping[str, str], wanted: Iterable[str]) -> dict[str, str]:
    return {row: owners[row] for row in sorted(wanted) if row in owners}


def _place(row: Sequence[Any]) -> tuple[int, int]:
    number, n = row
    return int(number), int(n)
