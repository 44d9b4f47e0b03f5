"""Actors of the project: who they are, where they come up, merged, split, undone."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from sayso.errors import UsageError
from sayso.store.base import Store
from sayso.store.judgements import merge_owners, split_owner, undo
from sayso.store.query import Condition, Query, View
from sayso.store.rows import ActorPage, ActorRow, AnyRow
from sayso.web.mentions import actor_mentions
from sayso.web.pages import here, now, read_form, render, shown
from sayso.web.people import Role, needs

router = APIRouter()
ROWS = 50
CLAIMS = 50  # of each kind that mentions are gathered from
CANDIDATES = 12
SPLIT = "part:"
"""Begins the names of the boxes that say which report actors to split off."""


@router.get("/actors", openapi_extra=needs(Role.READER))
def actors(request: Request) -> Response:
    """List the actors, those in most reports first."""
    rows = shown(request, View.ACTORS, limit=ROWS)
    store = here(request).store
    page = store.actors(rows.query)
    return render(
        request,
        "actor_list.html",
        rows=rows,
        names={},
        actors=page.rows,
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
    query = Query(where=(_part("actor", found.actor.id),), limit=CLAIMS)
    statements = store.ledger(query)
    events, links = store.events(query), store.links(query)
    claims: tuple[AnyRow, ...] = (*statements.rows, *events.rows, *links.rows)
    mentions = actor_mentions(claims, found.actor.id)
    return render(
        request,
        "actor.html",
        found=found,
        mentions=mentions,
        is_whole=len({one.report for one in mentions}) >= found.reports,
        same=same,
        candidates=_candidates(store, found, same),
    )


@router.post("/actors/{actor_id}/merge", openapi_extra=needs(Role.EDITOR))
async def merge(request: Request, actor_id: str) -> Response:
    """Decide that this actor is another one, and go to that one."""
    into = (await read_form(request)).get("into", "")
    store, coder = here(request).store, here(request).person.name
    first, second = store.actor(actor_id).actor, store.actor(into).actor
    if first.id == second.id:
        raise UsageError(
            f"{first.name} and {second.name} are one already",
            mend="choose another actor",
        )
    store.judge([merge_owners(first.id, second.id, coder=coder, time=now())])
    return _to(second.id)


@router.post("/actors/{actor_id}/split", openapi_extra=needs(Role.EDITOR))
async def split(request: Request, actor_id: str) -> Response:
    """Decide that the actors ticked, of single reports, are another one."""
    form = await read_form(request)
    parts = [name[len(SPLIT) :].split(" ") for name in form if name.startswith(SPLIT)]
    rows = [(part[0], part[1]) for part in parts if len(part) == 2]
    if not rows:
        raise UsageError(
            "no report is ticked", mend="tick those in which it is somebody else"
        )
    store, coder = here(request).store, here(request).person.name
    found = store.actor(actor_id).actor
    store.judge([split_owner(found.id, rows, coder=coder, time=now())])
    return _to(found.id)


@router.post("/actors/{actor_id}/undo", openapi_extra=needs(Role.EDITOR))
async def take_back(request: Request, actor_id: str) -> Response:
    """Take back a merge or split of this actor."""
    wanted = (await read_form(request)).get("judgement", "")
    store, coder = here(request).store, here(request).person.name
    found = store.actor(actor_id)
    judgement = next((one for one in found.judgements if one.id == wanted), None)
    if judgement is None:
        raise UsageError(
            f"{found.actor.name} has no such decision in force",
            mend="look at the page again: somebody has taken it back already",
        )
    store.judge([undo(judgement, coder=coder, time=now())])
    return _to(found.actor.id)


def _candidates(store: Store, found: ActorPage, same: str) -> tuple[ActorRow, ...]:
    if not same.strip():
        return ()
    query = Query(where=(_part("name", same.strip()),), limit=CANDIDATES + 1)
    rows = store.actors(query).rows
    return tuple(row for row in rows if row.actor.id != found.actor.id)[:CANDIDATES]


def _part(field: str, value: str) -> Condition:
    return Condition(field=field, values=(value,))


def _to(actor_id: str) -> Response:
    return RedirectResponse(f"/actors/{quote(actor_id, safe='')}", status_code=303)
