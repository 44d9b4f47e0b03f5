"""Names of the actors and places that a filter asks for by their ids."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.errors import StoreError
from sayso.store.base import Store
from sayso.store.query import Query

ACTORS = ("speaker", "about", "actor")


def names_in(store: Store, query: Query) -> dict[str, str]:
    """Return by id the names of actors and places among the conditions of a query.

    An id that the project does not have is left out: the page then shows it as it is.
    """
    return dict(_names(store, query))


def _names(store: Store, query: Query) -> Iterator[tuple[str, str]]:
    for condition in query.where:
        for value in condition.values:
            try:
                if condition.field in ACTORS:
                    yield value, store.actor(value).actor.name
                elif condition.field == "place":
                    yield value, store.place(value).place.name
            except StoreError:
                continue
