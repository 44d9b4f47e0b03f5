"""What a view is asked for, and the page and the counts that it answers with."""

from __future__ import annotations

from enum import StrEnum
from typing import Generic, TypeVar

import msgspec

DEFAULT_LIMIT = 50
MAX_LIMIT = 1000
COUNTED = 5_000
"""Rows that are looked at to count facets below several conditions at once."""

Row = TypeVar("Row", covariant=True)


class View(StrEnum):
    """What the rows of a page or the counts of its facets are."""

    REPORTS = "reports"
    STATEMENTS = "statements"
    """The ledger."""
    EVENTS = "events"
    LINKS = "links"
    COMMENTS = "comments"
    ACTORS = "actors"
    PLACES = "places"


class Order(StrEnum):
    """What the rows of a page are ordered by."""

    REPORT = "report"
    """Newest report first, then the order of the text."""
    SAID = "said"
    """Statements: the day of saying, or else of publication, the latest first."""
    FIRST_SAID = "first_said"
    """Likewise, the earliest first."""
    DOUBT = "doubt"
    """The review queue: nearest to a confidence of .5 first."""
    EFFECT = "effect"
    """The review queue: first what a disputed, then what an alleged status hangs on,
    then speakers told by no name, then all else; within these by doubt."""


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """A field that must have one of some values."""

    field: str
    """One of `FIELDS` of the view; another is a UsageError."""
    values: tuple[str, ...]
    """Any of them; at least one. The empty string stands for "none"."""


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows of a view: all conditions must hold. The default is every row."""

    where: tuple[Condition, ...] = ()
    text: str | None = None
    """Words that the report (view comments: the comment) must all have; "quoted
    words" stand side by side, `word*` is any word that begins so."""
    since: str | None = None
    """First day (2019-08-14) of publication, included. Undated reports are left out."""
    until: str | None = None
    """Last day of publication, included."""
    order: Order = Order.REPORT
    """The ledger takes report, said and first_said; the queue doubt and effect."""
    after: str | None = None
    """`Page.next` of the page before; None is the first page."""
    limit: int = DEFAULT_LIMIT
    """Rows of a page, 1 to 1,000."""


class Page(msgspec.Struct, Generic[Row], frozen=True, kw_only=True):
    """Some rows of a view, in its order."""

    rows: tuple[Row, ...]
    next: str | None
    """For `Query.after` of the next page; None: this is the last."""


class FacetCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows have one value."""

    value: str
    """The empty string stands for "none"."""
    rows: int


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """The values of one field among the rows of a query, the most frequent first."""

    field: str
    counts: tuple[FacetCount, ...]


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows a query has, and how they spread over the fields of the view."""

    rows: int
    exact: bool
    """False: there are more rows than were looked at; the numbers are lower bounds."""
    facets: tuple[Facet, ...]
