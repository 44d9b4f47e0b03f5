"""Rows of JSON, one report a line, to Reports; their text is taken as it stands."""

from __future__ import annotations

from pathlib import Path

import msgspec

from sayso.errors import IntakeError
from sayso.intake.assemble import NOTHING_GIVEN, Draft, Given, assemble_report
from sayso.intake.comments import CommentDraft
from sayso.intake.dates import parse_published, parse_time
from sayso.intake.normalise import replace_surrogates
from sayso.record import Report

_Scalar = str | int | float | None


class _CommentRow(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    id: str | int | None = None
    n: int | None = None
    author: str | int | None = None
    time: _Scalar = None
    reply_to: str | int | None = None


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    doc_id: str | int | None = None
    id: str | int | None = None
    title: str | None = None
    outlet: str | None = None
    published: _Scalar = None
    url: str | None = None
    comments: tuple[str | _CommentRow, ...] | None = None


_DECODER = msgspec.json.Decoder(_Row)


def read_row(
    line: bytes, *, name: str, number: int, given: Given = NOTHING_GIVEN
) -> Report:
    """Return the report of one line of JSONL.

    Args:
        line: A JSON object with `text`, and perhaps `doc_id` or `id`, `title`,
            `outlet`, `published`, `url` and `comments`; other fields are ignored.
        name: Path of the file; with `number` the key of a row without id and URL.
        number: Of the line, from 1.
        given: Overrides the row.

    Raises:
        IntakeError: Not such an object, an empty text, or a date that is none.
    """
    where = f"{name}:{number}"
    row = _decode(line, where)
    if not row.text.strip():
        raise IntakeError(
            f"{where}: the text is empty", mend='fill "text", or leave out the row'
        )
    published = None
    if given.published is None:
        published = parse_published(row.published, where=where)
    draft = Draft(
        key=_find_key(row) or f"{Path(name).name}:{number}",
        text=replace_surrogates(row.text),
        url=row.url or None,
        outlet=row.outlet or None,
        title=row.title or None,
        published=published,
        comments=tuple(
            _draft_comment(comment, number, where)
            for number, comment in enumerate(row.comments or (), 1)
        ),
    )
    return assemble_report(draft, given)


def find_row_key(line: bytes) -> str | None:
    """Return the caller's identifier in a row; None if it has none, or is no row."""
    try:
        return _find_key(_DECODER.decode(line))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _decode(line: bytes, where: str) -> _Row:
    try:
        return _DECODER.decode(line)
    except msgspec.ValidationError as error:
        raise IntakeError(
            f"{where}: the row does not fit: {error}",
            mend='give an object with "text", "doc_id" or "id", and the other fields '
            "as docs/formats.md lists them",
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise IntakeError(
            f"{where}: the line is not valid JSON: {error}",
            mend="give one JSON object in UTF-8 on each line",
        ) from error


def _find_key(row: _Row) -> str | None:
    ids = (row.doc_id, row.id, row.url)
    return next((str(one) for one in ids if one not in (None, "")), None)


def _draft_comment(comment: str | _CommentRow, number: int, where: str) -> CommentDraft:
    if isinstance(comment, str):
        return CommentDraft(text=replace_surrogates(comment), key=str(number))
    own = number if comment.n is None else comment.n
    return CommentDraft(
        text=replace_surrogates(comment.text),
        author=None if comment.author is None else str(comment.author),
        time=parse_time(comment.time, where=f"{where}, comment {number}"),
        key=str(own if comment.id is None else comment.id),
        reply_to=None if comment.reply_to is None else str(comment.reply_to),
    )
