from __future__ import annotations

import gzip
import io
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.errors import IntakeError, UsageError
from sayso.intake import Failure, read_path, read_paths
from sayso.record import Report

SENTENCE = "The ministry denied on Monday that it had sent troops to the valley. "
PARAGRAPH = f"<p>{SENTENCE * 2}</p>"
PAGE = f"<html><body><article><h1>Troops</h1>{PARAGRAPH * 3}</article></body></html>"
ROW = {"id": "r1", "text": SENTENCE}

Write = Callable[[str, bytes | str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


def rows(*objects: object) -> str:
    return "".join(json.dumps(one) + "\n" for one in objects)


def reports(path: Path | str) -> list[Report]:
    found = list(read_path(path))
    assert all(isinstance(one, Report) for one in found), found
    return [one for one in found if isinstance(one, Report)]


def failure(path: Path | str) -> Failure:
    (found,) = read_path(path)
    assert isinstance(found, Failure)
    return found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", SENTENCE),
        ("a.html", PAGE),
        ("a.jsonl", rows(ROW)),
        ("a", SENTENCE),
        ("a.bak", PAGE),
        ("a.json", rows(ROW)),
        ("a.txt", PAGE),
        ("a.html", SENTENCE),
        ("a.jsonl", b"\xef\xbb\xbf" + rows(ROW).encode()),
    ],
)
def test_kind_is_told_by_name_and_content(
    write: Write, name: str, content: bytes | str
) -> None:
    (report,) = reports(write(name, content))

    assert report.text.endswith("to the valley. " if "json" in name else "valley.")
    assert "<" not in report.text


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt.gz", SENTENCE), ("a.html.gz", PAGE), ("a.jsonl.gz", rows(ROW, ROW))],
)
def test_packed_files_are_read_as_what_they_hold(
    write: Write, name: str, content: str
) -> None:
    plain = reports(write(name.removesuffix(".gz"), content))

    packed = reports(write(name, gzip.compress(content.encode())))

    assert [one.text for one in packed] == [one.text for one in plain]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (SENTENCE, PAGE, rows(ROW)):
        stream = io.TextIOWrapper(io.BytesIO(content.encode()))
        monkeypatch.setattr("sys.stdin", stream)

        (report,) = reports("-")

        assert "denied on Monday" in report.text
        assert report.key in ("r1", "standard input")


def test_folder_is_read_in_depth_in_order_of_names(write: Write) -> None:
    for name in ("b.txt", "a/z.txt", "c.html", "a/b/x.jsonl", ".hidden.txt", "d.pdf"):
        write(f"in/{name}", PAGE if name.endswith("html") else SENTENCE)
    folder = write("in/a/b/x.jsonl", rows(ROW)).parents[2]

    keys = [report.key for report in reports(folder)]

    assert keys == ["r1", "z.txt", "b.txt", "c.html"]


def test_glob_is_read_in_order(write: Write, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        write(name, SENTENCE)

    assert [one.key for one in reports(str(tmp_path / "*.txt"))] == ["a.txt", "b.txt"]


def test_file_with_a_pattern_in_its_name_is_a_file(write: Write) -> None:
    assert reports(write("what[1]?.txt", SENTENCE))[0].key == "what[1]?.txt"


def test_given_values_override_all_inputs(write: Write) -> None:
    path = write("a.jsonl", rows({**ROW, "published": "2020", "outlet": "HW"}))

    (report,) = read_path(path, published="2024-03-04", outlet="Delta Courier")

    assert isinstance(report, Report)
    assert (report.published, report.outlet) == ("2024-03-04", "Delta Courier")


def test_given_date_that_is_none_is_refused_at_once(write: Write) -> None:
    with pytest.raises(UsageError, match="'soon' is not a date"):
        read_path(write("a.txt", SENTENCE), published="soon")


def test_batch_goes_on_after_failures(write: Write, tmp_path: Path) -> None:
    good, empty = write("a.txt", SENTENCE), write("b.txt", "")
    mixed = write("c.jsonl", rows(ROW) + '{"id": broken\n\n' + rows(ROW, {"id": "x"}))

    found = list(read_paths([good, empty, tmp_path / "gone.txt", mixed, good]))

    told = [
        (Path(one.input).name, one.line) if isinstance(one, Failure) else "report"
        for one in found
    ]
    assert told == [
        "report",
        ("b.txt", None),
        ("gone.txt", None),
        "report",
        ("c.jsonl", 2),
        "report",
        ("c.jsonl", 5),
        "report",
    ]
    assert all(one.error.mend for one in found if isinstance(one, Failure))


BAD = {
    "empty": ("a.txt", b""),
    "blank": ("a.txt", b" \n\t\n"),
    "no rows": ("a.jsonl", b"\n\n"),
    "binary": ("a.txt", bytes(range(256)) * 100),
    "binary rows": ("a.jsonl", bytes(range(256)) * 100),
    "office": ("a.docx", b"PK\x03\x04" + bytes(500)),
    "encoding": ("a.txt", "Le ministère a nié.".encode("latin-1")),
    "utf-16 rows": ("a.jsonl", rows(ROW).encode("utf-16")),
    "no article": (
        "a.html",
        b"<html><body><nav><a href=x>Home</a></nav></body></html>",
    ),
    "large text": ("a.txt", SENTENCE.encode() * 320_000),
    "large page": ("a.html", b"<html><body>" + PARAGRAPH.encode() * 160_000),
    "deep divs": ("a.html", b"<html><body>" + b"<div>" * 100_000 + PARAGRAPH.encode()),
    "deep inline": ("a.html", b"<html><body>" + b"<b>" * 100_000 + PARAGRAPH.encode()),
    "open tags": ("a.html", b"<html><body>" + b"<a " * 1_000_000),
    "bomb": ("a.txt.gz", gzip.compress(b" a" * 75_000_000, 1)),
    "bomb of nulls": ("a.gz", gzip.compress(bytes(150_000_000), 1)),
    "bomb of a row": (
        "a.jsonl.gz",
        gzip.compress(b'{"text":"' + b" a" * 75_000_000, 1),
    ),
    "cut gzip": ("a.txt.gz", gzip.compress(os.urandom(9000))[:2000]),
    "broken gzip": ("a.txt.gz", b"\x1f\x8b\x08\x00 not really"),
    "array": ("a.json", b'[\n{"text": "x"}\n]'),
    "pretty": ("a.jsonl", b'{\n  "text": "x"\n}'),
    "feed": ("a.xml", b'<?xml version="1.0"?><rss><channel></channel></rss>'),
}


@pytest.mark.parametrize(("name", "content"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_told_within_two_seconds(
    write: Write, name: str, content: bytes
) -> None:
    path = write(name, content)
    start = time.process_time()

    found = failure(path)

    assert time.process_time() - start < 2
    assert type(found.error) is IntakeError
    assert str(path) in found.error.message
    assert found.error.mend


def test_line_that_is_too_long_does_not_stop_the_file(write: Write) -> None:
    long = json.dumps({"text": "a " * 11_000_000})

    found = list(read_path(write("a.jsonl", f"{rows(ROW)}{long}\n{rows(ROW)}")))

    assert [getattr(one, "line", None) for one in found] == [None, 2, None]


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("gone.txt", "no such file"),
        ("gone-*.txt", "no file fits"),
        ("/dev/null", "device"),
    ],
)
def test_what_is_not_there_is_told(path: str, part: str) -> None:
    assert part in failure(path).error.message


def test_empty_folder_is_told(tmp_path: Path) -> None:
    assert ".jsonl" in failure(tmp_path).error.mend


def test_pipe_is_read(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.write(writer, SENTENCE.encode())
    os.close(writer)
    try:
        (report,) = reports(f"/dev/fd/{reader}")
    finally:
        os.close(reader)

    assert report.text == SENTENCE.strip()
