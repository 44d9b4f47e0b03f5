"""Judgements made, read and compared; pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from sayso.errors import UsageError
from sayso.record import (
    Actor,
    Event,
    Judgement,
    Link,
    Place,
    QuoteAnchor,
    Record,
    Span,
    Statement,
    Time,
    Verdict,
)
from sayso.store.rows import Agreement, Review

AnyRow = Statement | Event | Link | Actor | Place | Time
ID_DIGITS = 12
_NOTHING = QuoteAnchor(spans=(), quote="")
_WHOLE = {Verdict.CONFIRM: Review.CONFIRMED, Verdict.REJECT: Review.REJECTED}


def decide(
    record: Record,
    target: str,
    verdict: Verdict,
    *,
    coder: str,
    time: str,
    field: str | None = None,
    value: Any = None,
    tags: tuple[str, ...] = (),
    note: str | None = None,
) -> Judgement:
    """Return a decision on a row of a record, anchored in the words that it stands on.

    Raises:
        UsageError: The record has no such row.
    """
    row = find_row(record, target)
    if row is None:
        raise UsageError(
            f"report {record.report.id} has no row {target}",
            mend="take the id of a statement, event, link, actor, place or time of it",
        )
    spans = anchor_spans(row)
    return with_id(
        report=record.report.id,
        target=target,
        anchor=QuoteAnchor(spans=spans, quote=record.text_of(*spans)),
        kit=record.kit.digest(),
        field=field,
        verdict=verdict,
        value=value,
        tags=tags,
        coder=coder,
        time=time,
        note=note,
    )


def add_row(
    record: Record,
    spans: tuple[Span, ...],
    *,
    field: str,
    value: Any,
    coder: str,
    time: str,
    note: str | None = None,
) -> Judgement:
    """Return the decision that the machine missed a row, with the words that tell it.

    Args:
        record: Of the report.
        spans: Words of the report.
        field: List of the record where it is missing: statements, events, links …
        value: The row as JSON, as far as the coder fills it in.
        coder: Who decides.
        time: When.
        note: Why.
    """
    return with_id(
        report=record.report.id,
        target=None,
        anchor=QuoteAnchor(spans=spans, quote=record.text_of(*spans)),
        kit=record.kit.digest(),
        field=field,
        verdict=Verdict.ADD,
        value=value,
        coder=coder,
        time=time,
        note=note,
    )


def undo(judgement: Judgement, *, coder: str, time: str) -> Judgement:
    """Return the decision that takes another one back."""
    return with_id(
        report=judgement.report,
        target=judgement.id,
        anchor=_NOTHING,
        kit=judgement.kit,
        verdict=Verdict.UNDO,
        coder=coder,
        time=time,
    )


def merge_owners(
    owner: str, into: str, *, coder: str, time: str, note: str | None = None
) -> Judgement:
    """Return the decision that an actor or place of the project is another one."""
    return _on_owner(owner, Verdict.MERGE, into, coder, time, note)


def split_owner(
    owner: str,
    rows: Iterable[tuple[str, str]],
    *,
    coder: str,
    time: str,
    note: str | None = None,
) -> Judgement:
    """Return the decision that some rows are not the actor or place they count for.

    Args:
        owner: Actor or place of the project.
        rows: Report id and id of the actor or place in that report; all of them become
            one new actor or place of the project.
        coder: Who decides.
        time: When.
        note: Why.
    """
    value = [list(row) for row in rows]
    return _on_owner(owner, Verdict.SPLIT, value, coder, time, note)


def _on_owner(
    owner: str, verdict: Verdict, value: Any, coder: str, time: str, note: str | None
) -> Judgement:
    return with_id(
        report="",
        target=owner,
        anchor=_NOTHING,
        kit="",
        verdict=verdict,
        value=value,
        coder=coder,
        time=time,
        note=note,
    )


def with_id(**fields: Any) -> Judgement:
    """Return a judgement with the hash of all else as its id: twice counts once.

    A value becomes what it is as JSON, so that it equals what comes out of a project.
    """
    value = msgspec.json.decode(msgspec.json.encode(fields.pop("value", None)))
    draft = Judgement(id="", value=value, **fields)
    digest = hashlib.sha256(msgspec.json.encode(draft)).hexdigest()
    return msgspec.structs.replace(draft, id="j" + digest[:ID_DIGITS])


def find_row(record: Record, row_id: str) -> AnyRow | None:
    """Return the row of a record with an id, of whatever kind."""
    return next((row for row in all_rows(record) if row.id == row_id), None)


def all_rows(record: Record) -> Iterable[AnyRow]:
    """Give all rows of a record that a person can judge."""
    yield from record.statements
    yield from record.events
    yield from record.links
    yield from record.actors
    yield from record.places
    yield from record.times


def anchor_spans(row: AnyRow) -> tuple[Span, ...]:
    """Return the words that a row stands on: cue, trigger, tie, or first mention."""
    if isinstance(row, Statement):
        return (row.cue,) if row.cue else row.content[:1]
    if isinstance(row, Event):
        return (row.trigger,)
    return (row.span,) if isinstance(row, Link) else row.mentions[:1]


def place_again(record: Record, judgement: Judgement) -> tuple[bool, str | None]:
    """Tell whether the row judged is still there, and else which row took its place.

    Only a row of the same kind that meets the words judged can take it.
    """
    if judgement.target is None or find_row(record, judgement.target):
        return True, judgement.target
    for row in all_rows(record):
        if row.id[0] == judgement.target[0] and any(
            now.meets(then) or now == then
            for now in anchor_spans(row)
            for then in judgement.anchor.spans
        ):
            return False, row.id
    return False, None


def review(judgements: Sequence[Judgement]) -> Review:
    """Return what the judgements in force on one row make of it, oldest first."""
    by_coder: dict[str, Review] = {}
    for one in judgements:
        if one.field is None and one.verdict in _WHOLE:
            by_coder[one.coder] = _WHOLE[one.verdict]
        elif one.verdict in (Verdict.CORRECT, Verdict.REJECT):
            by_coder[one.coder] = Review.CORRECTED
        elif one.verdict is Verdict.ADD:
            by_coder[one.coder] = Review.ADDED
    told = set(by_coder.values())
    if told == {Review.ADDED, Review.CONFIRMED}:
        return Review.CONFIRMED
    if len(told) > 1:
        return Review.DIVIDED
    return told.pop() if told else Review.OPEN


def agree(
    coders: tuple[str, str], verdicts: Sequence[tuple[Review, Review]]
) -> Agreement:
    """Return raw agreement and Cohen's kappa of what two coders made of each row."""
    if not verdicts:
        return Agreement(coders=coders, rows=0, raw=None, kappa=None)
    rows = len(verdicts)
    raw = sum(first is second for first, second in verdicts) / rows
    ours = Counter(first for first, _ in verdicts)
    theirs = Counter(second for _, second in verdicts)
    chance = sum(ours[told] * theirs[told] for told in ours) / rows**2
    kappa = None if chance == 1 else (raw - chance) / (1 - chance)
    return Agreement(coders=coders, rows=rows, raw=raw, kappa=kappa)
