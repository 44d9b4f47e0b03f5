"""Comments alone, as rows of JSONL or CSV: n, author, time, reply_to, text."""

from __future__ import annotations

import csv
import re
from array import array
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sayso.errors import IntakeError
from sayso.intake.comment_spool import CommentSpool
from sayso.record import Comment

FIELDS = ("n", "author", "time", "reply_to", "text")
MAX_CHARS = 1_000_000  # of one comment that are kept
# Control characters and those that turn the direction: kept as they are, but told of.
_ODD = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

Row = Mapping[str, Any]


class CommentRows(NamedTuple):
    """The comments of a file, and what was wrong with how many of them."""

    comments: Sequence[Comment]
    """Of a huge file most lie on disk."""
    faults: Mapping[str, int]


def holds_comments(path: Path) -> bool:
    """Tell whether a file is a list of comments rather than of reports.

    CSV always is; JSONL is if its first row has one of the fields that only comments
    have, and no comments of its own.
    """
    if path.suffix.lower() == ".csv":
        return path.is_file()
    if path.suffix.lower() not in (".jsonl", ".ndjson") or not path.is_file():
        return False
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        first = next((line for line in lines if line.strip()), "")
    try:
        row = msgspec.json.decode(first)
    except msgspec.DecodeError:
        return False
    return (
        isinstance(row, dict)
        and "comments" not in row
        and bool({"n", "author", "reply_to"} & set(row))
    )


def read_comment_rows(path: Path) -> CommentRows:
    """Return the comments of a file in its order, numbered as it says.

    Authors become c1, c2 … by first appearance. A row without text is left out; a
    number that is missing, no number or used before is replaced by a free one; a time
    that no clock shows is dropped. All of it is counted.

    Raises:
        IntakeError: The file cannot be read, or a row is broken.
    """
    _need_text(path)
    faults: Counter[str] = Counter()
    given = array("q", (_number(row.get("n")) for row in _rows_with_text(path)))
    numbers = _numbers(given, faults)
    known = range(1, len(numbers) + 1) if _is_plain(numbers) else set(numbers)
    authors: dict[str, str] = {}
    comments = CommentSpool()
    rows = _rows_with_text(path, faults)
    for row, number in zip(rows, numbers, strict=True):
        comments.append(_comment(row, number, authors, faults, known=known))
    return CommentRows(comments, dict(faults))


def _need_text(path: Path) -> None:
    """Raise unless a row has a text, even an empty one, or there are no rows."""
    first: Row | None = None
    for row in _rows(path):
        if "text" in row:
            return
        first = row if first is None else first
    if first is not None:
        raise IntakeError(
            f"{path}: no row has a `text`; the first has {', '.join(first)}",
            mend=f"name the fields {', '.join(FIELDS)}",
        )


def _rows_with_text(path: Path, faults: Counter[str] | None = None) -> Iterator[Row]:
    for row in _rows(path):
        text = row.get("text")
        if isinstance(text, str) and text.strip():
            yield row
        elif faults is not None:
            faults["without text, left out"] += 1


def _rows(path: Path) -> Iterator[Row]:
    try:
        # Only LF ends a line: JSON may hold any other sign that Python breaks lines at.
        with path.open(encoding="utf-8-sig", newline="\n") as lines:
            if path.suffix.lower() == ".csv":
                yield from _csv_rows(path, lines)
            else:
                yield from _json_rows(path, lines)
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeError(
            f"{path}: cannot be read ({error})", mend="give a file in UTF-8"
        ) from error


def _csv_rows(path: Path, lines: Iterable[str]) -> Iterator[Row]:
    csv.field_size_limit(2**31 - 1)
    rows = csv.DictReader(line.replace("\0", "\ufffd") for line in lines)
    try:
        if not rows.fieldnames:
            raise IntakeError(
                f"{path}: the file is empty", mend="give a file with comments in it"
            )
        if "text" not in rows.fieldnames:
            raise IntakeError(
                f"{path}: no column `text`; there are {', '.join(rows.fieldnames)}",
                mend=f"name the columns in the first line: {', '.join(FIELDS)}",
            )
        yield from rows
    except csv.Error as error:
        raise IntakeError(
            f"{path}:{rows.line_num}: {error}", mend="mend the row"
        ) from error


def _json_rows(path: Path, lines: Iterable[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line)
        except msgspec.DecodeError as error:
            raise IntakeError(
                f"{path}:{number}: {error}", mend="mend the row or leave it out"
            ) from error
        if not isinstance(row, dict):
            raise IntakeError(
                f"{path}:{number}: the row is no JSON object",
                mend=f"give objects with {', '.join(FIELDS)}",
            )
        yield row


def _number(value: object) -> int:
    """Return the number that a row gives its comment; 0: none that will do."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _numbers(given: Sequence[int], faults: Counter[str]) -> Sequence[int]:
    """Return a number for each comment, no two alike."""
    if _is_plain(given):
        return given
    taken = set(given) - {0}
    free = (number for number in count(1) if number not in taken)
    used: set[int] = set()
    numbers = array("q")
    for number in given:
        own = next(free) if not number or number in used else number
        used.add(own)
        numbers.append(own)
    changed = sum(one != own for one, own in zip(given, numbers, strict=True))
    if taken and changed:  # a file without any numbers has no fault
        faults["number missing or used twice, numbered anew"] = changed
    return numbers


def _is_plain(numbers: Sequence[int]) -> bool:
    """Tell whether the numbers go up from 1 by one."""
    return all(number == place for place, number in enumerate(numbers, 1))


def _comment(
    row: Row,
    number: int,
    authors: dict[str, str],
    faults: Counter[str],
    *,
    known: Container[int],
) -> Comment:
    text = row["text"]
    if len(text) > MAX_CHARS:
        faults[f"longer than {MAX_CHARS:,} characters, cut"] += 1
        text = text[:MAX_CHARS]
    if _ODD.search(text):
        faults["with control or direction characters, kept"] += 1
    name = " ".join(str(row.get("author") or "").casefold().split()) or f"\0{number}"
    target = _number(row.get("reply_to"))
    if row.get("reply_to") not in (None, "") and target not in known:
        faults["with a reply to a comment that is not there, dropped"] += 1
    return Comment(
        n=number,
        author=authors.setdefault(name, f"c{len(authors) + 1}"),
        time=_time(row.get("time"), faults),
        reply_to=target if target != number and target in known else None,
        text=text,
    )


def _time(value: object, faults: Counter[str]) -> str | None:
    """Return ISO 8601 of a time given so, or as (milli)seconds since 1970."""
    if value is None or value == "":
        return None
    text = str(value)
    try:
        if re.fullmatch(r"\d{9,11}(\.\d+)?", text):
            return datetime.fromtimestamp(float(text), UTC).isoformat()
        if re.fullmatch(r"\d{12,13}", text):
            return datetime.fromtimestamp(int(text) / 1000, UTC).isoformat()
        return datetime.fromisoformat(text).isoformat()
    except (ValueError, OverflowError):
        faults["with an impossible time, dropped"] += 1
        return None
