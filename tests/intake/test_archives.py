from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from sayso.intake import Failure, Piece, find_pieces, read_paths
from sayso.intake.streams import MAX_BYTES
from sayso.record import Report

SENTENCE = "The ministry denied on Monday that it had sent troops to the valley. "
PAGE = (
    "<html><body><article><h1>Troops {}</h1>" + f"<p>{SENTENCE * 3}</p>" * 3
) + "</article></body></html>"


def record(
    url: str,
    body: bytes,
    *,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    headers: str = "",
    record_type: str = "response",
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body
    frame = (
        f"WARC/1.0\r\nWARC-Type: {record_type}\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2024-03-11T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash((url, body))):032x}>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return frame.encode() + http + b"\r\n\r\n"


def page(number: int) -> bytes:
    return PAGE.format(number).encode()


RECORDS = [
    record("https://wire.example/1", page(1)),
    record("https://wire.example/logo.png", b"\x89PNG", kind="image/png"),
    record("https://wire.example/gone", page(8), status="404 Not Found"),
    record("https://wire.example/2", page(2)),
    record("https://wire.example/2", page(9), record_type="request"),
]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "plain", "packed.gz"])
def test_pages_that_were_answered_become_reports(tmp_path: Path, name: str) -> None:
    is_packed = name.endswith(".gz")
    parts = [gzip.compress(one) for one in RECORDS] if is_packed else RECORDS
    (tmp_path / name).write_bytes(b"".join(parts))

    found = list(read_paths([tmp_path / name]))

    assert [one.url for one in found if isinstance(one, Report)] == [
        "https://wire.example/1",
        "https://wire.example/2",
    ]
    assert [one.key for one in found] == [
        "https://wire.example/1",
        "https://wire.example/2",
    ]


def test_moment_of_the_visit_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(RECORDS[0])

    (piece,) = find_pieces([tmp_path / "a.warc"])

    assert isinstance(piece, Piece)
    assert piece.retrieved == "2024-03-11T10:00:00Z"
    assert piece.content == page(1)


def test_packed_answers_are_unpacked(tmp_path: Path) -> None:
    packed = gzip.compress(page(1))
    told = record(
        "https://wire.example/1", packed, headers="Content-Encoding: gzip\r\n"
    )
    (tmp_path / "a.warc").write_bytes(told)

    (report,) = read_paths([tmp_path / "a.warc"])

    assert isinstance(report, Report)
    assert "Troops 1" in report.text


def test_bomb_in_an_archive_fails_alone(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(MAX_BYTES * 2), 1)
    told = record("https://wire.example/b", bomb, headers="Content-Encoding: gzip\r\n")
    (tmp_path / "a.warc").write_bytes(told + RECORDS[0])

    found = list(read_paths([tmp_path / "a.warc"]))

    assert [type(one) for one in found] == [Failure, Report]


def test_cut_archive_gives_what_stood_before_and_a_failure(tmp_path: Path) -> None:
    whole = b"".join(gzip.compress(one) for one in (RECORDS[0], RECORDS[3]))
    (tmp_path / "a.warc.gz").write_bytes(whole[:-60])

    found = list(read_paths([tmp_path / "a.warc.gz"]))

    assert isinstance(found[0], Report)
    assert isinstance(found[-1], Failure)


@pytest.mark.parametrize("content", [RECORDS[1], b"", b"no archive\r\n\r\n" * 50])
def test_archive_without_pages_is_a_failure(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.warc").write_bytes(content)

    (found,) = read_paths([tmp_path / "a.warc"])

    assert isinstance(found, Failure)
    assert found.error.mend
