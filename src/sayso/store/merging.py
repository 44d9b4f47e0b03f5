"""Merges and splits of the project's actors and places, from judgements to tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from sayso.errors import StoreError
from sayso.record import Judgement, Verdict
from sayso.store.change import OWNERS, in_chunks
from sayso.store.database import Session, marks

ON_OWNERS = (Verdict.MERGE, Verdict.SPLIT)
DIGITS = 12


def check_owners(session: Session, judgements: Iterable[Judgement]) -> None:
    """Check that the project has what is to be merged and split.

    Raises:
        StoreError: It has not, or an actor is to be merged with a place.
    """
    for one in judgements:
        if one.verdict not in ON_OWNERS:
            continue
        target, value = str(one.target), str(one.value)
        wanted = [target, value] if one.verdict is Verdict.MERGE else [target]
        if len({owner[:1] for owner in wanted}) > 1:
            raise StoreError(
                f"{target} and {value} are an actor and a place",
                mend="merge actors with actors, and places with places",
            )
        for owner in wanted:
            table = OWNERS.get(owner[:1], "actors")
            if not session.rows(f"select 1 from {table} where id = ?", (owner,)):
                raise StoreError(
                    f"the project has no {table[:-1]} {owner}",
                    mend=f"take ids of {table} from the view {table}",
                )


def set_roots(session: Session) -> None:
    """Set who each actor, and which each place, is after all merges in force.

    What is counted follows for those that changed. A merge with an actor or place that
    no report names any more waits until one does.
    """
    ever = "select 1 from judgements where report = '' and verdict = ? limit 1"
    if not session.rows(ever, (Verdict.MERGE.value,)):
        return
    merges = [
        (str(one.target), str(one.value)) for one in _in_force(session, Verdict.MERGE)
    ]
    for letter, table in OWNERS.items():
        _set_roots(session, table, [two for two in merges if two[0][:1] == letter])


def _set_roots(session: Session, table: str, merges: Sequence[tuple[str, str]]) -> None:
    before: dict[str, str] = dict(
        session.rows(f"select id, root from {table} where root <> id")
    )
    known = {
        owner
        for chunk in in_chunks(owner for two in merges for owner in two)
        for (owner,) in session.rows(
            f"select id from {table} where id in ({marks(chunk)})", chunk
        )
    }
    roots: dict[str, str] = {}
    for target, value in merges:
        if target in known and value in known:
            here, there = _root(roots, target), _root(roots, value)
            if here != there:
                roots[here] = there
    after = {owner: _root(roots, owner) for owner in roots}
    changed = {
        owner
        for owner in {*before, *after}
        if before.get(owner, owner) != after.get(owner, owner)
    }
    for owner in sorted(changed):
        root = after.get(owner, owner)
        session.run(f"update {table} set root = ? where id = ?", (root, owner))
    affected = {side.get(owner, owner) for owner in changed for side in (before, after)}
    for root in sorted(affected | changed):
        session.run(_COUNT[table], (root,) * 3)


def _root(roots: dict[str, str], owner: str) -> str:
    while owner in roots:
        owner = roots[owner]
    return owner


def _counting(table: str, kind: str, claims: str) -> str:
    members = f"(select id from {table} where root = ?)"
    return (
        f"update {table} set reports = (select count(distinct report) from appearances "
        f"where owner in {members}), {kind} = (select count(*) from {claims} "
        f"in {members}) where id = ?"
    )


_COUNT = {
    "actors": _counting(
        "actors",
        "statements",
        "parts where claim = 'statements' and speaks = 1 and owner",
    ),
    "places": _counting("places", "events", "events where place"),
}


def _in_force(session: Session, verdict: Verdict) -> list[Judgement]:
    rows = session.rows(
        "select body from judgements "
        "where report = '' and verdict = ? and in_force = 1 order by seq",
        (verdict.value,),
    )
    return [msgspec.json.decode(body, type=Judgement) for (body,) in rows]


def split_rows(session: Session) -> dict[tuple[str, str], str]:
    """Return the owners of rows that were split off, by report and row."""
    rows = session.rows("select report, row_id, owner from splits")
    return {(report, row): owner for report, row, owner in rows}


def reports_moved(session: Session, one: Judgement) -> set[str]:
    """Return the reports in which a split, or its undoing, changes an owner."""
    if one.verdict is Verdict.UNDO and not one.report:
        sql = "select body from judgements where id = ?"
        for (body,) in session.rows(sql, (one.target or "",)):
            return reports_moved(session, msgspec.json.decode(body, type=Judgement))
    if one.verdict is not Verdict.SPLIT:
        return set()
    return {str(report) for report, _ in one.value}


def set_splits(session: Session, before: dict[tuple[str, str], str]) -> None:
    """Set the owners that follow from all splits in force."""
    after: dict[tuple[str, str], str] = {}
    for one in _in_force(session, Verdict.SPLIT):
        digest = hashlib.sha256(one.id.encode()).hexdigest()
        for report, row in one.value:
            owner = str(one.target)[:1] + digest[:DIGITS]
            after[str(report), str(row)] = owner
    if after == before:
        return
    session.run("delete from splits")
    sql = "insert into splits (report, row_id, owner) values (?, ?, ?)"
    session.many(sql, [(*key, owner) for key, owner in sorted(after.items())])
