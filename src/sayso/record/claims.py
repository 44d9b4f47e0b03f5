"""Claims: statements (who says what), events and links, each tied to its voices."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from sayso.record.span import Span


class QuoteKind(StrEnum):
    """How the words of a source are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """Force of the utterance in its context."""

    ASSERTS = "asserts"
    RELAYS = "relays"
    CLAIMS = "claims"
    CONFIRMS = "confirms"
    DENIES = "denies"
    DOUBTS = "doubts"
    BLAMES = "blames"
    CONDEMNS = "condemns"
    SUPPORTS = "supports"
    PROMISES = "promises"
    THREATENS = "threatens"
    DEMANDS = "demands"
    PREDICTS = "predicts"
    BELIEVES = "believes"
    ASKS = "asks"
    DECLINES = "declines"


class Basis(StrEnum):
    """On whose authority the words stand."""

    NAMED = "named"
    ROLE = "role"
    """A function without a name: "a police officer"."""
    ANONYMOUS = "anonymous"
    """The report says that it withholds the name."""
    DOCUMENT = "document"
    NONE = "none"
    """No source, or the outlet's own voice."""


class Channel(StrEnum):
    """By which way the words reached the outlet."""

    SPEECH = "speech"
    INTERVIEW = "interview"
    DOCUMENT = "document"
    POST = "post"
    BROADCAST = "broadcast"
    UNKNOWN = "unknown"


class Statement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that one source says, where the text says so."""

    id: str
    source: Span | None
    """Words naming who speaks; None in the outlet's own voice and without a source."""
    speaker: str | None = None
    """Id of the actor that the source resolves to."""
    cue: Span | None
    """The reporting expression; None in the outlet's own voice."""
    content: tuple[Span, ...]
    """What is said, in text order; empty for a bare declined comment."""
    within: str | None = None
    """Id of the statement whose content holds this one; None: under the outlet."""
    quote: QuoteKind
    stance: Stance
    negated: bool = False
    """A negative particle stands in the cue."""
    speech: bool = True
    """False for attitudes, intentions and acts that only imply a view."""
    hearsay: bool = False
    """A cue without a source ("reportedly"), or a quotation that nobody introduces."""
    basis: Basis
    channel: Channel = Channel.UNKNOWN
    addressee: Span | None = None
    """Words naming who is told."""
    times: tuple[str, ...] = ()
    """Ids of the times of the saying, not of what is said."""
    about: tuple[str, ...] = ()
    """Ids of the actors in the content."""
    confidence: float
    """Of the extraction, 0 to 1; says nothing on whether the content is true."""
    made_by: str
    """Model head (`model:link`) or lexicon line (`cues.tsv:112`) that found it."""

    @property
    def is_outlet(self) -> bool:
        """Whether this is the outlet's own voice: no source, no cue, no hearsay."""
        return self.source is None and self.cue is None and not self.hearsay


class Status(StrEnum):
    """What one voice says of an act, from happened to hypothetical."""

    HAPPENED = "happened"
    DENIED = "denied"
    POSSIBLE = "possible"
    PLANNED = "planned"
    THREATENED = "threatened"
    ATTEMPTED = "attempted"
    HYPOTHETICAL = "hypothetical"
    ONGOING = "ongoing"


class OverallStatus(StrEnum):
    """What all voices together make of an event; derived, never a verdict."""

    DISPUTED = "disputed"
    """One voice says happened or ongoing, another denied."""
    REPORTED = "reported"
    """The outlet itself says in the body that it happened or goes on."""
    ALLEGED = "alleged"
    """Only quoted voices say that it happened or goes on."""
    HAPPENED = "happened"
    DENIED = "denied"
    POSSIBLE = "possible"
    PLANNED = "planned"
    THREATENED = "threatened"
    ATTEMPTED = "attempted"
    HYPOTHETICAL = "hypothetical"
    ONGOING = "ongoing"
    MIXED = "mixed"


class Assertion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one voice says of an event or link, and in which words."""

    statement: str
    status: Status
    span: Span


class Role(StrEnum):
    """The part that a participant plays in an event."""

    ACTOR = "actor"
    TARGET = "target"
    VICTIM = "victim"
    INSTRUMENT = "instrument"


class InstrumentClass(StrEnum):
    """What sort of thing an instrument is."""

    FIREARM = "firearm"
    EXPLOSIVE = "explosive"
    BLADE = "blade"
    FIRE = "fire"
    VEHICLE = "vehicle"
    HEAVY_WEAPON = "heavy_weapon"
    AIRCRAFT = "aircraft"
    DRONE = "drone"
    CHEMICAL = "chemical"
    OTHER = "other"


class Participant(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"class_": "class"},
):
    """Who or what takes part in an event, by which voices."""

    role: Role
    span: Span
    actor: str | None = None
    """Id of the actor; None if unknown: the event stays."""
    class_: InstrumentClass | None = None
    """Of instruments only; `class` in JSON."""
    statements: tuple[str, ...]


class PlaceRole(StrEnum):
    """How a place belongs to an event."""

    AT = "at"
    FROM = "from"
    TO = "to"


class EventPlace(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where an event is said to happen, by which voices."""

    place: str
    role: PlaceRole
    statements: tuple[str, ...]


class EventTime(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When an event is said to happen, by which voices."""

    time: str
    statements: tuple[str, ...]


class Counted(StrEnum):
    """What befell the people that are counted."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    DETAINED = "detained"
    DISPLACED = "displaced"
    ABDUCTED = "abducted"
    RELEASED = "released"


class Count(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number of people as an interval with both ends included, by which voices."""

    what: Counted
    low: int | None = None
    """None if only an upper bound is told."""
    high: int | None = None
    """None if only a lower bound is told."""
    approximate: bool = False
    span: Span
    of: str | None = None
    """Head noun that is counted: "soldiers"."""
    of_actor: str | None = None
    """Id of the actor that the counted belong to."""
    statements: tuple[str, ...]


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One act that somebody says happened, with one assertion for each voice."""

    id: str
    trigger: Span
    also: tuple[Span, ...] = ()
    """Its other mentions."""
    type: str
    """PLOVER 2.0 event type."""
    mode: str | None = None
    """PLOVER 2.0 mode of that type."""
    generic: bool = False
    """No particular occasion: "attacks in the region"."""
    participants: tuple[Participant, ...] = ()
    places: tuple[EventPlace, ...] = ()
    """The first with role `at` is the main one."""
    times: tuple[EventTime, ...] = ()
    counts: tuple[Count, ...] = ()
    assertions: tuple[Assertion, ...]
    """At least one: an event cannot stand as a fact of its own."""
    status: OverallStatus
    """Derived from `assertions`."""
    confidence: float
    made_by: str


class LinkKind(StrEnum):
    """What ties two actors, or an actor and a place."""

    MEMBER_OF = "member_of"
    LEADS = "leads"
    PART_OF = "part_of"
    ALLIED_WITH = "allied_with"
    OPPOSES = "opposes"
    SUPPORTS = "supports"
    TRAINS = "trains"
    FUNDS = "funds"
    ARMS = "arms"
    BASED_IN = "based_in"
    ACTIVE_IN = "active_in"
    FAMILY_OF = "family_of"
    EMPLOYED_BY = "employed_by"
    LINKED_TO = "linked_to"
    """A tie of unspecified kind."""


class Link(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"from_": "from"},
):
    """A tie between two actors, or an actor and a place, with its voices."""

    id: str
    kind: LinkKind
    from_: str
    """Id of an actor; `from` in JSON."""
    to: str
    """Id of an actor or place."""
    span: Span
    """Words that say it."""
    assertions: tuple[Assertion, ...]
    """At least one."""
    confidence: float
    made_by: str
