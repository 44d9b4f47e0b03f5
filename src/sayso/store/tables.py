"""RECORD -> ROWS: the one place that maps types to tables; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from sayso.record import (
    Actor,
    Event,
    Link,
    Place,
    PlaceRole,
    Record,
    Statement,
    Status,
)
from sayso.store.database import fold, fold_words
from sayso.store.effect import rank_effects, sum_up
from sayso.store.identity import actor_key, days_back, month_of, place_key
from sayso.store.query import View
from sayso.store.rows import Review

Values = tuple[object, ...]
Tallies = Mapping[View, list[tuple[str, ...]]]
"""By view, the values of the tallied fields of each row."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "statements": (
        *("report", "n", "id", "stance", "quote", "basis", "channel", "voice"),
        *("review", "doubt", "said", "effect"),
    ),
    "events": (
        *("report", "n", "id", "type", "mode", "status", "country", "happened"),
        *("place", "first_day", "time", "review", "doubt", "effect"),
    ),
    "links": (
        *("report", "n", "id", "kind", "status", "from_id", "to_id", "denied"),
        *("review", "doubt", "effect"),
    ),
    "parts": ("owner", "claim", "report", "n", "speaks", "about"),
    "appearances": ("owner", "report"),
}
"""Tables of which a report's rows can be told apart, with their columns."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "statements": ("report", "n"),
    "events": ("report", "n"),
    "links": ("report", "n"),
    "parts": ("owner", "claim", "report", "n"),
    "appearances": ("owner", "report"),
}
TALLIED: Mapping[View, tuple[str, ...]] = {
    View.REPORTS: ("outlet", "language", "month"),
    View.STATEMENTS: (
        *("stance", "quote", "basis", "channel", "voice", "outlet", "month", "review"),
    ),
    View.EVENTS: (
        *("type", "mode", "status", "country", "outlet", "month", "review"),
        "happened",
    ),
    View.LINKS: ("kind", "status", "outlet", "month", "review"),
    View.COMMENTS: ("outlet", "month", "finding"),
}
"""Fields that are counted, alone and in pairs, as rows come and go."""


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """All rows that follow from one record; two of them can be compared."""

    report: Values
    rows: Mapping[str, frozenset[Values]]
    """By table of `COLUMNS`."""
    comments: tuple[tuple[int, str, str, str], ...]
    """Number, author, finding, words."""
    words: str
    """Of the article, title first, folded."""
    actors: Mapping[str, Values]
    places: Mapping[str, Values]
    names: frozenset[tuple[str, str, str]]
    """Owner, name, name folded."""
    speaks: Mapping[str, int]
    """Statements by the actor that makes them."""
    happens: Mapping[str, int]
    """Events by their main place; "" counts those without one."""
    tallies: Tallies
    ties: Mapping[tuple[str, str, str], tuple[int, int]]
    """Links, and those denied, by both ends and kind."""


def derive(
    record: Record,
    number: int,
    *,
    reviews: Mapping[str, Review],
    splits: Mapping[str, str],
) -> Derived:
    """Return the rows of a record.

    Args:
        record: As merged from all its readings.
        number: Of the report, see `identity.number_report`.
        reviews: What people made of its rows, by id; absent is open.
        splits: The actor or place across reports, for those of the record where
            people decided it.
    """
    return _Deriving(record, number, reviews, splits).derive()


def owners_of(record: Record, splits: Mapping[str, str]) -> dict[str, str]:
    """Return the ids across reports of a record's actors and places, by their ids.

    Actors that no words tell, such as a "who" without an antecedent, have none.
    """
    owners = {
        one.id: splits.get(one.id) or actor_key(one)
        for one in record.actors
        if one.is_told
    }
    places = {one.id: splits.get(one.id) or place_key(one) for one in record.places}
    return owners | places


def outlet_of(record: Record) -> str:
    """Return the outlet, "" if there is none."""
    return plain(record.report.outlet)


def plain(text: str | None) -> str:
    """Return text that every database takes: no NUL, "" for None."""
    return (text or "").replace("\0", " ")


class _Deriving:
    def __init__(
        self,
        record: Record,
        number: int,
        reviews: Mapping[str, Review],
        splits: Mapping[str, str],
    ) -> None:
        self.record = record
        self.number = number
        self.reviews = reviews
        self.owners = owners_of(record, splits)
        self.frame = {
            "outlet": outlet_of(record),
            "month": month_of(record.report.published),
        }
        self.effects = rank_effects(record)
        self.tallies: dict[View, list[tuple[str, ...]]] = {view: [] for view in TALLIED}
        self.parts: dict[tuple[str, View, int], tuple[int, int]] = {}
        self.speaks: Counter[str] = Counter()
        self.happens: Counter[str] = Counter()

    def derive(self) -> Derived:
        record = self.record
        report = self._report()
        comments = tuple(self._comments())
        rows = {
            "statements": frozenset(self._statements()),
            "events": frozenset(self._events()),
            "links": frozenset(self._links()),
            "appearances": frozenset(
                (owner, self.number) for owner in self.owners.values()
            ),
        }
        rows["parts"] = frozenset(
            (owner, claim.value, self.number, n, *flags)
            for (owner, claim, n), flags in self.parts.items()
        )
        return Derived(
            report=report,
            rows=rows,
            comments=comments,
            words=fold_words(f"{record.report.title or ''}\n{record.report.text}"),
            actors={
                self.owners[one.id]: _actor(one, self.owners[one.id])
                for one in record.actors
                if one.id in self.owners
            },
            places={self.owners[one.id]: _place(one) for one in record.places},
            names=frozenset(self._names()),
            speaks=self.speaks,
            happens=self.happens,
            tallies=self.tallies,
            ties=self._ties(),
        )

    def _tally(self, view: View, **fields: str) -> None:
        values = self.frame | fields
        self.tallies[view].append(tuple(values[name] for name in TALLIED[view]))

    def _report(self) -> Values:
        report, record = self.record.report, self.record
        self._tally(View.REPORTS, language=report.language)
        return (
            *(
                self.number,
                report.id,
                plain(report.key),
                report.url and plain(report.url),
            ),
            *(self.frame["outlet"], report.title and plain(report.title)),
            *(report.published and plain(report.published), self.frame["month"]),
            *(plain(report.language), record.kit.digest()),
            *(len(record.statements), len(record.events), len(record.links)),
            len(report.comments),
        )

    def _statements(self) -> Iterator[Values]:
        times = {time.id: time.earliest for time in self.record.times}
        published = days_back(self.record.report.published)
        for n, one in enumerate(self.record.statements):
            told = {
                "stance": one.stance.value,
                "quote": one.quote.value,
                "basis": one.basis.value,
                "channel": one.channel.value,
                "voice": voice_of(one),
                "review": self._review(one.id),
            }
            self._tally(View.STATEMENTS, **told)
            self._part(View.STATEMENTS, n, one.speaker, speaks=1)
            if one.speaker in self.owners:
                self.speaks[self.owners[one.speaker]] += 1
            for about in one.about:
                self._part(View.STATEMENTS, n, about, about=1)
            for place in self.record.places:
                if any(part.holds(at) for part in one.content for at in place.mentions):
                    self._part(View.STATEMENTS, n, place.id, about=1)
            said = next((day for at in one.times if (day := times.get(at))), None)
            back = days_back(said) if said else published
            ranks = _doubt(one.confidence), back, self.effects[one.id]
            yield self.number, n, one.id, *told.values(), *ranks

    def _events(self) -> Iterator[Values]:
        times = {time.id: time for time in self.record.times}
        places = {place.id: place for place in self.record.places}
        for n, event in enumerate(self.record.events):
            dated = [times[at.time] for at in event.times if at.time in times]
            time = next((time for time in dated if time.earliest), None)
            first = time.earliest if time and time.earliest else None
            main = main_place(event)
            told = {
                "type": event.type,
                "mode": event.mode or "",
                "status": event.status.value,
                "country": (places[main].country or "") if main in places else "",
                "happened": (first or "")[:7],
            }
            review = self._review(event.id)
            self._tally(View.EVENTS, **told, review=review)
            for participant in event.participants:
                self._part(View.EVENTS, n, participant.actor)
            for at in event.places:
                self._part(View.EVENTS, n, at.place)
            where = self.owners.get(main or "", "")
            self.happens[where] += 1
            dates = where, first, time.id if time and first else None
            doubt = _doubt(event.confidence)
            ranks = doubt, self.effects[event.id]
            yield self.number, n, event.id, *told.values(), *dates, review, *ranks

    def _links(self) -> Iterator[Values]:
        for n, link in enumerate(self.record.links):
            told = {
                "kind": link.kind.value,
                "status": sum_up(self.record, link.assertions).value,
                "review": self._review(link.id),
            }
            self._tally(View.LINKS, **told)
            ends = tuple(self.owners.get(end, "") for end in (link.from_, link.to))
            for end in (link.from_, link.to):
                self._part(View.LINKS, n, end)
            kind, status, review = told.values()
            frame = self.number, n, link.id, kind, status
            ranks = _doubt(link.confidence), self.effects[link.id]
            yield *frame, *ends, is_denied(link), review, *ranks

    def _comments(self) -> Iterator[tuple[int, str, str, str]]:
        findings = _findings(self.record)
        for comment in self.record.report.comments:
            finding = findings.get(comment.n, "")
            self._tally(View.COMMENTS, finding=finding)
            yield comment.n, plain(comment.author), finding, fold_words(comment.text)

    def _review(self, row_id: str) -> str:
        return self.reviews.get(row_id, Review.OPEN).value

    def _part(
        self,
        claim: View,
        n: int,
        row_id: str | None,
        *,
        speaks: int = 0,
        about: int = 0,
    ) -> None:
        owner = self.owners.get(row_id or "")
        if owner is not None:
            spoke, told = self.parts.get((owner, claim, n), (0, 0))
            self.parts[owner, claim, n] = max(spoke, speaks), max(told, about)

    def _names(self) -> Iterator[tuple[str, str, str]]:
        for actor in self.record.actors:
            if actor.id not in self.owners:
                continue
            for name in (actor.name, *actor.aliases):
                yield self.owners[actor.id], plain(name), fold(plain(name))
        for place in self.record.places:
            yield self.owners[place.id], plain(place.name), fold(plain(place.name))

    def _ties(self) -> Mapping[tuple[str, str, str], tuple[int, int]]:
        ties: dict[tuple[str, str, str], tuple[int, int]] = {}
        for link in self.record.links:
            ends = self.owners.get(link.from_), self.owners.get(link.to)
            if ends[0] and ends[1]:
                key = ends[0], link.kind.value, ends[1]
                links, denied = ties.get(key, (0, 0))
                ties[key] = links + 1, denied + is_denied(link)
        return ties


def voice_of(statement: Statement) -> str:
    """Return whose words they are: outlet, hearsay or source."""
    if statement.is_outlet:
        return "outlet"
    return "hearsay" if statement.source is None else "source"


def main_place(event: Event) -> str | None:
    """Return the id of the place that an event is at, if one is told."""
    places = (at.place for at in event.places if at.role is PlaceRole.AT)
    return next(places, None)


def is_denied(link: Link) -> int:
    """Return 1 if some voice denies the link, else 0."""
    return int(any(one.status is Status.DENIED for one in link.assertions))


def _findings(record: Record) -> dict[int, str]:
    thread = record.thread
    found: dict[int, str] = {}
    for burst in thread.bursts:
        found.update(dict.fromkeys(burst.comments, "burst"))
    for copies in thread.copies:
        found.update(dict.fromkeys(copies.comments, "copy"))
    for point in thread.talking_points:
        found.update({comment.n: "point" for comment in point.comments})
    return found


def _doubt(confidence: float) -> int:
    return round(abs(confidence - 0.5) * 100)


def _actor(actor: Actor, owner: str) -> Values:
    # Who was split off is another one than the authority file says.
    is_own = actor.authority is not None and owner == actor_key(actor)
    authority = plain(actor.authority) if is_own else None
    country, sector = plain(actor.country), plain(actor.sector)
    return plain(actor.name), actor.kind.value, country, sector, authority


def _place(place: Place) -> Values:
    register = None if place.gazetteer_id is None else plain(place.gazetteer_id)
    precision = place.precision.value if place.precision else ""
    where = place.lat, place.lon, precision, place.radius_km
    return plain(place.name), plain(place.country), register, *where
