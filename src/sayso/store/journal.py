"""Runs, what their inputs gave, and failures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from sayso.store.change import in_chunks
from sayso.store.cursor import cut_page, read_cursor
from sayso.store.database import Session, marks
from sayso.store.query import MAX_LIMIT, Page
from sayso.store.run import Failure, Outcome, Run


def put_run(session: Session, run: Run) -> None:
    """Note that a run begins."""
    parameters = msgspec.json.encode(dict(run.parameters)).decode()
    session.run(
        "insert into runs (id, kit, parameters, started, ended) values (?, ?, ?, ?, ?) "
        "on conflict (id) do nothing",
        (run.id, run.kit, parameters, run.started, run.ended),
    )


def end_run(session: Session, run_id: str, time: str) -> None:
    """Note that a run has ended."""
    session.run("update runs set ended = ? where id = ?", (time, run_id))


def runs(session: Session) -> tuple[Run, ...]:
    """Return all runs, newest first."""
    rows = session.rows(
        "select r.id, r.kit, r.parameters, r.started, r.ended, count(o.run), "
        "coalesce(sum(o.failed), 0) "
        "from runs r left join outcomes o on o.run = r.id "
        "group by r.id, r.kit, r.parameters, r.started, r.ended "
        "order by r.started desc, r.id"
    )
    return tuple(
        Run(
            id=run,
            kit=kit,
            parameters=msgspec.json.decode(parameters),
            started=started,
            ended=ended,
            inputs=inputs,
            failures=failed,
        )
        for run, kit, parameters, started, ended, inputs, failed in rows
    )


def put_outcomes(session: Session, outcomes: Iterable[Outcome]) -> None:
    """Acknowledge inputs, with their failures."""
    for outcome in outcomes:
        key = outcome.run, outcome.digest, outcome.input
        session.run(
            "insert into outcomes (run, digest, input, failed) values (?, ?, ?, ?) "
            "on conflict (run, digest, input) do update set failed = excluded.failed",
            (*key, int(outcome.failure is not None)),
        )
        session.many(
            "insert into outcome_reports (run, digest, input, report) "
            "values (?, ?, ?, ?) on conflict do nothing",
            [(*key, report) for report in outcome.reports],
        )
        session.run("delete from failures where input = ?", (outcome.input,))
        if outcome.failure:
            _put_failure(session, outcome.failure, outcome.digest)


def _put_failure(session: Session, failure: Failure, digest: str) -> None:
    session.run(
        "insert into failures (input, digest, reason, mend, time) "
        "values (?, ?, ?, ?, ?) "
        "on conflict (input) do update set digest = excluded.digest, "
        "reason = excluded.reason, mend = excluded.mend, time = excluded.time",
        (failure.input, digest, failure.reason, failure.mend, failure.time),
    )


def outcomes(session: Session, run_id: str, after: str | None) -> Page[Outcome]:
    """Return what the inputs of a run gave."""
    digest, name = read_cursor(after, str, str) or ("", "")
    rows = session.rows(
        "select o.digest, o.input, f.input, f.reason, f.mend, f.time "
        "from outcomes o left join failures f on o.failed = 1 and f.digest = o.digest "
        "and f.input = o.input "
        "where o.run = ? and (o.digest, o.input) > (?, ?) "
        "order by o.digest, o.input limit ?",
        (run_id, digest, name, MAX_LIMIT + 1),
    )
    reports = _reports(session, run_id, [row[0] for row in rows])
    found = [
        Outcome(
            run=run_id,
            input=name,
            digest=digest,
            reports=reports.get((digest, name), ()),
            failure=_failure(*failure) if failure[0] is not None else None,
        )
        for digest, name, *failure in rows
    ]
    return cut_page(found, MAX_LIMIT, lambda last: (last.digest, last.input))


def _reports(
    session: Session, run_id: str, digests: Sequence[str]
) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for chunk in in_chunks(digests):
        for digest, name, report in session.rows(
            "select digest, input, report from outcome_reports "
            f"where run = ? and digest in ({marks(chunk)}) order by report",
            (run_id, *chunk),
        ):
            found[digest, name] = (*found.get((digest, name), ()), report)
    return found


def acknowledged(session: Session, digests: Sequence[str]) -> frozenset[str]:
    """Return the inputs that gave their reports."""
    found: set[str] = set()
    for chunk in in_chunks(digests):
        sql = f"select digest from outcomes where digest in ({marks(chunk)})"
        found.update(
            digest for (digest,) in session.rows(f"{sql} and failed = 0", chunk)
        )
    return frozenset(found)


def failures(session: Session, after: str | None) -> Page[Failure]:
    """Return the inputs that gave no report."""
    (name,) = read_cursor(after, str) or ("",)
    rows = session.rows(
        "select input, reason, mend, time from failures where input > ? "
        "order by input limit ?",
        (name, MAX_LIMIT + 1),
    )
    return cut_page(
        [_failure(*row) for row in rows], MAX_LIMIT, lambda last: (last.input,)
    )


def forget(session: Session, report_id: str, keys: Iterable[str]) -> None:
    """Remove the inputs that gave a report and no other, by all of its names."""
    sql = "select distinct input from outcome_reports where report = ?"
    names = {*keys, *(name for (name,) in session.rows(sql, (report_id,)))}
    session.run("delete from outcome_reports where report = ?", (report_id,))
    sql = "select 1 from outcome_reports where input = ?"
    alone = [(name,) for name in sorted(names) if not session.rows(sql, (name,))]
    session.many("delete from outcomes where input = ?", alone)
    session.many("delete from failures where input = ?", alone)


def _failure(name: str, reason: str, mend: str, time: str) -> Failure:
    return Failure(input=name, reason=reason, mend=mend, time=time)
