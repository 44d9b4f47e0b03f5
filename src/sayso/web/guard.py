"""The guard before all routes: who gets an answer, and with which headers.

A web page that the user has open elsewhere can send requests to this machine. So each
request must name a host that is ours (a foreign name that was rebound to 127.0.0.1
does not), bring the cookie of a session, and, if it writes, come from our own pages.
"""

from __future__ import annotations

from collections.abc import Collection
from html import escape
from typing import Protocol

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.errors import SaysoError
from sayso.web.people import NOBODY, Person

MAX_URL = 16_000
MAX_BODY = 256 * 1024 * 1024
"""Bytes of a file dropped on the page; forms are far below."""
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
HTTPS_HEADERS = {"Strict-Transport-Security": "max-age=31536000"}
"""Added where browsers come by https."""


class Door(Protocol):
    """Knows who has come in, and answers those who have not."""

    async def find(self, scope: Scope, headers: Headers) -> Person | None:
        """Return whose session a request brings; None if it brings none."""
        ...

    async def receive(self, scope: Scope, headers: Headers, send: Send) -> bool:
        """Answer a request without a session; False lets it on as nobody's."""
        ...


class Guard:
    """ASGI middleware that answers itself whatever must not reach the routes.

    Args:
        app: The routes.
        door: Tells who a request comes from.
        hosts: Names, with ports, that requests must name one of.
        scheme: http or https, as browsers come.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        door: Door,
        hosts: Collection[str],
        scheme: str = "http",
    ) -> None:
        self._app = app
        self._door = door
        self._hosts = frozenset(hosts)
        self._scheme = scheme
        self._told = HEADERS | (HTTPS_HEADERS if scheme == "https" else {})

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
                for name, value in self._told.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        refusal = _misfit(scope, headers, self._hosts, self._scheme)
        if refusal is not None:
            await answer(send_safe, *refusal)
            return
        try:
            person = await self._door.find(scope, headers)
        except SaysoError as error:  # the accounts cannot be asked
            await answer(send_safe, 503, f"{error.message}\n{error.mend}")
            return
        if person is None and await self._door.receive(scope, headers, send_safe):
            return
        scope.setdefault("state", {})["person"] = person or NOBODY
        await self._app(scope, receive, send_safe)


def cookies_of(headers: Headers, name: str) -> list[str]:
    """Return the values of all cookies of a name."""
    pairs = (
        pair.strip().partition("=")
        for header in headers.getlist("cookie")
        for pair in header.split(";")
    )
    return [value for known, _, value in pairs if known == name]


def _misfit(
    scope: Scope, headers: Headers, hosts: Collection[str], scheme: str
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
    return _miswritten(headers, site, f"{scheme}://{named[0].lower()}")


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


def page_that_goes_on(path: str) -> str:
    """Return a page that leads to another of ours, with the strict cookie.

    A redirect would still count as coming from where the link stood, and the cookie
    would not be sent; a page of ours that goes on is our own.
    """
    to = escape(path)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>sayso</title>'
        '<link rel="icon" href="/static/icon.svg">'
        f'<meta http-equiv="refresh" content="0;url={to}">'
        f'<p><a href="{to}">Open the project</a></p></html>'
    )
