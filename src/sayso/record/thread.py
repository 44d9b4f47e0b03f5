"""What the comments under a report do: findings on texts, never on persons."""

from __future__ import annotations

import msgspec

from sayso.record.span import Span


class CommentSpans(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Where in one comment a phrase stands."""

    n: int
    spans: tuple[Span, ...]
    """In that comment's text."""


class TalkingPoint(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """A phrase that more comments share than chance would let them."""

    phrase: str
    comments: tuple[CommentSpans, ...]
    authors: int
    """Number of different authors."""
    in_article: bool
    """The article has the phrase too, so that commenters may have it from there."""
    expected: float
    """Number of such findings that chance alone would give."""
    p: float
    q: float


class Copies(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Comments that are copies of one another."""

    comments: tuple[int, ...]
    similarity: float
    """0 to 1; 1 is the same text."""
    spans: tuple[Span, ...]
    """The copied part in each of `comments`, in the same order."""


class Burst(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Comments that come faster one after another than the rest of the thread."""

    comments: tuple[int, ...]
    start: str
    end: str
    expected: float
    p: float
    q: float


class Thread(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All findings in the comments under one report."""

    talking_points: tuple[TalkingPoint, ...] = ()
    copies: tuple[Copies, ...] = ()
    bursts: tuple[Burst, ...] = ()
    """Empty if the comments have no times."""
