"""The ledger of statements and the list of events: filtered by their address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response

from sayso.store.query import Page, Query, View
from sayso.web.cards import Cards
from sayso.web.judging import choices
from sayso.web.pages import here, names_of, render, shown
from sayso.web.people import Role, needs

router = APIRouter()


@router.get("/ledger", openapi_extra=needs(Role.READER))
def ledger(request: Request) -> Response:
    """Show statements as a table."""
    return _rows(request, View.STATEMENTS, "ledger.html")


@router.get("/events", openapi_extra=needs(Role.READER))
def events(request: Request) -> Response:
    """Show events, each with what every voice says of it."""
    return _rows(request, View.EVENTS, "events.html")


@router.get("/links", openapi_extra=needs(Role.READER))
def links(request: Request) -> Response:
    """Show ties, each with what every voice says of it."""
    return _rows(request, View.LINKS, "events.html")


def _rows(request: Request, view: View, template: str) -> Response:
    store = here(request).store
    now = shown(request, view)
    pages: dict[View, Callable[[Query], Page[Any]]] = {
        View.STATEMENTS: store.ledger,
        View.EVENTS: store.events,
        View.LINKS: store.links,
    }
    page = pages[view](now.query)
    cards = Cards()
    return render(
        request,
        template,
        shown=now,
        page=page,
        cards=[cards.make(row) for row in page.rows],
        facets=store.facets(view, now.query),
        names=names_of(store, now.query),
        choices=choices(),
        back=now.link(**({"after": now.query.after} if now.query.after else {})),
    )
