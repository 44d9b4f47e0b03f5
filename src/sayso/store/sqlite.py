"""A project as one SQLite file: WAL, synced at each commit, words in FTS5."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from sayso.errors import StoreError
from sayso.store.database import Args, Rows, Term

APPLICATION_ID = 0x73617973  # "says": tells a project from other SQLite files
BUSY_MS = 30_000
READER_CACHE_KIB = 16_384
WRITER_CACHE_KIB = 65_536
KINDS = {
    "key": "integer",
    "text": "text",
    "real": "real",
    "bytes": "blob",
    "rows": " strict",
    "tree": " strict, without rowid",
}
_RESTORE = "restore the latest backup, and keep the damaged file for rescue"
_MENDS = (
    ("locked", "another process is writing: wait for it, then try again"),
    ("readonly", "make file and folder writable, or work on a copy"),
    ("disk is full", "free some space: what was acknowledged is kept; then try again"),
    ("malformed", _RESTORE),
    ("decompressing", _RESTORE),
    ("decode to UTF-8", _RESTORE),
    ("not a database", "give a project that sayso made"),
    (
        "unable to open",
        "make file and folder writable (reading needs that, too), or work on a copy",
    ),
    ("disk I/O", "check disk and cable; then open the project again"),
)
_LEAST_FREE = 1 << 18
"""Bytes of a disk; with less, even a reader has no room for the index of the log."""


class SqliteSession:
    """One transaction on a connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, args: Args = ()) -> Rows:
        """Return all rows of a query."""
        return self._connection.execute(sql, args).fetchall()

    def each(self, sql: str, args: Args = ()) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a query one by one."""
        # `yield from` would close the cursor, after an error later than the connection.
        for row in self._connection.execute(sql, args):  # noqa: UP028
            yield row

    def run(self, sql: str, args: Args = ()) -> None:
        """Run one statement."""
        self._connection.execute(sql, args)

    def many(self, sql: str, rows: Iterable[Args]) -> None:
        """Run one statement for each row of values."""
        self._connection.executemany(sql, rows)

    def unindexed(self, column: str) -> str:
        """Return a column such that no index is tried for the condition on it."""
        return f"+{column}"

    def matches(self, table: str) -> str:
        """Return the condition that a row of words has what `?` looks for."""
        return f"{table} match ?"

    def looked_for(self, terms: Sequence[Term]) -> str:
        """Return the value for the `?` of `matches`: all terms."""
        return " AND ".join(
            f'"{" ".join(words)}"' + (" *" if begins else "") for words, begins in terms
        )

    def add_words(self, table: str, rows: Iterable[tuple[int, str]]) -> None:
        """Add row numbers and texts to a table of words."""
        self.many(f"insert into {table} (rowid, words) values (?, ?)", rows)

    def remove_words(self, table: str, rows: Iterable[tuple[int, str]]) -> None:
        """Remove row numbers from a table of words; needs the texts they came with."""
        order = f"insert into {table} ({table}, rowid, words) values ('delete', ?, ?)"
        self.many(order, rows)


class SqliteDatabase:
    """One file; readers have connections of their own, writers take turns on one.

    Args:
        path: The file.
        create: Make it if it is not there.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.location = str(path)
        self._path = path
        self._turn = threading.RLock()
        self._spare: list[sqlite3.Connection] = []
        with self._telling():
            self._writer = self._connect(WRITER_CACHE_KIB, create=create)
            self._check(create)

    def _check(self, create: bool) -> None:
        is_new = _number(self._writer, "schema_version") == 0
        if create and is_new:
            self._writer.execute(f"pragma application_id = {APPLICATION_ID}")
        elif _number(self._writer, "application_id") != APPLICATION_ID:
            raise StoreError(
                f"{self.location} is not a project", mend="give one that sayso made"
            )
        self._writer.execute("pragma journal_mode = wal")

    def _connect(self, cache_kib: int, *, create: bool = False) -> sqlite3.Connection:
        mode = "rwc" if create else "rw"
        connection = sqlite3.connect(
            f"{self._path.resolve().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,  # sessions pass between threads, one at a time
        )
        connection.execute(f"pragma busy_timeout = {BUSY_MS}")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma secure_delete = on")
        connection.execute("pragma temp_store = memory")
        connection.execute(f"pragma cache_size = -{cache_kib}")
        return connection

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, zlib.error) as error:
            told = str(error)
            if "disk I/O" in told and self._is_disk_full():
                told = "database or disk is full"  # which only some calls say
            mends = (mend for sign, mend in _MENDS if sign in told)
            mend = next(mends, "please report this fault")
            raise StoreError(f"{self.location}: {told}", mend=mend) from error

    def _is_disk_full(self) -> bool:
        return shutil.disk_usage(self._path.parent).free < _LEAST_FREE

    @contextmanager
    def reading(self) -> Iterator[SqliteSession]:
        """Give a session that sees the state of one moment and waits for nobody."""
        with self._telling():
            try:
                connection = self._spare.pop()
            except IndexError:
                connection = self._connect(READER_CACHE_KIB)
            connection.execute("begin")
            try:
                yield SqliteSession(connection)
            finally:
                connection.rollback()
                self._spare.append(connection)

    @contextmanager
    def writing(self) -> Iterator[SqliteSession]:
        """Give the one session that writes, once the others are done."""
        with self._turn, self._telling():
            self._writer.execute("begin immediate")
            try:
                yield SqliteSession(self._writer)
                self._writer.execute("commit")
            finally:
                if self._writer.in_transaction:
                    self._writer.rollback()

    def version(self) -> int:
        """Return the version of the tables, 0 if there are none."""
        with self._telling():
            return _number(self._writer, "user_version")

    def script(self, shared: str, version: int) -> str:
        """Return the SQL of a migration in the words of SQLite."""
        return Template(shared).substitute(KINDS) + own_script("sqlite", version)

    def migrate(self, script: str, *, version: int) -> None:
        """Run a script and set the version, in one transaction."""
        with self.writing() as session:
            if _number(self._writer, "user_version") >= version:
                return  # another process was faster
            for order in split_script(script):
                session.run(order)
            session.run(f"pragma user_version = {version:d}")

    def back_up(self, version: int) -> str:
        """Copy the file beside itself before it gets a version; say where it is."""
        path = self._path.with_name(f"{self._path.name}.before-{version}.backup")
        draft = path.with_name(f"{path.name}.part")
        # Held against others that bring it forward, too; reading goes on beside it.
        with self.writing():
            if _number(self._writer, "user_version") < version:
                draft.unlink(missing_ok=True)
                reader = self._connect(READER_CACHE_KIB)
                with closing(reader), closing(sqlite3.connect(draft)) as copy:
                    reader.backup(copy)
                draft.replace(path)
        return str(path)

    def scrub(self) -> None:
        """Rewrite the file so that nothing deleted is left; remove older backups."""
        with self._turn, self._telling():
            for table in ("article_words", "comment_words"):
                # Merging all of its parts drops the words that were taken out.
                order = f"insert into {table} ({table}) values ('optimize')"
                self._writer.execute(order)
            self._writer.execute("vacuum")
            busy, *_ = self._writer.execute(
                "pragma wal_checkpoint(truncate)"
            ).fetchone()
        for copy in self._path.parent.glob(f"{self._path.name}.before-*.backup*"):
            copy.unlink()
        if busy:
            raise StoreError(
                f"{self.location}: the report is deleted, but a reader still holds the "
                "log file that has its bytes",
                mend="close other windows and commands on this project; repeat",
            )

    def close(self) -> None:
        """End all connections."""
        for connection in (*self._spare, self._writer):
            connection.close()
        self._spare.clear()


def split_script(script: str) -> list[str]:
    """Return the statements of a script without its comments."""
    lines = (line.partition("--")[0] for line in script.splitlines())
    orders = "\n".join(lines).split(";")
    return [order.strip() for order in orders if order.strip()]


def own_script(folder: str, version: int) -> str:
    """Return the SQL that only one of the databases runs for a version."""
    home = files("sayso") / "data" / "sql" / folder
    own = [path for path in home.iterdir() if path.name.startswith(f"{version:04d}_")]
    return "".join("\n" + path.read_text(encoding="utf-8") for path in own)


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    number: int = connection.execute(f"pragma {pragma}").fetchone()[0]
    return number
