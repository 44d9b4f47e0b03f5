"""Words that name people and bodies: roles, titles, states and their people.

The lists say what a *word* tells ("minister": a person who holds an office). They hold
no names of persons, so that nobody gets a country or a gender from a name.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from sayso.errors import VocabError

ROLE_KINDS = ("person", "group", "organisation", "state", "document")
_GENDERS = ("-", "m", "f")
_SENSES = ("name", "capital", "demonym")
_IRREGULAR = {"men": "man", "women": "woman", "people": "people", "wives": "wife"}
_MIN_STEM = 3  # "gas", "us" and "bus" are no plurals


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """What a role noun or title tells about whoever bears it."""

    kind: str
    """person, group, organisation, state or document."""
    sector: str | None
    """PLOVER actor sector code, or None if the word leaves it open."""
    public: bool
    """Whether the word names an office, a body or a state."""
    gender: str | None
    """m, f or None."""


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """A public body that is known by its own name."""

    authority: str
    """Id in the authority file: `UNO.UNHCR`, `USA.MIL`."""
    country: str | None
    """ISO 3166-1 alpha-3; None for a body of several states or of none."""
    sector: str


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """A body that every state has: its defence ministry, its police."""

    suffix: str
    """What stands behind the country in its id: `GOV.FOREIGN`."""
    sector: str


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """The lists of role nouns, titles and states."""

    roles: dict[str, Role]
    """By lower-case singular noun."""
    titles: dict[str, Role]
    """By lower-case title without full stop."""
    states: dict[str, str]
    """ISO 3166-1 alpha-3 code by name of a state."""
    capitals: dict[str, str]
    """Code by name of a seat of government that can stand for it."""
    demonyms: dict[str, str]
    """Code by demonym, adjective or noun."""
    bodies: dict[str, Body]
    """By name, further names and abbreviations, in their own case, without "the"."""
    offices: dict[str, Office]
    """By lower-case words: "foreign ministry"."""
    pronouns: dict[str, float]
    """Weights of the pronoun ranker by feature; see `sayso.resolve.pronouns`."""

    def role_of(self, word: str) -> tuple[Role | None, bool]:
        """Return the role that a noun names and whether the noun is a plural of it."""
        lower = word.lower()
        if lower in self.roles:
            return self.roles[lower], False
        for stem in singulars(lower):
            if stem in self.roles:
                return self.roles[stem], True
        return None, False

    def title_of(self, word: str) -> Role | None:
        """Return what a title ("Col.", "Mrs") tells, or None if it is none."""
        return self.titles.get(word.lower().rstrip("."))

    def country_of(self, words: str) -> str | None:
        """Return the state that a country name or demonym stands for, if any."""
        return self.states.get(words) or self.demonyms.get(words)


def singulars(word: str) -> tuple[str, ...]:
    """Return what a lower-case noun may be the plural of, likeliest first."""
    if word in _IRREGULAR:
        return (_IRREGULAR[word],)
    if word.endswith("men"):
        return (word[:-2] + "an",)
    if not word.endswith("s") or word.endswith("ss") or len(word) <= _MIN_STEM:
        return ()
    if word.endswith("ies"):
        return (word[:-3] + "y", word[:-1])
    if word.endswith("ves"):
        return (word[:-1], word[:-3] + "f")
    return (word[:-1], word[:-2]) if word.endswith("es") else (word[:-1],)


@cache
def load_names(source: Path | None = None) -> Names:
    """Return the lists of a folder, checked in full; without one, the shipped ones.

    Raises:
        VocabError: A file is missing, or a line has the wrong shape, an unknown value
            or the wrong place.
    """
    folder = source or files("sayso") / "data" / "actors"
    places: dict[str, dict[str, str]] = {sense: {} for sense in _SENSES}
    states = folder / "states.tsv"
    for number, (word, sense, country) in _rows(states, 3):
        _check(states.name, number, "sense", sense, _SENSES)
        places[sense][word] = country
    return Names(
        roles=dict(_roles(folder / "roles.tsv")),
        titles=dict(_titles(folder / "titles.tsv")),
        states=places["name"],
        capitals=places["capital"],
        demonyms=places["demonym"],
        bodies=dict(_bodies(folder / "bodies.tsv")),
        offices={
            words: Office(suffix=suffix, sector=sector)
            for _, (words, suffix, sector) in _rows(folder / "offices.tsv", 3)
        },
        pronouns=_weights(folder / "pronouns.toml"),
    )


def _roles(path: Traversable) -> list[tuple[str, Role]]:
    found = []
    for number, (word, kind, sector, public, gender) in _rows(path, 5):
        _check(path.name, number, "kind", kind, ROLE_KINDS)
        found.append((word, _role(path.name, number, kind, sector, public, gender)))
    return found


def _titles(path: Traversable) -> list[tuple[str, Role]]:
    return [
        (title, _role(path.name, number, "person", sector, public, gender))
        for number, (title, sector, public, gender) in _rows(path, 4)
    ]


def _bodies(path: Traversable) -> list[tuple[str, Body]]:
    found = []
    for _, (name, further, authority, country, sector) in _rows(path, 5):
        state = None if country == "-" else country
        body = Body(authority=authority, country=state, sector=sector)
        known = [] if further == "-" else further.split("|")
        found += [(called, body) for called in (name, *known)]
    return found


def _weights(path: Traversable) -> dict[str, float]:
    try:
        return msgspec.toml.decode(_text_of(path), type=dict[str, float])
    except msgspec.DecodeError as error:
        raise VocabError(
            f"{path.name}: {error}",
            mend="write one weight a line; training/coref.py makes the file",
        ) from error


def _role(
    name: str, number: int, kind: str, sector: str, public: str, gender: str
) -> Role:
    _check(name, number, "public", public, ("yes", "no"))
    _check(name, number, "gender", gender, _GENDERS)
    return Role(
        kind=kind,
        sector=None if sector == "-" else sector,
        public=public == "yes",
        gender=None if gender == "-" else gender,
    )


def _rows(path: Traversable, width: int) -> list[tuple[int, list[str]]]:
    rows: list[tuple[int, list[str]]] = []
    last = ""
    for number, line in enumerate(_text_of(path).splitlines(), 1):
        if line.startswith("#") or not line:
            continue
        cells = line.split("\t")
        if len(cells) != width:
            raise VocabError(
                f"{path.name}:{number}: {len(cells)} columns, {width} expected",
                mend="separate the columns by one tab each",
            )
        if cells[0] <= last:
            raise VocabError(
                f"{path.name}:{number}: {cells[0]!r} after {last!r}",
                mend="sort the lines by their first column and drop doubles",
            )
        last = cells[0]
        rows.append((number, cells))
    return rows


def _text_of(path: Traversable) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise VocabError(
            f"no word list {path.name}",
            mend="install the package again, or name a folder that holds all lists",
        ) from error


def _check(
    name: str, number: int, what: str, value: str, known: tuple[str, ...]
) -> None:
    if value not in known:
        raise VocabError(
            f"{name}:{number}: {what} {value!r} is unknown (has: {', '.join(known)})",
            mend=f"use one of the known values for {what}",
        )
