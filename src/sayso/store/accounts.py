"""Who may use a project of a team: accounts, and a log of what was done to them."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Self

import msgspec

from sayso.errors import StoreError, UsageError
from sayso.store.database import Session
from sayso.store.postgres import PostgresDatabase, is_server
from sayso.store.projects import open_project

ROLES = ("reader", "coder", "editor", "admin")
"""From the least to the most; `sayso.web.people.Role` tells what each may do."""
ADMIN = ROLES[-1]
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
"""Plain letters alone, so that no two names look alike under a decision."""
LOGGED = 100


class Act(StrEnum):
    """What the log tells of."""

    SIGN_IN = "signed in"
    SIGN_OUT = "signed out"
    ADD = "added"
    ROLE = "changed the role of"
    DISABLE = "disabled"
    ENABLE = "enabled"
    RESET = "reset the password of"
    PASSWORD = "changed the password of"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may sign in."""

    name: str
    role: str
    """One of `ROLES`."""
    password: str
    """Its hash."""
    own: bool = False
    """Chosen by the person; False: somebody else knows it, too."""
    disabled: bool = False
    made: str
    """ISO 8601 with the zone."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the log."""

    time: str
    """ISO 8601 with the zone."""
    who: str
    """Account, or the command that did it."""
    act: Act
    whom: str
    """Account that it was done to."""
    told: str = ""
    """The role, or the address that somebody came from."""


def open_accounts(where: str | Path) -> Accounts:
    """Return the accounts of a project, which is brought to the present tables first.

    Raises:
        UsageError: The project is a file.
        StoreError: It is not there, or of a newer sayso.
    """
    if not is_server(where):
        raise UsageError(
            f"{where} is a file; a team works on a PostgreSQL database",
            mend="read the reports into one: sayso ingest … --into postgresql://…",
        )
    open_project(where).close()
    # A turn of their own: who signs in does not wait for a batch of reports.
    return Accounts(PostgresDatabase(str(where), turn="sayso accounts"))


class Accounts:
    """The accounts of one project; may be used from several threads and processes.

    Accounts are disabled and not deleted: a name under decisions stays one person's.
    What a method has returned from is kept. Every method may raise StoreError.
    """

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database
        self.location = database.location

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all connections."""
        self._database.close()

    def find(self, name: str) -> Account | None:
        """Return the account of a name."""
        with self._database.reading() as session:
            rows = session.rows(f"{_SELECT} where name = ?", (name,))
        return _account(rows[0]) if rows else None

    def listed(self) -> tuple[Account, ...]:
        """Return all accounts by name."""
        with self._database.reading() as session:
            return tuple(map(_account, session.rows(f"{_SELECT} order by name")))

    def add(self, account: Account, *, who: str, time: str) -> None:
        """Add an account.

        Raises:
            UsageError: It has no such name or role as accounts may have.
            StoreError: The name is taken.
        """
        if not NAME.fullmatch(account.name):
            raise UsageError(
                f"{account.name[:60]!r} cannot be the name of a user",
                mend="take up to 40 of a-z 0-9 . _ - with a letter or digit first",
            )
        _check_role(account.role)
        values = msgspec.structs.astuple(account)
        with self._database.writing() as session:
            if session.rows("select 1 from accounts where name = ?", (account.name,)):
                raise StoreError(
                    f"there is a user {account.name} already",
                    mend="take another name; one that was disabled can be enabled",
                )
            session.run(
                f"insert into accounts ({_COLUMNS}) values (?, ?, ?, ?, ?, ?)",
                (*values[:3], int(account.own), int(account.disabled), account.made),
            )
            _note(session, time, who, Act.ADD, account.name, account.role)

    def set_role(self, name: str, role: str, *, who: str, time: str) -> None:
        """Give an account another role.

        Raises:
            StoreError: There is no such account, or no admin would be left.
        """
        _check_role(role)
        with self._database.writing() as session:
            _change(session, name, "role", role)
            _note(session, time, who, Act.ROLE, name, role)

    def disable(self, name: str, *, who: str, time: str) -> None:
        """Shut an account out; its sessions end at once.

        Raises:
            StoreError: There is no such account, or no admin would be left.
        """
        with self._database.writing() as session:
            _change(session, name, "disabled", 1)
            _note(session, time, who, Act.DISABLE, name)

    def enable(self, name: str, *, who: str, time: str) -> None:
        """Let an account in again.

        Raises:
            StoreError: There is no such account.
        """
        with self._database.writing() as session:
            _change(session, name, "disabled", 0)
            _note(session, time, who, Act.ENABLE, name)

    def set_password(
        self, name: str, password: str, *, own: bool, who: str, time: str
    ) -> None:
        """Keep the hash of another password; sessions of the account end at once.

        Args:
            name: Of the account.
            password: Its hash.
            own: The person has chosen it.
            who: Sets it.
            time: When.

        Raises:
            StoreError: There is no such account.
        """
        with self._database.writing() as session:
            _change(session, name, "password", password)
            _change(session, name, "own", int(own))
            _note(session, time, who, Act.PASSWORD if own else Act.RESET, name)

    def note(self, act: Act, name: str, *, time: str, told: str = "") -> None:
        """Note what somebody did on their own account."""
        with self._database.writing() as session:
            _note(session, time, name, act, name, told)

    def log(self) -> tuple[Entry, ...]:
        """Return the last `LOGGED` entries, newest first."""
        with self._database.reading() as session:
            rows = session.rows(
                "select time, who, act, whom, told from account_log "
                f"order by n desc limit {LOGGED}"
            )
        return tuple(
            Entry(time=time, who=who, act=Act(act), whom=whom, told=told)
            for time, who, act, whom, told in rows
        )


_COLUMNS = "name, role, password, own, disabled, made"
_SELECT = f"select {_COLUMNS} from accounts"


def _account(row: tuple[str, str, str, int, int, str]) -> Account:
    name, role, password, own, disabled, made = row
    return Account(
        name=name,
        role=role,
        password=password,
        own=bool(own),
        disabled=bool(disabled),
        made=made,
    )


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise UsageError(
            f"{role[:40]!r} is no role", mend=f"take one of {', '.join(ROLES)}"
        )


def _change(session: Session, name: str, column: str, value: str | int) -> None:
    """Change one column; an error, which takes it back, if it costs the last admin."""
    sql = f"update accounts set {column} = ? where name = ? returning name"
    if not session.rows(sql, (value, name)):
        raise StoreError(
            f"the team has no user {name[:60]!r}", mend="look at `sayso users list`"
        )
    sql = "select 1 from accounts where role = ? and disabled = 0"
    is_less = value not in (ADMIN, 0) and column in ("role", "disabled")
    if is_less and not session.rows(sql, (ADMIN,)):
        raise StoreError(
            f"without {name} the team would be without an admin",
            mend="make somebody else an admin first",
        )


def _note(
    session: Session, time: str, who: str, act: Act, whom: str, told: str = ""
) -> None:
    session.run(
        "insert into account_log (time, who, act, whom, told) values (?, ?, ?, ?, ?)",
        (time, who, act.value, whom, told),
    )
