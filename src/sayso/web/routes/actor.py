"""Actors of the project: who they are, where they come up, merged, split, undone."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from sayso.store.query import Condition, Query, View
from sayso.store.rows import AnyRow
from sayso.web import owners
from sayso.web.mentions import actor_mentions
from sayso.web.pages import here, read_form, render, shown
from sayso.web.people import Role, needs

router = APIRouter()
ROWS = 50
CLAIMS = 50  # of each kind that mentions are gathered from


@router.get("/actors", openapi_extra=needs(Role.READER))
def actors(request: Request) -> Response:
    """List the actors, those in most reports first."""
    rows = shown(request, View.ACTORS, limit=ROWS)
    store = here(request).store
    page = store.actors(rows.query)
    return render(
        request,
        "owner_list.html",
        what="actor",
        rows=rows,
        columns=owners.ACTOR_COLUMNS,
        lines=[owners.actor_line(row) for row in page.rows],
        facets=store.facets(View.ACTORS, rows.query),
        page=page,
    )


@router.get("/actors/{actor_id}", openapi_extra=needs(Role.READER))
def actor(request: Request, actor_id: str, same: str = "") -> Response:
    """Show one actor.

    Args:
        request: Of the page.
        actor_id: Of the project; that of a merged one gives the one it is now.
        same: Beginning of a name; actors with it are offered to be merged.
    """
    store = here(request).store
    found = store.actor(actor_id)
    where = (Condition(field="actor", values=(found.actor.id,)),)
    query = Query(where=where, limit=CLAIMS)
    statements = store.ledger(query)
    events, links = store.events(query), store.links(query)
    claims: tuple[AnyRow, ...] = (*statements.rows, *events.rows, *links.rows)
    mentions = actor_mentions(claims, found.actor.id)
    asked = store.actors(owners.named_query(same)).rows if same.strip() else ()
    lines = (owners.actor_line(row) for row in asked)
    return render(
        request,
        "actor.html",
        found=found,
        mentions=mentions,
        is_whole=len({one.report for one in mentions}) >= found.reports,
        same=same,
        candidates=owners.others(lines, found.actor.id),
    )


@router.post("/actors/{actor_id}/merge", openapi_extra=needs(Role.EDITOR))
async def merge(request: Request, actor_id: str) -> Response:
    """Decide that this actor is another one, and go to that one."""
    into = (await read_form(request)).get("into", "")
    store, coder = here(request).store, here(request).person.name
    first, second = store.actor(actor_id).actor, store.actor(into).actor
    owners.merge(store, first, second, coder=coder)
    return _to(second.id)


@router.post("/actors/{actor_id}/split", openapi_extra=needs(Role.EDITOR))
async def split(request: Request, actor_id: str) -> Response:
    """Decide that the actors ticked, of single reports, are another one."""
    form = await read_form(request)
    store, coder = here(request).store, here(request).person.name
    found = store.actor(actor_id).actor
    owners.split(store, found, form, coder=coder)
    return _to(found.id)


@router.post("/actors/{actor_id}/undo", openapi_extra=needs(Role.EDITOR))
async def take_back(request: Request, actor_id: str) -> Response:
    """Take back a merge or split of this actor."""
    form = await read_form(request)
    store, coder = here(request).store, here(request).person.name
    found = store.actor(actor_id)
    owners.take_back(store, found.actor, found.judgements, form, coder=coder)
    return _to(found.actor.id)


def _to(actor_id: str) -> Response:
    return RedirectResponse(f"/actors/{quote(actor_id, safe='')}", status_code=303)
