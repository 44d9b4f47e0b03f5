"""What coded event data ask of an event: who, whom, where, when, how precisely.

An answer that the report does not give stays empty; nothing is guessed and no id of
another data set is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import msgspec

from sayso.export.codes import Codes
from sayso.export.redact import quote
from sayso.record import (
    Actor,
    ActorKind,
    Event,
    Participant,
    Place,
    PlacePrecision,
    PlaceRole,
    Record,
    Role,
    Status,
)

DRAFT = "draft for human coding"
NOT_MERGED = "per report, not merged"
PAST = frozenset({Status.HAPPENED, Status.ONGOING})

STATE_FORCES, REBELS, MILITIAS, CIVILIANS, FOREIGN_FORCES = 1, 2, 3, 7, 8
_NEAR_KM = 20  # settlements reach at most 30 km, all but one in a hundred at most 6
_NEAR = 2  # both in UCDP's `where_prec` and ACLED's `geo_precision`
_NO_ONE_COUNTRY = 7


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One who acts or is acted upon, as far as it is known."""

    name: str | None
    actor: str | None = None
    kind: ActorKind | None = None
    country: str | None = None
    sector: str | None = None

    def inter(self, codes: Codes) -> int | None:
        """Return ACLED's code for this sort of actor, if the sector tells it."""
        if self.kind is ActorKind.STATE and self.sector is None:
            return STATE_FORCES
        sector = codes.ontology.sectors.get(self.sector or "")
        return None if sector is None else sector.acled


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """The first and the last day that an event may have happened on."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many days these are."""
        return (self.last - self.first).days + 1

    @property
    def middle(self) -> date:
        """The day in the middle, the earlier one of two."""
        return self.first + timedelta(days=(self.count - 1) // 2)


def has_happened(event: Event) -> bool:
    """Tell whether some voice says that the event happened or goes on."""
    return any(assertion.status in PAST for assertion in event.assertions)


def parties(record: Record, event: Event, *roles: Role) -> tuple[Party, ...]:
    """Return who takes part in an event in one of the roles, each once."""
    actors = {actor.id: actor for actor in record.actors}
    found = (
        party_of(record, one, actors) for one in event.participants if one.role in roles
    )
    return tuple(dict.fromkeys(found))


def party_of(
    record: Record, participant: Participant, actors: dict[str, Actor]
) -> Party:
    """Return a participant as a party; without an actor only its words are known."""
    actor = actors.get(participant.actor or "")
    if actor is None:
        return Party(name=quote(record, participant.span))
    return party_of_actor(actor)


def party_of_actor(actor: Actor) -> Party:
    """Return an actor as a party."""
    return Party(
        name=actor.name,
        actor=actor.id,
        kind=actor.kind,
        country=actor.country,
        sector=actor.sector,
    )


def joined_names(found: Iterable[Party]) -> str | None:
    """Return the names of several parties in one cell; None without any."""
    names = dict.fromkeys(party.name for party in found if party.name)
    return "; ".join(names) or None


def main_place(record: Record, event: Event) -> Place | None:
    """Return the place that an event happened at, if the report tells it."""
    at = (one.place for one in event.places if one.role is PlaceRole.AT)
    first = next(at, None)
    return next((place for place in record.places if place.id == first), None)


def days_of(record: Record, event: Event) -> Days | None:
    """Return the days that all times of an event span together; None if one is open."""
    times = {time.id: time for time in record.times}
    told = [times[one.time] for one in event.times if one.time in times]
    first = [_day(time.earliest) for time in told]
    last = [_day(time.latest) for time in told]
    if not told or None in first or None in last:
        return None
    return Days(first=min(filter(None, first)), last=max(filter(None, last)))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None  # years before 1 or after 9999, which these tables do not have


def ucdp_where(place: Place | None, codes: Codes) -> int | None:
    """Return `where_prec` of UCDP, 1 (exact) to 7 (no single country)."""
    if place is None or place.precision is None:
        return None
    if _is_only_near(place):
        return _NEAR
    if place.precision is PlacePrecision.AREA and place.country is None:
        return _NO_ONE_COUNTRY
    return codes.ontology.place_precision[place.precision].ucdp


def acled_where(place: Place | None, codes: Codes) -> int | None:
    """Return `geo_precision` of ACLED, 1 (exact) to 3."""
    if place is None or place.precision is None:
        return None
    if _is_only_near(place):
        return _NEAR
    return codes.ontology.place_precision[place.precision].acled


def plover_where(place: Place | None, codes: Codes) -> int | None:
    """Return the resolution of PLOVER, 5 (below a city) to 1 (a country)."""
    if place is None or place.precision is None:
        return None
    return codes.ontology.place_precision[place.precision].plover


def _is_only_near(place: Place) -> bool:
    spots = (PlacePrecision.POINT, PlacePrecision.CITY)
    return place.precision in spots and (place.radius_km or 0) >= _NEAR_KM


def ucdp_when(days: Days | None) -> int | None:
    """Return `date_prec` of UCDP, 1 (a day) to 5 (up to a year); None beyond."""
    limits = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
    return _first_within(days, limits)


def acled_when(days: Days | None) -> int | None:
    """Return `time_precision` of ACLED, 1 (a day) to 3 (a month); None beyond."""
    return _first_within(days, ((1, 1), (7, 2), (31, 3)))


def _first_within(days: Days | None, limits: tuple[tuple[int, int], ...]) -> int | None:
    if days is None:
        return None
    return next((code for most, code in limits if days.count <= most), None)


def country_name(place: Place | None, codes: Codes) -> str | None:
    """Return the English name of the country that a place lies in."""
    if place is None or place.country is None:
        return None
    country = codes.countries.get(place.country)
    return place.country if country is None else country.name


def past_events(record: Record) -> Iterator[Event]:
    """Give the particular events of which some voice says that they happened."""
    yield from (one for one in record.events if has_happened(one) and not one.generic)
