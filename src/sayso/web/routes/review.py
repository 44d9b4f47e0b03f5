"""Review: one row at a time, those first of which the machine is least sure."""

from __future__ import annotations

from itertools import combinations

from fastapi import APIRouter, Request, Response
from msgspec.structs import replace

from sayso.store.query import Condition, Query, View
from sayso.web.cards import Cards
from sayso.web.filters import Shown
from sayso.web.judging import choices
from sayso.web.marks import around, claim_marks
from sayso.web.pages import here, names_of, render, shown
from sayso.web.people import Role, needs

router = APIRouter()
_VIEWS = {view.value: view for view in (View.STATEMENTS, View.EVENTS, View.LINKS)}
MOST_CODERS = 12


@router.get("/review", openapi_extra=needs(Role.CODER))
def review(request: Request) -> Response:
    """Show the row that is next to review."""
    at = here(request)
    of = request.query_params.get("of", "statements")
    view = _VIEWS.get(of, View.STATEMENTS)
    now = shown(request, view, limit=1, keep=("of", "blind"))
    is_blind = request.query_params.get("blind") == "1"
    page = at.store.queue(view, now.query, coder=at.person.name if is_blind else None)
    row = page.rows[0] if page.rows else None
    return render(
        request,
        "review.html",
        shown=now,
        of=view.value,
        views=_VIEWS,
        is_blind=is_blind,
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


def _open(now: Shown) -> Query:
    """Return the filter with only what nobody has judged."""
    where = tuple(one for one in now.query.where if one.field != "review")
    is_open = Condition(field="review", values=("open",))
    return replace(now.query, where=(*where, is_open), after=None)
