"""Files, folders, globs and standard input to pieces, and on to Reports."""

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
from typing import BinaryIO

from sayso.errors import IntakeError
from sayso.intake.archives import read_archive
from sayso.intake.assemble import Given, check_given
from sayso.intake.encoding import check_text, find_mark
from sayso.intake.feeds import read_feed
from sayso.intake.pieces import Failure, Piece, PieceKind, try_piece
from sayso.intake.streams import MAX_BYTES, Meter, Unpacked, too_large
from sayso.intake.tables import Columns, read_table
from sayso.intake.text import empty_input
from sayso.record import Report

logger = logging.getLogger(__name__)

STANDARD_INPUT = "-"
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".jsonl": "rows",
    ".ndjson": "rows",
    ".csv": "table",
    ".tsv": "table",
    ".warc": "archive",
    ".rss": "feed",
    ".atom": "feed",
}
"""Endings that a folder is searched for, also with `.gz`; elsewhere all are read."""

_WARC_START = b"WARC/"
_XML_START = re.compile(rb"\s*<(?:\?xml|rss|feed|rdf:RDF)\b", re.IGNORECASE)
_FEED_START = re.compile(rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_ROWS_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*\"|\[\s*\{)")
_PAGE_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta|title|section)\b",
    re.IGNORECASE | re.DOTALL,
)


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
    pieces = find_pieces(paths, published=published, outlet=outlet)
    return (one if isinstance(one, Failure) else try_piece(one) for one in pieces)


def read_path(
    path: str | os.PathLike[str],
    *,
    published: str | None = None,
    outlet: str | None = None,
) -> Iterator[Report | Failure]:
    """Return the reports of one path; see `read_paths`."""
    return read_paths([path], published=published, outlet=outlet)


def find_pieces(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    outlet: str | None = None,
    columns: Columns | None = None,
    meter: Meter | None = None,
) -> Iterator[Piece | Failure]:
    """Return what reports can be read from, in order, before it is read.

    Args:
        paths: As for `read_paths`, as all else is.
        published: As there.
        outlet: As there.
        columns: Which column of a table gives which field of a report.
        meter: Told how much of the input has been taken.

    Raises:
        UsageError: `published` is no date.
    """
    given = check_given(published=published, outlet=outlet)
    return _find_all(paths, given, columns or {}, meter)


def measure(paths: Iterable[str | os.PathLike[str]]) -> int | None:
    """Return how many bytes of files there are; None if it cannot be told before."""
    total = 0
    for path in paths:
        name = os.fspath(path)
        if name == STANDARD_INPUT:
            return None
        try:
            total += sum(Path(file).stat().st_size for file in _find_files(name))
        except (IntakeError, OSError):
            continue  # told when its turn to be read comes
    return total


def _find_all(
    paths: Iterable[str | os.PathLike[str]],
    given: Given,
    columns: Columns,
    meter: Meter | None,
) -> Iterator[Piece | Failure]:
    for path in paths:
        name = os.fspath(path)
        try:
            files = [name] if name == STANDARD_INPUT else _find_files(name)
        except IntakeError as error:
            yield Failure(input=name, error=error)
            continue
        for file in files:
            yield from _find_in_file(file, given, columns, meter)


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


def _find_in_file(
    name: str, given: Given, columns: Columns, meter: Meter | None
) -> Iterator[Piece | Failure]:
    label = "standard input" if name == STANDARD_INPUT else name
    try:
        with _open(name) as raw:
            yield from _find_in_stream(Unpacked(raw, meter), label, given, columns)
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


def _find_in_stream(
    source: Unpacked, name: str, given: Given, columns: Columns
) -> Iterator[Piece | Failure]:
    kind = _find_kind(name, source.head)
    if kind == "rows":
        yield from _find_rows(source, name, given)
    elif kind == "table":
        yield from read_table(source, name, given, columns)
    elif kind == "archive":
        yield from read_archive(source, name, given)
    elif kind == "feed":
        yield from read_feed(source.read_whole(name), name, given)
    else:
        raw = source.read_whole(name)
        yield Piece(name=name, kind=PieceKind(kind), content=raw, given=given)


def _find_kind(name: str, head: bytes) -> str:
    """Return what kind of file it is, by the name and the first bytes."""
    kind = _kind_by_name(name)
    if kind in ("rows", "table", "archive", "feed"):
        return kind
    if head.startswith(_WARC_START):
        return "archive"
    if _FEED_START.search(head) and _XML_START.match(head):
        return "feed"
    if _PAGE_START.match(head.replace(b"\0", b"")):
        return "page"
    if _XML_START.match(head):
        raise IntakeError(
            f"{name}: this is XML, but neither HTML nor a feed",
            mend="give pages as HTML, feeds as RSS or Atom",
        )
    if kind is None and _ROWS_START.match(head):
        return "rows"
    return kind or "text"


def _find_rows(source: Unpacked, name: str, given: Given) -> Iterator[Piece | Failure]:
    _check_rows(source.head, name)
    lines = io.BufferedReader(source.stream)
    number = 0
    is_empty = True
    while line := lines.readline(MAX_BYTES + 1):
        number += 1
        source.check_ratio(name)
        if not line.strip():
            continue
        is_empty = False
        if len(line) > MAX_BYTES:
            _skip_line(lines, line)
            error = too_large(f"{name}:{number}")
            yield Failure(input=name, line=number, error=error)
            continue
        bare = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        row = bare.strip()
        yield Piece(
            name=name, number=number, kind=PieceKind.ROW, content=row, given=given
        )
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
