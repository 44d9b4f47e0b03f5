"""Actors and places of the project: lists, pages of their own, map and network."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from sayso.errors import StoreError
from sayso.record import Judgement, Verdict
from sayso.store.counts import build_facets
from sayso.store.cursor import cut_page, read_cursor
from sayso.store.database import Session, fold, marks
from sayso.store.filters import Selection, check, members, select, unknown_field
from sayso.store.query import COUNTED, MAX_LIMIT, Facets, Page, Query, View
from sayso.store.refs import (
    ACTOR,
    ACTOR_WIDTH,
    PLACE,
    PLACE_WIDTH,
    actor_ref,
    actor_refs,
    place_ref,
    place_refs,
)
from sayso.store.rows import (
    ActorPage,
    ActorRow,
    Edge,
    PlacePage,
    PlaceRow,
)

FIELDS = {
    View.ACTORS: ("kind", "country", "sector"),
    View.PLACES: ("country", "precision"),
}
LAST_CHARACTER = "\U0010ffff"


def actors(session: Session, query: Query) -> Page[ActorRow]:
    """Return a page of actors, those in most reports first."""
    columns = f"{ACTOR}, a.reports, a.statements"
    rows = _list(session, View.ACTORS, query, columns)
    shown = cut_page(rows, query.limit, lambda row: (row[ACTOR_WIDTH], row[0]))
    return Page(rows=tuple(_actor_row(*row) for row in shown.rows), next=shown.next)


def _actor_row(*columns: Any) -> ActorRow:
    *head, reports, statements = columns
    return ActorRow(actor=actor_ref(*head), reports=reports, statements=statements)


def places(session: Session, query: Query) -> Page[PlaceRow]:
    """Return a page of places, those in most reports first."""
    rows = _list(session, View.PLACES, query, f"{PLACE}, s.reports, s.events")
    shown = cut_page(rows, query.limit, lambda row: (row[PLACE_WIDTH], row[0]))
    return Page(rows=tuple(_place_row(*row) for row in shown.rows), next=shown.next)


def _place_row(*columns: Any) -> PlaceRow:
    *head, reports, events = columns
    return PlaceRow(place=place_ref(*head), reports=reports, events=events)


def _list(session: Session, view: View, query: Query, columns: str) -> list[Any]:
    chosen = _select(view, query)
    letter = _letter(view)
    after = read_cursor(query.after, int, str)
    if after is not None:
        reports, last = after
        chosen = chosen.also(
            f"{letter}.reports <= ?",
            f"({letter}.reports < ? or {letter}.id < ?)",
            args=(reports, reports, last),
        )
    tail = f" order by {letter}.reports desc, {letter}.id desc limit ?"
    return session.rows(chosen.sql(columns, tail=tail), (*chosen.args, query.limit + 1))


def _letter(view: View) -> str:
    return "a" if view is View.ACTORS else "s"


def _select(view: View, query: Query) -> Selection:
    letter = _letter(view)
    where = [f"{letter}.root = {letter}.id"]
    args: list[object] = []
    for condition in check(query).where:
        if condition.field in FIELDS[view]:
            where.append(f"{letter}.{condition.field} in ({marks(condition.values)})")
            args += condition.values
        elif condition.field == "name":
            where.append(f"({' or '.join([_named(view)] * len(condition.values))})")
            for value in condition.values:
                args += [fold(value), fold(value) + LAST_CHARACTER]
        else:
            raise unknown_field(view, condition.field)
    return Selection(
        tables=(f"{view.value} {letter}",),
        where=tuple(where),
        args=tuple(args),
        order=(),
    )


def _named(view: View) -> str:
    # The names of those merged into it are its own.
    owner = f"(select root from {view.value} where id = owner)"
    return (
        f"{_letter(view)}.id in "
        f"(select {owner} from names where folded >= ? and folded < ?)"
    )


def facets(session: Session, view: View, query: Query) -> Facets:
    """Return how many actors or places a query has, as far as `COUNTED` rows go."""
    chosen = _select(view, query)
    columns = ", ".join(f"{_letter(view)}.{field}" for field in FIELDS[view])
    sql = chosen.sql(columns, tail=" limit ?")
    rows = session.rows(sql, (*chosen.args, COUNTED + 1))
    seen = rows[:COUNTED]
    counts = {
        field: Counter(row[number] for row in seen)
        for number, field in enumerate(FIELDS[view])
    }
    return build_facets(len(seen), counts, exact=len(rows) <= COUNTED)


def actor(session: Session, actor_id: str) -> ActorPage:
    """Return one actor, as merged."""
    ref = actor_refs(session, [actor_id]).get(actor_id)
    if ref is None:
        raise _not_here("actor", actor_id)
    same = members(session, "actors", [ref.id])
    refs = _own_refs(session, same)
    counted = session.rows(
        "select reports, statements from actors where id = ?", (ref.id,)
    )
    reports, statements = counted[0]
    return ActorPage(
        actor=ref,
        names=_names(session, same),
        merged=tuple(refs[one] for one in same if one != ref.id),
        reports=reports,
        statements=statements,
        about=_parts(session, same, View.STATEMENTS, " and about = 1"),
        events=_parts(session, same, View.EVENTS),
        links=_parts(session, same, View.LINKS),
        judgements=_decided(session, same),
    )


def _own_refs(session: Session, same: tuple[str, ...]) -> dict[str, Any]:
    sql = f"select {ACTOR} from actors a where a.id in ({marks(same)})"
    return {row[0]: actor_ref(*row) for row in session.rows(sql, same)}


def _names(session: Session, owners: tuple[str, ...]) -> tuple[str, ...]:
    rows = session.rows(
        f"select name, sum(reports) from names where owner in ({marks(owners)}) "
        "group by name order by sum(reports) desc, name limit ?",
        (*owners, MAX_LIMIT),
    )
    return tuple(name for name, _ in rows)


def _parts(
    session: Session, owners: tuple[str, ...], claim: View, which: str = ""
) -> int:
    """Return in how many claims some owners have a part, each claim once."""
    rows = f"from parts where owner in ({marks(owners)}) and claim = ?{which}"
    sql = f"select count(*) {rows}"
    if len(owners) > 1:
        sql = f"select count(*) from (select distinct report, n {rows}) d"
    return int(session.rows(sql, (*owners, claim.value))[0][0])


def _decided(session: Session, owners: tuple[str, ...]) -> tuple[Judgement, ...]:
    rows = session.rows(
        "select body from judgements where report = '' and in_force = 1 "
        f"and verdict <> '{Verdict.UNDO}' order by seq"
    )
    told = (msgspec.json.decode(body, type=Judgement) for (body,) in rows)
    return tuple(one for one in told if one.target in owners or one.value in owners)


def place(session: Session, place_id: str) -> PlacePage:
    """Return one place, as merged."""
    ref = place_refs(session, [place_id]).get(place_id)
    if ref is None:
        raise _not_here("place", place_id)
    same = members(session, "places", [ref.id])
    others = f"select {PLACE} from places s where s.id in ({marks(same)})"
    merged = [place_ref(*row) for row in session.rows(others, same)]
    sql = "select reports, events from places where id = ?"
    reports, events = session.rows(sql, (ref.id,))[0]
    return PlacePage(
        place=ref,
        names=_names(session, same),
        merged=tuple(one for one in merged if one.id != ref.id),
        reports=reports,
        events=events,
        judgements=_decided(session, same),
    )


def marks_on_map(session: Session, query: Query) -> tuple[PlaceRow, ...]:
    """Return places with coordinates and events, those with most events first."""
    if _is_everything(query):
        rows = session.rows(
            f"select {PLACE}, s.reports, s.events from places s "
            "where s.events > 0 and s.lat is not null "
            "order by s.events desc, s.id desc limit ?",
            (MAX_LIMIT,),
        )
        return tuple(_place_row(*row) for row in rows)
    chosen = select(session, View.EVENTS, query).whole()
    where = "c.place"
    if session.rows("select 1 from places where root <> id limit 1"):
        chosen = chosen.also("m.id = c.place", tables=("places m",))
        where = "m.root"
    here = chosen.sql(
        f"{where} as place, count(distinct c.report) as reports, count(*) as events",
        tail=f" group by {where}",
    )
    rows = session.rows(
        f"select {PLACE}, e.reports, e.events from ({here}) e "
        "join places s on s.id = e.place where s.lat is not null "
        "order by e.events desc, s.id desc limit ?",
        (*chosen.args, MAX_LIMIT),
    )
    return tuple(_place_row(*row) for row in rows)


def _is_everything(query: Query) -> bool:
    return not query.where and query.text is query.since is query.until is None


def _not_here(what: str, owner: str) -> StoreError:
    return StoreError(
        f"the project has no {what} {owner}", mend=f"take an id of the view {what}s"
    )


def network(session: Session, query: Query) -> tuple[Edge, ...]:
    """Return ties between actors and places, those with most links first."""
    if _is_everything(query):
        rows = session.rows(
            "select from_id, kind, to_id, links, denied from ties "
            "order by links desc, from_id, kind, to_id limit ?",
            (MAX_LIMIT,),
        )
    else:
        chosen = select(session, View.LINKS, query).whole()
        chosen = chosen.also("c.from_id <> ''", "c.to_id <> ''")
        ends = "c.from_id, c.kind, c.to_id"
        tail = f" group by {ends} order by count(*) desc, {ends} limit ?"
        rows = session.rows(
            chosen.sql(f"{ends}, count(*), sum(c.denied)", tail=tail),
            (*chosen.args, MAX_LIMIT),
        )
    return _edges(session, rows)


def _edges(session: Session, rows: list[Any]) -> tuple[Edge, ...]:
    owners = {owner for row in rows for owner in (row[0], row[2])}
    refs: dict[str, Any] = {
        **actor_refs(session, owners),
        **place_refs(session, owners),
    }
    links: Counter[tuple[str, str, str]] = Counter()
    denied: Counter[tuple[str, str, str]] = Counter()
    for from_id, kind, to_id, count, no in rows:
        tie = refs[from_id].id, kind, refs[to_id].id  # as merged
        links[tie] += count
        denied[tie] += no
    by_id = {ref.id: ref for ref in refs.values()}
    return tuple(
        Edge(
            from_=by_id[from_id],
            kind=kind,
            to=by_id[to_id],
            links=count,
            denied=denied[from_id, kind, to_id],
        )
        for (from_id, kind, to_id), count in sorted(
            links.items(), key=lambda one: (-one[1], one[0])
        )
    )
