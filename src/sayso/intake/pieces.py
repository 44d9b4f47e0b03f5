"""PIECE -> REPORT: the bytes of one report as they were found, and how they are read.

A file of text or a page is one piece; a table, archive or feed holds many. Pieces are
cheap to make and to hand to another process, where the costly part is done.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from pathlib import Path

import msgspec

from sayso.errors import IntakeError, SaysoError
from sayso.intake.assemble import NOTHING_GIVEN, Given
from sayso.intake.encoding import check_text, decode_page, decode_text
from sayso.intake.html import read_page
from sayso.intake.jsonl import find_row_key, read_row
from sayso.intake.text import read_text
from sayso.record import Report


class PieceKind(StrEnum):
    """How the bytes of a piece are to be read."""

    TEXT = "text"
    PAGE = "page"
    ROW = "row"
    """One object of JSON; rows of tables and entries of feeds are made into one."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes of one report before they are read."""

    name: str
    """Path or URL of what holds it, or "standard input"."""
    number: int | None = None
    """Of the line, row, record or entry in it, from 1; None: it is all there is."""
    kind: PieceKind
    content: bytes
    given: Given = NOTHING_GIVEN
    retrieved: str | None = None
    """When it was fetched, ISO 8601 with the zone; None: it was given as a file."""

    @property
    def key(self) -> str:
        """Return what a user calls it: `reports.jsonl:7`, a path, or a URL."""
        if self.given.key:
            return self.given.key
        return self.name if self.number is None else f"{self.name}:{self.number}"

    @property
    def digest(self) -> str:
        """Return 64 hex digits that stand for all that its report follows from.

        The folder that a file lies in is left out: it does not enter the report.
        """
        has_key = self.given.key or (
            self.kind is PieceKind.ROW and find_row_key(self.content)
        )
        name = None if has_key else Path(self.key).name
        frame = msgspec.json.encode([name, self.kind, self.given])
        return hashlib.sha256(frame + b"\n" + self.content).hexdigest()


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """An input, or a part of one, that gave no report; the batch goes on."""

    input: str
    """Path as given or found, or "standard input"."""
    line: int | None = None
    """Line of a JSONL file, row of a table, record of an archive, entry of a feed."""
    error: SaysoError
    trace: str | None = None
    """Traceback of a fault in sayso itself, as text."""

    @property
    def key(self) -> str:
        """Return what a user calls the input, with the line."""
        return self.input if self.line is None else f"{self.input}:{self.line}"

    @property
    def digest(self) -> str:
        """Return 64 hex digits that stand for the name: there is no content."""
        return hashlib.sha256(self.key.encode()).hexdigest()


def read_piece(piece: Piece) -> Report:
    """Return the report of a piece.

    Raises:
        IntakeError: It holds none.
    """
    name, raw, given = piece.key, piece.content, piece.given
    if piece.kind is PieceKind.ROW:
        number = piece.number or 1
        return read_row(raw, name=piece.name, number=number, given=given)
    check_text(raw, name=name, is_page=piece.kind is PieceKind.PAGE)
    if piece.kind is PieceKind.PAGE:
        page, is_whole = decode_page(raw, name=name)
        if "<" in page:
            return read_page(page, name=name, is_whole=is_whole, given=given)
    return read_text(decode_text(raw, name=name), name=name, given=given)


def try_piece(piece: Piece) -> Report | Failure:
    """Return the report of a piece, or why it holds none."""
    try:
        return read_piece(piece)
    except IntakeError as error:
        return Failure(input=piece.name, line=piece.number, error=error)
