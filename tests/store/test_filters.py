from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from sayso.errors import StoreError, UsageError
from sayso.store.base import Store
from sayso.store.query import Query, View
from tests.store.build import make_record
from tests.store.test_views import only

HOSTILE = (
    "' or 1=1 --",
    '"; drop table reports; --',
    "raid' | 'x",
    "NEAR(raid port)",
    "words: raid",
    "raid*",
    "(raid",
    "\\",
    "%",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_harm_nothing(store: Store, text: str) -> None:
    store.add_records([make_record(1)])
    with suppress(UsageError):  # some of it has no word
        store.search(Query(text=text))
    where = only(stance=text, speaker=text, outlet=text, report=text)

    assert store.ledger(Query(where=where)).rows == ()
    assert store.actors(Query(where=only(name=text))).rows == ()
    assert store.info().reports == 1


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda s: s.ledger(Query(limit=0)), "0 rows"),
        (lambda s: s.ledger(Query(where=only(colour="red"))), "no condition 'colour'"),
        (lambda s: s.events(Query(where=only(speaker="A1"))), "no condition 'speaker'"),
        (lambda s: s.ledger(Query(where=only(stance=()))), "has no values"),
        (lambda s: s.ledger(Query(after="?")), "not the end of a page"),
        (lambda s: s.ledger(Query(after="WzFd")), "not the end of a page"),
        (lambda s: s.ledger(Query(since="May")), "not a first day"),
        (lambda s: s.ledger(Query(text="…")), "no word"),
        (lambda s: s.queue(View.COMMENTS), "not reviewed"),
    ],
)
def test_impossible_questions_are_told(
    store: Store, ask: Callable[[Store], object], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        ask(store)


def test_absent_rows_are_told(store: Store) -> None:
    for ask in (store.record, store.actor, store.place):
        with pytest.raises(StoreError, match="the project has no"):
            ask("A0")


@pytest.mark.parametrize(
    "where",
    [{}, {"review": "open"}, {"stance": "denies"}, {"outlet": "Harbour Wire"}],
)
def test_frequent_words_and_reviews_give_the_same_rows_as_rare_ones(
    store: Store, monkeypatch: pytest.MonkeyPatch, where: dict[str, str]
) -> None:
    store.add_records(map(make_record, range(12)))
    query = Query(text="raid", where=only(**where))
    plain = Query(where=only(**where))

    def rows() -> list[list[str]]:
        pages = (
            store.ledger(query),
            store.ledger(plain),
            store.queue(View.STATEMENTS, query),
            store.queue(View.EVENTS, Query(text="raid")),
            store.queue(View.STATEMENTS, query, coder="ada"),
        )
        return [[row.claim.id for row in page.rows] for page in pages]

    rare = rows()
    monkeypatch.setattr("sayso.store.filters.RARE_REPORTS", 0)
    monkeypatch.setattr("sayso.store.filters.SMALL", 0)

    assert rows() == rare
    assert all(rare[:4])
