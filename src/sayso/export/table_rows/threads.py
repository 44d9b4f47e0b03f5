"""Rows of what the comments under a report do."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.export.cells import Row
from sayso.export.redact import shown
from sayso.record import Record, Span


def talking_points(record: Record) -> Iterator[Row]:
    """Give a row for each talking point."""
    for n, one in enumerate(record.thread.talking_points):
        yield (
            record.report.id,
            n,
            shown(one.phrase),
            len(one.comments),
            one.authors,
            one.in_article,
            one.expected,
            one.p,
            one.q,
        )


def talking_point_spans(record: Record) -> Iterator[Row]:
    """Give a row for each place in a comment where a talking point stands."""
    texts = _texts(record)
    for point, one in enumerate(record.thread.talking_points):
        places = [
            (comment.n, span) for comment in one.comments for span in comment.spans
        ]
        for n, (comment, span) in enumerate(places):
            yield record.report.id, point, n, comment, *_cells(texts, comment, span)


def copies(record: Record) -> Iterator[Row]:
    """Give a row for each comment of a group of copies."""
    texts = _texts(record)
    for group, one in enumerate(record.thread.copies):
        for n, (comment, span) in enumerate(zip(one.comments, one.spans, strict=True)):
            cells = _cells(texts, comment, span)
            yield record.report.id, group, n, comment, one.similarity, *cells


def bursts(record: Record) -> Iterator[Row]:
    """Give a row for each burst."""
    for n, one in enumerate(record.thread.bursts):
        chance = (one.expected, one.p, one.q)
        yield record.report.id, n, len(one.comments), one.start, one.end, *chance


def burst_comments(record: Record) -> Iterator[Row]:
    """Give a row for each comment of a burst."""
    for n, one in enumerate(record.thread.bursts):
        for comment in one.comments:
            yield record.report.id, n, comment


def _texts(record: Record) -> dict[int, str]:
    return {comment.n: comment.text for comment in record.report.comments}


def _cells(texts: dict[int, str], comment: int, span: Span) -> Row:
    return *span, shown(span.of(texts.get(comment, "")))
