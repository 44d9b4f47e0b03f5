"""What a filter shows, as records that hold no more than that."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from msgspec.structs import replace

from sayso.record import Record, Thread
from sayso.store.base import Store
from sayso.store.query import Order, Page, Query, View
from sayso.store.rows import ClaimRow

PAGE = 500


def shown_records(store: Store, view: View, query: Query) -> Iterator[Record]:
    """Give the records of a filter, each with no other claims than those it shows.

    With an event or tie goes what its voices say, and with a statement those that it
    stands within and the outlet's own voice: without them it cannot be read.

    Args:
        store: The project.
        view: Reports, statements, events or links.
        query: Which of them; all pages.
    """
    if view is View.REPORTS:
        for head in _all(store.reports, query):
            yield store.record(head.id)
        return
    pages = {
        View.STATEMENTS: store.ledger,
        View.EVENTS: store.events,
        View.LINKS: store.links,
    }
    rows: Iterator[ClaimRow[Any]] = _all(pages[view], query)
    for _, group in itertools.groupby(rows, key=lambda row: row.record.report.id):
        together = list(group)
        wanted = {row.claim.id for row in together}
        yield only(together[0].record, view, wanted)


def only(record: Record, view: View, wanted: set[str]) -> Record:
    """Return a record with the wanted rows of a view, and what they hang on."""
    events = [one for one in record.events if view is View.EVENTS and one.id in wanted]
    links = [one for one in record.links if view is View.LINKS and one.id in wanted]
    kept = set(wanted) if view is View.STATEMENTS else set()
    kept |= {
        told.statement
        for claims in (events, links)
        for one in claims
        for told in one.assertions
    }
    outer = {one.id: one.within for one in record.statements}
    for start in tuple(kept):
        at = outer.get(start)
        while at is not None and at not in kept:
            kept.add(at)
            at = outer.get(at)
    return replace(
        record,
        statements=tuple(
            one for one in record.statements if one.id in kept or one.is_outlet
        ),
        events=tuple(events),
        links=tuple(links),
        thread=Thread(),
    )


def _all(page_of: Callable[[Query], Page[Any]], query: Query) -> Iterator[Any]:
    # From report to report, whatever the order on the page.
    query = replace(query, limit=PAGE, after=None, order=Order.REPORT)
    while True:
        page = page_of(query)
        yield from page.rows
        if page.next is None:
            return
        query = replace(query, after=page.next)
