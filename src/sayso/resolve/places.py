"""Places: what a report names, as points with a country and a precision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sayso.reading.types import Reading
from sayso.record import (
    Place,
    PlaceCandidate,
    Report,
    make_id,
)
from sayso.resolve.places_around import PRECISION, Spot, place_around
from sayso.resolve.places_dateline import dateline_end, home_of
from sayso.resolve.places_rank import Floats, Ranker, Scene, group_names
from sayso.resolve.places_spot import Toponym, Use, find_toponyms
from sayso.vocab.gazetteer import Entry, EntryKind, Gazetteer, fold
from sayso.vocab.names import Names

MAX_RUNNERS_UP = 5
SMALL_KINDS = (EntryKind.CITY, EntryKind.ADMIN2, EntryKind.POINT)
LONE_PEOPLE = 15_000  # of a town that is taken though nothing else speaks for it
LONE_ALIAS_PEOPLE = 300_000  # of one that is called by a further name
MADE_BY = "places"
UNKNOWN_CONFIDENCE = 0.5  # that a name without any row is a place at all


def find_places(
    report: Report,
    reading: Reading,
    gazetteer: Gazetteer,
    ranker: Ranker,
    names: Names,
) -> tuple[Place, ...]:
    """Return the places that a report names, by first mention.

    Names of one row are one place. A name that the gazetteer lacks, or whose rows are
    too even to choose from, is a place without a row; it has the point of what the text
    says that it lies in, if anything.
    """
    found = find_toponyms(report, reading, gazetteer, names)
    toponyms = _as_seats(found, names)
    if not toponyms:
        return ()
    dateline = dateline_end(report)
    scene = Scene(
        group_names(toponyms, dateline),
        report.text,
        dateline=dateline,
        home=home_of(report, gazetteer),
    )
    shares = scene.shares(ranker.vector())
    groups: dict[str, list[tuple[Toponym, int]]] = defaultdict(list)
    spots: list[Spot] = []
    for number, name in enumerate(scene.names):
        best = best_entry(scene, shares, number, ranker.least)
        for toponym in name.toponyms:
            if toponym.use is Use.PLACE and (best or toponym.shown):
                key = best.gazetteer_id if best else f"?{fold(name.toponyms[0].name)}"
                groups[key].append((toponym, number))
                spots += [Spot(toponym.span, best)] if best else []
    places = [_place(report, same, scene, shares, ranker) for same in groups.values()]
    places = [
        place if place.gazetteer_id else place_around(place, spots, report.text)
        for place in places
    ]
    return tuple(sorted(places, key=lambda place: place.mentions))


def _as_seats(toponyms: Sequence[Toponym], names: Names) -> tuple[Toponym, ...]:
    """Return the toponyms, those that also stand for a state kept to that state.

    Where "Islamabad denied" it, "in Islamabad" is no namesake elsewhere.
    """
    seats = {
        toponym.name: names.capitals[toponym.name]
        for toponym in toponyms
        if toponym.use is Use.METONYM and toponym.name in names.capitals
    }
    return tuple(_kept_to(toponym, seats.get(toponym.name)) for toponym in toponyms)


def _kept_to(toponym: Toponym, country: str | None) -> Toponym:
    kept = tuple(entry for entry in toponym.entries if entry.country == country)
    return toponym._replace(entries=kept) if country and kept else toponym


def best_entry(scene: Scene, shares: Floats, number: int, least: float) -> Entry | None:
    """Return the row that a name is taken for, or None where that would be a guess."""
    rows = scene.of_name(number)
    if rows.start == rows.stop:
        return None
    best = int(shares[rows].argmax())
    entry = scene.names[number].candidates[best]
    if float(shares[rows][best]) < least:
        return None
    return entry if _is_supported(scene, shares, number, entry) else None


def _is_supported(scene: Scene, shares: Floats, number: int, entry: Entry) -> bool:
    """Tell whether a row is large, or another name of the text ties to its country.

    A lone small town is mostly a village that the gazetteer lacks, or no place at all.
    """
    if entry.kind not in SMALL_KINDS:
        return True
    others = [
        name.candidates[int(shares[rows].argmax())]
        for other, name in enumerate(scene.names)
        if other != number and name.candidates
        for rows in [scene.of_name(other)]
    ]
    called = fold(scene.names[number].toponyms[0].name)
    # By a further name alone, where all else lies abroad, it is hardly ever meant.
    is_alias = bool(others) and fold(entry.name) != called
    if entry.population >= (LONE_ALIAS_PEOPLE if is_alias else LONE_PEOPLE):
        return True
    return any(other.country == entry.country for other in others)


def _place(
    report: Report,
    same: Sequence[tuple[Toponym, int]],
    scene: Scene,
    shares: Floats,
    ranker: Ranker,
) -> Place:
    mentions = tuple(sorted(toponym.span for toponym, _ in same))
    number = min(same)[1]
    entry = best_entry(scene, shares, number, ranker.least)
    candidates = _candidates(scene, shares, number)
    runners = tuple(
        one
        for one in candidates
        if entry is None or one.gazetteer_id != entry.gazetteer_id
    )
    place = Place(
        id=make_id("p", report.id, "place", (mentions[0],)),
        name=min(same)[0].name,
        mentions=mentions,
        candidates=runners[:MAX_RUNNERS_UP],
        confidence=candidates[0].score if entry else UNKNOWN_CONFIDENCE,
        made_by=MADE_BY,
    )
    return _on_map(place, entry) if entry else place


def _on_map(place: Place, entry: Entry) -> Place:
    return Place(
        id=place.id,
        name=place.name,
        gazetteer_id=entry.gazetteer_id,
        lat=entry.lat,
        lon=entry.lon,
        country=entry.country,
        admin1=entry.admin1,
        precision=PRECISION[entry.kind],
        radius_km=float(entry.radius_km),
        mentions=place.mentions,
        candidates=place.candidates,
        confidence=place.confidence,
        made_by=f"gazetteer:{entry.source}",
    )


def _candidates(scene: Scene, shares: Floats, number: int) -> list[PlaceCandidate]:
    rows = scene.of_name(number)
    scored = zip(shares[rows].tolist(), scene.names[number].candidates, strict=True)
    ordered = sorted(scored, key=lambda one: (-one[0], one[1].gazetteer_id))
    return [
        PlaceCandidate(
            gazetteer_id=entry.gazetteer_id, name=entry.name, score=round(score, 2)
        )
        for score, entry in ordered
    ]
