"""What may be fetched: public web servers, at the address that was checked, no others.

A page can name any address, and names can lead anywhere: to the machine itself, to
others in its network, to the service where a cloud hands out its keys. So each address,
also of a redirect, is resolved once, checked, and connected to as it was checked.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

import msgspec

from sayso.errors import IntakeError

PORTS = {"http": 80, "https": 443}
"""By scheme; a server on another port is seldom a newspaper."""
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], list[str]]
"""Gives the addresses of a host."""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where to connect, checked."""

    url: str
    host: str
    port: int
    is_secure: bool
    address: str
    """To be connected to; asking for the name again could give another one."""
    path: str
    """With the query; what the server is asked for."""


def resolve_host(host: str, port: int) -> list[str]:
    """Return the addresses that the system knows for a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


def check_url(url: str, resolve: Resolve = resolve_host) -> Target:
    """Return where a URL leads, if it may be fetched.

    Raises:
        IntakeError: It is no address of a public web server.
    """
    parts = _split(url)
    host = parts.hostname or ""
    port = PORTS[parts.scheme]
    try:
        # As browsers write it; this also refuses what is no name of a host.
        ascii_host = host.encode("idna").decode("ascii") if host else ""
    except UnicodeError as error:
        raise _refused(url, f"{host!r} is no name of a host") from error
    if not ascii_host:
        raise _refused(url, "it names no host")
    path = parts.path or "/"
    return Target(
        url=url,
        host=ascii_host,
        port=port,
        is_secure=parts.scheme == "https",
        address=_find_address(url, ascii_host, port, resolve),
        path=f"{path}?{parts.query}" if parts.query else path,
    )


def _split(url: str) -> SplitResult:
    if not url.isascii() or any(sign <= " " or sign in '"<>\\^`{|}' for sign in url):
        raise _refused(url, "it has signs that addresses do not have")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refused(url, str(error)) from error
    if parts.scheme not in PORTS:
        raise _refused(url, "only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise _refused(url, "it holds a name or password")
    if port not in (None, PORTS[parts.scheme]):
        raise _refused(url, f"port {port} is not that of {parts.scheme}")
    return parts


def _find_address(url: str, host: str, port: int, resolve: Resolve) -> str:
    try:
        addresses = resolve(host.strip("[]"), port)
    except OSError as error:
        raise IntakeError(
            f"{url}: the host is not found: {error.strerror or error}",
            mend="check the address and the network",
        ) from error
    # One bad address among good ones is a trick, not a mistake.
    bad = [one for one in addresses if not is_public(one)]
    if bad or not addresses:
        where = bad[0] if bad else "nowhere"
        raise _refused(url, f"it leads to {where}, which is not on the public network")
    return addresses[0]


def is_public(address: str) -> bool:
    """Tell whether an address is one of the public network."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False  # with a zone, fe80::1%eth0, or no address at all
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if found.teredo or (inner and not is_public(str(inner))):
            return False
    return found.is_global and not (
        found.is_multicast or found.is_reserved or found.is_unspecified
    )


def _refused(url: str, reason: str) -> IntakeError:
    return IntakeError(
        f"{url}: not fetched, as {reason}",
        mend="give the http or https address of a public page, or save it as a file",
    )
