"""Files of other coders: spans of doccano, events of UCDP and ACLED."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from sayso.errors import IntakeError
from sayso.record import Span


class CodingForm(StrEnum):
    """Of which tool or project a file of codings is."""

    DOCCANO = "doccano"
    UCDP = "ucdp"
    ACLED = "acled"


class CodedSpan(msgspec.Struct, frozen=True, kw_only=True):
    """Words that somebody has put a label on."""

    label: str
    span: Span


class CodedText(msgspec.Struct, frozen=True, kw_only=True):
    """A text as somebody has coded it, perhaps without finding anything."""

    text: str
    spans: tuple[CodedSpan, ...]


class CodedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event as somebody has coded it."""

    id: str
    first_day: str
    """2019-08-14."""
    last_day: str
    country: str
    lat: float
    lon: float
    low: int
    """Deaths."""
    best: int
    high: int


class _Entity(msgspec.Struct, frozen=True):
    label: str
    start_offset: int
    end_offset: int


class _Doccano(msgspec.Struct, frozen=True):
    text: str
    label: tuple[tuple[int, int, str], ...] = ()
    labels: tuple[tuple[int, int, str], ...] = ()
    entities: tuple[_Entity, ...] = ()


def read_texts(path: Path, labels: Mapping[str, str]) -> Iterator[CodedText]:
    """Give the texts of an export of doccano (JSONL), of either of its forms.

    Args:
        path: The file.
        labels: Names of sayso for labels of the file; others stay as they are.

    Raises:
        IntakeError: A line is of another form, or a span lies outside of the text.
    """
    decoder = msgspec.json.Decoder(_Doccano)
    with _open(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = decoder.decode(line)
            except msgspec.DecodeError as error:
                raise IntakeError(
                    f"{path}:{number}: no line of doccano: {error}",
                    mend='export as JSONL, with "text" and "label" or "entities"',
                ) from error
            found = [*row.label, *row.labels]
            found += [(o.start_offset, o.end_offset, o.label) for o in row.entities]
            if any(not 0 <= start < end <= len(row.text) for start, end, _ in found):
                raise IntakeError(
                    f"{path}:{number}: a span lies outside of the text",
                    mend="export again; offsets count characters, not bytes",
                )
            spans = (
                CodedSpan(label=labels.get(label, label), span=Span(start, end))
                for start, end, label in sorted(found)
            )
            yield CodedText(text=row.text, spans=tuple(spans))


def read_events(path: Path, form: CodingForm) -> Iterator[CodedEvent]:
    """Give the events of a CSV of UCDP GED or ACLED.

    Raises:
        IntakeError: A column is missing, or a row cannot be understood.
    """
    make = _from_ucdp if form is CodingForm.UCDP else _from_acled
    with _open(path) as lines:
        rows = csv.DictReader(lines)
        for number, row in enumerate(rows, 1):
            try:
                yield make(row)
            except (KeyError, ValueError, TypeError) as error:
                raise IntakeError(
                    f"{path}: row {number} is none of {form.value}: {error}",
                    mend="give the CSV as it was downloaded, with all its columns",
                ) from error


def _from_ucdp(row: Mapping[str, Any]) -> CodedEvent:
    return CodedEvent(
        id=row["id"],
        first_day=row["date_start"][:10],
        last_day=row["date_end"][:10],
        country=row["country"],
        lat=float(row["latitude"]),
        lon=float(row["longitude"]),
        low=int(row["low"]),
        best=int(row["best"]),
        high=int(row["high"]),
    )


def _from_acled(row: Mapping[str, Any]) -> CodedEvent:
    deaths = int(row["fatalities"])
    return CodedEvent(
        id=row["event_id_cnty"],
        first_day=row["event_date"],
        last_day=row["event_date"],
        country=row["country"],
        lat=float(row["latitude"]),
        lon=float(row["longitude"]),
        low=deaths,
        best=deaths,
        high=deaths,
    )


def _open(path: Path) -> Any:
    try:
        return path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise IntakeError(
            f"{path} cannot be read: {error.strerror}", mend="check the path"
        ) from error
