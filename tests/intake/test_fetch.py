"""Against a server on this machine; the guard is told that it stands on the web."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from sayso.errors import IntakeError
from sayso.intake import Failure, Piece, read_piece
from sayso.intake.fetch import Web, fetch, fetch_feeds, fetch_pages
from sayso.intake.fetch_guard import check_url, is_public
from sayso.intake.streams import MAX_BYTES

PUBLIC = "8.8.8.8"
SENTENCE = "The ministry denied on Monday that it had sent troops to the valley. "
PAGE = (
    f"<html><body><article><h1>Troops</h1><p>{SENTENCE * 3}</p></article></body></html>"
).encode()
FEED = b"""<rss version="2.0"><channel><title>Wire</title>
<item><title>One</title><link>http://news.example/page</link></item>
<item><title>Two</title><link>http://inside.example/page</link></item>
<item><title>Three</title><description>The mayor said so on Monday.</description></item>
</channel></rss>"""


class Handler(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[str, str | None]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Host"]))
        answer = getattr(self, "at_" + self.path.strip("/").partition("?")[0], None)
        if answer is None:
            self.send_error(404)
        else:
            answer()

    def at_page(self) -> None:
        self.tell(PAGE, "text/html; charset=utf-8")

    def at_packed(self) -> None:
        self.tell(gzip.compress(PAGE), "text/html", Content_Encoding="gzip")

    def at_bomb(self) -> None:
        bomb = gzip.compress(bytes(MAX_BYTES * 2), 1)
        self.tell(bomb, "text/html", Content_Encoding="gzip")

    def at_large(self) -> None:
        self.tell(b" " * (MAX_BYTES + 1), "text/html")

    def at_picture(self) -> None:
        self.tell(b"\x89PNG", "image/png")

    def at_feed(self) -> None:
        self.tell(FEED, "application/rss+xml")

    def at_away(self) -> None:
        self.turn("/page?from=away")

    def at_inside(self) -> None:
        self.turn("http://inside.example/page")

    def at_file(self) -> None:
        self.turn("file:///etc/passwd")

    def at_loop(self) -> None:
        self.turn("/loop")

    def at_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b" ")
            time.sleep(0.1)

    def tell(self, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def turn(self, place: str) -> None:
        self.send_response(302)
        self.send_header("Location", place)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            return  # the guard has hung up, as it should


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        found.daemon_threads = True
        thread = threading.Thread(target=found.serve_forever, daemon=True)
        thread.start()
        yield found.server_port
        found.shutdown()
        thread.join()


class Hosts:
    """Names and their addresses, and which of them were connected to."""

    def __init__(self, server: int) -> None:
        self.server = server
        self.asked: list[str] = []
        self.connected: list[str] = []

    def resolve(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host == "inside.example":
            return ["169.254.169.254"]
        if host == "both.example":
            return [PUBLIC, "10.0.0.1"]
        if host == "turning.example" and self.asked.count(host) > 1:
            return ["127.0.0.1"]
        if host == "gone.example":
            raise OSError("Name or service not known")
        return [host] if host[0].isdigit() or ":" in host else [PUBLIC]

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        assert is_public(address)
        self.connected.append(address)
        return socket.create_connection(("127.0.0.1", self.server), timeout=seconds)


@pytest.fixture
def hosts(server: int) -> Hosts:
    Handler.asked.clear()
    return Hosts(server)


@pytest.fixture
def web(hosts: Hosts) -> Web:
    return Web(resolve=hosts.resolve, connect=hosts.connect, seconds=10)


def why_not(url: str, web: Web) -> str:
    with pytest.raises(IntakeError) as caught:
        fetch(url, web)
    assert caught.value.mend
    return caught.value.message


def test_page_is_fetched_from_the_address_that_was_checked(
    web: Web, hosts: Hosts
) -> None:
    (piece,) = fetch_pages(["http://turning.example/page"], web=web)

    assert isinstance(piece, Piece)
    assert SENTENCE.strip() in read_piece(piece).text
    assert read_piece(piece).key == "http://turning.example/page"
    assert piece.retrieved is not None
    assert (hosts.asked, hosts.connected) == (["turning.example"], [PUBLIC])
    assert Handler.asked == [("/page", "turning.example")]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://news.example/page",
        "file:///etc/passwd",
        "news.example/page",
        "http://news.example:8080/page",
        "http://news.example:443/page",
        "https://news.example:80/page",
        "http://user:word@news.example/page",
        "http:///page",
        "http://news.example/a b",
        "http://news.example/\r\nHost: inside.example",
        "http://[broken/page",
        "http://127.0.0.1/page",
        "http://[::1]/page",
        "http://[::ffff:127.0.0.1]/page",
        "http://inside.example/page",
        "http://both.example/page",
    ],
)
def test_what_is_no_public_page_is_not_connected_to(
    url: str, web: Web, hosts: Hosts
) -> None:
    assert "not fetched" in why_not(url, web)
    assert hosts.connected == []


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.1.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:0:4136:e378::1",
        "fc00::1",
        "fe80::1",
        "fe80::1%eth0",
        "ff02::1",
        "no address",
    ],
)
def test_address_that_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_address_that_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "017700000001"])
def test_address_in_disguise_is_checked_as_the_system_reads_it(host: str) -> None:
    with pytest.raises(IntakeError):
        check_url(f"http://{host}/page")


def test_redirect_is_followed_and_checked(web: Web, hosts: Hosts) -> None:
    assert fetch("http://news.example/away", web).url == (
        "http://news.example/page?from=away"
    )
    assert hosts.asked == ["news.example"] * 2
    assert "169.254.169.254" in why_not("http://news.example/inside", web)
    assert "only http" in why_not("http://news.example/file", web)
    assert "redirects" in why_not("http://news.example/loop", web)
    assert set(hosts.connected) == {PUBLIC}


def test_sizes_are_capped(web: Web) -> None:
    assert "more than 20 MB" in why_not("http://news.example/large", web)
    assert "more than 20 MB" in why_not("http://news.example/bomb", web)


def test_slow_server_is_cut_off(hosts: Hosts) -> None:
    web = Web(resolve=hosts.resolve, connect=hosts.connect, seconds=0.7)
    began = time.monotonic()

    assert "0.7 seconds" in why_not("http://news.example/drip", web)
    assert time.monotonic() - began < 5


def test_packed_page_is_unpacked(web: Web) -> None:
    assert fetch("http://news.example/packed", web).content == PAGE


def test_what_is_not_there_or_no_page_is_told(web: Web) -> None:
    assert "404" in why_not("http://news.example/nothing", web)
    assert "not found" in why_not("http://gone.example/page", web)
    (found,) = fetch_pages(["http://news.example/picture"], web=web)
    assert isinstance(found, Failure)
    assert "image/png" in found.error.message


def test_feed_gives_the_pages_that_it_leads_to(web: Web) -> None:
    one, two, three = fetch_feeds(["http://news.example/feed"], web=web)

    assert isinstance(one, Piece)
    assert read_piece(one).outlet == "Wire"
    assert SENTENCE.strip() in read_piece(one).text
    assert isinstance(two, Failure)
    assert "169.254.169.254" in two.error.message
    assert isinstance(three, Piece)
    assert read_piece(three).text == "Three\n\nThe mayor said so on Monday."


def test_page_in_place_of_a_feed_is_a_failure(web: Web) -> None:
    (found,) = fetch_feeds(["http://news.example/page"], web=web)

    assert isinstance(found, Failure)
