"""The form of what people add and correct: the values of such judgements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from sayso.record import (
    Assertion,
    Count,
    Counted,
    EventPlace,
    EventTime,
    LinkKind,
    Participant,
    Role,
    Span,
    Stance,
    Status,
)


class AddedStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement that the machine missed; the anchor is its cue."""

    source: Span | None = None
    content: tuple[Span, ...] = ()
    stance: Stance = Stance.ASSERTS


class AddedPart(msgspec.Struct, frozen=True, kw_only=True):
    """Who or what takes part in an added event."""

    role: Role
    span: Span


class AddedCount(msgspec.Struct, frozen=True, kw_only=True):
    """A number of people in an added event."""

    what: Counted
    low: int | None = None
    high: int | None = None
    span: Span


class AddedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event that the machine missed; the anchor is its trigger."""

    type: str
    participants: tuple[AddedPart, ...] = ()
    counts: tuple[AddedCount, ...] = ()
    place: Span | None = None
    """A mention of where it happened."""
    time: Span | None = None
    """A mention of when it happened."""
    voice: str | None = None
    """Id of the statement that tells of it; None: the innermost one about it."""
    status: Status = Status.HAPPENED


class AddedLink(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A tie that the machine missed; the anchor is the words that say it."""

    kind: LinkKind
    from_: Span
    """A mention of the actor."""
    to: Span
    """A mention of the actor or place."""
    voice: str | None = None
    status: Status = Status.HAPPENED


Added = AddedStatement | AddedEvent | AddedLink
ADDED: Mapping[str, type[Added]] = {
    "statements": AddedStatement,
    "events": AddedEvent,
    "links": AddedLink,
}
"""By the list of the record that the row is missing from."""
CORRECTED: Mapping[str, Mapping[str, Any]] = {
    "s": {
        "stance": Stance,
        "source": Span | None,
        "cue": Span,
        "content": tuple[Span, ...],
    },
    "e": {
        "type": str,
        "trigger": Span,
        "participants": tuple[Participant, ...],
        "counts": tuple[Count, ...],
        "places": tuple[EventPlace, ...],
        "times": tuple[EventTime, ...],
        "assertions": tuple[Assertion, ...],
    },
    "l": {
        "kind": LinkKind,
        "from": str,
        "to": str,
        "span": Span,
        "assertions": tuple[Assertion, ...],
    },
}
"""The fields that can be corrected and their form, by the first letter of the id."""
