"""Actors and places of the project from their columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sayso.record import ActorKind, PlacePrecision
from sayso.store.change import in_chunks
from sayso.store.database import Session, marks
from sayso.store.rows import ActorRef, PlaceRef

ACTOR = "a.id, a.name, a.kind, a.country, a.authority"
PLACE = (
    "s.id, s.name, s.country, s.gazetteer_id, s.lat, s.lon, s.precision, s.radius_km"
)
ACTOR_WIDTH, PLACE_WIDTH = ACTOR.count(",") + 1, PLACE.count(",") + 1


def actor_refs(session: Session, owners: Iterable[str]) -> dict[str, ActorRef]:
    """Return the actors of the project, as merged, by the ids asked for."""
    found = {}
    for chunk in in_chunks(owner for owner in owners if owner.startswith("A")):
        sql = (
            f"select m.id, {ACTOR} from actors m join actors a on a.id = m.root "
            f"where m.id in ({marks(chunk)})"
        )
        for owner, *columns in session.rows(sql, chunk):
            found[owner] = actor_ref(*columns)
    return found


def place_refs(session: Session, owners: Iterable[str]) -> dict[str, PlaceRef]:
    """Return the places of the project, as merged, by the ids asked for."""
    found = {}
    for chunk in in_chunks(owner for owner in owners if owner.startswith("P")):
        sql = (
            f"select m.id, {PLACE} from places m join places s on s.id = m.root "
            f"where m.id in ({marks(chunk)})"
        )
        for owner, *columns in session.rows(sql, chunk):
            found[owner] = place_ref(*columns)
    return found


def actor_ref(
    actor: str, name: str, kind: str, country: str, authority: str | None
) -> ActorRef:
    """Return an actor from the columns of `ACTOR`."""
    return ActorRef(
        id=actor,
        name=name,
        kind=ActorKind(kind),
        country=country or None,
        authority=authority,
    )


def place_ref(
    place: str,
    name: str,
    country: str,
    gazetteer_id: str | None,
    *where: Any,
) -> PlaceRef:
    """Return a place from the columns of `PLACE`."""
    lat, lon, precision, radius_km = where
    return PlaceRef(
        id=place,
        name=name,
        country=country or None,
        gazetteer_id=gazetteer_id,
        lat=lat,
        lon=lon,
        precision=PlacePrecision(precision) if precision else None,
        radius_km=radius_km,
    )
