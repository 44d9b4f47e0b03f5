"""One report as it was read: the text that every span points into, and its frame."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from sayso.record.span import Span


class SectionKind(StrEnum):
    """Which part of a report a section is."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"


class Flag(StrEnum):
    """What a reader of the record should know about how the text came in."""

    DEGRADED_EXTRACTION = "degraded_extraction"
    """The page's article was found only by the fallback; parts may be missing."""
    BIDI = "bidi"
    """Control characters turn the writing direction, so looks may deceive."""
    INVISIBLE = "invisible"
    """Characters without width stand between letters."""
    MIXED_SCRIPT = "mixed_script"
    """A word mixes letters of several scripts that look alike."""
    UNATTRIBUTED_QUOTE = "unattributed_quote"
    """A quotation stands in the text that nobody introduces."""
    UNSUPPORTED_LANGUAGE = "unsupported_language"
    """No kit reads this language; the record has no claims."""


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One part of the text and what it is; sections run in text order."""

    kind: SectionKind
    span: Span


class Comment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One reader comment under the report."""

    n: int
    """Number in the thread, from 1."""
    author: str
    """c1, c2 … by first appearance; the name itself is never kept."""
    time: str | None = None
    """ISO 8601 as the page gives it; None if it gives none."""
    reply_to: int | None = None
    """`n` of the comment that this one answers."""
    text: str


class Report(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One report: canonical text, where it came from, its parts and its comments."""

    id: str
    """`sayso.record.ids.report_id` of text, url, outlet, published and title."""
    key: str
    """The first of `keys`."""
    keys: tuple[str, ...]
    """The caller's names for the report (row id, url, file name), sorted."""
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    """EDTF (ISO 8601-2), mostly a day: 2019-08-14."""
    language: str
    """ISO 639-1 code, "en"; "und" if it cannot be told."""
    supersedes: str | None = None
    """Id of the report that this one corrects."""
    text: str
    """The article alone; frozen at intake, every span of the claims points into it."""
    sections: tuple[Section, ...] = ()
    comments: tuple[Comment, ...] = ()
    flags: tuple[Flag, ...] = ()

    def sections_of(self, kind: SectionKind) -> tuple[Span, ...]:
        """Return the spans of all sections of one kind, in text order."""
        return tuple(section.span for section in self.sections if section.kind is kind)
