"""Actors and places of the project alike: as lines of a list, merged, split, undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from sayso.errors import UsageError
from sayso.record import Judgement
from sayso.store.base import Store
from sayso.store.judgements import merge_owners, split_owner, undo
from sayso.store.query import Condition, Query
from sayso.store.rows import ActorRef, ActorRow, PlaceRef, PlaceRow
from sayso.web.pages import now

CANDIDATES = 12
SPLIT = "part:"
"""Begins the names of the boxes that say which rows of reports to split off."""
Ref = ActorRef | PlaceRef


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a list."""

    name: str
    look: str = ""
    """Class of its cells: number or short."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """An actor or place as a line of a list."""

    id: str
    name: str
    told: str
    """What tells it from namesakes."""
    reports: int
    cells: tuple[str | int, ...]
    """In the order of the columns, after the name."""


REPORTS = Column(name="Reports", look="number")
COUNTRY = Column(name="Country", look="short")
ACTOR_COLUMNS = (
    Column(name="Kind"),
    COUNTRY,
    REPORTS,
    Column(name="Statements", look="number"),
    Column(name="Authority file"),
)
PLACE_COLUMNS = (
    Column(name="Precision"),
    COUNTRY,
    REPORTS,
    Column(name="Events", look="number"),
    Column(name="Gazetteer"),
)


def actor_line(row: ActorRow) -> Line:
    """Return an actor as a line of a list."""
    one = row.actor
    return Line(
        id=one.id,
        name=one.name,
        told=", ".join(filter(None, (one.kind.value, one.country))),
        reports=row.reports,
        cells=(
            *(one.kind.value, one.country or "–", row.reports, row.statements),
            one.authority or "–",
        ),
    )


def place_line(row: PlaceRow) -> Line:
    """Return a place as a line of a list."""
    one = row.place
    precision = one.precision.value if one.precision else ""
    return Line(
        id=one.id,
        name=one.name,
        told=", ".join(filter(None, (precision, one.country, one.gazetteer_id))),
        reports=row.reports,
        cells=(
            *(precision or "–", one.country or "–", row.reports, row.events),
            one.gazetteer_id or "–",
        ),
    )


def named_query(name: str) -> Query:
    """Return the query for those whose names begin so, one more than are offered."""
    where = (Condition(field="name", values=(name.strip(),)),)
    return Query(where=where, limit=CANDIDATES + 1)


def others(lines: Iterable[Line], owner: str) -> tuple[Line, ...]:
    """Return whom an actor or place may be merged into: all but itself."""
    return tuple(one for one in lines if one.id != owner)[:CANDIDATES]


def merge(store: Store, first: Ref, second: Ref, *, coder: str) -> None:
    """Decide that an actor or place is another one.

    Raises:
        UsageError: They are one already.
    """
    if first.id == second.id:
        raise UsageError(
            f"{first.name} and {second.name} are one already", mend="choose another one"
        )
    store.judge([merge_owners(first.id, second.id, coder=coder, time=now())])


def split(store: Store, owner: Ref, form: Mapping[str, str], *, coder: str) -> None:
    """Decide that the rows ticked in a form, of single reports, are another one.

    Raises:
        UsageError: None is ticked.
    """
    parts = [name[len(SPLIT) :].split(" ") for name in form if name.startswith(SPLIT)]
    rows = [(part[0], part[1]) for part in parts if len(part) == 2]
    if not rows:
        raise UsageError(
            "no report is ticked", mend="tick those in which it is another one"
        )
    store.judge([split_owner(owner.id, rows, coder=coder, time=now())])


def take_back(
    store: Store,
    owner: Ref,
    judgements: Iterable[Judgement],
    form: Mapping[str, str],
    *,
    coder: str,
) -> None:
    """Take back a merge or split of an actor or place.

    Raises:
        UsageError: The decision that the form names is not among those in force.
    """
    wanted = form.get("judgement", "")
    judgement = next((one for one in judgements if one.id == wanted), None)
    if judgement is None:
        raise UsageError(
            f"{owner.name} has no such decision in force",
            mend="look at the page again: somebody has taken it back already",
        )
    store.judge([undo(judgement, coder=coder, time=now())])
