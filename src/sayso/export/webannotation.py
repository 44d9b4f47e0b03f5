"""What was found as W3C Web Annotations (JSON-LD), one annotation a span.

Positions count Unicode code points, as the recommendation asks; tools in browsers that
count UTF-16 units should go by the quote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sayso.export.json_files import without_none, write_list
from sayso.export.persons import HIDDEN
from sayso.export.redact import WITHHELD, quote
from sayso.record import Record, Span

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_BESIDE = 32  # characters before and after a quote


def write_webannotation(records: Iterable[Record], path: Path) -> int:
    """Write a page of annotations; return how many."""
    head = {
        "@context": _CONTEXT,
        "id": "urn:sayso:annotations",
        "type": "AnnotationPage",
    }
    items = (one for record in records for one in annotate(record))
    return write_list(path, head, "items", items)


def annotate(record: Record) -> Iterator[dict[str, Any]]:
    """Give the annotations of a record, by kind of row, in their order."""
    for row, field, span, tags in _anchored(record):
        target = {
            "type": "SpecificResource",
            "source": _source(record),
            "selector": _selectors(record, span),
        }
        yield {
            "id": f"urn:sayso:{record.report.id}:{row}:{field}:{span.start}-{span.end}",
            "type": "Annotation",
            "motivation": "classifying",
            "body": [_body(tag) for tag in (field, *tags)],
            "target": target,
        }


def _anchored(
    record: Record,
) -> Iterator[tuple[str, str, Span, tuple[str, ...]]]:
    """Give row id, what the span is to the row, the span and further tags."""
    for one in record.statements:
        if one.is_outlet:
            continue  # it is what nobody else says: the rest of the article
        tags = (f"stance: {one.stance.value}", f"basis: {one.basis.value}")
        parts = [("source", one.source), ("cue", one.cue), ("addressee", one.addressee)]
        parts += [("content", span) for span in one.content]
        for part, span in parts:
            if span is not None:
                yield one.id, f"statement.{part}", span, tags
    for event in record.events:
        tags = (f"type: {event.type}", f"status: {event.status.value}")
        for span in (event.trigger, *event.also):
            yield event.id, "event.trigger", span, tags
        for participant in event.participants:
            role = participant.role.value
            yield event.id, f"event.{role}", participant.span, tags
        for count in event.counts:
            yield event.id, "event.count", count.span, (*tags, count.what.value)
    for link in record.links:
        yield link.id, "link", link.span, (f"kind: {link.kind.value}",)
    yield from _named(record)


def _named(record: Record) -> Iterator[tuple[str, str, Span, tuple[str, ...]]]:
    groups: tuple[tuple[str, Any], ...] = (
        ("actor", [(one, (one.name, one.kind.value)) for one in record.actors]),
        ("place", [(one, (one.name,)) for one in record.places]),
        ("time", [(one, (one.value or one.timex.value,)) for one in record.times]),
    )
    for kind, rows in groups:
        for row, tags in rows:
            for span in row.mentions:
                yield row.id, f"{kind}.mention", span, tags


def _source(record: Record) -> dict[str, Any]:
    source = {
        "id": f"urn:sayso:report:{record.report.id}",
        "type": "Text",
        "via": _address(record),
    }
    return without_none(source)


def _address(record: Record) -> str | None:
    """Return the address of the report, unless a name in it was overwritten."""
    url = record.report.url
    return None if url is None or HIDDEN in url else url


def _selectors(record: Record, span: Span) -> list[dict[str, Any]]:
    position = {
        "type": "TextPositionSelector",
        "start": span.start,
        "end": span.end,
    }
    exact = quote(record, span)
    if exact is None:
        return [position]
    text = record.report.text
    before = text[max(span.start - _BESIDE, 0) : span.start]
    after = text[span.end : span.end + _BESIDE]
    quoted = {
        "type": "TextQuoteSelector",
        "exact": exact,
        "prefix": before.rpartition(WITHHELD)[2],
        "suffix": after.partition(WITHHELD)[0],
    }
    return [without_none(quoted), position]


def _body(tag: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": "tagging", "value": tag}
