"""Timeline: when events are said to have happened, and when that was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from fastapi import APIRouter, Request, Response
from msgspec.structs import replace

from sayso.record import Event, Record
from sayso.store.query import Query, View
from sayso.store.rows import ClaimRow, Moment
from sayso.web.downloads import Kind, download
from sayso.web.figures import Bar, draw_months, draw_timeline
from sayso.web.figures.timeline import parse_day
from sayso.web.filters import Shown
from sayso.web.named import names_in
from sayso.web.pages import here, render, shown
from sayso.web.people import Role, needs

router = APIRouter()
ROWS = 60
MOST_SAID = 6  # days of statements drawn for one event
IN_MONTHS = ("outlet", "month", "review", "actor", "place", "report")
"""Conditions that statements and events share, which the months can be asked by."""


@router.get("/timeline", openapi_extra=needs(Role.READER))
def timeline(request: Request) -> Response:
    """Show dated events as bars, with the months at a glance."""
    rows = shown(request, View.EVENTS, limit=ROWS)
    store = here(request).store
    moments = store.timeline(rows.query)
    figure = draw_timeline(bars_of(moments.rows))
    months_query = _months_query(rows.query)
    return render(
        request,
        "timeline.html",
        rows=rows,
        names=names_in(store, rows.query),
        figure=figure,
        months=draw_months(store.periods(months_query), _month_link(rows)),
        months_of_all=len(months_query.where) < len(rows.query.where),
        facets=store.facets(View.EVENTS, rows.query),
        page=moments,
        csv=data_link(rows, "/timeline/data.csv"),
        json=data_link(rows, "/timeline/data.json"),
    )


@router.get("/timeline/data.{kind}", openapi_extra=needs(Role.READER))
def data(request: Request, kind: Kind) -> Response:
    """Give the events that the same address of the timeline shows."""
    rows = shown(request, View.EVENTS, limit=ROWS)
    moments = here(request).store.timeline(rows.query).rows
    return download(draw_timeline(bars_of(moments)).table, kind, "timeline")


@router.get("/timeline/months.{kind}", openapi_extra=needs(Role.READER))
def months_data(request: Request, kind: Kind) -> Response:
    """Give the months that the same address of the timeline shows."""
    rows = shown(request, View.EVENTS, limit=ROWS)
    periods = here(request).store.periods(_months_query(rows.query))
    figure = draw_months(periods, _month_link(rows))
    return download(figure.table, kind, "months")


def data_link(rows: Shown, path: str) -> str:
    """Return the address of the data of exactly the page shown."""
    after = rows.query.after
    return rows.link(path, **({"after": after} if after else {}))


def bars_of(moments: tuple[Moment, ...]) -> tuple[Bar, ...]:
    """Return events on the timeline as bars; one without a whole day is left out."""
    return tuple(bar for moment in moments if (bar := _bar(moment)) is not None)


def _bar(moment: Moment) -> Bar | None:
    row, time = moment.row, moment.time
    first = parse_day(time.earliest)
    last = parse_day(time.latest) or first
    if first is None or last is None:
        return None
    report = row.record.report
    return Bar(
        label=event_label(row),
        status=row.claim.status,
        first=min(first, last),
        last=max(first, last),
        precision=time.precision,
        said=tuple(sorted(set(_said(row.record, row.claim))))[:MOST_SAID],
        outlet=report.outlet,
        report=report.id,
        href=f"/reports/{report.id}#{row.claim.id}",
    )


def event_label(row: ClaimRow[Event]) -> str:
    """Return an event in few words: its type, its trigger and its first place."""
    event = row.claim
    told = f"{event.type.capitalize()} “{row.record.text_of(event.trigger)}”"
    places = (row.places.get(one.place) for one in event.places)
    name = next((place.name for place in places if place is not None), None)
    return f"{told}, {name}" if name else told


def _said(record: Record, event: Event) -> Iterator[date]:
    """Give the days on which voices told the event: as they say, or of publication."""
    times = {time.id: time for time in record.times}
    statements = {one.id: one for one in record.statements}
    published = parse_day(record.report.published)
    for assertion in event.assertions:
        statement = statements.get(assertion.statement)
        ids = statement.times if statement else ()
        told = (parse_day(times[one].earliest) for one in ids if one in times)
        day = next((day for day in told if day is not None), published)
        if day is not None:
            yield day


def _months_query(query: Query) -> Query:
    where = tuple(one for one in query.where if one.field in IN_MONTHS)
    return replace(query, where=where, text=None, after=None)


def _month_link(rows: Shown) -> Callable[[str], str]:
    """Return what gives the address of a month: its events in the same filter."""
    return lambda month: rows.only("happened", month)
