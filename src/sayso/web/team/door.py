"""The door of a team's reader: who signs in, and whose session a request brings."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from time import monotonic
from urllib.parse import quote, urlencode

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope, Send

from sayso.store.accounts import NAME, Accounts, Act
from sayso.web.guard import answer, cookies_of, page_that_goes_on
from sayso.web.people import Person, Role
from sayso.web.team.limits import Limit, origin_of
from sayso.web.team.passwords import Passwords
from sayso.web.team.sessions import Sessions
from sayso.web.team.site import Site

LOGIN = "/login"
OPEN_FILES = "/static/"
"""Of the program itself; the page to sign in on needs them."""
WINDOW_S = 15 * 60
MOST_BY_NAME = 10
MOST_BY_ADDRESS = 30
"""Failures in a window; several people of a house come from one address."""
MAX_NAME = 60
WRONG = "Name or password is wrong."
_log = logging.getLogger(__name__)


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why somebody was not let in; the same for all who might guess."""

    told: str
    status: int
    wait_s: int = 0


class Welcome(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody has been let in."""

    cookie: str
    """Value of the cookie of the new session."""
    own: bool
    """The password is one that only they know."""


class TeamDoor:
    """Lets the people of a project in, by name and password.

    Every request asks for the account again, so that a change of role, password or
    state holds at once, wherever it was made.

    Args:
        accounts: Of the project.
        passwords: Hashes them.
        site: Where the reader is found.
        open_paths: Need no session.
        clock: Gives seconds.
    """

    def __init__(
        self,
        accounts: Accounts,
        passwords: Passwords,
        *,
        site: Site,
        open_paths: Collection[str],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.accounts = accounts
        self.passwords = passwords
        self._cookie = site.cookie
        self._https = site.https
        self._open_paths = frozenset(open_paths)
        self._sessions = Sessions(clock)
        self._by_name = Limit(MOST_BY_NAME, WINDOW_S, clock)
        self._by_address = Limit(MOST_BY_ADDRESS, WINDOW_S, clock)

    async def find(self, scope: Scope, headers: Headers) -> Person | None:
        """Return whose session a request brings, as their account is now."""
        if scope["path"].startswith(OPEN_FILES):
            return None
        for cookie in cookies_of(headers, self._cookie):
            session = self._sessions.find(cookie)
            if session is None:
                continue
            account = await run_in_threadpool(self.accounts.find, session.name)
            if (
                account
                and not account.disabled
                and account.password == session.password
            ):
                role = Role[account.role.upper()] if account.own else Role.NEWCOMER
                return Person(name=account.name, role=role)
            self._sessions.close(cookie)
        return None

    async def receive(self, scope: Scope, headers: Headers, send: Send) -> bool:
        """Lead who has no session to where one can sign in."""
        path: str = scope["path"]
        if path in self._open_paths or path.startswith(OPEN_FILES):
            return False
        wanted = _wanted(path, scope["query_string"])
        is_page = headers.get("sec-fetch-mode", "navigate") == "navigate"
        if scope["method"] != "GET" or not is_page:
            await answer(send, 401, "You are not signed in, or not any more.")
        elif headers.get("sec-fetch-site") not in (None, "same-origin", "none"):
            # From a letter, say: the browser has kept the cookie back.
            await answer(send, 200, page_that_goes_on(wanted))
        else:
            to = LOGIN if wanted == "/" else f"{LOGIN}?{urlencode({'back': wanted})}"
            await answer(send, 303, "Sign in first.", {"location": to})
        return True

    def sign_in(
        self, name: str, password: str, *, address: str, time: str
    ) -> Welcome | Refusal:
        """Open a session for a name and its password, or tell why not.

        Args:
            name: As typed.
            password: As typed.
            address: That it comes from.
            time: For the log of the accounts.
        """
        name, origin = name.strip().casefold()[:MAX_NAME], origin_of(address)
        wait_s = self._by_address.wait_s(origin) or self._by_name.wait_s(name)
        if wait_s:
            return self._refuse(name, address, wait_s)
        account = self.accounts.find(name) if NAME.fullmatch(name) else None
        fits = self.passwords.fits(password, account.password if account else None)
        if account is None or not fits or account.disabled:
            return self._refuse(name, address)
        self._by_address.forgive(origin)
        self._by_name.forgive(name)
        self.accounts.note(Act.SIGN_IN, name, time=time, told=address)
        cookie = self._sessions.open(name, account.password)
        return Welcome(cookie=cookie, own=account.own)

    def confirm(self, name: str, password: str) -> Refusal | None:
        """Tell why somebody signed in may not do what takes the password again."""
        wait_s = self._by_name.wait_s(name)
        if wait_s:
            return self._refuse(name, "their session", wait_s)
        account = self.accounts.find(name)
        if not self.passwords.fits(password, account.password if account else None):
            return Refusal(told="The present password is wrong.", status=400)
        self._by_name.forgive(name)
        return None

    def renew(self, response: Response, name: str, password: str) -> None:
        """Give somebody who has another password now a new session by its hash."""
        self.give(response, self._sessions.open(name, password))

    def give(self, response: Response, cookie: str) -> None:
        """Give a browser the cookie of a session."""
        response.set_cookie(
            self._cookie,
            cookie,
            secure=self._https,
            httponly=True,
            samesite="strict",
        )

    def close(self, headers: Headers) -> None:
        """End the session that a request brings."""
        for cookie in cookies_of(headers, self._cookie):
            self._sessions.close(cookie)

    def take_back(self, response: Response) -> None:
        """Make a browser forget the cookie of its session."""
        response.delete_cookie(
            self._cookie, secure=self._https, httponly=True, samesite="strict"
        )

    def _refuse(self, name: str, address: str, wait_s: float = 0) -> Refusal:
        # The name is quoted as it was typed: no line of the log can be forged by it.
        _log.warning("refused to sign in %r from %s", name, address)
        if not wait_s:
            return Refusal(told=WRONG, status=400)
        minutes = int(wait_s // 60) + 1
        told = f"Too many have failed. Try again in {minutes} min."
        return Refusal(told=told, status=429, wait_s=int(wait_s) + 1)


def _wanted(path: str, query: bytes) -> str:
    """Return the address of a page here that was asked for."""
    plain = quote("/" + path.lstrip("/"), safe="/:@!$&'()*+,;=~")
    return plain + (f"?{query.decode('latin-1')}" if query else "")
