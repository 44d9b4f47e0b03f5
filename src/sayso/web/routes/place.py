"""Places of the project: where they lie and what is said to happen there."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from sayso.store.query import Condition, Query, View
from sayso.store.rows import PlaceRow
from sayso.web.figures import draw_map, draw_timeline, fit_box
from sayso.web.mentions import place_mentions
from sayso.web.pages import here, render, shown
from sayso.web.people import Role, needs
from sayso.web.routes.map import marks_of
from sayso.web.routes.timeline import bars_of, event_label

router = APIRouter()
ROWS = 50
CLAIMS = 50  # events that the page shows and mentions are gathered from
BARS = 25


@router.get("/places", openapi_extra=needs(Role.READER))
def places(request: Request) -> Response:
    """List the places, those in most reports first."""
    rows = shown(request, View.PLACES, limit=ROWS)
    store = here(request).store
    page = store.places(rows.query)
    return render(
        request,
        "place_list.html",
        rows=rows,
        names={},
        places=page.rows,
        facets=store.facets(View.PLACES, rows.query),
        page=page,
    )


@router.get("/places/{place_id}", openapi_extra=needs(Role.READER))
def place(request: Request, place_id: str) -> Response:
    """Show one place, with its map and the events said to be there."""
    store = here(request).store
    found = store.place(place_id)
    where = (Condition(field="place", values=(found.place.id,)),)
    events = store.events(Query(where=where, limit=CLAIMS))
    links = store.links(Query(where=where, limit=CLAIMS))
    moments = store.timeline(Query(where=where, limit=BARS))
    marks = marks_of(
        [PlaceRow(place=found.place, reports=found.reports, events=found.events)]
    )
    return render(
        request,
        "place.html",
        found=found,
        map=draw_map(marks, fit_box(marks)) if marks else None,
        timeline=draw_timeline(bars_of(moments.rows)),
        later=moments.next is not None,
        events=[(row, event_label(row)) for row in events.rows],
        more_events=events.next is not None,
        mentions=place_mentions((*events.rows, *links.rows), found.place.id),
    )
