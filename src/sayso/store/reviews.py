"""JUDGEMENTS -> DATABASE: appended, undone, and what follows for rows and actors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from sayso.errors import StoreError
from sayso.record import Judgement, Record, Verdict
from sayso.store.change import Change, apply, in_chunks
from sayso.store.database import Session, marks
from sayso.store.judgements import agree, place_again, review
from sayso.store.rows import Agreement, MovedJudgement, Review
from sayso.store.shelf import derive_all, judgements_of, load

DIGITS = 12
_ON_ACTORS = (Verdict.MERGE, Verdict.SPLIT)
_ON_ROWS = (Verdict.CONFIRM.value, Verdict.REJECT.value, Verdict.CORRECT.value)


def append(session: Session, judgements: Iterable[Judgement]) -> None:
    """Append judgements and renew what follows from them."""
    new = _unknown(session, judgements)
    if not new:
        return
    before = _split_rows(session)
    touched = {one.report for one in new if one.report}
    shelf = load(session, touched)
    missing = sorted(touched - set(shelf))
    if missing:
        raise StoreError(
            f"a judgement is on report {missing[0]}, which is not here",
            mend="add the record first",
        )
    _check_actors(session, new)
    moving = {report for one in new for report in _reports_moved(session, one)}
    shelf |= load(session, moving - set(shelf))
    numbered = [(one.number, one.record) for one in shelf.values()]
    old = derive_all(session, numbered)
    for judgement in new:
        _append(session, judgement)
    _set_splits(session, before)
    fresh = derive_all(session, numbered)
    apply(
        session,
        [Change(number=n, old=old[n], new=fresh[n]) for n, _ in numbered],
    )
    place_judgements(session, [record for _, record in numbered])
    if any(one.verdict in (*_ON_ACTORS, Verdict.UNDO) for one in new):
        set_roots(session)


def _unknown(session: Session, judgements: Iterable[Judgement]) -> list[Judgement]:
    by_id = {one.id: one for one in judgements}
    for chunk in in_chunks(by_id):
        sql = f"select id from judgements where id in ({marks(chunk)})"
        for (known,) in session.rows(sql, chunk):
            del by_id[known]
    return list(by_id.values())


def _append(session: Session, one: Judgement) -> None:
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
            *(last + 1, one.id, one.report, one.target, one.verdict.value, one.coder),
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


# Merges and splits of actors


def _on_actors(session: Session, verdict: Verdict) -> list[Judgement]:
    rows = session.rows(
        "select body from judgements "
        "where report = '' and verdict = ? and in_force = 1 order by seq",
        (verdict.value,),
    )
    return [msgspec.json.decode(body, type=Judgement) for (body,) in rows]


def _check_actors(session: Session, judgements: Sequence[Judgement]) -> None:
    for one in judgements:
        if one.verdict not in _ON_ACTORS:
            continue
        wanted = (
            [one.target, one.value] if one.verdict is Verdict.MERGE else [one.target]
        )
        for actor in wanted:
            if not session.rows("select 1 from actors where id = ?", (str(actor),)):
                raise StoreError(
                    f"the project has no actor {actor}",
                    mend="take ids of actors from the view actors",
                )


def set_roots(session: Session) -> None:
    """Set who each actor is after all merges in force, and count those that changed.

    A merge with an actor that no report names any more waits until one does.
    """
    ever = "select 1 from judgements where report = '' and verdict = ? limit 1"
    if not session.rows(ever, (Verdict.MERGE.value,)):
        return
    merges = _on_actors(session, Verdict.MERGE)
    before: dict[str, str] = dict(
        session.rows("select id, root from actors where root <> id")
    )
    involved = {str(part) for one in merges for part in (one.target, one.value)}
    known = {
        actor
        for chunk in in_chunks(involved)
        for (actor,) in session.rows(
            f"select id from actors where id in ({marks(chunk)})", chunk
        )
    }
    roots: dict[str, str] = {}
    for one in merges:
        if one.target in known and one.value in known:
            here, there = _root(roots, str(one.target)), _root(roots, str(one.value))
            if here != there:
                roots[here] = there
    after = {actor: _root(roots, actor) for actor in roots}
    changed = {
        actor
        for actor in {*before, *after}
        if before.get(actor, actor) != after.get(actor, actor)
    }
    for actor in sorted(changed):
        root = after.get(actor, actor)
        session.run("update actors set root = ? where id = ?", (root, actor))
    affected = {side.get(actor, actor) for actor in changed for side in (before, after)}
    for root in sorted(affected | changed):
        _count(session, root)


def _root(roots: dict[str, str], actor: str) -> str:
    while actor in roots:
        actor = roots[actor]
    return actor


def _count(session: Session, actor: str) -> None:
    members = "select id from actors where root = ?"
    session.run(
        "update actors set reports = (select count(distinct report) from appearances "
        f"where owner in ({members})), statements = (select count(*) from parts "
        f"where claim = 'statements' and speaks = 1 and owner in ({members})) "
        "where id = ?",
        (actor, actor, actor),
    )


def _split_rows(session: Session) -> dict[tuple[str, str], str]:
    rows = session.rows("select report, row_id, owner from splits")
    return {(report, row): owner for report, row, owner in rows}


def _reports_moved(session: Session, one: Judgement) -> set[str]:
    if one.verdict is Verdict.UNDO and not one.report:
        sql = "select body from judgements where id = ?"
        for (body,) in session.rows(sql, (one.target or "",)):
            return _reports_moved(session, msgspec.json.decode(body, type=Judgement))
    if one.verdict is not Verdict.SPLIT:
        return set()
    return {str(report) for report, _ in one.value}


def _set_splits(session: Session, before: dict[tuple[str, str], str]) -> None:
    after: dict[tuple[str, str], str] = {}
    for one in _on_actors(session, Verdict.SPLIT):
        digest = hashlib.sha256(one.id.encode()).hexdigest()
        for report, row in one.value:
            after[str(report), str(row)] = "A" + digest[:DIGITS]
    if after == before:
        return
    session.run("delete from splits")
    sql = "insert into splits (report, row_id, owner) values (?, ?, ?)"
    session.many(sql, [(*key, owner) for key, owner in sorted(after.items())])


# What became of judgements


def place_judgements(session: Session, records: Sequence[Record]) -> None:
    """Note which judgements on reports have lost their row, and which row is there."""
    by_id = {record.report.id: record for record in records}
    for report_id, told in judgements_of(session, by_id).items():
        sql = "select id from judgements where report = ?"
        ids = session.rows(sql, (report_id,))
        session.many("delete from moved where judgement = ?", ids)
        for judgement in told:
            if judgement.verdict is Verdict.UNDO:
                continue
            is_there, now = place_again(by_id[report_id], judgement)
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
    """Return how far two coders agree on rows that both judged as a whole."""
    rows = session.rows(
        "select body from judgements where coder in (?, ?) and in_force = 1 "
        "and whole = 1 and target is not null "
        f"and verdict in ({marks(_ON_ROWS)}) order by seq",
        (first, second, *_ON_ROWS),
    )
    told: dict[tuple[str, str | None], dict[str, Review]] = {}
    for (body,) in rows:
        one = msgspec.json.decode(body, type=Judgement)
        told.setdefault((one.report, one.target), {})[one.coder] = review([one])
    both = [(by[first], by[second]) for by in told.values() if len(by) == 2]
    return agree((first, second), both)
