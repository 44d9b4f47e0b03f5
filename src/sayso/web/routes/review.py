"""Review: one row at a time, by how unsure the machine is or by what hangs on it."""

from __future__ import annotations

from itertools import combinations
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from msgspec.structs import replace

from sayso.store.query import Condition, Order, Query, View
from sayso.web.cards import Cards
from sayso.web.filters import Shown
from sayso.web.judging import choices
from sayso.web.marks import around, claim_marks
from sayso.web.pages import here, names_of, render, shown
from sayso.web.people import Role, needs

router = APIRouter()
_VIEWS = {view.value: view for view in (View.STATEMENTS, View.EVENTS, View.LINKS)}
_ORDERS = {one.value: one for one in (Order.DOUBT, Order.EFFECT)}
MOST_CODERS = 12


@router.get("/review", openapi_extra=needs(Role.CODER))
def review(request: Request) -> Response:
    """Show the row that is next to review."""
    at = here(request)
    of = request.query_params.get("of", "statements")
    view = _VIEWS.get(of, View.STATEMENTS)
    now = shown(request, view, limit=1, keep=("of", "blind", "by"))
    is_blind = request.query_params.get("blind") == "1"
    by = _ORDERS.get(request.query_params.get("by", ""), Order.DOUBT)
    query = replace(now.query, order=by)
    page = at.store.queue(view, query, coder=at.person.name if is_blind else None)
    row = page.rows[0] if page.rows else None
    return render(
        request,
        "review.html",
        shown=now,
        of=view.value,
        is_blind=is_blind,
        by=by.value,
        orders=[(name, _asked(now, of=view.value, by=name)) for name in _ORDERS],
        kinds=[(name, _asked(now, of=name, by=by.value)) for name in _VIEWS],
        card=Cards().make(row) if row else None,
        paragraphs=around(row.record, claim_marks(row.claim)) if row else (),
        left=None if is_blind else at.store.facets(view, _open(now)),
        names=names_of(at.store, now.query),
        choices=choices(),
        skip=now.link(after=page.next) if page.next else None,
        back=now.link(**({"after": now.query.after} if now.query.after else {})),
    )


@router.get("/review/agreement", openapi_extra=needs(Role.READER))
def agreement(request: Request) -> Response:
    """Show how far each two coders agree."""
    store = here(request).store
    coders = list(dict.fromkeys(one.coder for one in store.judgements()))
    pairs = [store.agreement(*pair) for pair in combinations(coders[:MOST_CODERS], 2)]
    return render(
        request,
        "agreement.html",
        coders=coders,
        pairs=pairs,
        most=MOST_CODERS,
    )


def _asked(now: Shown, **more: str) -> str:
    """Return the address of the first row of a queue, blind if this one is."""
    told = {name: value for name, value in now.rest if name == "blind"}
    if more["of"] == now.view.value:
        told = dict(now.rest)
        return replace(now, rest=tuple((told | more).items())).link()
    return f"{now.path}?{urlencode(more | told)}"


def _open(now: Shown) -> Query:
    """Return the filter with only what nobody has judged."""
    where = tuple(one for one in now.query.where if one.field != "review")
    is_open = Condition(field="review", values=("open",))
    return replace(now.query, where=(*where, is_open), after=None)
