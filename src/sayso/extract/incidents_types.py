"""Incidents: acts of political violence in the slots of the MUC-4 templates."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from sayso.record.span import Span


class IncidentKind(StrEnum):
    """What sort of incident: the types of MUC-4 that occur in it."""

    ATTACK = "attack"
    BOMBING = "bombing"
    KIDNAPPING = "kidnapping"
    ARSON = "arson"
    ROBBERY = "robbery"
    FORCED_WORK_STOPPAGE = "forced_work_stoppage"


class Stage(StrEnum):
    """How far the act went."""

    ACCOMPLISHED = "accomplished"
    ATTEMPTED = "attempted"
    THREATENED = "threatened"


class Claim(StrEnum):
    """How the text ties an organisation to the act."""

    REPORTED_AS_FACT = "reported_as_fact"
    CLAIMED_OR_ADMITTED = "claimed_or_admitted"
    SUSPECTED_OR_ACCUSED = "suspected_or_accused"
    BY_AUTHORITIES = "suspected_or_accused_by_authorities"
    POSSIBLE = "possible"
    ACQUITTED = "acquitted"


class Harm(StrEnum):
    """What befell a person."""

    DEATH = "death"
    INJURY = "injury"
    NONE = "none"
    FREED = "freed"
    UNKNOWN = "unknown"


class Damage(StrEnum):
    """What befell a thing."""

    DESTROYED = "destroyed"
    SOME_DAMAGE = "some_damage"
    NONE = "none"
    TAKEN = "taken"
    UNKNOWN = "unknown"


class Filler(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody or something with a part in an incident."""

    name: str
    """Its surest mention, as it stands in the text."""
    spans: tuple[Span, ...]
    """All its mentions that the head is sure of, in text order."""
    actor: str | None = None
    """Id of the record's actor with a mention that meets one of these."""
    claim: Claim | None = None
    """Of organisations only."""
    harm: Harm | None = None
    """Of people only."""
    damage: Damage | None = None
    """Of targets only."""
    low: int | None = None
    """How many, where a count of the record's events tells it."""
    high: int | None = None
    confidence: float
    """Of the extraction, 0 to 1, uncalibrated."""


class Incident(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One incident with its slots; all incidents of a kind in a report are one."""

    id: str
    kind: IncidentKind
    stage: Stage
    relevance: float
    """How likely MUC-4 asks for it, 0 to 1; says nothing on whether it happened."""
    relevant: bool
    """Whether `relevance` is high enough for the MUC-4 view."""
    individuals: tuple[Filler, ...] = ()
    """Who did it, as persons."""
    organisations: tuple[Filler, ...] = ()
    """Who did it, as organisations, each with its `claim`."""
    targets: tuple[Filler, ...] = ()
    """Things."""
    victims: tuple[Filler, ...] = ()
    """People by name."""
    people: tuple[Filler, ...] = ()
    """People by description: "six peasants"."""
    instruments: tuple[Filler, ...] = ()
    date: str | None = None
    """EDTF: a day, an interval, or "../DAY" for on or before a day."""
    time: str | None = None
    """Id of the record's time that gives `date`."""
    place: str | None = None
    """Id of the record's place."""
    country: str | None = None
    """ISO 3166-1 alpha-3."""
    events: tuple[str, ...] = ()
    """Ids of the record's events that share words with the fillers."""
    statements: tuple[str, ...] = ()
    """Ids of the record's statements in whose content the fillers stand."""
    confidence: float
    made_by: str
