"""The guard before all routes: who gets an answer, and with which headers.

A web page that the user has open elsewhere can send requests to this machine. So each
request must name a host that is ours (a foreign name that was rebound to 127.0.0.1
does not), bring the cookie of a session, and, if it writes, come from our own pages.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection, Iterable
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.web.people import Person

ENTRY = "/enter"
MAX_URL = 16_000
MAX_BODY = 256 * 1024 * 1024
"""Bytes of a file dropped on the page; forms are far below."""
MAX_SESSIONS = 100
READS = ("GET", "HEAD")
_OWN = ("same-origin", "none")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: with it, browsers send forms without their origin.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class Door:
    """Lets people in: a token that works once is given for the cookie of a session."""

    def __init__(self, token: str, person: Person, *, cookie: str) -> None:
        self.cookie = cookie
        self._token: str | None = token
        self._person = person
        self._sessions: dict[str, Person] = {}

    def enter(self, token: str) -> str | None:
        """Return the new session's id; None if the token is wrong or spent."""
        known = self._token
        if known is None or not hmac.compare_digest(known.encode(), token.encode()):
            return None
        self._token = None
        return self.open(self._person)

    def open(self, person: Person) -> str:
        """Return the id of a new session of a person; the oldest one makes room."""
        session = secrets.token_urlsafe(32)
        self._sessions[session] = person
        while len(self._sessions) > MAX_SESSIONS:
            self._sessions.pop(next(iter(self._sessions)))
        return session

    def person(self, cookies: Iterable[str]) -> Person | None:
        """Return whose session the cookie headers name."""
        for header in cookies:
            for pair in header.split(";"):
                name, _, value = pair.strip().partition("=")
                if name == self.cookie and value in self._sessions:
                    return self._sessions[value]
        return None


class Guard:
    """ASGI middleware that answers itself whatever must not reach the routes."""

    def __init__(self, app: ASGIApp, *, door: Door, hosts: Collection[str]) -> None:
        self._app = app
        self._door = door
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            raise RuntimeError(f"the reader speaks no {scope['type']}")

        async def send_safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        refusal = _misfit(scope, headers, self._hosts)
        if refusal is None and scope["path"] == ENTRY:
            await self._enter(scope, send_safe)
            return
        person = self._door.person(headers.getlist("cookie"))
        if refusal is None and person is None:
            refusal = 401, NO_SESSION
        if refusal is not None:
            await answer(send_safe, *refusal)
            return
        scope.setdefault("state", {})["person"] = person
        await self._app(scope, receive, send_safe)

    async def _enter(self, scope: Scope, send: Send) -> None:
        asked = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=5)
        session = self._door.enter(asked.get("token", [""])[0])
        if session is None or scope["method"] != "GET":
            await answer(send, 401, NO_SESSION)
            return
        cookie = f"{self._door.cookie}={session}; HttpOnly; SameSite=Strict; Path=/"
        # A redirect would still count as coming from where the link stood, and the
        # strict cookie would not be sent; a page of ours that goes on is our own.
        page = (
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>sayso</title>'
            '<link rel="icon" href="/static/icon.svg">'
            '<meta http-equiv="refresh" content="0;url=/">'
            '<p><a href="/">Open the project</a></p></html>'
        )
        await answer(send, 200, page, {"set-cookie": cookie})


NO_SESSION = (
    "This page opens only with the link that `sayso serve` has printed, and the link "
    "works once. Start it again for a new one."
)


def _misfit(
    scope: Scope, headers: Headers, hosts: Collection[str]
) -> tuple[int, str] | None:
    """Return status and reason if a request is not one that our pages make."""
    named = headers.getlist("host")
    if len(named) != 1 or named[0].lower() not in hosts:
        return 421, "This address does not lead to a project of sayso."
    if len(scope["query_string"]) + len(scope["path"]) > MAX_URL:
        return 414, "The address is too long."
    site = headers.get("sec-fetch-site")
    if scope["method"] in READS:
        is_visit = headers.get("sec-fetch-mode") == "navigate"
        if site is not None and site not in _OWN and not is_visit:
            return 403, "Another web page has asked for this."
        return None
    return _miswritten(headers, site, f"http://{named[0].lower()}")


def _miswritten(headers: Headers, site: str | None, own: str) -> tuple[int, str] | None:
    origin = headers.get("origin")
    if site is None and origin is None:
        return 403, "Nothing tells which page this comes from."
    if site not in (None, "same-origin") or origin not in (None, own):
        return 403, "This comes from another web page."
    size = headers.get("content-length")
    if size is None or not size.isdigit():
        return 411, "The length of what is sent is missing."
    if int(size) > MAX_BODY:
        return 413, f"This is more than {MAX_BODY >> 20} MB; use `sayso ingest`."
    return None


async def answer(
    send: Send, status: int, text: str, headers: dict[str, str] | None = None
) -> None:
    """Send a whole response: HTML if the text begins as a page, else plain text."""
    kind = "html" if text.startswith("<!doctype") else "plain"
    body = text.encode()
    told = {
        "content-type": f"text/{kind}; charset=utf-8",
        "content-length": str(len(body)),
    } | (headers or {})
    raw = [(name.encode(), value.encode()) for name, value in told.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})
