"""Where a team's reader is found: the names that browsers may call it by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import ip_address

import msgspec

from sayso.errors import UsageError

_NAME = re.compile(r"(?:[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?")
_USUAL = {"http": 80, "https": 443}
"""Ports that browsers leave out."""


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Names and scheme under which browsers come."""

    hosts: tuple[str, ...]
    """Of the requests that are answered, with the port where browsers tell it."""
    port: int
    """That the reader listens at."""
    https: bool

    @property
    def cookie(self) -> str:
        """Name of the cookie that holds a session."""
        # Browsers take a cookie of this prefix by https and from this host alone. By
        # http all ports of a host share their cookies.
        return "__Host-sayso" if self.https else f"sayso-{self.port}"

    @property
    def scheme(self) -> str:
        """Return http or https."""
        return "https" if self.https else "http"

    @property
    def address(self) -> str:
        """Where the team finds it."""
        return f"{self.scheme}://{self.hosts[0]}/"


def find_site(names: Iterable[str], *, bind: str, port: int, https: bool) -> Site:
    """Return where a reader is found.

    Args:
        names: That browsers may call it by; without a port the usual one of https, or
            the one that the reader listens at.
        bind: Address that it listens at; by http it is a name, too, if it is one
            address and not all of a machine.
        port: That it listens at.
        https: A proxy on this machine takes https and hands on http.

    Raises:
        UsageError: A name is none, or there is none.
    """
    hosts = [_host(name.lower(), port, https=https) for name in names]
    if not https:
        own = ip_address("127.0.0.1" if bind == "localhost" else bind)
        known = ["127.0.0.1", "localhost", "[::1]"] if own.is_loopback else []
        known += [] if own.is_unspecified else [_bracketed(str(own))]
        hosts += [_with_port(name, port, "http") for name in known]
    if not hosts:
        raise UsageError(
            "nothing tells the name by which browsers will call the reader",
            mend="name it: --allow-host reader.example.org",
        )
    return Site(hosts=tuple(dict.fromkeys(hosts)), port=port, https=https)


def _host(name: str, port: int, *, https: bool) -> str:
    found = _NAME.fullmatch(name)
    if found is None:
        raise UsageError(
            f"{name[:80]!r} is no name of a host",
            mend="give it as browsers show it: reader.example.org, or with :port",
        )
    scheme = "https" if https else "http"
    bare = name if found[1] is None else name[: -len(found[1]) - 1]
    default = _USUAL["https"] if https else port
    return _with_port(bare, int(found[1] or default), scheme)


def _with_port(name: str, port: int, scheme: str) -> str:
    return name if port == _USUAL[scheme] else f"{name}:{port}"


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address
