"""Files, folders, globs and standard input to Reports."""

from __future__ import annotations

import codecs
import glob
import gzip
import io
import logging
import os
import re
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from sayso.errors import IntakeError, SaysoError
from sayso.intake.assemble import Given, check_given
from sayso.intake.encoding import check_text, decode_page, decode_text, find_mark
from sayso.intake.html import read_page
from sayso.intake.jsonl import read_row
from sayso.intake.text import empty_input, read_text
from sayso.record import Report

logger = logging.getLogger(__name__)

STANDARD_INPUT = "-"
MAX_BYTES = 20 * 1024 * 1024
"""Of one report, unpacked: a text, a page, or a line of JSONL."""
MAX_RATIO = 100
"""Of unpacked to packed bytes; news text packs to a third or a fifth."""
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".jsonl": "rows",
    ".ndjson": "rows",
}
"""Endings that a folder is searched for, also with `.gz`; elsewhere all are read."""

_PEEK = 4096
_XML_START = re.compile(rb"\s*<(?:\?xml|rss|feed)\b", re.IGNORECASE)
_ROWS_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*\"|\[\s*\{)")
_GZIP = b"\x1f\x8b"
_PAGE_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta|title|section)\b",
    re.IGNORECASE | re.DOTALL,
)


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """An input, or a line of one, that gave no report; the batch goes on."""

    input: str
    """Path as given or found, or "standard input"."""
    line: int | None = None
    """Line of a JSONL file, from 1."""
    error: SaysoError
    trace: str | None = None
    """Traceback of a fault in sayso itself, as text."""


def read_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    outlet: str | None = None,
) -> Iterator[Report | Failure]:
    """Return the reports of all paths in order, and a Failure where there is none.

    Args:
        paths: Files, folders (searched in depth, in order of their names), globs, or
            "-" for standard input.
        published: Date of publication of all of them; overrides what they say.
        outlet: Who published them; likewise.

    Raises:
        UsageError: `published` is no date.
    """
    given = check_given(published=published, outlet=outlet)
    return _read_all(paths, given)


def read_path(
    path: str | os.PathLike[str],
    *,
    published: str | None = None,
    outlet: str | None = None,
) -> Iterator[Report | Failure]:
    """Return the reports of one path; see `read_paths`."""
    return read_paths([path], published=published, outlet=outlet)


def _read_all(
    paths: Iterable[str | os.PathLike[str]], given: Given
) -> Iterator[Report | Failure]:
    for path in paths:
        name = os.fspath(path)
        try:
            files = [name] if name == STANDARD_INPUT else _find_files(name)
        except IntakeError as error:
            yield Failure(input=name, error=error)
            continue
        for file in files:
            yield from _read_file(file, given)


def _find_files(name: str) -> list[str]:
    path = Path(name)
    if path.is_dir():
        files = sorted(_walk(path))
        if not files:
            raise IntakeError(
                f"{name}: the folder holds nothing to read",
                mend=f"put files into it that end in {', '.join(SUFFIXES)}",
            )
        return files
    if path.exists() or not glob.has_magic(name):
        return [name]
    found = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not found:
        raise IntakeError(
            f"{name}: no file fits the pattern", mend="check the pattern and the folder"
        )
    return [
        file for one in found for file in (_find_files(one) if _is_dir(one) else [one])
    ]


def _is_dir(name: str) -> bool:
    return Path(name).is_dir()


def _walk(folder: Path) -> Iterator[str]:
    """Yield the files of known endings; hidden ones and links to folders are left."""
    for place, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if not one.startswith(".")]
        for name in names:
            path = Path(place, name)
            if name.startswith("."):
                continue
            if _kind_by_name(name) and path.is_file():
                yield str(path)
            else:
                logger.info("%s: passed over, its ending is not known", path)


def _kind_by_name(name: str) -> str | None:
    bare = name.lower().removesuffix(".gz")
    return SUFFIXES.get(Path(bare).suffix)


def _read_file(name: str, given: Given) -> Iterator[Report | Failure]:
    label = "standard input" if name == STANDARD_INPUT else name
    try:
        with _open(name) as raw:
            yield from _read_stream(raw, label, given)
    except IntakeError as error:
        yield Failure(input=label, error=error)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Failure(input=label, error=_damaged(label, error))
    except OSError as error:
        yield Failure(input=label, error=_unreadable(label, error))


def _open(name: str) -> AbstractContextManager[BinaryIO]:
    if name == STANDARD_INPUT:
        return nullcontext(sys.stdin.buffer)  # not ours to close
    mode = Path(name).stat().st_mode
    if stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        return Path(name).open("rb")
    raise IntakeError(
        f"{name}: this is a device, not a file", mend="give a file, folder or pattern"
    )


def _read_stream(raw: BinaryIO, name: str, given: Given) -> Iterator[Report | Failure]:
    source = _Source(raw)
    stream = source
    if source.head.startswith(_GZIP):
        stream = _Source(gzip.GzipFile(fileobj=io.BufferedReader(source)))
    kind = _find_kind(name, stream.head)
    if kind == "rows":
        yield from _read_rows(stream, source, name, given)
    else:
        yield _read_one(_read_capped(stream, name), name, kind, given)


class _Source(io.RawIOBase):
    """A stream whose first bytes can be looked at before they are read."""

    def __init__(self, stream: BinaryIO | gzip.GzipFile) -> None:
        super().__init__()
        self._stream = stream
        self.head = stream.read(_PEEK)
        """The first bytes; empty if there are none."""
        self.delivered = 0
        """Bytes read so far."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        start = self.delivered
        chunk = self.head[start : start + len(view)] or self._stream.read(len(view))
        view[: len(chunk)] = chunk
        self.delivered += len(chunk)
        return len(chunk)


def _find_kind(name: str, head: bytes) -> str:
    """Return "text", "page" or "rows", by the name and the first bytes."""
    kind = _kind_by_name(name)
    if kind == "rows":
        return kind
    if _PAGE_START.match(head.replace(b"\0", b"")):
        return "page"
    if _XML_START.match(head):
        raise IntakeError(
            f"{name}: this is XML, not HTML",
            mend="give the pages of the feed or archive as HTML files",
        )
    if kind is None and _ROWS_START.match(head):
        return "rows"
    return kind or "text"


def _read_capped(stream: io.RawIOBase, name: str) -> bytes:
    raw = io.BufferedReader(stream).read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise _too_large(name)
    return raw


def _read_one(raw: bytes, name: str, kind: str, given: Given) -> Report:
    check_text(raw, name=name, is_page=kind == "page")
    if kind == "page":
        page, is_whole = decode_page(raw, name=name)
        if "<" in page:
            return read_page(page, name=name, is_whole=is_whole, given=given)
    return read_text(decode_text(raw, name=name), name=name, given=given)


def _read_rows(
    stream: _Source, source: _Source, name: str, given: Given
) -> Iterator[Report | Failure]:
    """Yield the rows; `source` tells how many bytes `stream` was unpacked from."""
    _check_rows(stream.head, name)
    lines = io.BufferedReader(stream)
    number = 0
    is_empty = True
    while line := lines.readline(MAX_BYTES + 1):
        number += 1
        if stream.delivered > max(MAX_BYTES, MAX_RATIO * source.delivered):
            raise _too_large(name)
        if not line.strip():
            continue
        is_empty = False
        try:
            if len(line) > MAX_BYTES:
                _skip_line(lines, line)
                raise _too_large(f"{name}:{number}")
            bare = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
            yield read_row(bare, name=name, number=number, given=given)
        except IntakeError as error:
            yield Failure(input=name, line=number, error=error)
    if is_empty:
        raise empty_input(name)


def _check_rows(head: bytes, name: str) -> None:
    check_text(head, name=name, is_page=False)
    if (encoding := find_mark(head)) not in (None, "utf-8-sig"):
        raise IntakeError(
            f"{name}: JSONL in {encoding}; JSON is always UTF-8",
            mend="save it as UTF-8",
        )
    first = head.strip().partition(b"\n")[0].strip()
    if first.startswith(b"[") or first == b"{":
        raise IntakeError(
            f"{name}: this is JSON over several lines, or an array, not JSONL",
            mend="put one object on each line: jq -c '.[]?' FILE, or jq -c . FILE",
        )


def _skip_line(lines: BinaryIO, start: bytes) -> None:
    part = start
    while part and not part.endswith(b"\n"):
        part = lines.readline(MAX_BYTES)


def _too_large(name: str) -> IntakeError:
    return IntakeError(
        f"{name}: more than {MAX_BYTES // 1024**2} MB for one report",
        mend="split it, or give the article alone; sets of reports belong in JSONL, "
        "one report a line",
    )


def _damaged(name: str, error: Exception) -> IntakeError:
    return IntakeError(
        f"{name}: the packed file is damaged or cut short: {error}",
        mend="fetch or pack the file again",
    )


def _unreadable(name: str, error: OSError) -> IntakeError:
    if isinstance(error, FileNotFoundError):
        return IntakeError(
            f"{name}: there is no such file", mend="check the path and its spelling"
        )
    return IntakeError(
        f"{name}: it cannot be read: {error.strerror or error}",
        mend="check the file and your permission to read it",
    )
