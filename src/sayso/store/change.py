"""ROWS -> DATABASE: what differs between the old and the new rows of reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import msgspec

from sayso.store.database import Session, marks
from sayso.store.tables import COLUMNS, KEYS, TALLIED, Derived, Values

REPORT_COLUMNS = (
    *("report", "id", "key", "url", "outlet", "title", "published", "month"),
    *("language", "kit", "statements", "events", "links", "comments"),
)
OWNERS = {"A": "actors", "P": "places"}
"""Tables of what comes up across reports, by the letter of their ids."""
CHUNK = 5_000  # values of one `in (…)`; both databases take more
_TALLY_KEY = ("view", "field", "value", "other", "other_value")


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one report before and after; None: there are none."""

    number: int
    old: Derived | None
    new: Derived | None


def apply(session: Session, changes: Sequence[Change]) -> None:
    """Write what differs, and nothing else; counts follow."""
    _put_reports(session, changes)
    gone_words = [
        one for one in changes if one.old and _words(one.old) != _words(one.new)
    ]
    session.remove_words(
        "article_words", [(one.number, _words(one.old)) for one in gone_words]
    )
    _put_rows(session, changes)
    _put_comments(session, changes)
    session.add_words(
        "article_words",
        [
            (one.number, _words(one.new))
            for one in changes
            if one.new and _words(one.old) != _words(one.new)
        ],
    )
    _put_counts(session, changes)
    _put_owners(session, changes)
    gone = [(one.number,) for one in changes if one.new is None]
    session.many("delete from reports where report = ?", gone)


def in_chunks(values: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Give the values in pieces that one query can take, each value once."""
    left = sorted(set(values))
    for start in range(0, len(left), CHUNK):
        yield tuple(left[start : start + CHUNK])


def roots_of(session: Session, table: str, owners: Iterable[str]) -> dict[str, str]:
    """Return which actors or places those of the project are by decision of coders."""
    return {
        owner: root
        for chunk in in_chunks(owners)
        for owner, root in session.rows(
            f"select id, root from {table} where id in ({marks(chunk)})", chunk
        )
    }


def _words(rows: Derived | None) -> str:
    return rows.words if rows else ""


def _put_reports(session: Session, changes: Sequence[Change]) -> None:
    columns = ", ".join(REPORT_COLUMNS)
    renewed = ", ".join(f"{name} = excluded.{name}" for name in REPORT_COLUMNS[2:])
    session.many(
        f"insert into reports ({columns}) values ({marks(REPORT_COLUMNS)}) "
        f"on conflict (report) do update set {renewed}",
        [
            one.new.report
            for one in changes
            if one.new and (one.old is None or one.old.report != one.new.report)
        ],
    )


def _put_rows(session: Session, changes: Sequence[Change]) -> None:
    for table, columns in COLUMNS.items():
        keys = KEYS[table]
        places = [columns.index(key) for key in keys]
        gone: list[Values] = []
        fresh: list[Values] = []
        for change in changes:
            old = change.old.rows[table] if change.old else frozenset()
            new = change.new.rows[table] if change.new else frozenset()
            gone += [tuple(row[place] for place in places) for row in old - new]
            fresh += new - old
        same = " and ".join(f"{key} = ?" for key in keys)
        session.many(f"delete from {table} where {same}", gone)
        # In the order of the key, so that neighbours are written together.
        fresh.sort(key=lambda row: [str(row[place]) for place in places])
        named = ", ".join(columns)
        session.many(f"insert into {table} ({named}) values ({marks(columns)})", fresh)


def _put_comments(session: Session, changes: Sequence[Change]) -> None:
    gone, fresh = [], []
    for change in changes:
        old = set(change.old.comments) if change.old else set()
        new = set(change.new.comments) if change.new else set()
        gone += [(change.number, *comment) for comment in sorted(old - new)]
        fresh += [(change.number, *comment) for comment in sorted(new - old)]
    for number, n, _, _, text in gone:
        sql = "select word_row from comments where report = ? and n = ?"
        session.remove_words(
            "comment_words", [(session.rows(sql, (number, n))[0][0], text)]
        )
    sql = "delete from comments where report = ? and n = ?"
    session.many(sql, [comment[:2] for comment in gone])
    if fresh:
        last = session.rows("select coalesce(max(word_row), 0) from comments")[0][0]
        numbered = list(enumerate(fresh, last + 1))
        session.many(
            "insert into comments (report, n, word_row, author, finding) "
            "values (?, ?, ?, ?, ?)",
            [(*comment[:2], row, *comment[2:4]) for row, comment in numbered],
        )
        words = [(row, comment[4]) for row, comment in numbered]
        session.add_words("comment_words", words)


def _put_counts(session: Session, changes: Sequence[Change]) -> None:
    ties: Counter[tuple[str, str, str]] = Counter()
    denied: Counter[tuple[str, str, str]] = Counter()
    names: Counter[tuple[str, str, str]] = Counter()
    for sign, rows in _signed(changes):
        for tie, (links, no) in rows.ties.items():
            ties[tie] += sign * links
            denied[tie] += sign * no
        for name in rows.names:
            names[name] += sign
    _add(session, "tallies", _TALLY_KEY, ("rows_n",), _tally(changes))
    both = {tie: (count, denied[tie]) for tie, count in ties.items()}
    _add(session, "ties", ("from_id", "kind", "to_id"), ("links", "denied"), both)
    ones = {name: (count,) for name, count in names.items()}
    _add(session, "names", ("owner", "name"), ("reports",), ones, ("folded",))


def _signed(changes: Sequence[Change]) -> Iterator[tuple[int, Derived]]:
    for change in changes:
        if change.old:
            yield -1, change.old
        if change.new:
            yield 1, change.new


def _tally(changes: Sequence[Change]) -> dict[tuple[str, ...], tuple[int]]:
    """Return the counters that change: of each view, field, and pair of fields."""
    counts: Counter[tuple[str, ...]] = Counter()
    for sign, side in ((-1, "old"), (1, "new")):
        derived = [rows for one in changes if (rows := getattr(one, side))]
        for view, fields in TALLIED.items():
            values = [told for rows in derived for told in rows.tallies.get(view, ())]
            # By column: `Counter` counts a zip of two columns without a Python loop.
            columns = dict(zip(fields, zip(*values, strict=True), strict=bool(values)))
            for key, count in _pairs(view.value, len(values), columns):
                counts[key] += sign * count
    return {key: (count,) for key, count in counts.items() if count}


def _pairs(
    view: str, rows: int, columns: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], int]]:
    yield (view, "", "", "", ""), rows
    for field, values in columns.items():
        for value, count in Counter(values).items():
            yield (view, field, value, "", ""), count
    for (field, values), (other, others) in combinations(columns.items(), 2):
        for (value, other_value), count in Counter(
            zip(values, others, strict=True)
        ).items():
            yield (view, field, value, other, other_value), count


def _add(
    session: Session,
    table: str,
    key: tuple[str, ...],
    counters: tuple[str, ...],
    counts: Mapping[tuple[str, ...], tuple[int, ...]]
    | Mapping[tuple[str, str, str], tuple[int, ...]],
    also: tuple[str, ...] = (),
) -> None:
    """Add to counters, and drop the rows that come to nothing.

    Args:
        session: Where to.
        table: Of the counters.
        key: Its key columns.
        counters: Columns that are added to; the first at 0 or below drops the row.
        counts: What to add, by the values of `key` and `also`.
        also: Columns that follow from the key.
    """
    columns = (*key, *also, *counters)
    summed = ", ".join(
        f"{name} = {table}.{name} + excluded.{name}" for name in counters
    )
    moved = {row: more for row, more in sorted(counts.items()) if any(more)}
    session.many(
        f"insert into {table} ({', '.join(columns)}) values ({marks(columns)}) "
        f"on conflict ({', '.join(key)}) do update set {summed}",
        [(*row, *more) for row, more in moved.items()],
    )
    same = " and ".join(f"{name} = ?" for name in key)
    session.many(
        f"delete from {table} where {same} and {counters[0]} <= 0",
        [row[: len(key)] for row, more in moved.items() if more[0] < 0],
    )


def _put_owners(session: Session, changes: Sequence[Change]) -> None:
    for table, kind in (("actors", "statements"), ("places", "events")):
        fresh = {
            owner: values
            for change in changes
            if change.new
            for owner, values in getattr(change.new, table).items()
        }
        _put_new(session, table, fresh)
        counts = _count_owners(session, table, changes)
        session.many(
            f"update {table} set reports = reports + ?, {kind} = {kind} + ? "
            "where id = ?",
            [(*more, owner) for owner, more in counts.items() if any(more)],
        )
        renamed = _renamed(changes, table)
        register = "authority" if table == "actors" else "gazetteer_id"
        # By name alone an owner has one name; by register the longest is the clearest.
        session.many(
            f"update {table} set name = (select name from names where owner = id "
            "order by length(name) desc, name limit 1) "
            f"where id = ? and {register} is not null "
            "and exists (select 1 from names where owner = id)",
            [(owner,) for owner in renamed],
        )
        session.many(
            f"delete from {table} where id = ? "
            "and not exists (select 1 from appearances where owner = id)",
            [(owner,) for owner in _gone(changes, table)],
        )


_NEW_OWNER = {
    "actors": ("id", "root", "name", "kind", "country", "sector", "authority"),
    "places": (
        *("id", "root", "name", "country", "gazetteer_id", "lat", "lon", "precision"),
        "radius_km",
    ),
}
_OWNED = {"actors": ("reports", "statements"), "places": ("reports", "events")}


def _put_new(session: Session, table: str, fresh: Mapping[str, Values]) -> None:
    columns = (*_NEW_OWNER[table], *_OWNED[table])
    session.many(
        f"insert into {table} ({', '.join(columns)}) values ({marks(columns)}) "
        "on conflict (id) do nothing",
        # Each is its own root at first.
        [(owner, owner, *values, 0, 0) for owner, values in sorted(fresh.items())],
    )


def _count_owners(
    session: Session, table: str, changes: Sequence[Change]
) -> dict[str, tuple[int, int]]:
    """Return by how much reports and claims of each owner change."""
    owners = {owner for _, rows in _signed(changes) for owner in getattr(rows, table)}
    roots = roots_of(session, table, owners)
    reports: Counter[str] = Counter()
    claims: Counter[str] = Counter()
    for sign, rows in _signed(changes):
        for owner in {roots.get(owner, owner) for owner in getattr(rows, table)}:
            reports[owner] += sign
        made = rows.speaks if table == "actors" else rows.happens
        for owner, count in made.items():
            claims[roots.get(owner, owner)] += sign * count
    return {owner: (count, claims[owner]) for owner, count in sorted(reports.items())}


def _renamed(changes: Sequence[Change], table: str) -> list[str]:
    letter = table[0].upper()
    owners: set[str] = set()
    for change in changes:
        old = change.old.names if change.old else frozenset()
        new = change.new.names if change.new else frozenset()
        owners.update(name[0] for name in old ^ new if name[0].startswith(letter))
    return sorted(owners)


def _gone(changes: Sequence[Change], table: str) -> list[str]:
    owners: set[str] = set()
    for change in changes:
        if change.old:
            owners.update(getattr(change.old, table))
        if change.new:
            owners.difference_update(getattr(change.new, table))
    return sorted(owners)
