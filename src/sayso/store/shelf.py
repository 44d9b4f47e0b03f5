"""Reports as they stand in a project: readings, reviews and splits, for writers."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sayso.record import Judgement, Record, from_json, to_json
from sayso.store.change import in_chunks
from sayso.store.coding import told_by_row, with_added
from sayso.store.database import Session, marks
from sayso.store.judgements import review
from sayso.store.merge import Reading, merge_readings
from sayso.store.rows import Review
from sayso.store.tables import Derived, derive

PACKING = 6  # zlib: 9 is a third slower and saves one per cent


class Shelved(msgspec.Struct, frozen=True, kw_only=True):
    """One report as it stands."""

    number: int
    readings: tuple[Reading, ...]
    record: Record
    """Merged from the readings."""


def pack(record: Record) -> bytes:
    """Return a record as the bytes of a reading."""
    return zlib.compress(to_json(record), PACKING)


def unpack(packed: bytes) -> Record:
    """Return the record of the bytes of a reading."""
    return from_json(zlib.decompress(packed))


def load(session: Session, report_ids: Iterable[str]) -> dict[str, Shelved]:
    """Return those of the reports that the project has, by id."""
    found: dict[str, Shelved] = {}
    for chunk in in_chunks(report_ids):
        rows = session.rows(
            f"{_READINGS} where p.id in ({marks(chunk)}) {_ORDER}", chunk
        )
        found |= {one.record.report.id: one for one in _shelve(rows)}
    return found


def load_numbers(session: Session, numbers: Iterable[int]) -> dict[int, Record]:
    """Return the merged records of reports by their numbers."""
    wanted = tuple(set(numbers))
    if not wanted:
        return {}
    sql = f"{_READINGS} where p.report in ({marks(wanted)}) {_ORDER}"
    return {one.number: one.record for one in _shelve(session.rows(sql, wanted))}


def load_all(session: Session, after: str | None) -> Iterator[Shelved]:
    """Give all reports by id."""
    yield from _shelve(
        session.each(f"{_READINGS} where p.id > ? {_ORDER}", (after or "",))
    )


_READINGS = (
    "select p.report, g.digest, g.added, g.record from reports p "
    "join readings g on g.report = p.report"
)
_ORDER = "order by p.id, g.added, g.digest"


def _shelve(rows: Iterable[tuple[Any, ...]]) -> Iterator[Shelved]:
    number: int | None = None
    readings: list[Reading] = []
    for row, digest, added, packed in rows:
        if readings and row != number:
            yield _shelved(number or 0, readings)
            readings = []
        number = row
        readings.append(Reading(digest=digest, added=added, record=unpack(packed)))
    if readings:
        yield _shelved(number or 0, readings)


def _shelved(number: int, readings: Sequence[Reading]) -> Shelved:
    record = merge_readings(readings)
    return Shelved(number=number, readings=tuple(readings), record=record)


def judgements_of(
    session: Session, report_ids: Iterable[str]
) -> dict[str, list[Judgement]]:
    """Return the judgements in force on reports, oldest first, by report id."""
    found: dict[str, list[Judgement]] = defaultdict(list)
    for chunk in in_chunks(report_ids):
        sql = (
            f"select body from judgements where report in ({marks(chunk)}) "
            "and in_force = 1 order by seq"
        )
        for (body,) in session.rows(sql, chunk):
            judgement = msgspec.json.decode(body, type=Judgement)
            found[judgement.report].append(judgement)
    return found


def splits_of(session: Session, report_ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return who report actors are by decision of coders: report id, row id, actor."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for chunk in in_chunks(report_ids):
        sql = (
            f"select report, row_id, owner from splits where report in ({marks(chunk)})"
        )
        for report, row, owner in session.rows(sql, chunk):
            found[report][row] = owner
    return found


def derive_all(
    session: Session, numbered: Iterable[tuple[int, Record]]
) -> dict[int, Derived]:
    """Return the rows that follow from records and from what people decided on them."""
    records = dict(numbered)
    ids = [record.report.id for record in records.values()]
    judged, splits = judgements_of(session, ids), splits_of(session, ids)
    return {
        number: derive(
            with_added(record, judged.get(record.report.id, ())),
            number,
            reviews=_reviews(record, judged.get(record.report.id, ())),
            splits=splits.get(record.report.id, {}),
        )
        for number, record in records.items()
    }


def _reviews(record: Record, judgements: Sequence[Judgement]) -> Mapping[str, Review]:
    rows = told_by_row(record, judgements)
    return {target: review(told) for target, told in rows.items()}


def load_coded(session: Session, numbers: Iterable[int]) -> dict[int, Record]:
    """Return the records of reports, with the rows that people added, by number."""
    records = load_numbers(session, numbers)
    judged = judgements_of(session, (one.report.id for one in records.values()))
    return {
        number: with_added(record, judged.get(record.report.id, ()))
        for number, record in records.items()
    }
