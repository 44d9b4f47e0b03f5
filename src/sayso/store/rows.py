"""Rows of the views: what the machine found, with what people decided beside it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

import msgspec

from sayso.record import (
    ActorKind,
    Comment,
    Event,
    Judgement,
    Link,
    PlacePrecision,
    Record,
    Span,
    Statement,
    Time,
)

Claim = TypeVar("Claim", Statement, Event, Link)


class Review(StrEnum):
    """What people have made of a row so far."""

    OPEN = "open"
    """Nobody has decided."""
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    ADDED = "added"
    """The machine has missed it, and a person has added it."""
    DIVIDED = "divided"
    """The last verdicts of two coders differ."""


class ReportHead(msgspec.Struct, frozen=True, kw_only=True):
    """A report without its text and claims, for lists."""

    id: str
    key: str
    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    language: str
    statements: int
    events: int
    links: int
    comments: int


class ActorRef(msgspec.Struct, frozen=True, kw_only=True):
    """An actor of the whole project, whichever reports name it."""

    id: str
    """`A` and 12 hex digits; the actor of a single report has a small letter."""
    name: str
    kind: ActorKind
    country: str | None
    authority: str | None


class PlaceRef(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the whole project, whichever reports name it."""

    id: str
    """`P` and 12 hex digits; the place of a single report has a small letter."""
    name: str
    country: str | None
    gazetteer_id: str | None
    lat: float | None
    """WGS 84 degrees."""
    lon: float | None
    precision: PlacePrecision | None
    radius_km: float | None


class ClaimRow(msgspec.Struct, Generic[Claim], frozen=True, kw_only=True):
    """A statement, event or link as found, its record, and what people decided."""

    record: Record
    """Whole, so that `record.text_of(...)` gives any words."""
    claim: Claim
    actors: Mapping[str, ActorRef]
    """Of the whole project, by the id that the claims of `record` use."""
    places: Mapping[str, PlaceRef]
    """Likewise."""
    review: Review
    judgements: tuple[Judgement, ...]
    """In force, oldest first; empty in the blind queue of a second coder."""


AnyRow = ClaimRow[Statement] | ClaimRow[Event] | ClaimRow[Link]


class CommentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One reader comment; `record.thread` has the findings on its thread."""

    record: Record
    comment: Comment


class ActorRow(msgspec.Struct, frozen=True, kw_only=True):
    """An actor of the project and how often it comes up."""

    actor: ActorRef
    reports: int
    statements: int
    """That it makes."""


class ActorPage(msgspec.Struct, frozen=True, kw_only=True):
    """All on one actor; its claims are the views with the condition `actor`."""

    actor: ActorRef
    names: tuple[str, ...]
    """Every name in the reports, the most frequent first."""
    merged: tuple[ActorRef, ...]
    """Actors that coders have merged into this one."""
    reports: int
    statements: int
    about: int
    """Statements of others in whose content it comes up."""
    events: int
    links: int
    judgements: tuple[Judgement, ...]
    """Merges and splits in force."""


class PlaceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the project and how often it comes up; a mark on the map."""

    place: PlaceRef
    reports: int
    events: int
    """With it as the first place that they are said to be at."""


class PlacePage(msgspec.Struct, frozen=True, kw_only=True):
    """All on one place; its events are the view with the condition `place`."""

    place: PlaceRef
    names: tuple[str, ...]
    merged: tuple[PlaceRef, ...]
    """Places that coders have merged into this one."""
    reports: int
    events: int
    judgements: tuple[Judgement, ...]
    """Merges and splits in force."""


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """An event on the timeline, between the first and last day that it allows."""

    row: ClaimRow[Event]
    time: Time


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """How much was said in a month, and how much is said to have happened in it."""

    month: str
    """2019-08."""
    statements: int
    """In reports published in this month."""
    events: int
    """Whose first possible day lies in this month."""


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """All links of one kind between two ends of the whole project."""

    from_: ActorRef
    kind: str
    to: ActorRef | PlaceRef
    links: int
    denied: int
    """Links that some voice denies."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A report, or a comment under it, that has the words looked for."""

    report: ReportHead
    comment: int | None
    """Number of the comment; None: the article."""
    text: str
    """Of the article or comment."""
    spans: tuple[Span, ...]
    """Where the words stand in `text`: the first few places."""


class MovedJudgement(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement whose row a newer kit no longer finds at its place."""

    judgement: Judgement
    now: str | None
    """Id of the row of the same kind that meets the words judged; None: there is none.
    The judgement does not count for that row until somebody decides so."""


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far two coders agree on the rows that both have judged."""

    coders: tuple[str, str]
    rows: int
    raw: float | None
    """Share of equal verdicts, 0 to 1; None without rows."""
    kappa: float | None
    """Cohen's kappa, at most 1; None where chance alone would agree always."""
