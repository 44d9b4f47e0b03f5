"""Who is signed in; kept in memory, so that a new start signs all out."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable

import msgspec

IDLE_S = 12 * 3600
WHOLE_S = 7 * 24 * 3600
MOST_EACH = 10
"""Sessions of one person; the oldest makes room."""


class Session(msgspec.Struct, kw_only=True):
    """One browser of one person."""

    name: str
    password: str
    """Hash that it was opened by; with another one it is over."""
    opened: float
    seen: float


class Sessions:
    """Sessions by the value of their cookie; may be used from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # By the hash of the cookie: how long a look-up takes tells nothing of it.
        self._open: dict[bytes, Session] = {}
        self._lock = threading.Lock()

    def open(self, name: str, password: str) -> str:
        """Return the cookie of a new session of a person."""
        cookie, now = secrets.token_urlsafe(32), self._clock()
        fresh = Session(name=name, password=password, opened=now, seen=now)
        with self._lock:
            self._clear(now)
            own = [key for key, one in self._open.items() if one.name == name]
            for key in own[: max(0, len(own) - MOST_EACH + 1)]:
                del self._open[key]
            self._open[_key(cookie)] = fresh
        return cookie

    def find(self, cookie: str) -> Session | None:
        """Return the session of a cookie, which goes on by it; None if it is over."""
        now = self._clock()
        with self._lock:
            found = self._open.get(_key(cookie))
            if found is None or not _lasts(found, now):
                return None
            found.seen = now
            return found

    def close(self, cookie: str) -> None:
        """End a session."""
        with self._lock:
            self._open.pop(_key(cookie), None)

    def _clear(self, now: float) -> None:
        for key in [key for key, one in self._open.items() if not _lasts(one, now)]:
            del self._open[key]


def _lasts(session: Session, now: float) -> bool:
    return now - session.seen < IDLE_S and now - session.opened < WHOLE_S


def _key(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode()).digest()
