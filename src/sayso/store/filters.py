"""QUERY -> SQL: which rows, by which index; values are bound, names are ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from sayso.errors import UsageError
from sayso.store.database import Session, find_terms, marks
from sayso.store.identity import UNDATED, end_number, first_number
from sayso.store.query import MAX_LIMIT, Condition, Query, View
from sayso.store.tables import TALLIED

COLUMNS: Mapping[View, tuple[str, ...]] = {
    View.REPORTS: ("outlet", "language"),
    View.STATEMENTS: ("stance", "quote", "basis", "channel", "voice", "review"),
    View.EVENTS: ("type", "mode", "status", "country", "review", "happened"),
    View.LINKS: ("kind", "status", "review"),
    View.COMMENTS: ("author", "finding"),
}
"""Fields that are columns of the view's own table, which is `c` in all SQL."""
CLAIMS = (View.STATEMENTS, View.EVENTS, View.LINKS)
PARTS: Mapping[str, str] = {
    "speaker": " and speaks = 1",
    "about": " and about = 1",
    "actor": "",
    "place": "",
}
"""Fields that are somebody's part in a claim, and what the part must be."""
SMALL = 20_000
"""Rows that are sorted rather than looked for in the order of the view."""
MAX_REPORTS = 4_000
"""That are looked through at once for claims in reports with some words."""
RARE_REPORTS = 500
"""With some words, whose claims are sorted rather than met in the order of the view."""
NOWHERE = -1


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a query, as the parts of a `select`."""

    tables: tuple[str, ...]
    where: tuple[str, ...]
    args: tuple[object, ...]
    order: tuple[str, ...]
    """Columns of the order of the view."""
    words: tuple[str, str] | None = None
    """Condition on `article_words` and its value, where the words lead."""
    down: bool = False
    """Greatest values of the order's columns first."""

    def sql(self, columns: str, *, tail: str = "") -> str:
        """Return the query for some columns, unordered."""
        where = f" where {' and '.join(self.where)}" if self.where else ""
        # `cross join` keeps SQLite to our order of tables; PostgreSQL chooses its own.
        return f"select {columns} from {' cross join '.join(self.tables)}{where}{tail}"

    def whole(self) -> Selection:
        """Return the selection with the words as one of its tables."""
        if self.words is None:
            return self
        condition, value = self.words
        return replace(
            self,
            tables=("article_words", *self.tables),
            where=(condition, "c.report = article_words.rowid", *self.where),
            args=(value, *self.args),
            words=None,
        )

    def also(
        self,
        *where: str,
        args: Sequence[object] = (),
        tables: tuple[str, ...] = (),
    ) -> Selection:
        """Return the selection with more conditions and tables."""
        return replace(
            self,
            tables=(*self.tables, *(one for one in tables if one not in self.tables)),
            where=(*self.where, *where),
            args=(*self.args, *args),
        )

    def page(
        self, session: Session, limit: int, after: Sequence[Any] | None
    ) -> list[tuple[Any, ...]]:
        """Return the values of the order's columns of the next `limit + 1` rows."""
        if self.words and self.order[0] == "c.report":
            return self._page_of_words(session, limit, after)
        return self.whole()._page(session, limit, after)

    def _page_of_words(
        self, session: Session, limit: int, after: Sequence[Any] | None
    ) -> list[tuple[Any, ...]]:
        """Go from report to report: neither database streams a join of this kind."""
        condition, value = self.words or ("", "")
        bare = replace(self, words=None)
        rows: list[tuple[Any, ...]] = []
        start, size = after[0] if after else 0, limit + 1
        while len(rows) <= limit:
            found = session.rows(
                f"select rowid from article_words where {condition} and rowid >= ? "
                "order by rowid limit ?",
                (value, start, size),
            )
            if found:
                numbers = [number for (number,) in found]
                chosen = bare.also(f"c.report in ({marks(numbers)})", args=numbers)
                rows += chosen._page(session, limit, after)
                start = numbers[-1] + 1
            if len(found) < size:
                break
            size = min(4 * size, MAX_REPORTS)
        return rows[: limit + 1]

    def _page(
        self, session: Session, limit: int, after: Sequence[Any] | None
    ) -> list[tuple[Any, ...]]:
        named = ", ".join(self.order)
        sign, way = ("<", " desc") if self.down else (">", "")
        rest = self
        if after is not None:
            # The first column alone as well: not every index takes the other bound.
            rest = self.also(
                f"{self.order[0]} {sign}= ?",
                f"({named}) {sign} ({marks(self.order)})",
                args=(after[0], *after),
            )
        tail = f" order by {', '.join(name + way for name in self.order)} limit ?"
        return session.rows(rest.sql(named, tail=tail), (*rest.args, limit + 1))


def check(query: Query) -> Query:
    """Return the query if its limit and conditions can be met.

    Raises:
        UsageError: The limit is out of bounds, or a condition has no values.
    """
    if not 1 <= query.limit <= MAX_LIMIT:
        raise UsageError(
            f"a page of {query.limit} rows cannot be had",
            mend=f"ask for 1 to {MAX_LIMIT}",
        )
    for condition in query.where:
        if not condition.values:
            raise UsageError(
                f"the condition on {condition.field} has no values",
                mend="leave it out, or give the values that are meant",
            )
    return query


def select(
    session: Session,
    view: View,
    query: Query,
    *,
    order: tuple[str, ...] = ("report", "n"),
) -> Selection:
    """Return the rows of a query, driven by its most telling condition.

    Args:
        session: To look up how frequent values are.
        view: Whose rows; not actors or places.
        query: Which of them.
        order: Columns of the view's table that the rows shall be ordered by.
    """
    return _Selecting(session, view, check(query), order).select()


class _Selecting:
    def __init__(
        self, session: Session, view: View, query: Query, order: tuple[str, ...]
    ) -> None:
        self.session = session
        self.view = view
        self.query = query
        self.is_usual = order in (("report", "n"), ("report",))
        self.order = tuple(f"c.{name}" for name in order)
        self.tables: list[str] = []
        self.words: tuple[str, str] | None = None
        self.where: list[str] = []
        self.args: list[object] = []

    def select(self) -> Selection:
        driver = self._driver()
        for condition in self.query.where:
            self._add_condition(condition, is_driver=condition is driver)
        self._add_text(is_driver=driver is None and not self._is_in_report())
        self._add_days()
        return Selection(
            tables=(*self.tables, *self._own()),
            where=tuple(self.where),
            args=tuple(self.args),
            order=self.order,
            words=self.words,
        )

    def _own(self) -> tuple[str, ...]:
        own = f"{self.view.value} c"
        return () if own in self.tables else (own,)

    def _is_in_report(self) -> bool:
        return any(one.field == "report" for one in self.query.where)

    def _driver(self) -> Condition | None:
        """Return the condition whose index leads; None: text, or the view's order."""
        if self._is_in_report():
            return None
        parts = [one for one in self.query.where if one.field in PARTS]
        if parts:
            return parts[0]
        if self.query.text is not None:
            return None
        counted = [
            (self._frequency(one), number, one)
            for number, one in enumerate(self.query.where)
            if one.field in TALLIED[self.view] and one.field != "month"
        ]
        if not counted:
            return None
        rows, _, rarest = min(counted)
        # The index of reviews goes by doubt, so rows of one review have to be sorted.
        in_order = self.is_usual and rarest.field != "review"
        streams = in_order and len(rarest.values) == 1
        return rarest if streams or rows <= SMALL else None

    def _frequency(self, condition: Condition) -> int:
        rows = self.session.rows(
            "select coalesce(sum(rows_n), 0) from tallies where view = ? and field = ? "
            f"and other = '' and value in ({marks(condition.values)})",
            (self.view.value, condition.field, *condition.values),
        )
        return int(rows[0][0])

    def _add(self, where: str, args: Iterable[object]) -> None:
        self.where.append(where)
        self.args.extend(args)

    def _add_condition(self, condition: Condition, *, is_driver: bool) -> None:
        field, values = condition.field, condition.values
        if field in COLUMNS[self.view]:
            self._add_column(f"c.{field}", values, is_driver=is_driver)
        elif field == "outlet" and self.view is not View.REPORTS:
            self._join_reports(is_driver=is_driver)
            self._add_column("p.outlet", values, is_driver=is_driver)
        elif field == "month":
            self._add_months(values)
        elif field in PARTS and self.view in CLAIMS and self._takes(field):
            self._add_part(field, values, is_driver=is_driver)
        elif field == "report" and self.view is not View.REPORTS:
            self._add_reports(values)
        else:
            raise unknown_field(self.view, field)

    def _takes(self, field: str) -> bool:
        return self.view is View.STATEMENTS or field not in ("speaker", "about")

    def _add_column(
        self, column: str, values: tuple[str, ...], *, is_driver: bool
    ) -> None:
        told = column if is_driver else self.session.unindexed(column)
        self._add(f"{told} {_one_of(values)}", values)

    def _join_reports(self, *, is_driver: bool) -> None:
        if is_driver:
            self.tables.insert(0, "reports p")
            if self.is_usual:
                self.order = ("p.report", *self.order[1:])
        else:
            self.tables += [*self._own(), "reports p"]
        self._add("p.report = c.report", ())

    def _add_months(self, values: tuple[str, ...]) -> None:
        ranges = [self._month(value) for value in values]
        told = " or ".join("(c.report >= ? and c.report < ?)" for _ in ranges)
        self._add(f"({told})", [bound for pair in ranges for bound in pair])

    def _month(self, value: str) -> tuple[int, int]:
        if not value:
            return UNDATED, 2 * UNDATED
        first = _day(f"{value}-01", "month", "2019-08")
        next_month = (first + timedelta(days=31)).replace(day=1)
        return first_number(next_month - timedelta(days=1)), end_number(first)

    def _add_days(self) -> None:
        if self.query.since is not None:
            since = _day(self.query.since, "first day", "2019-08-14")
            self._add("c.report < ?", (end_number(since),))
        if self.query.until is not None:
            until = _day(self.query.until, "last day", "2019-08-14")
            self._add("c.report >= ?", (first_number(until),))
            if self.query.since is None:
                self._add("c.report < ?", (UNDATED,))

    def _add_reports(self, values: tuple[str, ...]) -> None:
        sql = f"select report from reports where id in ({marks(values)})"
        numbers = [row[0] for row in self.session.rows(sql, values)] or [NOWHERE]
        self._add(f"c.report {_one_of(numbers)}", numbers)

    def _add_part(
        self, field: str, values: tuple[str, ...], *, is_driver: bool
    ) -> None:
        table = "places" if field == "place" else "actors"
        owners = members(self.session, table, values)
        part = f"owner {_one_of(owners)} and claim = '{self.view.value}'{PARTS[field]}"
        if not is_driver:
            self._add(
                f"exists (select 1 from parts where {part} "
                "and report = c.report and n = c.n)",
                owners,
            )
            return
        # Two of its actors can have a part in one claim, which then stands once.
        rows = "distinct report, n" if len(owners) > 1 else "report, n"
        if len(owners) > 1:
            self.tables.insert(0, f"(select {rows} from parts where {part}) d")
            # The values stand before all others, as the table does.
            self.args[:0] = owners
        else:
            self.tables.insert(0, "parts d")
            self._add(part, owners)
        self._add("c.report = d.report and c.n = d.n", ())
        if self.is_usual:
            self.order = ("d.report", "d.n")

    def _add_text(self, *, is_driver: bool) -> None:
        if self.query.text is None:
            return
        terms = find_terms(self.query.text)
        if not terms:
            raise UsageError(
                f"there is no word in {self.query.text!r}",
                mend="give words to look for, or leave them out",
            )
        by_comment = self.view is View.COMMENTS
        words = "comment_words" if by_comment else "article_words"
        column = "c.word_row" if by_comment else "c.report"
        condition, value = self.session.matches(words), self.session.looked_for(terms)
        is_driver = is_driver and not by_comment
        if is_driver and (self.is_usual or self._are_rare(condition, value)):
            self.words = condition, value
            return
        rows = f"select {words}.rowid from {words} where {condition}"
        self._add(f"{column} in ({rows})", (value,))

    def _are_rare(self, condition: str, value: str) -> bool:
        """Tell whether the rows of all reports with the words are soon sorted."""
        some = f"select 1 from article_words where {condition} limit ?"
        found = self.session.rows(some, (value, RARE_REPORTS + 1))
        return len(found) <= RARE_REPORTS


def members(session: Session, table: str, owners: Sequence[str]) -> tuple[str, ...]:
    """Return all actors or places that coders take for one of these, and these."""
    rows = session.rows(
        f"select id from {table} where root in "
        f"(select root from {table} where id in ({marks(owners)})) order by id",
        owners,
    )
    return tuple(owner for (owner,) in rows) or tuple(owners)


def unknown_field(view: View, field: str) -> UsageError:
    """Return the error that a view has no such field."""
    return UsageError(
        f"the view {view.value} has no condition {field!r}",
        mend="take one of those that `sayso.store.base.Store` lists",
    )


def _one_of(values: Sequence[object]) -> str:
    return "= ?" if len(values) == 1 else f"in ({marks(values)})"


def _day(text: str, what: str, example: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is not a {what}", mend=f"write it as {example}"
        ) from error
