"""Incidents in the 25 slots of the MUC-4 templates, one row an incident."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.export.cells import Column, Row
from sayso.extract.incidents_types import Filler, Incident
from sayso.record import Record

COLUMNS = tuple(
    map(
        Column,
        (
            "MESSAGE: ID",
            "MESSAGE: TEMPLATE",
            "INCIDENT: DATE",
            "INCIDENT: LOCATION",
            "INCIDENT: TYPE",
            "INCIDENT: STAGE OF EXECUTION",
            "INCIDENT: INSTRUMENT ID",
            "INCIDENT: INSTRUMENT TYPE",
            "PERP: INCIDENT CATEGORY",
            "PERP: INDIVIDUAL ID",
            "PERP: ORGANIZATION ID",
            "PERP: ORGANIZATION CONFIDENCE",
            "PHYS TGT: ID",
            "PHYS TGT: TYPE",
            "PHYS TGT: NUMBER",
            "PHYS TGT: FOREIGN NATION",
            "PHYS TGT: EFFECT OF INCIDENT",
            "PHYS TGT: TOTAL NUMBER",
            "HUM TGT: NAME",
            "HUM TGT: DESCRIPTION",
            "HUM TGT: TYPE",
            "HUM TGT: NUMBER",
            "HUM TGT: FOREIGN NATION",
            "HUM TGT: EFFECT OF INCIDENT",
            "HUM TGT: TOTAL NUMBER",
        ),
    )
)


def muc4_rows(
    record: Record, leaving: Record, incidents: Iterable[Incident], *, has_words: bool
) -> list[Row]:
    """Return a row for each incident that MUC-4 would ask for.

    Slots that nothing was found for, and those that need a coder's judgement (types,
    nations, category of the incident), stay empty. Several fillers are joined by "; ",
    and so are the values that belong to them; those of humans tell the named first.

    Args:
        record: The record as read, which tells whose words a filler is.
        leaving: The same with its names redacted, and all other words.
        incidents: What was found in `record`.
        has_words: Whether words of the text may leave.
    """
    asked_for = [one for one in incidents if one.relevant]
    places = {place.id: place for place in leaving.places}

    def words(fillers: tuple[Filler, ...]) -> str | None:
        return _joined(_words(record, one, leaving) for one in fillers if has_words)

    rows: list[Row] = []
    for number, one in enumerate(asked_for, 1):
        place = places.get(one.place or "")
        humans = (*one.victims, *one.people)
        cells = {
            "MESSAGE: ID": leaving.report.key,
            "MESSAGE: TEMPLATE": str(number),
            "INCIDENT: DATE": one.date,
            "INCIDENT: LOCATION": place.name if place else one.country,
            "INCIDENT: TYPE": _term(one.kind),
            "INCIDENT: STAGE OF EXECUTION": _term(one.stage),
            "INCIDENT: INSTRUMENT ID": words(one.instruments),
            "PERP: INDIVIDUAL ID": words(one.individuals),
            "PERP: ORGANIZATION ID": words(one.organisations),
            "PERP: ORGANIZATION CONFIDENCE": _aligned(
                _term(filler.claim) for filler in one.organisations
            ),
            "PHYS TGT: ID": words(one.targets),
            "PHYS TGT: NUMBER": _aligned(map(_number, one.targets)),
            "PHYS TGT: EFFECT OF INCIDENT": _aligned(
                _term(filler.damage) for filler in one.targets
            ),
            "HUM TGT: NAME": words(one.victims),
            "HUM TGT: DESCRIPTION": words(one.people),
            "HUM TGT: NUMBER": _aligned(map(_number, humans)),
            "HUM TGT: EFFECT OF INCIDENT": _aligned(
                _term(filler.harm) for filler in humans
            ),
        }
        rows.append(tuple(cells.get(column.name) for column in COLUMNS))
    return rows


def _words(record: Record, filler: Filler, leaving: Record) -> str:
    """Return a filler's words as they may leave."""
    named = (s for s in filler.spans if s.of(record.report.text) == filler.name)
    return leaving.text_of(next(named, filler.spans[0]))


def _number(filler: Filler) -> str | None:
    if filler.low == filler.high:
        return None if filler.low is None else str(filler.low)
    ends = ("" if end is None else str(end) for end in (filler.low, filler.high))
    return " - ".join(ends)


def _term(value: str | None) -> str | None:
    """Return a value as the templates write it: "SUSPECTED OR ACCUSED"."""
    return None if value is None else value.replace("_", " ").upper()


def _joined(values: Iterable[str]) -> str | None:
    return "; ".join(values) or None


def _aligned(values: Iterable[str | None]) -> str | None:
    """Return one value for each filler, "-" where it is not known."""
    told = [*values]
    return "; ".join(value or "-" for value in told) if any(told) else None
