"""The face of a project: all that other parts of sayso may ask of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, Self

from sayso.record import Event, Judgement, Link, Record, Statement, Verdict
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
)
from sayso.store.run import Added, Failure, Outcome, ProjectInfo, Raw, Run

EVERYTHING = Query()


class Store(Protocol):
    """One project; `sayso.store.projects.open_project` gives it.

    May be used from several threads, and one project from several processes. There is
    one writer at a time, the others wait for it; readers wait for nobody. What a
    method that writes has returned from outlives kill -9 and a loss of power. All
    times are given by the caller as ISO 8601 with the zone. Every method may raise
    StoreError: the disk is full, the file is damaged or read-only, the server is gone.

    Views have one order, newest report first, then the order of the text (timeline:
    first possible day; actors, places and map: most reports first; ledger and queue:
    as `Query.order` says), so that pages neither overlap nor leave gaps. Rows that
    people added stand in them behind those of the machine. `Query.where` takes these
    fields (* has a facet):

    | view | fields |
    |---|---|
    | reports | outlet* language* month* |
    | statements | stance* quote* basis* channel* voice* outlet* month* review* speaker about actor place report |
    | events | type* mode* status* country* outlet* month* review* happened actor place report |
    | links | kind* status* outlet* month* review* actor place report |
    | comments | author outlet* month* finding* report |
    | actors | kind* country* sector* name |
    | places | country* precision* name |

    `voice` is source, outlet or hearsay; `month` is that of publication, 2019-08, and
    `happened` that of the first possible day of an event;
    `finding` is point (part of a talking point), copy or burst; `name` is the
    beginning of a name; `speaker`, `about` and `actor` (either of them, or any
    part in an event or link) take ids of the project's actors, `place` of its places.
    """  # noqa: E501 - a table cannot be broken

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None:
        """End all connections; the store cannot be used after it."""
        ...

    def info(self) -> ProjectInfo:
        """Return what is in the project."""
        ...

    # Records

    def add_records(
        self,
        records: Iterable[Record],
        *,
        raw: Iterable[Raw] = (),
        outcomes: Iterable[Outcome] = (),
    ) -> Added:
        """Add a batch in one transaction: all of it is kept, or an error is raised.

        The same records added again, in another order, in other batches or from
        several processes give the same project. Of a report read twice the keys are
        joined and the comments merged by author, time and text; the rows are those of
        the newer kit (greater version of sayso, at a draw the one added later).
        Judgements stay; see `moved`.

        Args:
            records: Whole records; several may be of one report.
            raw: Originals of these records, to be kept with them.
            outcomes: What the inputs gave, failures included. They are acknowledged
                with the records or not at all.
        """
        ...

    def records(self, *, after: str | None = None) -> Iterator[Record]:
        """Give all records as merged, by report id, from one moment's state.

        Args:
            after: Id of the report after which to begin.
        """
        ...

    def record(self, report_id: str, *, added: bool = False) -> Record:
        """Return the record of a report; a StoreError if the project has none.

        Args:
            report_id: Of the report.
            added: With the rows that people added, behind those of the machine.
        """
        ...

    def raw(self, report_id: str) -> Raw | None:
        """Return the original of a report, if it was kept."""
        ...

    def delete(self, report_id: str) -> None:
        """Remove a report with all that comes from it, down to the bytes on the disk.

        Judgements, outcomes, failures and originals of it go too, and so do backups
        made by earlier migrations, which still hold it. Rewrites the whole file.
        """
        ...

    def finish_deletions(self) -> bool:
        """Rewrite the file if a deletion was cut off before that; tell if one was."""
        ...

    # Runs

    def start_run(self, run: Run) -> None:
        """Note that a run begins; once more with the same id does nothing."""
        ...

    def end_run(self, run_id: str, time: str) -> None:
        """Note that a run has come to its end."""
        ...

    def runs(self) -> tuple[Run, ...]:
        """Return all runs, newest first."""
        ...

    def outcomes(self, run_id: str, *, after: str | None = None) -> Page[Outcome]:
        """Return what the inputs of a run gave, by digest, 1,000 a page."""
        ...

    def acknowledged(self, digests: Sequence[str]) -> frozenset[str]:
        """Return those inputs that need not be read again: they gave their reports."""
        ...

    def failures(self, *, after: str | None = None) -> Page[Failure]:
        """Return the inputs that gave no report, by name, 1,000 a page.

        An input that later gives its reports, or the same input failing again,
        replaces the entry.
        """
        ...

    # Views

    def reports(self, query: Query = EVERYTHING) -> Page[ReportHead]:
        """Return reports, newest first."""
        ...

    def ledger(self, query: Query = EVERYTHING) -> Page[ClaimRow[Statement]]:
        """Return statements."""
        ...

    def events(self, query: Query = EVERYTHING) -> Page[ClaimRow[Event]]:
        """Return events with the voices behind them."""
        ...

    def links(self, query: Query = EVERYTHING) -> Page[ClaimRow[Link]]:
        """Return links with the voices behind them."""
        ...

    def comments(self, query: Query = EVERYTHING) -> Page[CommentRow]:
        """Return reader comments."""
        ...

    def facets(self, view: View, query: Query = EVERYTHING) -> Facets:
        """Return how many rows a query has in a view, in all and by each facet.

        Numbers are exact without conditions and below one condition on a facet;
        else as far as `COUNTED` rows go, and `exact` tells.
        """
        ...

    def search(self, query: Query) -> Page[Hit]:
        """Return articles and comments that have all words of `query.text`.

        Comments come after the article that they stand under.
        """
        ...

    def timeline(self, query: Query = EVERYTHING) -> Page[Moment]:
        """Return dated events by the first day that they may have happened."""
        ...

    def periods(self, query: Query = EVERYTHING) -> tuple[Period, ...]:
        """Return the months in order, with statements published and events told.

        Takes the conditions that statements and events share: outlet, month, review,
        actor, place, report.
        """
        ...

    def map(self, query: Query = EVERYTHING) -> tuple[PlaceRow, ...]:
        """Return places with coordinates where events of the query are, at most 1,000.

        The most events first; takes what the view events takes.
        """
        ...

    def network(self, query: Query = EVERYTHING) -> tuple[Edge, ...]:
        """Return the strongest ties among links of the query, at most 1,000.

        The most links first; takes what the view links takes.
        """
        ...

    def actors(self, query: Query = EVERYTHING) -> Page[ActorRow]:
        """Return the actors of the project, after merges and splits."""
        ...

    def actor(self, actor_id: str) -> ActorPage:
        """Return one actor; the id of one that was merged gives the one it is now."""
        ...

    def places(self, query: Query = EVERYTHING) -> Page[PlaceRow]:
        """Return the places of the project."""
        ...

    def place(self, place_id: str) -> PlacePage:
        """Return one place."""
        ...

    # Judgements

    def judge(self, judgements: Iterable[Judgement]) -> None:
        """Append decisions in one transaction; one that is there already is left.

        `sayso.store.judgements.decide` makes them. An undo has the id of the
        judgement undone as its target, and can be undone in turn. A merge has an actor
        or place of the project as its target and the id of the one that it becomes as
        its value; a split has an actor or place of the project as its target and, as
        its value, the list of [report id, row id] of those in single reports that are
        another one. Both have "" as their report. What is added or corrected has the
        form that `sayso.store.coding_forms` tells; quotes, spans and values are checked
        against the report, and one that does not fit is a StoreError.
        """
        ...

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
        """Confirm or reject every row of a query, in one transaction.

        Args:
            view: Statements, events or links.
            query: Its page is left out of account: all pages are meant.
            rows: What `facets` told and the user saw; a StoreError if the rows are not
                as many any more, so that nobody decides on what they have not seen.
            verdict: Confirm or reject.
            coder: Who decides.
            time: When.
            note: Why.
        """
        ...

    def judgements(
        self, report_id: str | None = None, *, in_force: bool = True
    ) -> tuple[Judgement, ...]:
        """Return the decisions on a report, or on the project, in order of arrival.

        Args:
            report_id: None gives all of them.
            in_force: False gives those that were undone, and the undoing, as well.
        """
        ...

    def queue(
        self, view: View, query: Query = EVERYTHING, *, coder: str | None = None
    ) -> Page[ClaimRow[Statement] | ClaimRow[Event] | ClaimRow[Link]]:
        """Return the rows to review, by doubt or by what hangs on them; see `Order`.

        Args:
            view: Statements, events or links.
            query: Which of them.
            coder: None gives rows that nobody has judged. A name gives rows that
                others have judged and this coder has not, without their judgements.
        """
        ...

    def moved(self) -> tuple[MovedJudgement, ...]:
        """Return judgements in force whose row is no longer found at its place."""
        ...

    def agreement(self, first: str, second: str) -> Agreement:
        """Return how far two coders agree on the rows that both judged as a whole."""
        ...
