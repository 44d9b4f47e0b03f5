"""How many people an event killed, as an interval over all voices, and on which side.

No voice is preferred: `low` and `high` are the ends of what all say together. A `best`
number is given only where all agree, or where the outlet itself gives one number.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import msgspec

from sayso.export.codes import Codes
from sayso.export.coding import CIVILIANS, Party, party_of_actor
from sayso.record import Count, Counted, Event, Record

# Head nouns that stand for everybody who died, of whatever side.
_ANYBODY = frozenset(
    {
        "people",
        "person",
        "persons",
        "dead",
        "death",
        "deaths",
        "body",
        "bodies",
        "victim",
        "victims",
        "casualties",
        "fatalities",
    }
)
_CIVILIAN_WORDS = frozenset(
    {
        "civilian",
        "civilians",
        "villager",
        "villagers",
        "child",
        "children",
        "resident",
        "residents",
        "bystander",
        "bystanders",
    }
)


class Toll(msgspec.Struct, frozen=True, kw_only=True):
    """A number of deaths; None where nobody tells an end."""

    low: int | None = None
    high: int | None = None
    best: int | None = None


class Deaths(msgspec.Struct, frozen=True, kw_only=True):
    """All deaths of an event, and the best number of each side; they add up."""

    all: Toll = Toll()
    side_a: int | None = None
    side_b: int | None = None
    civilians: int | None = None
    unknown: int | None = None


def find_deaths(
    record: Record,
    event: Event,
    *,
    side_a: tuple[Party, ...],
    side_b: tuple[Party, ...],
    codes: Codes,
) -> Deaths:
    """Return the deaths of an event.

    A voice that gives a number for everybody is taken at that; numbers that other
    voices give for different people ("4 soldiers", "2 civilians") are added. Sides get
    their share only if the shares do not exceed `best`; the rest is unknown.
    """
    killed = [one for one in event.counts if one.what is Counted.KILLED]
    if not killed:
        return Deaths()
    whole = [one for one in killed if _sort_of(one) in _ANYBODY]
    parts = [one for one in killed if _sort_of(one) not in _ANYBODY]
    total = _total(record, whole, parts)
    if total.best is None:
        return Deaths(all=total)
    shares = {"side_a": 0, "side_b": 0, "civilians": 0, "unknown": 0}
    for key, toll in _groups(record, parts).items():
        shares[_side(record, key, side_a, side_b, codes)] += toll.best or 0
    rest = total.best - sum(shares.values())
    if rest < 0:
        shares, rest = dict.fromkeys(shares, 0), total.best
    shares["unknown"] += rest
    return Deaths(all=total, **shares)


def _total(record: Record, whole: list[Count], parts: list[Count]) -> Toll:
    """Return what all voices together say of all the dead."""
    told_whole = {voice for one in whole for voice in one.statements}
    # Of a voice that gives the whole, "including 4 soldiers" is no further number.
    others = [one for one in parts if not {*one.statements} <= told_whole]
    if not others:
        return _agreed(record, whole)
    if not whole:
        return _sum(_groups(record, others).values())
    all_told = _agreed(record, whole)
    added = _sum(_groups(record, others).values())
    best = all_told.best if all_told.best == added.best else None
    outlet = record.outlet_voice()
    if outlet is not None and outlet.id in told_whole:
        best = all_told.best
    return Toll(
        low=min(filter(None, (all_told.low, added.low)), default=None),
        high=max(filter(None, (all_told.high, added.high)), default=None),
        best=best,
    )


def _groups(record: Record, counts: list[Count]) -> dict[str, Toll]:
    """Return the toll of each sort of people, by actor id or head noun."""
    ordered = sorted(counts, key=_sort_of)
    return {
        key: _agreed(record, [*group]) for key, group in groupby(ordered, key=_sort_of)
    }


def _sort_of(count: Count) -> str:
    return count.of_actor or (count.of or "people").lower()


def _agreed(record: Record, counts: list[Count]) -> Toll:
    """Return what all voices say of one sort of people."""
    lows = [one.low for one in counts if one.low is not None]
    highs = [one.high for one in counts if one.high is not None]
    outlet = record.outlet_voice()
    own = {
        (one.low, one.high)
        for one in counts
        if outlet is not None and outlet.id in one.statements
    }
    for told in (own, {(one.low, one.high) for one in counts}):
        if len(told) == 1:
            low, high = next(iter(told))
            if low == high:
                break
    else:
        low = None
    best = low
    return Toll(low=min(lows, default=None), high=max(highs, default=None), best=best)


def _sum(tolls: Iterable[Toll]) -> Toll:
    found = [*tolls]
    return Toll(
        low=_added([toll.low for toll in found]),
        high=_added([toll.high for toll in found]),
        best=_added([toll.best for toll in found]),
    )


def _added(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def _side(
    record: Record,
    key: str,
    side_a: tuple[Party, ...],
    side_b: tuple[Party, ...],
    codes: Codes,
) -> str:
    if key in _CIVILIAN_WORDS:
        return "civilians"
    actor = next((one for one in record.actors if one.id == key), None)
    if actor is None:
        return "unknown"
    party = party_of_actor(actor)
    if party.inter(codes) == CIVILIANS:
        return "civilians"
    for name, side in (("side_a", side_a), ("side_b", side_b)):
        if any(one.actor == actor.id for one in side):
            return name
    return "unknown"
