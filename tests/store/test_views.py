from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from sayso.record import Record, Span
from sayso.store.base import Store
from sayso.store.projects import create_project
from sayso.store.query import Condition, Facets, Page, Query, View
from tests.store.build import OUTLETS, make_record
from tests.store.places import make_place, on_postgres

COUNT = 70
THREAD = [("c1", None, "Tell the truth now"), ("c2", None, "Nobody was there")]


def only(**fields: str | tuple[str, ...]) -> tuple[Condition, ...]:
    return tuple(
        Condition(field=name, values=(value,) if isinstance(value, str) else value)
        for name, value in fields.items()
    )


def records() -> list[Record]:
    undated = make_record(COUNT, published=None)
    threads = [make_record(n, comments=THREAD) for n in range(0, COUNT, 10)]
    rest = [make_record(n) for n in range(COUNT) if n % 10]
    return [*threads, *rest, undated]


@pytest.fixture(scope="module", params=["sqlite", on_postgres])
def full(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """Give a project that the tests only read."""
    folder = tmp_path_factory.mktemp("full")
    with make_place(request.param, folder) as place, create_project(place) as store:
        store.add_records(records())
        yield store


def walk(view: Callable[[Query], Page[Any]], query: Query, limit: int = 7) -> list[Any]:
    """Return the rows of all pages."""
    rows: list[Any] = []
    page = view(replace(query, limit=limit))
    rows += page.rows
    while page.next is not None:
        assert len(page.rows) == limit
        page = view(replace(query, limit=limit, after=page.next))
        rows += page.rows
    return rows


def counts(facets: Facets, field: str) -> dict[str, int]:
    (facet,) = (facet for facet in facets.facets if facet.field == field)
    return {count.value: count.rows for count in facet.counts}


def test_pages_give_every_row_once_newest_report_first(full: Store) -> None:
    rows = walk(full.ledger, Query())

    days = [row.record.report.published or "" for row in rows]
    assert days == sorted(days, reverse=True)
    assert len({(row.record.report.id, row.claim.id) for row in rows}) == len(rows)
    assert len(rows) == 3 * (COUNT + 1)
    assert rows == list(full.ledger(Query(limit=1000)).rows)


def test_pages_leave_no_gap_when_reports_come_in(store: Store) -> None:
    store.add_records(make_record(n) for n in range(0, 40, 2))
    first = store.ledger(Query(limit=10))
    before = [row.claim.id for row in store.ledger(Query(limit=1000)).rows]

    store.add_records(make_record(n) for n in range(1, 40, 2))

    rest = walk(lambda query: store.ledger(replace(query, limit=9)), Query(), limit=9)
    later = store.ledger(Query(limit=1000, after=first.next)).rows
    seen = {row.claim.id for row in (*first.rows, *later)}
    assert seen >= set(before)
    assert len(rest) == 120


CASES: dict[str, tuple[View, Query, Callable[[Record, Any], bool]]] = {
    "stance": (
        View.STATEMENTS,
        Query(where=only(stance="denies")),
        lambda record, one: one.stance == "denies",
    ),
    "two stances": (
        View.STATEMENTS,
        Query(where=only(stance=("denies", "claims"))),
        lambda record, one: one.stance in ("denies", "claims"),
    ),
    "stance and outlet": (
        View.STATEMENTS,
        Query(where=only(stance="blames", outlet=OUTLETS[1])),
        lambda record, one: (
            one.stance == "blames" and record.report.outlet == OUTLETS[1]
        ),
    ),
    "voice": (
        View.STATEMENTS,
        Query(where=only(voice="outlet")),
        lambda record, one: one.is_outlet,
    ),
    "month": (
        View.STATEMENTS,
        Query(where=only(month="2019-02")),
        lambda record, one: (record.report.published or "").startswith("2019-02"),
    ),
    "no month": (
        View.STATEMENTS,
        Query(where=only(month="")),
        lambda record, one: record.report.published is None,
    ),
    "days": (
        View.STATEMENTS,
        Query(since="2019-01-27", until="2019-02-02"),
        lambda record, one: (
            "2019-01-27" <= (record.report.published or "") <= "2019-02-02"
        ),
    ),
    "until": (
        View.STATEMENTS,
        Query(until="2019-01-03"),
        lambda record, one: "" < (record.report.published or "") <= "2019-01-03",
    ),
    "words": (
        View.STATEMENTS,
        Query(text="number 7"),
        lambda record, one: "number 7." in record.report.text,
    ),
    "phrase and beginning": (
        View.STATEMENTS,
        Query(text='"PORT ilmen" repor*'),
        lambda record, one: "reported" in record.report.text,
    ),
    "words and stance": (
        View.STATEMENTS,
        Query(text="denied", where=only(stance="blames")),
        lambda record, one: "denied" in record.report.text and one.stance == "blames",
    ),
    "report": (
        View.STATEMENTS,
        Query(where=only(report=make_record(3).report.id)),
        lambda record, one: record.report.id == make_record(3).report.id,
    ),
    "status": (
        View.EVENTS,
        Query(where=only(status="disputed")),
        lambda record, one: one.status == "disputed",
    ),
    "no mode": (
        View.EVENTS,
        Query(where=only(mode="")),
        lambda record, one: one.mode is None,
    ),
    "month of the event": (
        View.EVENTS,
        Query(where=only(happened="2019-01")),
        lambda record, one: record.times[0].value[:7] == "2019-01",
    ),
    "event outlet and words": (
        View.EVENTS,
        Query(text="raid", where=only(outlet=OUTLETS[0], status="alleged")),
        lambda record, one: (
            record.report.outlet == OUTLETS[0] and one.status == "alleged"
        ),
    ),
    "link status": (
        View.LINKS,
        Query(where=only(status="denied")),
        lambda record, one: one.assertions[0].status == "denied",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_conditions_choose_the_rows_that_meet_them(full: Store, case: str) -> None:
    view, query, meets = CASES[case]
    wanted = {
        (record.report.id, claim.id)
        for record in records()
        for claim in getattr(record, view)
        if meets(record, claim)
    }
    page = {
        View.STATEMENTS: full.ledger,
        View.EVENTS: full.events,
        View.LINKS: full.links,
    }

    rows = walk(page[view], query)

    assert wanted
    assert {(row.record.report.id, row.claim.id) for row in rows} == wanted
    assert len(rows) == len(wanted)
    days = [row.record.report.published or "" for row in rows]
    assert days == sorted(days, reverse=True)
    facets = full.facets(view, query)
    assert (facets.rows, facets.exact) == (len(wanted), True)
    for facet in facets.facets:
        assert sum(count.rows for count in facet.counts) == len(wanted)


def test_parts_of_an_actor(full: Store) -> None:
    ids = {row.actor.name: row.actor.id for row in full.actors().rows}
    total = COUNT + 1

    def ledger(**fields: str) -> int:
        rows = walk(full.ledger, Query(where=only(**fields)), limit=50)
        assert full.facets(View.STATEMENTS, Query(where=only(**fields))).rows == len(
            rows
        )
        return len(rows)

    assert ledger(speaker=ids["Mara Venn"]) == total
    assert ledger(about=ids["Mara Venn"]) == 0
    assert ledger(about=ids["River Front"]) == total
    assert ledger(actor=ids["River Front"], stance="blames") == total
    assert ledger(actor=ids["River Front"], speaker=ids["Harbour Guard"]) == 0
    page = full.actor(ids["Mara Venn"])
    assert (page.statements, page.about, page.links, page.events) == (
        total,
        0,
        total,
        0,
    )
    where = only(actor=ids["Harbour Guard"])
    assert len(walk(full.events, Query(where=where), limit=50)) == total


def test_row_names_actors_and_places_of_the_project(full: Store) -> None:
    (row,) = full.events(Query(limit=1)).rows

    (participant,) = row.claim.participants
    assert row.actors[participant.actor or ""].name == "Harbour Guard"
    assert row.places[row.claim.places[0].place].gazetteer_id == "test:1"


def test_facets_below_one_condition_agree_with_looking(full: Store) -> None:
    kept = full.facets(View.STATEMENTS, Query(where=only(stance="blames")))
    days = Query(where=only(stance="blames"), since="0001-01-01")
    looked = full.facets(View.STATEMENTS, days)  # without the undated report

    assert kept.rows == looked.rows + 1
    assert counts(kept, "month")[""] == 1
    for field in ("stance", "quote", "basis", "channel", "voice", "review"):
        more = Counter(counts(kept, field))
        more.subtract(counts(looked, field))
        assert sum(more.values()) == 1, field


def test_facets_are_bounded_and_say_so(
    full: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.store.counts.COUNTED", 20)

    facets = full.facets(View.STATEMENTS, Query(text="raid"))

    assert (facets.rows, facets.exact) == (20, False)


def test_timeline_runs_by_first_possible_day(full: Store) -> None:
    moments = walk(full.timeline, Query())

    days = [moment.time.earliest for moment in moments]
    assert days == sorted(days)
    assert len(moments) == COUNT + 1


def test_periods_count_what_was_said_and_what_is_told(full: Store) -> None:
    whole = full.periods()
    part = full.periods(Query(where=only(outlet=OUTLETS[0], month="2019-01")))

    assert [one.month for one in whole] == ["2019-01", "2019-02", "2019-03"]
    assert sum(one.statements for one in whole) == 3 * COUNT  # the undated has no month
    assert sum(one.events for one in whole) == COUNT + 1
    assert {one.month for one in part} == {"2019-01"}
    assert part[0].statements == 3 * part[0].events


def test_map_and_network_gather_what_lies_together(full: Store) -> None:
    (mark,) = full.map()
    (disputed,) = full.map(Query(where=only(status="disputed")))
    (edge,) = full.network()
    (denied,) = full.network(Query(where=only(status="denied")))

    assert (mark.place.lat, mark.events, mark.reports) == (10.5, COUNT + 1, COUNT + 1)
    assert disputed.events == COUNT // 2 + 1
    assert (edge.from_.name, edge.to.name) == ("Mara Venn", "Harbour Guard")
    assert (edge.links, edge.denied) == (COUNT + 1, COUNT // 2 + 1)
    assert denied.links == denied.denied == edge.denied


def test_actors_and_places_are_listed_and_found_by_name(full: Store) -> None:
    rows = walk(full.actors, Query(), limit=2)
    (front,) = full.actors(Query(where=only(name="river f"))).rows
    (port,) = full.places(Query(where=only(name="PORT"))).rows

    assert {row.actor.name for row in rows} == {
        "Harbour Guard",
        "Mara Venn",
        "River Front",
    }
    assert (front.actor.authority, front.reports) == ("front-1", COUNT + 1)
    assert full.place(port.place.id).names == ("Port Ilmen",)
    assert counts(full.facets(View.ACTORS), "kind") == {"organisation": 2, "person": 1}


def test_comments_and_their_findings(full: Store) -> None:
    rows = walk(full.comments, Query(), limit=3)
    (some, *_) = full.comments(Query(text="nobody")).rows

    assert len(rows) == 2 * COUNT // 10
    assert some.comment.text == THREAD[1][2]
    assert counts(full.facets(View.COMMENTS), "finding") == {"point": len(rows)}


def test_search_finds_articles_and_comments(full: Store) -> None:
    articles = walk(full.search, Query(text="raid"))
    comments = walk(full.search, Query(text='"the truth"'), limit=2)

    assert len(articles) == COUNT + 1
    assert {hit.comment for hit in articles} == {None}
    hit = articles[0]
    assert [span.of(hit.text) for span in hit.spans] == ["raid"]
    assert [hit.comment for hit in comments] == [1] * (COUNT // 10)
    assert comments[0].spans == (Span(5, 14),)


def test_search_puts_comments_after_their_article(store: Store) -> None:
    store.add_records(
        make_record(n, comments=[("c1", None, "The raid!"), ("c2", None, "What raid?")])
        for n in range(4)
    )

    hits = walk(store.search, Query(text="raid"), limit=1)

    assert [hit.comment for hit in hits] == [None, 1, 2] * 4


@pytest.mark.parametrize(
    ("text", "found"), [("ÜBUNG", 1), ("übung straße", 1), ("strasse", 1), ("10", 1)]
)
def test_words_are_found_whatever_their_case(
    store: Store, text: str, found: int
) -> None:
    store.add_records([make_record(1, words=" Übung in der Straße, 10 km.")])

    assert len(store.search(Query(text=text)).rows) == found
