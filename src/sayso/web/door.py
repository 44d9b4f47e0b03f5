"""The door of one person's reader: a link that works once is given for a session."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import Scope, Send

from sayso.web.guard import answer, cookies_of, page_that_goes_on
from sayso.web.people import Person

ENTRY = "/enter"
MAX_FIELDS = 5
NO_SESSION = (
    "This page opens only with the link that `sayso serve` has printed, and the link "
    "works once. Start it again for a new one."
)


class TokenDoor:
    """Lets one person in by a token.

    Args:
        token: Works once, at `ENTRY`.
        person: Who comes in by it.
        cookie: Name of the cookie that holds the session.
    """

    def __init__(self, token: str, person: Person, *, cookie: str) -> None:
        self._cookie = cookie
        self._token: str | None = token
        self._person = person
        self._session: str | None = None

    async def find(self, scope: Scope, headers: Headers) -> Person | None:
        """Return whose session a request brings; at the entry nobody is in yet."""
        if scope["path"] == ENTRY or self._session is None:
            return None
        brought = cookies_of(headers, self._cookie)
        is_known = any(_equal(self._session, one) for one in brought)
        return self._person if is_known else None

    async def receive(self, scope: Scope, headers: Headers, send: Send) -> bool:
        """Give a session for the token; refuse everybody else."""
        is_entry = scope["path"] == ENTRY and scope["method"] == "GET"
        if not is_entry or not self._take(scope["query_string"]):
            await answer(send, 401, NO_SESSION)
            return True
        self._session = secrets.token_urlsafe(32)
        cookie = f"{self._cookie}={self._session}; HttpOnly; SameSite=Strict; Path=/"
        await answer(send, 200, page_that_goes_on("/"), {"set-cookie": cookie})
        return True

    def _take(self, query: bytes) -> bool:
        """Spend the token, if the query has it."""
        try:
            asked = parse_qs(query.decode("latin-1"), max_num_fields=MAX_FIELDS)
        except ValueError:  # more fields than any link of ours has
            return False
        brought = asked.get("token", [""])[0]
        if self._token is None or not _equal(self._token, brought):
            return False
        self._token = None
        return True


def _equal(known: str, brought: str) -> bool:
    return hmac.compare_digest(known.encode(), brought.encode())
