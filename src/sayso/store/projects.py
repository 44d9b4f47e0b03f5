"""Opens projects; what each method does is told in `base.Store`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from sayso.errors import StoreError, UsageError
from sayso.record import Event, Judgement, Link, Record, Statement, Verdict
from sayso.store import (
    claims,
    counts,
    journal,
    registers,
    reviews,
    shelf,
    texts,
    writing,
)
from sayso.store.base import EVERYTHING, Store
from sayso.store.coding import with_added
from sayso.store.database import Database, Session
from sayso.store.filters import CLAIMS, select
from sayso.store.judgements import decide
from sayso.store.migrations import load_migrations, migrate
from sayso.store.postgres import PostgresDatabase, is_server
from sayso.store.query import Facets, Page, Query, View
from sayso.store.rows import (
    ActorPage,
    ActorRow,
    Agreement,
    ClaimRow,
    CommentRow,
    Edge,
    Hit,
    Moment,
    MovedJudgement,
    Period,
    PlacePage,
    PlaceRow,
    ReportHead,
    Review,
)
from sayso.store.run import Added, Failure, Outcome, ProjectInfo, Raw, Run
from sayso.store.sqlite import SqliteDatabase

_BULK = (Verdict.CONFIRM, Verdict.REJECT)


def open_project(where: str | Path, *, create: bool = False) -> Store:
    """Return the project at a path or a `postgresql://` URL.

    An older one is brought to the present tables first, after a backup beside it.

    Args:
        where: A file, or the URL of a database.
        create: Make the project if it is not there.

    Raises:
        StoreError: It is not there, is no project, is damaged, or is of a newer sayso.
    """
    database = _connect(where, create=create)
    try:
        if not create and database.version() == 0:
            raise _missing(database.location)
        migrate(database, load_migrations())
    except BaseException:
        database.close()
        raise
    return _Project(database)


def create_project(where: str | Path) -> Store:
    """Return a new, empty project.

    Raises:
        StoreError: There is one already.
    """
    database = _connect(where, create=True)
    if database.version() > 0:
        database.close()
        raise StoreError(
            f"{database.location} is there already",
            mend="open it, or choose another name",
        )
    database.close()
    return open_project(where, create=True)


def _connect(where: str | Path, *, create: bool) -> Database:
    if is_server(where):
        return PostgresDatabase(str(where))
    path = Path(where)
    if not create and not path.exists():
        raise _missing(str(path))
    return SqliteDatabase(path, create=create)


def _missing(location: str) -> StoreError:
    return StoreError(
        f"there is no project at {location}",
        mend="check the name, or make one with `sayso ingest … --into`",
    )


class _Project(Store):
    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    def info(self) -> ProjectInfo:
        version = self._database.version()
        with self._database.reading() as session:
            rows = {
                view: counts.count_rows(session, view) for view in View if view in _KEPT
            }
            return ProjectInfo(
                location=self._database.location,
                version=version,
                reports=rows[View.REPORTS],
                statements=rows[View.STATEMENTS],
                events=rows[View.EVENTS],
                links=rows[View.LINKS],
                comments=rows[View.COMMENTS],
                open=sum(
                    counts.count_rows(session, view, field="review", value=Review.OPEN)
                    for view in CLAIMS
                ),
                failures=session.rows("select count(*) from failures")[0][0],
                judgements=session.rows("select count(*) from judgements")[0][0],
            )

    def add_records(
        self,
        records: Iterable[Record],
        *,
        raw: Iterable[Raw] = (),
        outcomes: Iterable[Outcome] = (),
    ) -> Added:
        with self._database.writing() as session:
            return writing.add(session, records, raw, outcomes)

    def records(self, *, after: str | None = None) -> Iterator[Record]:
        with self._database.reading() as session:
            for shelved in shelf.load_all(session, after):
                yield shelved.record

    def record(self, report_id: str, *, added: bool = False) -> Record:
        with self._database.reading() as session:
            shelved = shelf.load(session, [report_id]).get(report_id)
            if shelved is None:
                raise _no_report(report_id)
            if not added:
                return shelved.record
            told = shelf.judgements_of(session, [report_id]).get(report_id, ())
            return with_added(shelved.record, told)

    def raw(self, report_id: str) -> Raw | None:
        with self._database.reading() as session:
            return writing.raw_of(session, report_id)

    def delete(self, report_id: str) -> None:
        with self._database.writing() as session:
            if not writing.remove(session, report_id):
                raise _no_report(report_id)
        self.finish_deletions()

    def finish_deletions(self) -> bool:
        with self._database.reading() as session:
            is_due = writing.is_scrub_due(session)
        if is_due:
            self._database.scrub()
            with self._database.writing() as session:
                session.run("delete from chores where name = ?", (writing.SCRUB,))
        return is_due

    def start_run(self, run: Run) -> None:
        with self._database.writing() as session:
            journal.put_run(session, run)

    def end_run(self, run_id: str, time: str) -> None:
        with self._database.writing() as session:
            journal.end_run(session, run_id, time)

    def runs(self) -> tuple[Run, ...]:
        with self._database.reading() as session:
            return journal.runs(session)

    def outcomes(self, run_id: str, *, after: str | None = None) -> Page[Outcome]:
        with self._database.reading() as session:
            return journal.outcomes(session, run_id, after)

    def acknowledged(self, digests: Sequence[str]) -> frozenset[str]:
        with self._database.reading() as session:
            return journal.acknowledged(session, digests)

    def failures(self, *, after: str | None = None) -> Page[Failure]:
        with self._database.reading() as session:
            return journal.failures(session, after)

    def reports(self, query: Query = EVERYTHING) -> Page[ReportHead]:
        with self._database.reading() as session:
            return texts.reports(session, query)

    def ledger(self, query: Query = EVERYTHING) -> Page[ClaimRow[Statement]]:
        return self._claims(View.STATEMENTS, query)

    def events(self, query: Query = EVERYTHING) -> Page[ClaimRow[Event]]:
        return self._claims(View.EVENTS, query)

    def links(self, query: Query = EVERYTHING) -> Page[ClaimRow[Link]]:
        return self._claims(View.LINKS, query)

    def _claims(self, view: View, query: Query) -> Page[ClaimRow[Any]]:
        with self._database.reading() as session:
            return claims.page(session, view, query)

    def comments(self, query: Query = EVERYTHING) -> Page[CommentRow]:
        with self._database.reading() as session:
            return texts.comments(session, query)

    def facets(self, view: View, query: Query = EVERYTHING) -> Facets:
        with self._database.reading() as session:
            if view in (View.ACTORS, View.PLACES):
                return registers.facets(session, view, query)
            return counts.facets(session, view, query)

    def search(self, query: Query) -> Page[Hit]:
        with self._database.reading() as session:
            return texts.search(session, query)

    def timeline(self, query: Query = EVERYTHING) -> Page[Moment]:
        with self._database.reading() as session:
            return claims.timeline(session, query)

    def periods(self, query: Query = EVERYTHING) -> tuple[Period, ...]:
        with self._database.reading() as session:
            return counts.periods(session, query)

    def map(self, query: Query = EVERYTHING) -> tuple[PlaceRow, ...]:
        with self._database.reading() as session:
            return registers.marks_on_map(session, query)

    def network(self, query: Query = EVERYTHING) -> tuple[Edge, ...]:
        with self._database.reading() as session:
            return registers.network(session, query)

    def actors(self, query: Query = EVERYTHING) -> Page[ActorRow]:
        with self._database.reading() as session:
            return registers.actors(session, query)

    def actor(self, actor_id: str) -> ActorPage:
        with self._database.reading() as session:
            return registers.actor(session, actor_id)

    def places(self, query: Query = EVERYTHING) -> Page[PlaceRow]:
        with self._database.reading() as session:
            return registers.places(session, query)

    def place(self, place_id: str) -> PlacePage:
        with self._database.reading() as session:
            return registers.place(session, place_id)

    def judge(self, judgements: Iterable[Judgement]) -> None:
        with self._database.writing() as session:
            reviews.append(session, judgements)

    def judge_matching(
        self,
        view: View,
        query: Query,
        *,
        rows: int,
        verdict: Verdict,
        coder: str,
        time: str,
        note: str | None = None,
    ) -> int:
        if verdict not in _BULK or view not in CLAIMS:
            raise UsageError(
                f"{verdict.value} cannot be said of many {view.value} at once",
                mend="confirm or reject statements, events or links",
            )
        with self._database.writing() as session:
            found = _matching(session, view, query)
            if len(found) != rows:
                raise StoreError(
                    f"the filter has {len(found)} rows by now, not {rows}",
                    mend="look at the rows again, then decide",
                )
            reviews.append(
                session,
                [
                    decide(record, row, verdict, coder=coder, time=time, note=note)
                    for record, row in found
                ],
            )
            return len(found)

    def judgements(
        self, report_id: str | None = None, *, in_force: bool = True
    ) -> tuple[Judgement, ...]:
        with self._database.reading() as session:
            return reviews.judgements(session, report_id, in_force=in_force)

    def queue(
        self, view: View, query: Query = EVERYTHING, *, coder: str | None = None
    ) -> Page[ClaimRow[Any]]:
        with self._database.reading() as session:
            return claims.queue(session, view, query, coder)

    def moved(self) -> tuple[MovedJudgement, ...]:
        with self._database.reading() as session:
            return reviews.moved(session)

    def agreement(self, first: str, second: str) -> Agreement:
        with self._database.reading() as session:
            return reviews.agreement(session, first, second)


_KEPT = (View.REPORTS, *CLAIMS, View.COMMENTS)


def _matching(session: Session, view: View, query: Query) -> list[tuple[Record, str]]:
    chosen = select(session, view, query).whole()
    rows = session.rows(chosen.sql("c.report, c.id"), chosen.args)
    records = shelf.load_coded(session, (number for number, _ in rows))
    return [(records[number], row) for number, row in rows]


def _no_report(report_id: str) -> StoreError:
    return StoreError(
        f"the project has no report {report_id}",
        mend="take the id of a report that the view reports lists",
    )
