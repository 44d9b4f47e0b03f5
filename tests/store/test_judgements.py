from __future__ import annotations

import pytest

from sayso.errors import StoreError, UsageError
from sayso.record import Judgement, Span, Verdict
from sayso.store.base import Store
from sayso.store.judgements import (
    add_row,
    agree,
    decide,
    merge_owners,
    split_owner,
    undo,
)
from sayso.store.query import Query, View
from sayso.store.rows import Review
from tests.store.build import make_record
from tests.store.test_views import counts, only, walk

NOW = "2026-01-05T10:00:00+00:00"
LATER = "2026-01-05T11:00:00+00:00"
RECORD = make_record(1)
FIRST = RECORD.statements[0].id


def say(
    verdict: Verdict, coder: str = "ada", target: str = FIRST, **more: object
) -> Judgement:
    return decide(RECORD, target, verdict, coder=coder, time=NOW, **more)  # type: ignore[arg-type]


def reviews(store: Store) -> dict[str, int]:
    return counts(store.facets(View.STATEMENTS), "review")


def test_judgement_stands_beside_the_row(store: Store) -> None:
    store.add_records([RECORD])
    judgement = say(Verdict.CORRECT, field="stance", value="denies", note="look")

    store.judge([judgement])
    store.judge([judgement])

    row = store.ledger().rows[0]
    assert row.claim == RECORD.statements[0]
    assert (row.review, row.judgements) == (Review.CORRECTED, (judgement,))
    assert store.judgements() == (judgement,)
    assert reviews(store) == {"open": 2, "corrected": 1}


def test_anchor_quotes_the_words_judged() -> None:
    assert say(Verdict.CONFIRM).anchor.quote == "reported"


def test_undo_is_appended_and_can_be_undone(store: Store) -> None:
    store.add_records([RECORD])
    judgement = say(Verdict.REJECT)
    back = undo(judgement, coder="ada", time=NOW)
    forth = undo(back, coder="ada", time=LATER)

    store.judge([judgement])
    store.judge([back])
    assert store.judgements() == ()
    assert reviews(store) == {"open": 3}

    store.judge([forth])
    assert store.judgements() == (judgement,)
    assert reviews(store) == {"open": 2, "rejected": 1}
    assert len(store.judgements(in_force=False)) == 3


def test_undoing_twice_is_told(store: Store) -> None:
    store.add_records([RECORD])
    judgement = say(Verdict.REJECT)
    store.judge([judgement, undo(judgement, coder="ada", time=NOW)])

    with pytest.raises(StoreError, match="not in force"):
        store.judge([undo(judgement, coder="bo", time=NOW)])


def test_coders_who_differ_divide_a_row(store: Store) -> None:
    store.add_records([RECORD])
    store.judge([say(Verdict.REJECT), say(Verdict.CONFIRM, "bo")])

    assert reviews(store) == {"open": 2, "divided": 1}
    assert store.agreement("ada", "bo").raw == 0


def test_last_word_of_a_coder_counts(store: Store) -> None:
    store.add_records([RECORD])
    store.judge([say(Verdict.REJECT), say(Verdict.CONFIRM)])

    assert reviews(store) == {"open": 2, "confirmed": 1}


def test_queue_begins_with_the_least_certain(store: Store) -> None:
    store.add_records(make_record(n) for n in range(10))
    rows = walk(lambda query: store.queue(View.STATEMENTS, query), Query())

    doubts = [abs(row.claim.confidence - 0.5) for row in rows]
    assert doubts == sorted(doubts)
    assert len(rows) == 30

    store.judge(
        [decide(rows[0].record, rows[0].claim.id, Verdict.REJECT, coder="a", time=NOW)]
    )
    left = walk(lambda query: store.queue(View.STATEMENTS, query), Query())
    assert [row.claim.id for row in left] == [row.claim.id for row in rows[1:]]


def test_queue_of_a_second_coder_is_blind(store: Store) -> None:
    store.add_records([RECORD])
    store.judge([say(Verdict.REJECT, note="secret")])

    (row,) = store.queue(View.STATEMENTS, coder="bo").rows
    assert (row.claim.id, row.judgements, row.review) == (FIRST, (), Review.OPEN)
    assert store.queue(View.STATEMENTS, coder="ada").rows == ()

    store.judge([say(Verdict.REJECT, "bo")])
    assert store.queue(View.STATEMENTS, coder="bo").rows == ()


def test_bulk_decides_exactly_what_the_filter_shows(store: Store) -> None:
    store.add_records(make_record(n) for n in range(30))
    query = Query(where=only(stance="denies"), limit=2)
    shown = store.facets(View.STATEMENTS, query).rows
    told = {"verdict": Verdict.REJECT, "coder": "ada", "time": NOW}

    with pytest.raises(StoreError, match=f"has {shown} rows by now"):
        store.judge_matching(View.STATEMENTS, query, rows=shown + 1, **told)
    assert reviews(store) == {"open": 90}

    assert store.judge_matching(View.STATEMENTS, query, rows=shown, **told) == shown
    rejected = store.ledger(Query(where=only(review="rejected"), limit=100)).rows
    assert {row.claim.stance for row in rejected} == {"denies"}
    assert len(rejected) == shown


def test_bulk_takes_no_corrections(store: Store) -> None:
    with pytest.raises(UsageError, match="cannot be said of many"):
        store.judge_matching(
            View.STATEMENTS, Query(), rows=0, verdict=Verdict.ADD, coder="a", time=NOW
        )


def test_added_row_is_kept(store: Store) -> None:
    store.add_records([RECORD])
    added = add_row(
        RECORD,
        (Span(4, 11),),
        field="events",
        value={"type": "AID"},
        coder="a",
        time=NOW,
    )
    store.judge([added])

    assert store.judgements(RECORD.report.id) == (added,)
    assert store.moved() == ()
    assert added.anchor.quote == "Harbour"


def test_newer_kit_keeps_judgements_and_shows_those_that_moved(store: Store) -> None:
    store.add_records([RECORD])
    still, moved = say(Verdict.CONFIRM, target=RECORD.events[0].id), say(Verdict.REJECT)
    store.judge([still, moved])

    newer = make_record(1, kit="0.2.0", shift=3)
    store.add_records([newer])

    assert store.events().rows[0].judgements == (still,)
    (one,) = store.moved()
    assert (one.judgement, one.now) == (moved, newer.statements[0].id)
    assert reviews(store) == {"open": 3}
    assert store.judgements() == (still, moved)

    far = make_record(1, kit="0.3.0", shift=20)
    store.add_records([far])
    assert [one.now for one in store.moved()] == [None]


def test_merge_joins_actors_until_it_is_undone(store: Store) -> None:
    store.add_records(make_record(n) for n in range(6))
    before = store.actors()
    ids = {row.actor.name: row.actor.id for row in before.rows}
    venn, guard, front = ids["Mara Venn"], ids["Harbour Guard"], ids["River Front"]
    merge = merge_owners(venn, guard, coder="ada", time=NOW)

    store.judge([merge])
    store.add_records([make_record(7)])

    rows = {row.actor.name: row for row in store.actors().rows}
    assert set(rows) == {"Harbour Guard", "River Front"}
    assert (rows["Harbour Guard"].reports, rows["Harbour Guard"].statements) == (7, 14)
    assert len(walk(store.ledger, Query(where=only(speaker=venn)))) == 14
    page = store.actor(venn)
    assert page.actor.id == guard
    assert [one.name for one in page.merged] == ["Mara Venn"]
    assert page.judgements == (merge,)
    assert {row.actors[row.claim.from_].id for row in store.links().rows} == {guard}
    again = merge_owners(guard, front, coder="ada", time=LATER)
    store.judge([again])
    assert [row.statements for row in store.actors().rows] == [14]

    back = [undo(one, coder="ada", time=LATER) for one in (again, merge)]
    store.judge(back)
    rows = {row.actor.id: (row.reports, row.statements) for row in store.actors().rows}
    assert rows == {venn: (7, 7), guard: (7, 7), front: (7, 0)}


def test_split_takes_report_actors_out_until_it_is_undone(store: Store) -> None:
    some = [make_record(n) for n in range(6)]
    store.add_records(some)
    before = store.actors()
    guard = next(
        one.actor.id for one in before.rows if one.actor.name == "Harbour Guard"
    )
    rows = [(record.report.id, record.actors[0].id) for record in some[:2]]
    split = split_owner(guard, rows, coder="ada", time=NOW)

    store.judge([split])

    named = [one for one in store.actors().rows if one.actor.name == "Harbour Guard"]
    assert [(one.reports, one.statements) for one in named] == [(4, 4), (2, 2)]
    assert named[0].actor.id == guard
    where = only(speaker=named[1].actor.id)
    assert len(store.ledger(Query(where=where)).rows) == 2

    store.judge([undo(split, coder="ada", time=NOW)])
    assert store.actors() == before


def place_rows(store: Store) -> dict[str, tuple[int, int]]:
    return {row.place.id: (row.reports, row.events) for row in store.places().rows}


def test_merge_joins_places_until_it_is_undone(store: Store) -> None:
    store.add_records(make_record(n) for n in range(6))
    (old,) = store.places().rows
    rows = [
        (row.record.report.id, row.record.places[0].id) for row in store.events().rows
    ]
    split = split_owner(old.place.id, rows[:2], coder="ada", time=NOW)
    store.judge([split])
    assert sorted(place_rows(store).values()) == [(2, 2), (4, 4)]
    (new,) = set(place_rows(store)) - {old.place.id}
    assert len(store.events(Query(where=only(place=new))).rows) == 2
    assert [row.events for row in store.map()] == [4, 2]

    merge = merge_owners(new, old.place.id, coder="ada", time=LATER)
    store.judge([merge])

    store.add_records([make_record(7)])
    assert place_rows(store) == {old.place.id: (7, 7)}
    page = store.place(new)
    assert (page.place.id, page.reports, page.events) == (old.place.id, 7, 7)
    assert [one.id for one in page.merged] == [new]
    assert page.judgements == (split, merge)
    assert len(walk(store.events, Query(where=only(place=new)))) == 7
    assert [(row.place.id, row.events) for row in store.map()] == [(old.place.id, 7)]
    month = Query(where=only(type="ASSAULT"))
    assert [row.reports for row in store.map(month)] == [7]
    assert counts(store.facets(View.PLACES), "country") == {"TRS": 1}

    store.judge([undo(one, coder="ada", time=LATER) for one in (merge, split)])
    assert place_rows(store) == {old.place.id: (7, 7)}
    assert store.place(old.place.id).judgements == ()


def test_actor_and_place_are_not_merged(store: Store) -> None:
    store.add_records([RECORD])
    actor, place = store.actors().rows[0].actor.id, store.places().rows[0].place.id

    with pytest.raises(StoreError, match="an actor and a place"):
        store.judge([merge_owners(actor, place, coder="ada", time=NOW)])


def test_what_is_not_here_cannot_be_judged(store: Store) -> None:
    with pytest.raises(StoreError, match="which is not here"):
        store.judge([say(Verdict.CONFIRM)])
    with pytest.raises(StoreError, match="no actor A0"):
        store.judge([merge_owners("A0", "A1", coder="a", time=NOW)])
    with pytest.raises(UsageError, match="has no row"):
        say(Verdict.CONFIRM, target="s0")


@pytest.mark.parametrize(
    ("verdicts", "raw", "kappa"),
    [
        ("", None, None),
        ("cc cc", 1, None),
        ("cc rr", 1, 1),
        ("cc rr cr rc", 0.5, 0),
        ("cr rc", 0, -1),
    ],
)
def test_agreement(verdicts: str, raw: float | None, kappa: float | None) -> None:
    told = {"c": Review.CONFIRMED, "r": Review.REJECTED}
    pairs = [(told[one[0]], told[one[1]]) for one in verdicts.split()]

    found = agree(("ada", "bo"), pairs)

    assert (found.raw, found.kappa, found.rows) == (raw, kappa, len(pairs))
