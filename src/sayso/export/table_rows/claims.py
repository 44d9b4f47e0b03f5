"""Rows of statements, events and links, and of what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.export.cells import Row
from sayso.export.redact import quote
from sayso.export.table_rows.common import actor_names, joined, span_cells
from sayso.export.voices import voices_of
from sayso.record import Record


def statements(record: Record) -> Iterator[Row]:
    """Give a row for each statement; its content has the words of all its spans."""
    names = actor_names(record)
    for one in record.statements:
        yield (
            record.report.id,
            one.id,
            one.is_outlet,
            one.speaker,
            names.get(one.speaker),
            *span_cells(record, one.source),
            *span_cells(record, one.cue),
            quote(record, *one.content),
            one.within,
            one.quote.value,
            one.stance.value,
            one.negated,
            one.speech,
            one.hearsay,
            one.basis.value,
            one.channel.value,
            *span_cells(record, one.addressee),
            joined(one.times),
            joined(one.about),
            one.confidence,
            one.made_by,
        )


def contents(record: Record) -> Iterator[Row]:
    """Give a row for each span of what is said."""
    for one in record.statements:
        for n, span in enumerate(one.content):
            yield record.report.id, one.id, n, *span_cells(record, span)


def events(record: Record) -> Iterator[Row]:
    """Give a row for each event; its text is the trigger."""
    for one in record.events:
        yield (
            record.report.id,
            one.id,
            one.type,
            one.mode,
            one.generic,
            one.status.value,
            *span_cells(record, one.trigger),
            one.confidence,
            one.made_by,
        )


def event_mentions(record: Record) -> Iterator[Row]:
    """Give a row for each mention of an event, the trigger first."""
    for one in record.events:
        for n, span in enumerate((one.trigger, *one.also)):
            yield record.report.id, one.id, n, *span_cells(record, span)


def participants(record: Record) -> Iterator[Row]:
    """Give a row for each participant."""
    names = actor_names(record)
    for event in record.events:
        for n, one in enumerate(event.participants):
            yield (
                record.report.id,
                event.id,
                n,
                one.role.value,
                one.actor,
                names.get(one.actor),
                None if one.class_ is None else one.class_.value,
                *span_cells(record, one.span),
                joined(one.statements),
            )


def event_places(record: Record) -> Iterator[Row]:
    """Give a row for each place of an event."""
    names = {place.id: place.name for place in record.places}
    for event in record.events:
        for n, one in enumerate(event.places):
            yield (
                record.report.id,
                event.id,
                n,
                one.role.value,
                one.place,
                names.get(one.place),
                joined(one.statements),
            )


def event_times(record: Record) -> Iterator[Row]:
    """Give a row for each time of an event."""
    values = {time.id: time.value for time in record.times}
    for event in record.events:
        for n, one in enumerate(event.times):
            voices = joined(one.statements)
            yield record.report.id, event.id, n, one.time, values.get(one.time), voices


def counts(record: Record) -> Iterator[Row]:
    """Give a row for each number of people, with both ends of the interval."""
    names = actor_names(record)
    for event in record.events:
        for n, one in enumerate(event.counts):
            yield (
                record.report.id,
                event.id,
                n,
                one.what.value,
                one.low,
                one.high,
                one.approximate,
                one.of,
                one.of_actor,
                names.get(one.of_actor),
                *span_cells(record, one.span),
                joined(one.statements),
            )


def assertions(record: Record) -> Iterator[Row]:
    """Give a row for what each voice says of an event or link."""
    claims = (("event", record.events), ("link", record.links))
    for kind, found in claims:
        for claim in found:
            for n, voice in enumerate(voices_of(record, claim)):
                yield (
                    record.report.id,
                    claim.id,
                    n,
                    kind,
                    voice.statement,
                    voice.name,
                    voice.is_outlet,
                    voice.status.value,
                    *span_cells(record, voice.span),
                )


def links(record: Record) -> Iterator[Row]:
    """Give a row for each link."""
    names = actor_names(record) | {place.id: place.name for place in record.places}
    for one in record.links:
        yield (
            record.report.id,
            one.id,
            one.kind.value,
            one.from_,
            names.get(one.from_),
            one.to,
            names.get(one.to),
            *span_cells(record, one.span),
            one.confidence,
            one.made_by,
        )
