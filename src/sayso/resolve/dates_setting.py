"""What a time expression is reckoned from: publication, earlier times, tense."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import msgspec

from sayso.record import AnchorKind, Span
from sayso.resolve.dates_calendar import Grain, Stretch, stretch_of

_FINENESS = tuple(Grain)
_OF_SOURCE = {"weekday", "weekday_range", "date", "day_range", "holiday", "month"}
_ISO_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")


class Base(msgspec.Struct, frozen=True, kw_only=True):
    """The fixed point of the whole report."""

    stretch: Stretch
    """A day; or a month or year, if no more is known."""
    kind: AnchorKind
    span: Span | None = None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a source, with the day they were said."""

    span: Span
    base: Base
    """The day; or the month or year, if no more is told."""
    direct: bool
    """The source's own words, in quotation marks."""


class Focus(msgspec.Struct, frozen=True, kw_only=True):
    """A time that the text has told."""

    stretch: Stretch
    span: Span
    """Its first mention."""


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that decides the value of one expression."""

    before: str
    """The text before it, from the start of its sentence."""
    base: Base | None
    start: int = 0
    """Where its sentence begins."""
    told: tuple[Focus, ...] = ()
    """Times told so far that name days, the latest last."""
    narrative: bool = False
    """The report tells of times long before its publication."""
    direction: int = 0
    """-1 if the clause speaks of the past, 1 of the future, 0 if it does not tell."""

    @property
    def day(self) -> dt.date | None:
        """The day of publication, if it is known to the day."""
        base = self.base
        known = base is not None and base.stretch.grain is Grain.DAY
        return base.stretch.first if base is not None and known else None

    def base_in(self, grain: Grain) -> Stretch | None:
        """Return the stretch of publication, None if it is known too coarsely."""
        base = self.base
        if base is None or not is_as_fine(base.stretch.grain, grain):
            return None
        return stretch_of(grain, base.stretch.first)

    def focus_in(self, grain: Grain) -> Stretch | None:
        """Return the stretch that the latest time told, if fine enough, lies in."""
        for focus in reversed(self.told):
            if is_as_fine(focus.stretch.grain, grain):
                return stretch_of(grain, focus.stretch.first)
        return None

    def here(self, grain: Grain) -> tuple[Stretch | None, bool]:
        """Return what "the day" means, and whether an earlier time told it."""
        focus, base = self.focus_in(grain), self.base_in(grain)
        if self.narrative or base is None:
            return focus, focus is not None
        return base, False


def base_of_saying(said: Sequence[Said], span: Span, rule: str) -> Base | None:
    """Return the day of the narrowest words said that hold an expression.

    In indirect speech "yesterday" and "next week" are mostly the outlet's words,
    reckoned from publication; a weekday or a day of the year is the source's.
    """
    holding = [
        one
        for one in said
        if one.span.holds(span)
        and one.base.span != span
        and (one.direct or rule in _OF_SOURCE)
    ]
    narrowest = min(
        holding, key=lambda one: one.span.end - one.span.start, default=None
    )
    return None if narrowest is None else narrowest.base


def is_as_fine(grain: Grain, other: Grain) -> bool:
    """Tell whether a stretch of one length lies within one stretch of another."""
    return _FINENESS.index(grain) <= _FINENESS.index(other)


def parse_published(published: str | None) -> Base | None:
    """Return the fixed point of a date of publication, None if it is no date."""
    match = _ISO_DAY.fullmatch(published or "")
    if match is None:
        return None
    year, month, day = match.groups()
    grain = Grain.DAY if day else Grain.MONTH if month else Grain.YEAR
    try:
        first = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return Base(stretch=Stretch(grain, first), kind=AnchorKind.PUBLISHED)
