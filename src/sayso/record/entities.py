"""Who, where and when: actors, places and times that a report mentions."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from sayso.record.span import Span

_STAND_INS = frozenset(
    [
        *("i", "we", "he", "she", "it", "they", "him", "her", "them"),
        *("who", "whom", "which", "that", "this", "those", "these"),
    ]
)
_NO_ONE = frozenset({"nobody", "none", "no", "neither", "nothing"})


class ActorKind(StrEnum):
    """What sort of actor this is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    GROUP = "group of people"
    """Several people without a common organisation: "villagers", "officials"."""


class Actor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who speaks, acts or is acted upon, with every mention in the text."""

    id: str
    name: str
    """Longest clear name in the text; of an unnamed actor its first description."""
    aliases: tuple[str, ...] = ()
    """Other names in the text, without `name`, by first appearance."""
    kind: ActorKind
    country: str | None = None
    """ISO 3166-1 alpha-3."""
    sector: str | None = None
    """PLOVER actor sector code, such as GOV or MIL."""
    authority: str | None = None
    """Id in the authority file."""
    public: bool = False
    """True for officeholders, organisations and states; others may be pseudonymised."""
    mentions: tuple[Span, ...]
    """Names, role nouns and pronouns, in text order."""
    confidence: float
    made_by: str

    @property
    def is_told(self) -> bool:
        """Whether words tell who it is; not if all that there is is "who" or "nobody".

        Such an actor stands in its record alone: nobody can be found again by it.
        """
        words = self.name.lower().split()
        is_stand_in = len(words) == 1 and words[0] in _STAND_INS
        return not is_stand_in and words[:1] != [] and words[0] not in _NO_ONE


class PlacePrecision(StrEnum):
    """How large a thing the place name stands for, from a point to a wide area."""

    POINT = "point"
    CITY = "city"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"
    AREA = "area"


class PlaceCandidate(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """A gazetteer entry that a place name could also have meant."""

    gazetteer_id: str
    name: str
    score: float
    """0 to 1, comparable within one place only."""


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place that the text names, and the register entry it is taken for."""

    id: str
    name: str
    gazetteer_id: str | None = None
    lat: float | None = None
    """WGS 84 degrees, north positive."""
    lon: float | None = None
    """WGS 84 degrees, east positive."""
    country: str | None = None
    """ISO 3166-1 alpha-3."""
    admin1: str | None = None
    precision: PlacePrecision | None = None
    radius_km: float | None = None
    mentions: tuple[Span, ...]
    candidates: tuple[PlaceCandidate, ...] = ()
    """Runners-up, best first."""
    confidence: float
    made_by: str


class TimexType(StrEnum):
    """TIMEX3 type of a time expression."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Timex(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time expression in TIMEX3 terms."""

    type: TimexType
    value: str


class TimePrecision(StrEnum):
    """How fine a time is told."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    INTERVAL = "interval"


class AnchorKind(StrEnum):
    """What a relative time is reckoned from."""

    PUBLISHED = "published"
    DATELINE = "dateline"
    TIME = "time"


class Anchor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fixed point that a relative time ("on Tuesday") is reckoned from."""

    kind: AnchorKind
    id: str | None = None
    """Id of the other time, where `kind` is time."""
    span: Span | None = None
    """Words that give the anchor; None for the date of publication."""


class Time(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time that the text tells, as a date and as the words it was told in."""

    id: str
    value: str | None = None
    """EDTF (ISO 8601-2); None for durations and sets."""
    timex: Timex
    earliest: str | None = None
    """First day or minute that `value` allows, included."""
    latest: str | None = None
    """Last day or minute that `value` allows, included."""
    precision: TimePrecision | None = None
    anchor: Anchor | None = None
    """None if nothing fixes the time: `value` then keeps its unknown parts as X."""
    rule: str
    """Name of the rule that read the expression."""
    mentions: tuple[Span, ...]
    confidence: float
    made_by: str
