"""Network: who is said to be tied to whom, and by which voices."""

from __future__ import annotations

from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Request, Response
from msgspec.structs import replace

from sayso.errors import UsageError
from sayso.record import Link, Record, Status
from sayso.store.query import Condition, View
from sayso.store.rows import ActorRef, ClaimRow, Edge, PlaceRef, Review
from sayso.web.downloads import Kind, download
from sayso.web.figures import Tie, draw_network
from sayso.web.filters import Shown
from sayso.web.named import names_in
from sayso.web.pages import here, render, shown
from sayso.web.people import Role, needs

router = APIRouter()
LEAST = "least"
FROM, KIND, TO = "from", "kind", "to"
ROWS = 50


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """What one voice says of a tie."""

    source: str
    status: Status
    words: str
    href: str


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A link with the statements that it hangs on."""

    id: str
    words: str
    title: str
    outlet: str
    published: str
    review: Review
    href: str
    voices: tuple[Voice, ...]


@router.get("/network", openapi_extra=needs(Role.READER))
def network(request: Request) -> Response:
    """Show the strongest ties."""
    rows = shown(request, View.LINKS, keep=(LEAST,))
    store = here(request).store
    return render(
        request,
        "network.html",
        rows=rows,
        names=names_in(store, rows.query),
        figure=draw_network(_ties(request, rows)),
        least=_least(rows),
        facets=store.facets(View.LINKS, rows.query),
        csv=rows.link("/network/data.csv"),
        json=rows.link("/network/data.json"),
    )


@router.get("/network/data.{kind}", openapi_extra=needs(Role.READER))
def data(request: Request, kind: Kind) -> Response:
    """Give the ties that the same address of the network lists."""
    rows = shown(request, View.LINKS, keep=(LEAST,))
    return download(draw_network(_ties(request, rows)).table, kind, "network")


@router.get("/network/tie", openapi_extra=needs(Role.READER))
def tie(request: Request) -> Response:
    """Show the links of one line of the network, with all their voices."""
    asked = request.query_params
    ends = [asked.get(name, "") for name in (FROM, TO)]
    kind = asked.get(KIND, "")
    if not (all(ends) and kind):
        raise UsageError(
            "the address names no tie", mend="take one from the page Network"
        )
    rows = shown(request, View.LINKS, limit=ROWS, keep=(FROM, TO))
    where = (*rows.query.where, *map(_end, ends))
    page = here(request).store.links(replace(rows.query, where=where))
    links = [row for row in page.rows if [end.id for end in _ends(row)] == ends]
    names = [end.name for end in _ends(links[0])] if links else ends
    return render(
        request,
        "network_tie.html",
        rows=rows,
        ends=names,
        hrefs=list(map(_href, ends)),
        kind=kind,
        links=[_told(row) for row in links],
        page=page,
    )


def _ties(request: Request, rows: Shown) -> tuple[Tie, ...]:
    edges = here(request).store.network(rows.query)
    least = _least(rows)
    return tuple(_tie(edge, rows) for edge in edges if edge.links >= least)


def _tie(edge: Edge, rows: Shown) -> Tie:
    here_, there = edge.from_, edge.to
    pairs = [pair for pair in rows.pairs() if pair[0] not in (KIND, LEAST)]
    pairs += [(FROM, here_.id), (KIND, edge.kind), (TO, there.id)]
    return Tie(
        from_id=here_.id,
        from_name=here_.name,
        kind=edge.kind,
        to_id=there.id,
        to_name=there.name,
        links=edge.links,
        denied=edge.denied,
        href=f"/network/tie?{urlencode(pairs)}",
        from_href=_href(here_.id),
        to_href=_href(there.id),
    )


def _least(rows: Shown) -> int:
    told = dict(rows.rest).get(LEAST, "1")
    if not (told.isascii() and told.isdigit() and len(told) < 9):
        raise UsageError(
            f"{told!r} is no number of links", mend="write a whole number, such as 2"
        )
    return int(told)


def _is_actor(id_: str) -> bool:
    return id_.startswith("A")


def _end(id_: str) -> Condition:
    return Condition(field="actor" if _is_actor(id_) else "place", values=(id_,))


def _href(id_: str) -> str:
    return f"/{'actors' if _is_actor(id_) else 'places'}/{id_}"


def _ends(row: ClaimRow[Link]) -> list[ActorRef | PlaceRef]:
    known: dict[str, ActorRef | PlaceRef] = {**row.actors, **row.places}
    return [known[end] for end in (row.claim.from_, row.claim.to)]


def _told(row: ClaimRow[Link]) -> Told:
    record, link = row.record, row.claim
    report = record.report
    href = f"/reports/{report.id}"
    return Told(
        id=link.id,
        words=record.text_of(link.span),
        title=report.title or report.key,
        outlet=report.outlet or "no outlet",
        published=report.published or "undated",
        review=row.review,
        href=f"{href}#{link.id}",
        voices=tuple(
            Voice(
                source=voice_of(record, one.statement),
                status=one.status,
                words=record.text_of(one.span),
                href=f"{href}#{one.statement}",
            )
            for one in link.assertions
        ),
    )


def voice_of(record: Record, statement_id: str) -> str:
    """Return who says a statement, in the words of the report."""
    try:
        statement = record.statement(statement_id)
    except KeyError:
        return "not found"
    if statement.source is not None:
        return record.text_of(statement.source)
    if statement.is_outlet:
        return record.report.outlet or "the outlet"
    return "nobody named"
