"""How often something may be tried, counted by who tries it."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Network, ip_address

MOST_KEYS = 10_000
"""Counted at once; of more, those that tried longest ago are forgotten."""
HOME_BITS = 64  # of an IPv6 address: who has one mostly has all that begin alike


class Limit:
    """Allows so many tries in a while; may be used from several threads.

    Args:
        most: Tries.
        window_s: The while.
        clock: Gives seconds.
    """

    def __init__(
        self, most: int, window_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._window_s = window_s
        self._clock = clock
        self._tries: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def wait_s(self, key: str) -> float:
        """Return how long a key has to wait, 0 if it may try; that counts as a try.

        A try counts before its outcome is known, so that many at once gain nothing.
        """
        now = self._clock()
        with self._lock:
            tries = self._tries.pop(key, deque())
            while tries and tries[0] <= now - self._window_s:
                tries.popleft()
            self._tries[key] = tries  # the last of all again
            while len(self._tries) > MOST_KEYS:
                self._tries.pop(next(iter(self._tries)))
            if len(tries) >= self._most:
                return tries[0] + self._window_s - now
            tries.append(now)
            return 0

    def forgive(self, key: str) -> None:
        """Take the last try of a key back: it was no failure."""
        with self._lock:
            if self._tries.get(key):
                self._tries[key].pop()


def origin_of(address: str) -> str:
    """Return what an address is counted as: of IPv6 its network, else itself."""
    try:
        known = ip_address(address)
    except ValueError:  # no network address: a socket of this machine
        return address
    if isinstance(known, IPv4Address):
        return str(known)
    # Who listens at :: sees those who come by IPv4 as ::ffff:192.0.2.1.
    return str(known.ipv4_mapped or IPv6Network((int(known), HOME_BITS), strict=False))
