"""Records made fit to leave: names of persons and words of reports overwritten.

Lengths stay, so every span still points at the words it quotes, or at the signs that
stand for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

import msgspec
from msgspec.structs import replace

from sayso.export.formats import Options, Persons, TextKept
from sayso.export.persons import Hidden, find_hidden, overwrite
from sayso.record import (
    ActorKind,
    Judgement,
    Record,
    Report,
    SectionKind,
    Span,
    Thread,
)
from sayso.vocab.names import Names

WITHHELD = "␣"  # a sign that news hardly has, so that it tells what is missing
# Codes, ids and dates: never words of a report, and never to be altered.
_CODE_FIELDS = (
    "about actor author authority country digest earliest event from_ gazetteer_id id"
    " kit language latest made_by mode of_actor place published report rule schema"
    " sector speaker statement statements supersedes target time times to type within"
)
_CODES = frozenset(_CODE_FIELDS.split())
Mask = Callable[[str], str]


def redact(record: Record, options: Options, names: Names) -> Record:
    """Return the record as it may leave.

    The names of hidden persons are overwritten by █ wherever they stand, and all their
    mentions in the text; links that have one as an end are dropped. Then the words that
    may not leave are overwritten by ␣; line ends stay. The id stays that of the report
    as it was read.
    """
    hidden = find_hidden(record, options.persons, names)
    text = record.report.text
    if hidden.ids:
        text = overwrite(hidden.mask(text), _mentions_of(record, hidden))
        record = _without(record, hidden)
    if options.persons is Persons.NONE:
        text = overwrite(text, record.report.sections_of(SectionKind.BYLINE))
        record = replace(record, report=_without_byline(record.report))
    report = replace(record.report, text=text)
    return _with_text(replace(record, report=report), options.text)


def redact_judgement(
    judgement: Judgement, record: Record | None, options: Options, names: Names
) -> Judgement:
    """Return a judgement as it may leave.

    Args:
        judgement: As it was made.
        record: The record that it is on, as read; None of one on the whole project,
            whose note may name anybody and leaves only if all names may.
        options: Whose names and which words may leave.
        names: As for `redact`.
    """
    if record is None:
        is_open = options.persons is Persons.ALL
        return judgement if is_open else replace(judgement, note=None)
    hidden = find_hidden(record, options.persons, names)
    anchor = judgement.anchor
    leaves = redact(record, options, names)
    if anchor.quote == record.text_of(*anchor.spans):
        quote = leaves.text_of(*anchor.spans)
    else:  # the report was read anew: what is left is the quote alone
        quote = hidden.mask(anchor.quote)
        if options.text is TextKept.NONE:
            quote = _withhold(quote)
    mask: Mask = hidden.mask
    if judgement.target in hidden.ids or _adds_hidden(judgement, options.persons):
        mask = _hide
    masked = replace(
        judgement,
        value=_masked(judgement.value, mask),
        note=_masked(judgement.note, mask),
        tags=_masked(judgement.tags, hidden.mask),
    )
    return replace(masked, anchor=replace(anchor, quote=quote))


def _hide(text: str) -> str:
    return overwrite(text, [Span(0, len(text))])


def _adds_hidden(judgement: Judgement, persons: Persons) -> bool:
    value = judgement.value
    if persons is Persons.ALL or not isinstance(value, dict):
        return False
    is_public = value.get("public") is True and persons is Persons.PUBLIC
    return value.get("kind") == ActorKind.PERSON and not is_public


def _mentions_of(record: Record, hidden: Hidden) -> Iterator[Span]:
    """Give all spans of the text that stand for a hidden person."""
    for actor in record.actors:
        if actor.id in hidden.ids:
            yield from actor.mentions
    for statement in record.statements:
        if statement.speaker in hidden.ids and statement.source is not None:
            yield statement.source
    for event in record.events:
        for participant in event.participants:
            if participant.actor in hidden.ids:
                yield participant.span


def _without(record: Record, hidden: Hidden) -> Record:
    """Return the record without the names of the hidden outside of the text."""
    links = tuple(
        link for link in record.links if not {link.from_, link.to} & hidden.ids
    )
    actors = tuple(
        replace(
            actor,
            name=_hide(actor.name),
            aliases=tuple(map(_hide, actor.aliases)),
            authority=None,
        )
        if actor.id in hidden.ids
        else actor
        for actor in record.actors
    )
    masked: Record = _masked(replace(record, links=links, actors=actors), hidden.mask)
    return masked


def _without_byline(report: Report) -> Report:
    return replace(
        report, byline=None if report.byline is None else _hide(report.byline)
    )


def _masked(value: Any, mask: Mask) -> Any:
    """Return the value with all free text in it masked; new fields are never missed."""
    if isinstance(value, Enum | Span):
        return value
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, tuple):
        if value and isinstance(value[0], Span):
            return value  # mentions: most of what there is
        return tuple(_masked(part, mask) for part in value)
    if isinstance(value, list):
        return [_masked(part, mask) for part in value]
    if isinstance(value, dict):
        return {key: _masked(part, mask) for key, part in value.items()}
    if isinstance(value, msgspec.Struct):
        return _masked_struct(value, mask)
    return value


def _masked_struct(value: msgspec.Struct, mask: Mask) -> msgspec.Struct:
    changed = {}
    for name in value.__struct_fields__:
        old = getattr(value, name)
        if old is None or (name in _CODES and not _holds_structs(old)):
            continue
        new = _masked(old, mask)
        if new != old:
            changed[name] = new
    return replace(value, **changed) if changed else value


def _holds_structs(value: object) -> bool:
    """Tell events' places and times from the ids that other rows have there."""
    if isinstance(value, tuple):
        return any(isinstance(part, msgspec.Struct) for part in value)
    return isinstance(value, msgspec.Struct)


def _with_text(record: Record, kept: TextKept) -> Record:
    """Return the record with no more of its words than may leave."""
    if kept is TextKept.FULL:
        return record
    report = record.report
    is_quoting = kept is TextKept.QUOTES
    spans = [*_quoted(record)] if is_quoting else []
    in_comments = _quoted_comments(record.thread) if is_quoting else {}
    comments = tuple(
        replace(one, text=_keep(one.text, in_comments.get(one.n, [])))
        for one in report.comments
    )
    report = replace(report, text=_keep(report.text, spans), comments=comments)
    record = replace(record, report=report)
    return record if is_quoting else _without_words(record)


def _without_words(record: Record) -> Record:
    """Return the record without the few words of the text that rows hold themselves."""
    points = tuple(
        replace(point, phrase=_withhold(point.phrase))
        for point in record.thread.talking_points
    )
    events = tuple(
        replace(event, counts=tuple(replace(one, of=None) for one in event.counts))
        for event in record.events
    )
    thread = replace(record.thread, talking_points=points)
    return replace(record, thread=thread, events=events)


def _quoted(record: Record) -> Iterator[Span]:
    """Give the headlines, which cite the report as its title does, and what rows quote.

    The outlet's own voice is no quote: it is the rest of the article.
    """
    yield from record.report.sections_of(SectionKind.HEADLINE)
    voices = (one for one in record.statements if not one.is_outlet)
    rows = replace(
        record,
        report=replace(record.report, sections=()),
        statements=tuple(voices),
    )
    yield from rows.spans()


def _quoted_comments(thread: Thread) -> dict[int, list[Span]]:
    quoted: dict[int, list[Span]] = {}
    for point in thread.talking_points:
        for comment in point.comments:
            quoted.setdefault(comment.n, []).extend(comment.spans)
    for copies in thread.copies:
        for number, span in zip(copies.comments, copies.spans, strict=True):
            quoted.setdefault(number, []).append(span)
    return quoted


def _keep(text: str, spans: list[Span]) -> str:
    """Return the text with all but the spans, and signs between them, withheld."""
    gaps, at = [], 0
    for start, end in [*sorted(spans), Span(len(text), len(text))]:
        if any(map(str.isalnum, text[at:start])):
            gaps.append(Span(at, start))
        at = max(at, end)
    return overwrite(text, gaps, WITHHELD)


def _withhold(text: str) -> str:
    return overwrite(text, [Span(0, len(text))], WITHHELD)


def quote(record: Record, *spans: Span) -> str | None:
    """Return the words of the spans, joined by " … "; None if some are withheld.

    Args:
        record: As `redact` gives it.
        spans: Into the text of the report.
    """
    return shown(record.text_of(*spans)) if spans else None


def shown(text: str) -> str | None:
    """Return the text; None if it is empty or some of it is withheld."""
    return None if WITHHELD in text else text or None
