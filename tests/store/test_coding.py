"""Rows that people add and correct, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from sayso.errors import StoreError, UsageError
from sayso.record import (
    Basis,
    Event,
    Judgement,
    OverallStatus,
    QuoteKind,
    Span,
    Stance,
    Verdict,
)
from sayso.store.base import Store
from sayso.store.coding import corrected, with_added
from sayso.store.judgements import add_row, decide, undo
from sayso.store.query import Order, Query, View
from sayso.store.rows import Review
from tests.store.build import make_record
from tests.store.test_views import counts, only

NOW = "2026-01-05T10:00:00+00:00"
RECORD = make_record(1, words=" Ada Roe said “no” to it.")
TEXT = RECORD.report.text


def spot(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def add(field: str, anchor: str, coder: str = "ada", **value: object) -> Judgement:
    return add_row(
        RECORD, (spot(anchor),), field=field, value=value, coder=coder, time=NOW
    )


def said(coder: str = "ada", **more: object) -> Judgement:
    told = {"source": spot("Mara Venn"), "content": [spot("no")], "stance": "denies"}
    return add("statements", "said", coder, **(told | more))


def test_added_statement_stands_in_the_ledger_until_it_is_undone(store: Store) -> None:
    store.add_records([RECORD])
    judgement = said()

    store.judge([judgement])

    *machine, added = store.ledger().rows
    assert [row.claim for row in machine] == list(RECORD.statements)
    one = added.claim
    assert (one.stance, one.quote) == (Stance.DENIES, QuoteKind.DIRECT)
    assert one.basis is Basis.NAMED
    assert added.actors[one.speaker].name == "Mara Venn"
    assert (added.review, added.judgements) == (Review.ADDED, (judgement,))
    facets = store.facets(View.STATEMENTS)
    assert (facets.rows, counts(facets, "review")) == (4, {"open": 3, "added": 1})
    assert len(store.ledger(Query(where=only(review="added"))).rows) == 1
    assert store.record(RECORD.report.id) == RECORD
    assert store.record(RECORD.report.id, added=True).statements[-1] == one

    store.judge([undo(judgement, coder="ada", time=NOW)])
    assert [row.claim for row in store.ledger().rows] == list(RECORD.statements)
    assert counts(store.facets(View.STATEMENTS), "review") == {"open": 3}


def test_added_event_hangs_on_the_innermost_voice_about_it(store: Store) -> None:
    store.add_records([RECORD])
    people = [{"role": "target", "span": spot("River Front")}]
    killed = [{"what": "killed", "low": 2, "high": 3, "span": spot("number")}]
    store.judge(
        [add("events", "for it", type="ASSAULT", participants=people, counts=killed)]
    )

    event: Event = store.events().rows[-1].claim

    (voice,) = event.assertions
    assert voice.statement == RECORD.statements[1].id
    assert event.status is OverallStatus.ALLEGED
    assert event.participants[0].actor == RECORD.actors[2].id
    assert event.counts[0].statements == (voice.statement,)
    assert store.info().events == 2


def test_added_event_can_hang_on_an_added_statement(store: Store) -> None:
    store.add_records([RECORD])
    first = said()
    voice = with_added(RECORD, [first]).statements[-1].id
    second = add("events", "no", type="REJECT", voice=voice, status="denied")

    store.judge([first, second])

    event = store.events().rows[-1].claim
    assert [one.statement for one in event.assertions] == [voice]
    assert event.status is OverallStatus.DENIED


def test_added_tie_joins_actors_of_the_record(store: Store) -> None:
    store.add_records([RECORD])
    ends = {"from": spot("Mara Venn"), "to": spot("River Front")}
    store.judge([add("links", "blamed the", kind="opposes", **ends)])

    link = store.links().rows[-1].claim

    assert [link.from_, link.to] == [RECORD.actors[1].id, RECORD.actors[2].id]
    assert {edge.kind for edge in store.network()} == {"member_of", "opposes"}


def test_tie_without_an_actor_at_its_end_does_not_stand() -> None:
    ends = {"from": spot("number"), "to": spot("River Front")}

    assert (
        with_added(RECORD, [add("links", "blamed", kind="opposes", **ends)]) == RECORD
    )


def test_added_row_can_be_judged_by_others(store: Store) -> None:
    store.add_records([RECORD])
    store.judge([said()])
    coded = store.record(RECORD.report.id, added=True)
    row = coded.statements[-1].id

    (blind,) = store.queue(View.STATEMENTS, coder="bo").rows
    assert (blind.claim.id, blind.judgements) == (row, ())
    assert store.queue(View.STATEMENTS, coder="ada").rows == ()

    store.judge([decide(coded, row, Verdict.REJECT, coder="bo", time=NOW)])
    assert store.ledger().rows[-1].review is Review.DIVIDED
    agreed = store.agreement("ada", "bo")
    assert (agreed.rows, agreed.raw) == (1, 0)
    assert store.moved() == ()
    query = Query(where=only(stance="denies", review="divided"))
    told = {"verdict": Verdict.CONFIRM, "coder": "cy", "time": NOW}
    assert store.judge_matching(View.STATEMENTS, query, rows=1, **told) == 1


def test_two_coders_who_add_one_row_agree_on_it(store: Store) -> None:
    store.add_records([RECORD])
    store.judge([said(), said("bo", stance="asserts")])

    rows = store.ledger().rows
    assert len(rows) == 4
    assert {one.coder for one in rows[-1].judgements} == {"ada", "bo"}
    assert store.agreement("ada", "bo").raw == 1


def test_row_that_the_machine_has_by_now_stands_once(store: Store) -> None:
    record = make_record(2)
    cue, source = record.statements[1].cue, record.statements[1].source
    assert cue and source
    found = add_row(
        record,
        (cue,),
        field="statements",
        value={"source": source},
        coder="ada",
        time=NOW,
    )
    store.add_records([record])
    store.judge([found])

    assert len(store.ledger().rows) == 3
    assert store.ledger().rows[1].review is Review.ADDED


def test_added_rows_outlive_a_newer_kit(store: Store) -> None:
    store.add_records([RECORD])
    store.judge([said()])
    words = " Ada Roe said “no” to it."
    store.add_records([make_record(1, kit="0.2.0", shift=3, words=words)])

    assert store.ledger().rows[-1].review is Review.ADDED
    assert counts(store.facets(View.STATEMENTS), "review") == {"open": 3, "added": 1}


def correct(field: str, value: Any, row: int = 0) -> Judgement:
    target = RECORD.statements[row].id
    return decide(
        RECORD,
        target,
        Verdict.CORRECT,
        coder="ada",
        time=NOW,
        field=field,
        value=value,
    )


def test_corrected_row_has_the_last_value_of_each_field() -> None:
    told = [
        correct("source", None),
        correct("source", [0, 3]),
        correct("content", [[0, 3], [4, 9]]),
    ]

    row = corrected(RECORD, RECORD.statements[0], told)

    assert (row.source, row.content) == (Span(0, 3), (Span(0, 3), Span(4, 9)))
    assert row.cue == RECORD.statements[0].cue


def test_corrected_voices_make_another_status() -> None:
    event = RECORD.events[0]
    voices = [
        {"statement": one.statement, "status": "denied", "span": one.span}
        for one in event.assertions
    ]
    told = decide(
        RECORD,
        event.id,
        Verdict.CORRECT,
        coder="ada",
        time=NOW,
        field="assertions",
        value=voices,
    )

    assert corrected(RECORD, event, [told]).status is OverallStatus.DENIED


@pytest.mark.parametrize(
    ("judgement", "told"),
    [
        (correct("source", [0, len(TEXT) + 1]), "not in the report"),
        (correct("source", [5, 5]), "not in the report"),
        (correct("source", [-4, 5]), "not in the report"),
        (correct("source", "the guard"), "cannot be"),
        (correct("stance", "shouts"), "cannot be"),
        (add("events", "raid", mode="x"), "cannot be"),
        (said(content=[[3, 9_999]]), "not in the report"),
    ],
)
def test_what_does_not_fit_the_report_is_refused(
    store: Store, judgement: Judgement, told: str
) -> None:
    store.add_records([RECORD])

    with pytest.raises(StoreError, match=told):
        store.judge([judgement])
    assert store.judgements() == ()


def test_quote_must_be_what_stands_there(store: Store) -> None:
    store.add_records([RECORD])
    other = make_record(3, words=" Ada Roe said “no” to it.")
    elsewhere = add_row(
        other,
        (Span(0, 30),),
        field="events",
        value={"type": "AID"},
        coder="ada",
        time=NOW,
    )
    anchor = replace(elsewhere.anchor, quote="something else")
    false = replace(elsewhere, report=RECORD.report.id, anchor=anchor)

    with pytest.raises(StoreError, match="not what stands at its place"):
        store.judge([false])


@pytest.mark.parametrize("order", [Order.SAID, Order.FIRST_SAID])
def test_ledger_is_ordered_by_when_it_was_said(store: Store, order: Order) -> None:
    records = [make_record(n) for n in (1, 40, 70)]
    late = make_record(5, published="2019-12-30")
    early = late.times[0]
    times = (replace(early, earliest="2018-01-02", latest="2018-01-02"),)
    first, *others = late.statements
    told = (replace(first, times=(early.id,)), *others)
    store.add_records([*records, replace(late, times=times, statements=told)])

    rows: list[Any] = []
    query = Query(order=order, limit=2)
    while True:
        page = store.ledger(query)
        rows += page.rows
        if page.next is None:
            break
        query = Query(order=order, limit=2, after=page.next)

    days = [_day(row) for row in rows]
    assert days == sorted(days, reverse=order is Order.SAID)
    assert len(rows) == 12
    assert "2018-01-02" in days


def _day(row: Any) -> str:
    times = {one.id: one.earliest for one in row.record.times}
    told = [times[one] for one in row.claim.times]
    return str((told or [row.record.report.published])[0])


def test_events_have_no_order_by_saying(store: Store) -> None:
    with pytest.raises(UsageError, match="cannot be ordered by said"):
        store.events(Query(order=Order.SAID))


def test_queue_by_effect_begins_with_what_a_dispute_hangs_on(store: Store) -> None:
    store.add_records(make_record(n) for n in range(4))

    def ranks(view: View) -> list[tuple[bool, float]]:
        rows = store.queue(view, Query(order=Order.EFFECT, limit=100)).rows
        disputed = [
            any(
                event.status is OverallStatus.DISPUTED
                and row.claim.id in {event.id, *(v.statement for v in event.assertions)}
                for event in row.record.events
            )
            for row in rows
        ]
        doubts = [abs(row.claim.confidence - 0.5) for row in rows]
        return list(zip(disputed, doubts, strict=True))

    for view, disputed in ((View.STATEMENTS, 4), (View.EVENTS, 2)):
        found = ranks(view)
        assert [is_first for is_first, _ in found[:disputed]] == [True] * disputed
        assert [d for _, d in found[:disputed]] == sorted(
            d for _, d in found[:disputed]
        )
