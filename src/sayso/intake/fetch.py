"""Pages and feeds from the web to pieces; only on request, and behind a guard."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from urllib.parse import urljoin

import msgspec
from msgspec.structs import replace

from sayso import __version__
from sayso.errors import IntakeError
from sayso.intake.assemble import NOTHING_GIVEN, Given
from sayso.intake.feeds import Entry, read_entries
from sayso.intake.fetch_guard import Resolve, Target, check_url, resolve_host
from sayso.intake.pieces import Failure, Piece, PieceKind
from sayso.intake.streams import MAX_BYTES, too_large

MAX_REDIRECTS = 5
MAX_SECONDS = 30.0
"""For one page, all redirects, and however slowly it drips."""
MAX_ENTRIES = 500
"""Of a feed whose pages are fetched."""

_REDIRECTS = {301, 302, 303, 307, 308}
_PAGES = {"text/html": PieceKind.PAGE, "application/xhtml+xml": PieceKind.PAGE}
_PLAIN = {"text/plain": PieceKind.TEXT}
_CHUNK = 65_536

Connect = Callable[[str, int, float], socket.socket]
"""Gives a connection to an address and port, in so many seconds."""


def connect_to(address: str, port: int, seconds: float) -> socket.socket:
    """Return a connection to an address."""
    return socket.create_connection((address, port), timeout=seconds)


class Web(msgspec.Struct, frozen=True, kw_only=True):
    """The ways out; tests put others in their place."""

    resolve: Resolve = resolve_host
    connect: Connect = connect_to
    seconds: float = MAX_SECONDS


THE_WEB = Web()


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a server answered with."""

    url: str
    """After redirects."""
    kind: str
    """Media type, in lower case."""
    content: bytes
    retrieved: str


def fetch_pages(
    urls: Sequence[str], given: Given = NOTHING_GIVEN, web: Web = THE_WEB
) -> Iterator[Piece | Failure]:
    """Give a piece for each address, or why there is none."""
    for url in urls:
        try:
            yield _piece(fetch(url, web), given)
        except IntakeError as error:
            yield Failure(input=url, error=error)


def fetch_feeds(
    urls: Sequence[str], given: Given = NOTHING_GIVEN, web: Web = THE_WEB
) -> Iterator[Piece | Failure]:
    """Give a piece for each entry of feeds: its page, or its own text without one."""
    for url in urls:
        try:
            page = fetch(url, web)
            entries = read_entries(page.content, url)[:MAX_ENTRIES]
        except IntakeError as error:
            yield Failure(input=url, error=error)
            continue
        for number, entry in enumerate(entries, 1):
            if entry.url:
                link = urljoin(page.url, entry.url)
                frame = replace(given, outlet=given.outlet or entry.outlet)
                yield from fetch_pages([link], frame, web)
            else:
                yield _own_text(url, number, entry, given, page.retrieved)


def _own_text(
    url: str, number: int, entry: Entry, given: Given, retrieved: str
) -> Piece:
    return Piece(
        name=url,
        number=number,
        kind=PieceKind.ROW,
        content=msgspec.json.encode(entry),
        given=given,
        retrieved=retrieved,
    )


def _piece(page: Page, given: Given) -> Piece:
    kind = (_PAGES | _PLAIN).get(page.kind)
    if kind is None:
        raise IntakeError(
            f"{page.url}: the server gives {page.kind or 'no type'}, not a page",
            mend="give the address of a page; for a feed use --feed",
        )
    return Piece(
        name=page.url,
        kind=kind,
        content=page.content,
        given=replace(given, url=page.url, key=page.url),
        retrieved=page.retrieved,
    )


def fetch(url: str, web: Web = THE_WEB) -> Page:
    """Return what stands at an address.

    Each redirect is checked as the first address was.

    Raises:
        IntakeError: It may not or cannot be fetched, is too large, or takes too long.
    """
    deadline = _Deadline(web.seconds)
    place = url
    for _ in range(MAX_REDIRECTS + 1):
        target = check_url(place, web.resolve)
        answer = _ask(target, web, deadline)
        if isinstance(answer, Page):
            return answer
        place = urljoin(place, answer)
    raise IntakeError(
        f"{url}: more than {MAX_REDIRECTS} redirects",
        mend="open it in a browser and give the address where it ends",
    )


class _Deadline:
    """Cuts a connection at a moment, whatever it is waiting for."""

    def __init__(self, seconds: float) -> None:
        self._until = datetime.now(UTC).timestamp() + seconds
        self.is_over = False

    @property
    def left(self) -> float:
        """Seconds until the moment; never none, so that it can be a timeout."""
        return max(self._until - datetime.now(UTC).timestamp(), 0.01)

    def watch(self, connection: socket.socket) -> threading.Timer:
        """Return the running clock; to be cancelled when all went well."""
        clock = threading.Timer(self.left, self._cut, [connection])
        clock.daemon = True
        clock.start()
        return clock

    def _cut(self, connection: socket.socket) -> None:
        self.is_over = True
        with suppress(OSError):  # closed at the same moment
            # Not the method of SSLSocket, which would wait for the other side.
            socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _ask(target: Target, web: Web, deadline: _Deadline) -> Page | str:
    """Return the page of a target, or where it redirects to."""
    try:
        line = _secure(web.connect(target.address, target.port, deadline.left), target)
        clock = deadline.watch(line)
        try:
            if isinstance(line, ssl.SSLSocket):
                line.do_handshake()
            answer = _read_answer(target, line)
            if deadline.is_over:  # a cut may look like the end of a page
                raise TimeoutError
            return answer
        finally:
            clock.cancel()
            line.close()
    except (OSError, http.client.HTTPException) as error:
        is_late = deadline.is_over or isinstance(error, TimeoutError)
        reason = f"more than {web.seconds:g} seconds" if is_late else str(error)
        raise IntakeError(
            f"{target.url}: it cannot be fetched: {reason}",
            mend="try again later, or save the page in a browser and read the file",
        ) from error


def _secure(line: socket.socket, target: Target) -> socket.socket:
    if not target.is_secure:
        return line
    context = ssl.create_default_context()
    return context.wrap_socket(
        line, server_hostname=target.host, do_handshake_on_connect=False
    )


def _read_answer(target: Target, line: socket.socket) -> Page | str:
    # Made by hand, as http.client would look up the name a second time.
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = line
    with closing(connection):
        _request(connection, target)
        with connection.getresponse() as answer:
            return _take(answer, target)


def _request(connection: http.client.HTTPConnection, target: Target) -> None:
    connection.request(
        "GET",
        target.path,
        headers={
            "User-Agent": f"sayso/{__version__}",
            "Accept": "text/html, application/xhtml+xml, */*;q=0.5",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        },
    )


def _take(answer: http.client.HTTPResponse, target: Target) -> Page | str:
    if answer.status in _REDIRECTS and (place := answer.getheader("Location")):
        return place
    if answer.status != http.client.OK:
        raise IntakeError(
            f"{target.url}: the server answers {answer.status} {answer.reason}",
            mend="check the address in a browser",
        )
    kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    return Page(
        url=target.url,
        kind=kind,
        content=_read_body(answer, target.url),
        retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _read_body(answer: http.client.HTTPResponse, url: str) -> bytes:
    packing = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if packing not in ("identity", "gzip"):
        raise IntakeError(
            f"{url}: the server packs the page as {packing}, unasked",
            mend="save the page in a browser and read the file",
        )
    unpack = zlib.decompressobj(wbits=31) if packing == "gzip" else None
    body = bytearray()
    while chunk := answer.read(_CHUNK):
        body += chunk if unpack is None else _unpack(unpack, chunk, url)
        if len(body) > MAX_BYTES:
            raise too_large(url)
    if answer.length or (unpack and not unpack.eof):
        raise http.client.IncompleteRead(bytes(body))
    return bytes(body)


def _unpack(unpack: zlib._Decompress, chunk: bytes, url: str) -> bytes:
    try:
        # One byte more than allowed is enough to know that it is too much.
        return unpack.decompress(chunk, MAX_BYTES + 1)
    except zlib.error as error:
        raise IntakeError(
            f"{url}: the packed page is damaged: {error}", mend="try again later"
        ) from error
