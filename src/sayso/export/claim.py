"""Statements as schema.org Claims (JSON-LD); never with a rating."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sayso.export.json_files import without_none, write_list
from sayso.export.persons import HIDDEN
from sayso.export.redact import quote
from sayso.export.voices import NOBODY, voice_name
from sayso.record import ActorKind, Record, Statement

_TYPES = {ActorKind.PERSON: "Person"}


def write_claims(records: Iterable[Record], path: Path) -> int:
    """Write all statements of sources; return how many."""
    claims = (one for record in records for one in _claims(record))
    return write_list(path, {"@context": "https://schema.org"}, "@graph", claims)


def _claims(record: Record) -> Iterator[dict[str, Any]]:
    for statement in record.statements:
        text = quote(record, *statement.content)
        if not statement.is_outlet:
            claim = {
                "@type": "Claim",
                "@id": f"urn:sayso:{record.report.id}:{statement.id}",
                "text": text,
                "author": _author(record, statement),
                "appearance": _article(record),
                "keywords": _keywords(statement),
            }
            yield without_none(claim)


def _author(record: Record, statement: Statement) -> dict[str, Any] | None:
    name = voice_name(record, statement)
    if name == NOBODY:
        return None
    speaker = record.speaker(statement)
    kind = "Person" if speaker is None else _TYPES.get(speaker.kind, "Organization")
    if speaker is None:
        return {"@type": "Thing", "name": name}
    return {"@type": kind, "name": name}


def _keywords(statement: Statement) -> list[str]:
    keywords = [f"stance: {statement.stance.value}", f"basis: {statement.basis.value}"]
    return keywords + ["hearsay"] * statement.hearsay + ["negated"] * statement.negated


def _article(record: Record) -> dict[str, Any]:
    report = record.report
    publisher = {"@type": "Organization", "name": report.outlet}
    is_address = report.url is not None and HIDDEN not in report.url
    return without_none(
        {
            "@type": "NewsArticle",
            "@id": f"urn:sayso:report:{report.id}",
            "url": report.url if is_address else None,
            "headline": report.title,
            "datePublished": report.published,
            "inLanguage": report.language,
            "publisher": publisher if report.outlet else None,
        }
    )
