"""JUDGEMENTS -> DATABASE: appended, undone, and what follows for the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from sayso.errors import StoreError
from sayso.record import Judgement, Record, Verdict
from sayso.store.change import Change, apply, in_chunks
from sayso.store.coding import added_rows, check, with_added
from sayso.store.database import Session, marks
from sayso.store.judgements import agree, place_again, review
from sayso.store.merging import (
    ON_OWNERS,
    check_owners,
    reports_moved,
    set_roots,
    set_splits,
    split_rows,
)
from sayso.store.rows import Agreement, MovedJudgement, Review
from sayso.store.shelf import derive_all, judgements_of, load

_ON_ROWS = tuple(
    one.value for one in (Verdict.ADD, Verdict.CONFIRM, Verdict.REJECT, Verdict.CORRECT)
)


def append(session: Session, judgements: Iterable[Judgement]) -> None:
    """Append judgements and renew what follows from them."""
    new = _unknown(session, judgements)
    if not new:
        return
    before = split_rows(session)
    touched = {one.report for one in new if one.report}
    shelf = load(session, touched)
    missing = sorted(touched - set(shelf))
    if missing:
        raise StoreError(
            f"a judgement is on report {missing[0]}, which is not here",
            mend="add the record first",
        )
    check_owners(session, new)
    made = _check_rows(session, {one: shelf[one].record for one in touched}, new)
    moving = {report for one in new for report in reports_moved(session, one)}
    shelf |= load(session, moving - set(shelf))
    numbered = [(one.number, one.record) for one in shelf.values()]
    old = derive_all(session, numbered)
    for judgement in new:
        _append(session, judgement, judgement.target or made.get(judgement.id))
    set_splits(session, before)
    fresh = derive_all(session, numbered)
    apply(
        session,
        [Change(number=n, old=old[n], new=fresh[n]) for n, _ in numbered],
    )
    place_judgements(session, [record for _, record in numbered])
    if any(one.verdict in (*ON_OWNERS, Verdict.UNDO) for one in new):
        set_roots(session)


def _unknown(session: Session, judgements: Iterable[Judgement]) -> list[Judgement]:
    by_id = {one.id: one for one in judgements}
    for chunk in in_chunks(by_id):
        sql = f"select id from judgements where id in ({marks(chunk)})"
        for (known,) in session.rows(sql, chunk):
            del by_id[known]
    return list(by_id.values())


def _check_rows(
    session: Session, records: Mapping[str, Record], new: Iterable[Judgement]
) -> dict[str, str]:
    """Check judgements against their reports; return the rows that they add."""
    told = judgements_of(session, records)
    for one in new:
        if one.report and one.verdict is not Verdict.UNDO:
            check(records[one.report], one)
        told.setdefault(one.report, []).append(one)
    return {
        one.id: row.id
        for report, record in records.items()
        for one, row in added_rows(record, told[report])
    }


def _append(session: Session, one: Judgement, row: str | None) -> None:
    """Append a judgement on a row: the one that it targets, or that it adds."""
    if one.verdict is Verdict.UNDO:
        rows = session.rows(
            "select in_force from judgements where id = ?", (one.target or "",)
        )
        if rows != [(1,)]:
            raise StoreError(
                f"judgement {one.target} is not in force",
                mend="look at the row again: somebody has undone it already",
            )
        _put_in_force(session, one.target or "", 0)
    last = session.rows("select coalesce(max(seq), 0) from judgements")[0][0]
    session.run(
        "insert into judgements "
        "(seq, id, report, target, verdict, coder, whole, in_force, body) "
        "values (?, ?, ?, ?, ?, ?, ?, 1, ?)",
        (
            *(last + 1, one.id, one.report, row, one.verdict.value, one.coder),
            *(int(one.field is None), msgspec.json.encode(one)),
        ),
    )


def _put_in_force(session: Session, judgement_id: str, value: int) -> None:
    """Set it; taking back an undo puts what it had undone in force again."""
    session.run(
        "update judgements set in_force = ? where id = ?", (value, judgement_id)
    )
    sql = "select verdict, target from judgements where id = ?"
    ((verdict, target),) = session.rows(sql, (judgement_id,))
    if verdict == Verdict.UNDO:
        _put_in_force(session, target, 1 - value)


# What became of judgements


def place_judgements(session: Session, records: Sequence[Record]) -> None:
    """Note which judgements on reports have lost their row, and which row is there."""
    by_id = {record.report.id: record for record in records}
    for report_id, told in judgements_of(session, by_id).items():
        record = with_added(by_id[report_id], told)
        sql = "select id from judgements where report = ?"
        ids = session.rows(sql, (report_id,))
        session.many("delete from moved where judgement = ?", ids)
        for judgement in told:
            if judgement.verdict is Verdict.UNDO:
                continue
            is_there, now = place_again(record, judgement)
            if not is_there:
                order = "insert into moved (judgement, row_now) values (?, ?)"
                session.run(order, (judgement.id, now))


def moved(session: Session) -> tuple[MovedJudgement, ...]:
    """Return judgements in force whose row is no longer found."""
    rows = session.rows(
        "select j.body, m.row_now from moved m join judgements j on j.id = m.judgement "
        "where j.in_force = 1 order by j.seq"
    )
    return tuple(
        MovedJudgement(judgement=msgspec.json.decode(body, type=Judgement), now=now)
        for body, now in rows
    )


def judgements(
    session: Session, report_id: str | None, *, in_force: bool
) -> tuple[Judgement, ...]:
    """Return judgements in order of arrival."""
    where = " where report = ?" if report_id is not None else " where seq > ?"
    force = f" and in_force = 1 and verdict <> '{Verdict.UNDO}'" if in_force else ""
    args = (report_id,) if report_id is not None else (0,)
    sql = f"select body from judgements{where}{force} order by seq"
    return tuple(
        msgspec.json.decode(body, type=Judgement) for (body,) in session.rows(sql, args)
    )


def agreement(session: Session, first: str, second: str) -> Agreement:
    """Return how far two coders agree on rows that both judged as a whole.

    Who has added a row takes it for right.
    """
    rows = session.rows(
        "select target, body from judgements where coder in (?, ?) and in_force = 1 "
        "and (whole = 1 or verdict = 'add') and target is not null "
        f"and verdict in ({marks(_ON_ROWS)}) order by seq",
        (first, second, *_ON_ROWS),
    )
    told: dict[tuple[str, str], dict[str, Review]] = {}
    for target, body in rows:
        one = msgspec.json.decode(body, type=Judgement)
        verdict = Review.CONFIRMED if one.verdict is Verdict.ADD else review([one])
        told.setdefault((one.report, target), {})[one.coder] = verdict
    both = [(by[first], by[second]) for by in told.values() if len(by) == 2]
    return agree((first, second), both)
