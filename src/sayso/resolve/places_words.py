"""Words beside a name that tell of a place: units, towns, sides, what lies where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sayso.vocab.gazetteer import Entry, EntryKind

_MIN_PEOPLE = 15_000  # of a town whose name alone makes a toponym
_WIDE = (EntryKind.COUNTRY, EntryKind.ADMIN1, EntryKind.ADMIN2)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


UNITS = _words(
    "county parish province state region district governorate oblast raion cercle"
    " department prefecture municipality territory subdistrict commune wilaya division"
)
TOWNS = _words("city town village township hamlet suburb capital port settlement")
SIDES = _words(
    "northern southern eastern western central north south east west"
    " northeast northwest southeast southwest northeastern northwestern"
    " southeastern southwestern upper lower downtown greater mainland nearby"
    " rural inner outer"
)
WATERS = _words("river lake sea gulf strait bay creek canal stream reservoir wadi")
LANDS = _words(
    "mountain mountains hill hills valley island islands peninsula desert forest"
    " plateau plain plains pass gorge delta cape point ridge range oasis basin steppe"
)
SITES = _words(
    "bridge gate camp crossing checkpoint dam airport airfield base mine shrine mosque"
    " station junction road highway quarter neighbourhood neighborhood hotel market"
    " bazaar square port barracks prison border coast bank area sector sectors enclave"
    " hospital school university clinic church districts villages towns road"
)
LAYS = WATERS | LANDS | SITES
"""They make the name beside them that of a place even where no register has it."""
WHERE = _words(
    "in at near from to around outside across inside toward towards between"
    " into through outskirts via off"
)
"""Words that make a capitalised name a place if the gazetteer knows it."""
STAYS = frozenset(WHERE - {"to", "into", "between", "through"})
"""Those that hardly ever stand before a person."""
BODIES = _words(
    "ministry government army military forces police president parliament"
    " official officials spokesman spokeswoman ambassador foreign defence defense"
    " interior prime leadership court authorities council navy air troops side guards"
    " delegation regime rulers leaders junta cabinet command envoy consulate embassy"
)
"""After "Mali's" they make it the owner of a body that acts, not a place."""
RULERS = _words("government side delegation regime rulers leadership junta authorities")
"""They make a power of a town that is no seat of government: "the Sirte side"."""
WISHES = _words(
    "request behest insistence demand demands invitation proposal offer refusal claim"
    " claims denial decision count account position response"
)
"""What a power owns that speaks or acts."""
OUTFITS = _words(
    "group movement militia company club organisation organization rebels insurgents"
    " outfit network party alliance gang cartel brigade battalion faction supporters"
)
"""Right behind a name they make it that of a body: "the Red Lantern group"."""
MASTHEADS = _words(
    "wire post review observer herald tribune gazette dispatch courier times news"
    " centre center guard guards forum collective circle brigade soldiers fighters"
    " star voice mail chronicle journal telegraph monitor agency services airlines"
)
"""Last words of names of bodies and papers that are no role nouns."""
MEETINGS = _words(
    "battle siege fall city town state province republic region district governorate"
    " gulf strait bay sea lake isle island islands cape horn coast port valley mount"
    " bishop archbishop university"
)
"""Capitalised before "of", they are followed by a place."""
NEVER = _words(
    "january february march april may june july august september october november"
    " december monday tuesday wednesday thursday friday saturday sunday spring summer"
    " autumn winter christmas easter ramadan congress parliament internet god brief"
)
"""Names of towns as well, but after "in" or "to" hardly ever."""
_OWN_SIDES = frozenset({"Inner", "Outer"})
"""With a capital they are of the name: the Inner Niger Delta is another one."""
_ASKED = (
    (UNITS, (EntryKind.ADMIN1, EntryKind.ADMIN2)),
    (TOWNS, (EntryKind.CITY,)),
    (WATERS, (EntryKind.WATER,)),
    (LANDS, (EntryKind.LAND, EntryKind.AREA)),
)


def variants(name: str) -> Iterator[tuple[str, tuple[EntryKind, ...]]]:
    """Yield a name and, if the gazetteer lacks it, what is left without common words.

    With each comes the kind that the word left out asks for: "Gao region" is "Gao", a
    unit.
    """
    yield name, ()
    words = name.split()
    while len(words) > 1 and words[0].lower() in SIDES and words[0] not in _OWN_SIDES:
        words = words[1:]
        yield " ".join(words), ()
    last, first = words[-1].lower(), words[0].lower()
    if len(words) > 1 and last in UNITS | TOWNS | WATERS | LANDS:
        yield " ".join(words[:-1]), kinds_of({last})
    if len(words) > 2 and first in UNITS | TOWNS and words[1].lower() == "of":
        yield " ".join(words[2:]), kinds_of({first})


def kinds_of(words: Iterable[str]) -> tuple[EntryKind, ...]:
    """Return the kinds of place that words beside a name ask for."""
    near = set(words)
    return next((kinds for group, kinds in _ASKED if near & group), ())


def is_well_known(entry: Entry, *, by: str = "") -> bool:
    """Return whether a name alone tells of a place: a state, a region, a big town.

    Args:
        entry: A place that bears the name.
        by: If given, the name must be a town's own, not one of its other spellings.
    """
    own = not by or entry.name.lower() == by.lower()
    return entry.kind in _WIDE or (own and entry.population >= _MIN_PEOPLE)
