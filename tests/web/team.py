"""A team's reader on PostgreSQL, and browsers of people with an account in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.testclient import TestClient

from sayso.store.accounts import Account, Accounts, open_accounts
from sayso.store.base import Store
from sayso.store.projects import create_project
from sayso.web.app import create_team_app
from sayso.web.team.door import TeamDoor
from sayso.web.team.passwords import Passwords
from sayso.web.team.site import Site, find_site
from tests.export.raid import raid_record
from tests.store.places import make_place
from tests.web.browser import hosting
from tests.web.conftest import fill

HOST = "reader.example.org"
BASE = f"https://{HOST}"
OWN = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
SITE = Site(hosts=(HOST,), port=8321, https=True)
COOKIE = SITE.cookie
PASSWORDS = Passwords(passes=1, memory_kib=64)
"""Quick ones; with those of a real team the tests would take minutes."""
PASSWORD = "four quiet harbour gulls"
OTHER = "seven slow river ferries"
RECORD = raid_record()
ROW = {
    "report": RECORD.report.id,
    "target": RECORD.statements[0].id,
    "verdict": "confirm",
}
"""The form that confirms a statement."""
TIME = "2026-01-01T10:00:00+00:00"
PEOPLE = {"ada": "admin", "eda": "editor", "ben": "coder", "rea": "reader"}


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now


class Team:
    """A reader with its store, accounts and clock."""

    def __init__(self, store: Store, accounts: Accounts, clients: ExitStack) -> None:
        self.store = store
        self.accounts = accounts
        self.clock = Clock()
        self.app = self.new_app()
        self._clients = clients

    def new_app(self) -> FastAPI:
        """Return the reader as a new start of the command serves it."""
        return create_team_app(
            self.store, self.accounts, SITE, passwords=PASSWORDS, clock=self.clock
        )

    def browser(self, *, address: str = "192.0.2.7") -> TestClient:
        """Return a browser in which nobody has signed in."""
        client = TestClient(
            self.app, base_url=BASE, headers=OWN, client=(address, 50_000)
        )
        return self._clients.enter_context(client)

    def sign_in(self, client: TestClient, name: str) -> None:
        """Open a session of somebody in a browser, as signing in does."""
        account = self.accounts.find(name)
        assert account is not None
        door: TeamDoor = self.app.state.door
        reply = Response()
        door.renew(reply, name, account.password)
        value = reply.headers["set-cookie"].partition("=")[2].partition(";")[0]
        client.cookies.set(COOKIE, value, domain=HOST)

    def signed_in(self, name: str) -> TestClient:
        """Return a browser in which somebody has signed in."""
        client = self.browser()
        self.sign_in(client, name)
        return client


@contextmanager
def open_team(folder: Path) -> Iterator[Team]:
    """Give a team on a project with five reports; needs a server."""
    with ExitStack() as stack:
        place = stack.enter_context(make_place("postgres", folder))
        store = stack.enter_context(create_project(place))
        fill(store)
        accounts = stack.enter_context(open_accounts(place))
        for name, role in PEOPLE.items():
            add(accounts, name, role)
        add(accounts, "new", "coder", own=False)
        yield Team(store, accounts, stack.enter_context(ExitStack()))


@contextmanager
def serving_team(team: Team) -> Iterator[str]:
    """Serve a team's reader to browsers of this machine; gives the address."""

    def make_app(port: int) -> FastAPI:
        site = find_site((), bind="127.0.0.1", port=port, https=False)
        return create_team_app(team.store, team.accounts, site, passwords=PASSWORDS)

    with hosting(make_app) as base:
        yield base


def add(accounts: Accounts, name: str, role: str, *, own: bool = True) -> None:
    """Add an account with the password of all."""
    account = Account(
        name=name, role=role, password=PASSWORDS.hash(PASSWORD), own=own, made=TIME
    )
    accounts.add(account, who="test", time=TIME)


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> int:
    """Sign in by the form; return the status of the answer."""
    form = {"name": name, "password": password}
    return client.post("/login", data=form, follow_redirects=False).status_code


def change(client: TestClient, fresh: str, *, present: str = PASSWORD) -> int:
    """Change a password by the form; return the status of the last answer."""
    form = {"password": present, "fresh": fresh, "again": fresh}
    return client.post("/account/password", data=form).status_code
