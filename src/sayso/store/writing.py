"""RECORDS -> PROJECT: batches of records in, single reports out."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from sayso.errors import StoreError
from sayso.record import Record
from sayso.store.change import Change, apply
from sayso.store.database import Session, marks
from sayso.store.identity import number_report
from sayso.store.journal import forget, put_outcomes
from sayso.store.merge import Reading, digest_record, drop_needless, merge_readings
from sayso.store.merging import set_roots
from sayso.store.reviews import place_judgements
from sayso.store.run import Added, Outcome, Raw
from sayso.store.shelf import Shelved, derive_all, load, pack

SCRUB = "scrub"


class _Step(msgspec.Struct, frozen=True, kw_only=True):
    """One report from what it was to what it becomes."""

    number: int
    before: Shelved | None
    readings: tuple[Reading, ...]
    record: Record


def add(
    session: Session,
    records: Iterable[Record],
    raw: Iterable[Raw],
    outcomes: Iterable[Outcome],
) -> Added:
    """Add a batch, see `Store.add_records`."""
    batch: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        batch[record.report.id].append(record)
    shelf = load(session, batch)
    numbers = _number(session, [told[0] for told in batch.values()], shelf)
    steps = [
        step
        for report_id, told in sorted(batch.items())
        if (step := _step(numbers[report_id], shelf.get(report_id), told))
    ]
    changed = [
        one for one in steps if not one.before or one.before.record != one.record
    ]
    _change(session, changed)
    _put_readings(session, steps)
    _put_raw(session, raw)
    put_outcomes(session, outcomes)
    new = sum(step.before is None for step in changed)
    merged = len(changed) - new
    return Added(new=new, merged=merged, unchanged=len(batch) - len(changed))


def remove(session: Session, report_id: str) -> bool:
    """Remove a report from all tables; tell whether there was anything to do.

    The promise to scrub the file is kept with it, for the case of an interruption.
    """
    shelved = load(session, [report_id]).get(report_id)
    if shelved is None:
        return is_scrub_due(session)
    number = shelved.number
    old = derive_all(session, [(number, shelved.record)])
    apply(session, [Change(number=number, old=old[number], new=None)])
    session.run("delete from judgements where report = ?", (report_id,))
    session.run("delete from splits where report = ?", (report_id,))
    forget(session, report_id, shelved.record.report.keys)
    set_roots(session)
    session.run(
        "insert into chores (name) values (?) on conflict (name) do nothing", (SCRUB,)
    )
    return True


def is_scrub_due(session: Session) -> bool:
    """Tell whether what was deleted may still have bytes on the disk."""
    return bool(session.rows("select 1 from chores where name = ?", (SCRUB,)))


def _step(number: int, before: Shelved | None, told: Sequence[Record]) -> _Step | None:
    readings = list(before.readings) if before else []
    known = {reading.digest for reading in readings}
    last = max((reading.added for reading in readings), default=0)
    for added, record in enumerate(told, last + 1):
        digest = digest_record(record)
        if digest not in known:
            known.add(digest)
            readings.append(Reading(digest=digest, added=added, record=record))
    kept = tuple(drop_needless(readings))
    if before and {one.digest for one in kept} == {
        one.digest for one in before.readings
    }:
        return None
    merged = merge_readings(kept)
    return _Step(number=number, before=before, readings=kept, record=merged)


def _number(
    session: Session, records: Sequence[Record], shelf: Mapping[str, Shelved]
) -> dict[str, int]:
    numbers = {report_id: one.number for report_id, one in shelf.items()}
    new = [record.report for record in records if record.report.id not in shelf]
    wanted = {report.id: number_report(report) for report in new}
    taken: set[int] = set()
    if wanted:
        sql = f"select report from reports where report in ({marks(tuple(wanted))})"
        taken = {number for (number,) in session.rows(sql, tuple(wanted.values()))}
    for report_id, number in sorted(wanted.items()):
        while number in taken or _is_taken(
            session, number, number != wanted[report_id]
        ):
            number += 1
        taken.add(number)
        numbers[report_id] = number
    return numbers


def _is_taken(session: Session, number: int, is_next: bool) -> bool:
    sql = "select 1 from reports where report = ?"
    return is_next and bool(session.rows(sql, (number,)))


def _change(session: Session, steps: Sequence[_Step]) -> None:
    before = [(one.number, one.before.record) for one in steps if one.before]
    old = derive_all(session, before)
    new = derive_all(session, [(one.number, one.record) for one in steps])
    apply(
        session,
        [
            Change(number=one.number, old=old.get(one.number), new=new[one.number])
            for one in steps
        ],
    )
    place_judgements(session, [one.record for one in steps if one.before])
    if steps:
        set_roots(session)


def _put_readings(session: Session, steps: Sequence[_Step]) -> None:
    gone, fresh = [], []
    for step in steps:
        known = {one.digest for one in step.before.readings} if step.before else set()
        kept = {one.digest for one in step.readings}
        gone += [(step.number, digest) for digest in sorted(known - kept)]
        fresh += [
            (step.number, one.digest, one.added, pack(one.record))
            for one in step.readings
            if one.digest not in known
        ]
    session.many("delete from readings where report = ? and digest = ?", gone)
    sql = "insert into readings (report, digest, added, record) values (?, ?, ?, ?)"
    session.many(sql, fresh)


def _put_raw(session: Session, raw: Iterable[Raw]) -> None:
    for one in raw:
        rows = session.rows("select report from reports where id = ?", (one.report,))
        if not rows:
            raise StoreError(
                f"an original belongs to report {one.report}, which is not here",
                mend="add the record in the same batch",
            )
        values = zlib.compress(one.content), one.digest, one.url, one.retrieved
        session.run(
            "insert into originals (report, content, digest, url, retrieved) "
            "values (?, ?, ?, ?, ?) on conflict (report) do nothing",
            (rows[0][0], *values),
        )


def raw_of(session: Session, report_id: str) -> Raw | None:
    """Return the original of a report, if it was kept."""
    rows = session.rows(
        "select g.content, g.digest, g.url, g.retrieved from originals g "
        "join reports p on p.report = g.report where p.id = ?",
        (report_id,),
    )
    if not rows:
        return None
    content, digest, url, retrieved = rows[0]
    return Raw(
        report=report_id,
        content=zlib.decompress(content),
        digest=digest,
        url=url,
        retrieved=retrieved,
    )
