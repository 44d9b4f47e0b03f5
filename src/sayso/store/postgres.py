"""A project as one schema of a PostgreSQL database: the same tables, for a team."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sayso.errors import StoreError
from sayso.store.database import Args, Rows, Term
from sayso.store.sqlite import own_script, split_script

if TYPE_CHECKING:
    import psycopg

KINDS = {
    "key": "bigint",
    "text": 'text collate "C"',  # orders as SQLite does
    "real": "double precision",
    "bytes": "bytea",
    "rows": "",
    "tree": "",
}
SCHEMES = ("postgresql://", "postgres://")
MAX_INDEXED = 500_000  # characters of one text: a tsvector holds 1 MB
EACH = 200
# To the last @: one that is not escaped is taken as a part of the password.
_LOGIN = re.compile(r"(?<=://)([^:@/?]*:)(.*)@", re.DOTALL)
_ASKED = re.compile(r"([?&](?:ssl)?password=)[^&]*")


def is_server(where: str | Path) -> bool:
    """Tell whether a project is meant that a PostgreSQL server keeps."""
    return str(where).startswith(SCHEMES)


def without_password(where: str | Path) -> str:
    """Return where a project is, as it can be shown to anybody."""
    if not is_server(where):
        return str(where)
    return _ASKED.sub(r"\1***", _LOGIN.sub(r"\1***@", str(where)))


class PostgresSession:
    """One transaction on a connection."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def rows(self, sql: str, args: Args = ()) -> Rows:
        """Return all rows of a query."""
        return self._connection.execute(_percent(sql), args).fetchall()

    def each(self, sql: str, args: Args = ()) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a query one by one."""
        with self._connection.cursor(name="each") as cursor:
            cursor.itersize = EACH
            yield from cursor.execute(_percent(sql), args)

    def run(self, sql: str, args: Args = ()) -> None:
        """Run one statement."""
        self._connection.execute(_percent(sql), args)

    def many(self, sql: str, rows: Iterable[Args]) -> None:
        """Run one statement for each row of values."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_percent(sql), rows)

    def unindexed(self, column: str) -> str:
        """Return the column: the planner here knows how frequent each value is."""
        return column

    def matches(self, table: str) -> str:
        """Return the condition that a row of words has what `?` looks for."""
        return f"{table}.words @@ to_tsquery('simple', ?)"

    def looked_for(self, terms: Sequence[Term]) -> str:
        """Return the value for the `?` of `matches`: all terms."""
        return " & ".join(
            "("
            + " <-> ".join(f"'{word}'" for word in words)
            + (":*)" if begins else ")")
            for words, begins in terms
        )

    def add_words(self, table: str, rows: Iterable[tuple[int, str]]) -> None:
        """Add row numbers and texts to a table of words."""
        self.many(
            f"insert into {table} (rowid, words) values (?, to_tsvector('simple', ?))",
            [(number, text[:MAX_INDEXED]) for number, text in rows],
        )

    def remove_words(self, table: str, rows: Iterable[tuple[int, str]]) -> None:
        """Remove row numbers from a table of words."""
        numbers = [(number,) for number, _ in rows]
        self.many(f"delete from {table} where rowid = ?", numbers)


class PostgresDatabase:
    """The first schema of the search path; readers and the writer have connections.

    Args:
        url: `postgresql://user@host/database`; another schema than `public` is chosen
            by `?options=-csearch_path%3Dname`.
        turn: What writers take turns on; those of another name do not wait for them.
    """

    def __init__(self, url: str, *, turn: str = "sayso") -> None:
        self._psycopg = _load()
        self._url = url
        self._turn_name = turn
        parts = self._parts(url)
        for secret in ("password", "sslpassword"):
            parts.pop(secret, None)
        self.location = self._psycopg.conninfo.make_conninfo("", **parts)
        self._turn = threading.RLock()
        self._spare: list[psycopg.Connection[Any]] = []
        with self._telling():
            self._writer = self._psycopg.connect(url)

    def _parts(self, url: str) -> dict[str, Any]:
        shown, login = without_password(url), _LOGIN.search(url)
        try:
            parts: dict[str, Any] = self._psycopg.conninfo.conninfo_to_dict(url)
        except self._psycopg.Error as error:
            # What it says may quote a part of the password.
            told = f": {str(error).strip()}" if shown == url else ""
            raise _no_address(f"{shown}{told}") from error
        if login and unquote(login[2]) != parts.get("password", ""):
            # The rest of it would be taken, and shown, as the name of the host.
            raise _no_address(shown)
        return parts

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except self._psycopg.Error as error:
            raise StoreError(
                f"{self.location}: {str(error).strip()}",
                mend="check that the server runs and lets you in; then try again",
            ) from error

    @contextmanager
    def reading(self) -> Iterator[PostgresSession]:
        """Give a session that sees the state of one moment and waits for nobody."""
        with self._telling():
            try:
                connection = self._spare.pop()
            except IndexError:
                connection = self._psycopg.connect(self._url)
                level = self._psycopg.IsolationLevel.REPEATABLE_READ
                connection.isolation_level = level
                connection.read_only = True
            try:
                yield PostgresSession(connection)
            finally:
                if connection.closed:
                    connection.close()
                else:
                    connection.rollback()
                    self._spare.append(connection)

    @contextmanager
    def writing(self) -> Iterator[PostgresSession]:
        """Give the one session that writes, once the others are done."""
        with self._turn, self._telling():
            if self._writer.closed:
                self._writer = self._psycopg.connect(self._url)
            with self._writer.transaction():
                self._writer.execute(
                    "select pg_advisory_xact_lock(hashtext(%s), "
                    "hashtext(current_schema()))",
                    (self._turn_name,),
                )
                yield PostgresSession(self._writer)

    def version(self) -> int:
        """Return the version of the tables, 0 if there are none."""
        with self.reading() as session:
            if not session.rows("select 1 where to_regclass('versions') is not null"):
                return 0
            number: int = session.rows("select max(version) from versions")[0][0]
            return number

    def script(self, shared: str, version: int) -> str:
        """Return the SQL of a migration in the words of PostgreSQL."""
        return Template(shared).substitute(KINDS) + own_script("postgres", version)

    def migrate(self, script: str, *, version: int) -> None:
        """Run a script and set the version, in one transaction."""
        with self.writing() as session:
            session.run("create table if not exists versions (version integer)")
            if session.rows("select 1 from versions where version >= ?", (version,)):
                return  # another process was faster
            for order in split_script(script):
                session.run(order)
            session.run("insert into versions values (?)", (version,))

    def back_up(self, version: int) -> str:
        """Copy all tables to a schema beside the project's; say which."""
        with self.writing() as session:
            (home,) = session.rows("select current_schema()")[0]
            copy = f"{home}_before_{version}"
            session.run(f'drop schema if exists "{copy}" cascade')
            session.run(f'create schema "{copy}"')
            for (table,) in session.rows(_TABLES):
                order = f'create table "{copy}"."{table}" as table "{home}"."{table}"'
                session.run(order)
        return f"schema {copy}"

    def scrub(self) -> None:
        """Rewrite the tables and drop backups; logs of the server are its keeper's."""
        with self.writing() as session:
            for (copy,) in session.rows(_COPIES):
                session.run(f'drop schema "{copy}" cascade')
            tables = [table for (table,) in session.rows(_TABLES)]
        with self._turn, self._telling():
            self._writer.autocommit = True
            try:
                for table in tables:
                    self._writer.execute(f'vacuum (full) "{table}"')
            finally:
                self._writer.autocommit = False

    def close(self) -> None:
        """End all connections."""
        for connection in (*self._spare, self._writer):
            connection.close()
        self._spare.clear()


_TABLES = "select tablename from pg_tables where schemaname = current_schema()"
_COPIES = (
    "select nspname from pg_namespace "
    "where starts_with(nspname, current_schema() || '_before_')"
)


def _no_address(told: str) -> StoreError:
    return StoreError(
        f"no address of a database: {told}",
        mend="write postgresql://user@host/database; in a password @ is %40, / is %2F, "
        "% is %25, or leave it to PGPASSWORD or ~/.pgpass",
    )


def _percent(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


def _load() -> Any:
    try:
        import psycopg
    except ImportError as error:
        raise StoreError(
            "PostgreSQL needs psycopg, which is not installed",
            mend="pip install 'sayso[postgres]'",
        ) from error
    return psycopg
