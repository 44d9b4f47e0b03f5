"""Which body of the authority file an actor is, and which state it acts for.

Only bodies, states and bearers of public office get a country or a sector here, and
only from their own words and from where the report plays; nobody gets one from a name,
a faith or a language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from sayso.record import Actor, ActorKind, Place, Report
from sayso.resolve.places_dateline import dateline_end
from sayso.vocab.names import Body, Names, Office

STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
HOME_SHARE = 0.6  # of a report's places that must lie in one state to tell its home
MAX_OFFICE_WORDS = 4
_ABROAD = re.compile(
    r"\b(?:foreign (?!minist)|western|european|international|united nations|u\.?n\.?\b"
    r"|diplomats?|ambassador|embassy|consul\w*|envoy|peacekeep\w*|observers?|mediators?"
    r"|delegation|coalition|de facto|separatist\w*|rebel\w*|former)",
    re.IGNORECASE,
)
"""Who is called so may act for any state, or for none."""
_POLICE = re.compile(
    r"\b(?:police\w*|gendarm\w+|constable|sheriff|detectives?)\b", re.IGNORECASE
)


def add_authority(
    report: Report, actors: Sequence[Actor], places: Sequence[Place], names: Names
) -> tuple[Actor, ...]:
    """Return the actors with country, sector and authority id where these are known.

    A body known by its own name has those of the authority file. A body or officer of a
    state that the words leave open acts for the state in which the report plays: where
    it is filed from, or where most of its places lie.
    """
    home = home_state(report, places)
    return tuple(_known(report, actor, home, names) for actor in actors)


def home_state(report: Report, places: Sequence[Place]) -> str | None:
    """Return the state that a report plays in, None where it does not tell."""
    end = dateline_end(report)
    told = Counter(
        place.country for place in places for _ in place.mentions if place.country
    )
    for place in places:
        if place.country and place.mentions[0].start < end:
            others = sum(told.values()) - told[place.country]
            # A paper may write from its own capital about a neighbour.
            return place.country if told[place.country] >= others else None
    country, count = told.most_common(1)[0] if told else (None, 0)
    return country if count > 1 and count >= HOME_SHARE * sum(told.values()) else None


def _known(report: Report, actor: Actor, home: str | None, names: Names) -> Actor:
    if body := _body_of(actor, names):
        return replace(
            actor,
            kind=ActorKind.ORGANISATION,
            country=body.country,
            sector=body.sector,
            authority=body.authority,
            public=True,
        )
    if actor.kind is ActorKind.STATE:
        return replace(actor, authority=actor.country)
    told = " ".join(span.of(report.text) for span in actor.mentions)
    office = _office(actor, told, names)
    sector = office.sector if office else actor.sector
    if sector == "MIL" and _POLICE.search(told):
        sector = "COP"  # ranks are those of an army: "police Major"
    country = actor.country
    acts = actor.public and sector in STATE_SECTORS
    if country is None and acts:
        abroad = _ABROAD.search(told)
        country = _state_of(told, names) or (None if abroad else home)
    is_body = actor.kind is ActorKind.ORGANISATION and country is not None and acts
    return replace(
        actor,
        sector=sector,
        country=country,
        authority=f"{country}.{office.suffix if office else sector}"
        if is_body
        else None,
    )


def _office(actor: Actor, told: str, names: Names) -> Office | None:
    """Return the office of a body or of several people, if their words name one."""
    found = None if actor.kind is ActorKind.PERSON else _office_of(told, names)
    if found is None:
        return None
    words, office = found
    sure = actor.sector in STATE_SECTORS or (actor.sector is None and " " in words)
    return office if sure else None


def _body_of(actor: Actor, names: Names) -> Body | None:
    if actor.kind is ActorKind.PERSON:
        return None
    called = (actor.name, *actor.aliases)
    bare = (name.removeprefix("the ").removeprefix("The ") for name in called)
    return next((names.bodies[name] for name in bare if name in names.bodies), None)


def _office_of(told: str, names: Names) -> tuple[str, Office] | None:
    """Return the longest words among the mentions that name an office, with it."""
    words = re.findall(r"[\w'-]+", told.lower())
    runs = (
        " ".join(words[start : start + width])
        for width in range(MAX_OFFICE_WORDS, 0, -1)
        for start in range(len(words) - width + 1)
    )
    found = next((run for run in runs if run in names.offices), None)
    return (found, names.offices[found]) if found else None


def _state_of(told: str, names: Names) -> str | None:
    """Return the one state that names or capitals among the words tell, if any."""
    words = re.findall(r"[^\W\d_]+", told)
    runs = (
        " ".join(words[start : start + width])
        for width in (1, 2, 3)
        for start in range(len(words) - width + 1)
    )
    found = {names.country_of(run) or names.capitals.get(run) for run in runs} - {None}
    return found.pop() if len(found) == 1 else None
