"""Rows of reports, their sections and comments."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.export.cells import Row
from sayso.export.redact import shown
from sayso.export.table_rows.common import span_cells
from sayso.record import Record


def reports(record: Record) -> Iterator[Row]:
    """Give the row of the report."""
    report, kit = record.report, record.kit
    yield (
        report.id,
        report.key,
        "; ".join(report.keys),
        report.url,
        report.outlet,
        report.title,
        report.byline,
        report.published,
        report.language,
        report.supersedes,
        shown(report.text),
        " ".join(report.flags),
        record.schema,
        kit.digest(),
        kit.sayso,
        kit.model,
        kit.lexicons,
        kit.ontology,
        kit.gazetteer,
        kit.background,
    )


def sections(record: Record) -> Iterator[Row]:
    """Give a row for each section."""
    for n, one in enumerate(record.report.sections):
        yield record.report.id, n, one.kind.value, *span_cells(record, one.span)


def comments(record: Record) -> Iterator[Row]:
    """Give a row for each comment."""
    for one in record.report.comments:
        text = shown(one.text)
        yield record.report.id, one.n, one.author, one.time, one.reply_to, text
