"""Filters in the address: which rows of a view a page shows, and links to others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import msgspec
from msgspec.structs import replace
from starlette.datastructures import QueryParams

from sayso.errors import UsageError
from sayso.store.query import Condition, Order, Query, View

FIELDS: Mapping[View, tuple[str, ...]] = {
    View.REPORTS: ("outlet", "language", "month"),
    View.STATEMENTS: (
        *("stance", "quote", "basis", "channel", "voice", "outlet", "month"),
        *("review", "speaker", "about", "actor", "place", "report"),
    ),
    View.EVENTS: (
        *("type", "mode", "status", "country", "outlet", "month", "review"),
        *("happened", "actor", "place", "report"),
    ),
    View.LINKS: (
        *("kind", "status", "outlet", "month", "review", "actor", "place", "report"),
    ),
    View.COMMENTS: ("author", "outlet", "month", "finding", "report"),
    View.ACTORS: ("kind", "country", "sector", "name"),
    View.PLACES: ("country", "precision", "name"),
}
"""As `sayso.store.base.Store` lists them; each is a name in the address."""
ORDERS: Mapping[View, tuple[Order, ...]] = {
    View.STATEMENTS: (Order.SAID, Order.FIRST_SAID),
}
"""That an address may ask for, beside the usual one of the view."""
MAX_VALUES = 50
MAX_CHARS = 500
Pairs = tuple[tuple[str, str], ...]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """The rows that a page shows, as its address tells."""

    path: str
    view: View
    query: Query
    rest: Pairs = ()
    """Other names in the address that links must keep, such as `blind`."""

    def pairs(self, *, page: bool = False) -> Pairs:
        """Return names and values of the address, for links and hidden inputs."""
        query = self.query
        told = [(one.field, value) for one in query.where for value in one.values]
        plain = (("q", query.text), ("since", query.since), ("until", query.until))
        told += [(name, value) for name, value in plain if value is not None]
        if query.order is not Order.REPORT:
            told.append(("order", query.order.value))
        if page and query.after is not None:
            told.append(("after", query.after))
        return (*told, *self.rest)

    @property
    def asked(self) -> str:
        """Return the filter alone, as it stands behind the question mark."""
        return urlencode(self.pairs())

    def link(self, path: str | None = None, **more: str) -> str:
        """Return the address of the same rows on a page, this one if none is given."""
        return _address(path or self.path, (*self.pairs(), *more.items()))

    def toggled(self, field: str, value: str) -> str:
        """Return the address with a value taken in, or out if it is in."""
        pair = (field, value)
        others = [one for one in self.pairs() if one != pair]
        if len(others) == len(self.pairs()):
            others.append(pair)
        return _address(self.path, others)

    def without(self, name: str) -> str:
        """Return the address without the conditions of a name."""
        return _address(self.path, [one for one in self.pairs() if one[0] != name])

    def only(self, field: str, value: str) -> str:
        """Return the address with one value for a field, and all else kept."""
        rest = [one for one in self.pairs() if one[0] != field]
        return _address(self.path, [*rest, (field, value)])

    def has(self, field: str, value: str) -> bool:
        """Tell whether a value is asked for."""
        return any(
            one.field == field and value in one.values for one in self.query.where
        )

    def ordered(self, order: str) -> str:
        """Return the address with another order of the rows."""
        query = replace(self.query, order=Order(order), after=None)
        return replace(self, query=query).link()

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything is left out."""
        query = self.query
        return bool(query.where or query.text or query.since or query.until)


def read_filter(
    asked: QueryParams,
    view: View,
    path: str,
    *,
    limit: int = 50,
    keep: tuple[str, ...] = (),
) -> Shown:
    """Return which rows an address asks for; names that the view has not are ignored.

    Args:
        asked: What stands behind the question mark.
        view: Whose rows.
        path: Of the page.
        limit: Rows of a page.
        keep: Other names that links of the page keep.

    Raises:
        UsageError: There are more values, or longer ones, than anybody can mean.
    """
    where = tuple(_conditions(asked, view))
    query = Query(
        where=where,
        text=_short(asked.get("q", "").strip()) or None,
        since=_short(asked.get("since", "")) or None,
        until=_short(asked.get("until", "")) or None,
        order=_order(asked, view),
        after=asked.get("after") or None,
        limit=limit,
    )
    rest = tuple((name, _short(asked[name])) for name in keep if name in asked)
    return Shown(path=path, view=view, query=query, rest=rest)


def _conditions(asked: QueryParams, view: View) -> Iterator[Condition]:
    for field in FIELDS[view]:
        values = tuple(dict.fromkeys(map(_short, asked.getlist(field))))
        if len(values) > MAX_VALUES:
            raise UsageError(
                f"{len(values)} values for {field} are too many",
                mend=f"choose at most {MAX_VALUES}",
            )
        if values:
            yield Condition(field=field, values=values)


def _order(asked: QueryParams, view: View) -> Order:
    """Return the order asked for, if the view has it."""
    value = asked.get("order", "")
    return Order(value) if value in ORDERS.get(view, ()) else Order.REPORT


def _short(value: str) -> str:
    if len(value) > MAX_CHARS or "\0" in value:
        raise UsageError(
            f"a value of {len(value)} characters cannot be looked for",
            mend=f"give at most {MAX_CHARS} characters, all of them printable",
        )
    return value


def _address(path: str, pairs: Pairs | list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path
