"""Rows of actors, places and times, and of their mentions."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.export.cells import Row
from sayso.export.table_rows.common import span_cells
from sayso.record import Record


def actors(record: Record) -> Iterator[Row]:
    """Give a row for each actor."""
    for one in record.actors:
        yield (
            record.report.id,
            one.id,
            one.name,
            "; ".join(one.aliases),
            one.kind.value,
            one.country,
            one.sector,
            one.authority,
            one.public,
            one.confidence,
            one.made_by,
        )


def places(record: Record) -> Iterator[Row]:
    """Give a row for each place."""
    for one in record.places:
        yield (
            record.report.id,
            one.id,
            one.name,
            one.gazetteer_id,
            one.lat,
            one.lon,
            one.country,
            one.admin1,
            None if one.precision is None else one.precision.value,
            one.radius_km,
            one.confidence,
            one.made_by,
        )


def place_candidates(record: Record) -> Iterator[Row]:
    """Give a row for each entry that a place name could also have meant."""
    for place in record.places:
        for n, one in enumerate(place.candidates):
            entry = (one.gazetteer_id, one.name, one.score)
            yield record.report.id, place.id, n, *entry


def times(record: Record) -> Iterator[Row]:
    """Give a row for each time, with what it was reckoned from."""
    for one in record.times:
        anchor = one.anchor
        yield (
            record.report.id,
            one.id,
            one.value,
            one.timex.type.value,
            one.timex.value,
            one.earliest,
            one.latest,
            None if one.precision is None else one.precision.value,
            None if anchor is None else anchor.kind.value,
            None if anchor is None else anchor.id,
            *span_cells(record, None if anchor is None else anchor.span),
            one.rule,
            one.confidence,
            one.made_by,
        )


def mentions(record: Record) -> Iterator[Row]:
    """Give a row for each mention of an actor, place or time."""
    groups = (
        ("actor", record.actors),
        ("place", record.places),
        ("time", record.times),
    )
    for kind, rows in groups:
        for row in rows:
            for n, span in enumerate(row.mentions):
                yield record.report.id, row.id, n, kind, *span_cells(record, span)
