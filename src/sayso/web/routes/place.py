"""Places of the project: where they lie, what happens there, merged, split, undone."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from sayso.store.query import Condition, Query, View
from sayso.store.rows import PlaceRow
from sayso.web import owners
from sayso.web.figures import draw_map, draw_timeline, fit_box
from sayso.web.mentions import place_mentions
from sayso.web.pages import here, read_form, render, shown
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
        "owner_list.html",
        what="place",
        rows=rows,
        columns=owners.PLACE_COLUMNS,
        lines=[owners.place_line(row) for row in page.rows],
        facets=store.facets(View.PLACES, rows.query),
        page=page,
    )


@router.get("/places/{place_id}", openapi_extra=needs(Role.READER))
def place(request: Request, place_id: str, same: str = "") -> Response:
    """Show one place, with its map and the events said to be there.

    Args:
        request: Of the page.
        place_id: Of the project; that of a merged one gives the one it is now.
        same: Beginning of a name; places with it are offered to be merged.
    """
    store = here(request).store
    found = store.place(place_id)
    where = (Condition(field="place", values=(found.place.id,)),)
    events = store.events(Query(where=where, limit=CLAIMS))
    links = store.links(Query(where=where, limit=CLAIMS))
    asked = store.places(owners.named_query(same)).rows if same.strip() else ()
    lines = (owners.place_line(row) for row in asked)
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
        same=same,
        candidates=owners.others(lines, found.place.id),
    )


@router.post("/places/{place_id}/merge", openapi_extra=needs(Role.EDITOR))
async def merge(request: Request, place_id: str) -> Response:
    """Decide that this place is another one, and go to that one."""
    into = (await read_form(request)).get("into", "")
    store, coder = here(request).store, here(request).person.name
    first, second = store.place(place_id).place, store.place(into).place
    owners.merge(store, first, second, coder=coder)
    return _to(second.id)


@router.post("/places/{place_id}/split", openapi_extra=needs(Role.EDITOR))
async def split(request: Request, place_id: str) -> Response:
    """Decide that the places ticked, of single reports, are another one."""
    form = await read_form(request)
    store, coder = here(request).store, here(request).person.name
    found = store.place(place_id).place
    owners.split(store, found, form, coder=coder)
    return _to(found.id)


@router.post("/places/{place_id}/undo", openapi_extra=needs(Role.EDITOR))
async def take_back(request: Request, place_id: str) -> Response:
    """Take back a merge or split of this place."""
    form = await read_form(request)
    store, coder = here(request).store, here(request).person.name
    found = store.place(place_id)
    owners.take_back(store, found.place, found.judgements, form, coder=coder)
    return _to(found.place.id)


def _to(place_id: str) -> Response:
    return RedirectResponse(f"/places/{quote(place_id, safe='')}", status_code=303)
