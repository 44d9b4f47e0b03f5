"""Comments alone, as rows of JSONL or CSV: n, author, time, reply_to, text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sayso.errors import IntakeError
from sayso.record import Comment

FIELDS = ("n", "author", "time", "reply_to", "text")
MAX_CHARS = 1_000_000  # of one comment that are kept
# Control characters and those that turn the direction: kept as they are, but told of.
_ODD = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

Row = Mapping[str, Any]


class CommentRows(NamedTuple):
    """The comments of a file, and what was wrong with how many of them."""

    comments: tuple[Comment, ...]
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
    faults: Counter[str] = Counter()
    drafts = [row for row in _rows(path) if _has_text(row, faults)]
    given = [_number(row.get("n")) for row in drafts]
    numbers = _numbers(given, faults)
    authors: dict[str, str] = {}
    comments = tuple(
        _comment(row, number, authors, faults, known=set(numbers))
        for row, number in zip(drafts, numbers, strict=True)
    )
    return CommentRows(comments, dict(faults))


def _rows(path: Path) -> Iterator[Row]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeError(
            f"{path}: cannot be read ({error})", mend="give a file in UTF-8"
        ) from error
    if path.suffix.lower() != ".csv":
        yield from _json_rows(path, text)
        return
    rows = csv.DictReader(io.StringIO(text.replace("\0", "\ufffd"), newline=""))
    if "text" not in (rows.fieldnames or ()):
        raise IntakeError(
            f"{path}: no column `text`; there are {', '.join(rows.fieldnames or ())}",
            mend=f"name the columns in the first line: {', '.join(FIELDS)}",
        )
    csv.field_size_limit(2**31 - 1)
    try:
        yield from rows
    except csv.Error as error:
        raise IntakeError(
            f"{path}:{rows.line_num}: {error}", mend="mend the row"
        ) from error


def _json_rows(path: Path, text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
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


def _has_text(row: Row, faults: Counter[str]) -> bool:
    text = row.get("text")
    if isinstance(text, str) and text.strip():
        return True
    faults["without text, left out"] += 1
    return False


def _number(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 16 and int(text) else None


def _numbers(given: list[int | None], faults: Counter[str]) -> list[int]:
    """Return a number for each comment, no two alike."""
    taken = {number for number in given if number}
    free = (number for number in count(1) if number not in taken)
    used: set[int] = set()
    numbers = []
    for number in given:
        own = next(free) if number is None or number in used else number
        used.add(own)
        numbers.append(own)
    changed = sum(one != own for one, own in zip(given, numbers, strict=True))
    if taken and changed:  # a file without any numbers has no fault
        faults["number missing or used twice, numbered anew"] = changed
    return numbers


def _comment(
    row: Row,
    number: int,
    authors: dict[str, str],
    faults: Counter[str],
    *,
    known: set[int],
) -> Comment:
    text = row["text"]
    if len(text) > MAX_CHARS:
        faults[f"longer than {MAX_CHARS:,} characters, cut"] += 1
        text = text[:MAX_CHARS]
    if _ODD.search(text):
        faults["with control or direction characters, kept"] += 1
    name = " ".join(str(row.get("author") or "").casefold().split()) or f"\0{number}"
    target = _number(row.get("reply_to"))
    return Comment(
        n=number,
        author=authors.setdefault(name, f"c{len(authors) + 1}"),
        time=_time(row.get("time"), faults),
        reply_to=target if target in known - {number} else None,
        text=text,
    )


def _time(value: object, faults: Counter[str]) -> str | None:
    """Return ISO 8601 of a time given so or as seconds since 1970."""
    if value is None or value == "":
        return None
    text = str(value)
    try:
        if re.fullmatch(r"\d{9,11}(\.\d+)?", text):
            return datetime.fromtimestamp(float(text), UTC).isoformat()
        return datetime.fromisoformat(text).isoformat()
    except (ValueError, OverflowError):
        faults["with an impossible time, dropped"] += 1
        return None
