"""Where places lie: a register of names, compiled into a trie and columns.

`names.marisa` gives the rows of each folded name, `columns.npz` the fields of each row
and `lists.json` what the numbers in the columns stand for. The trie is mapped into
memory and the columns are read when the first name is looked up. A user's own register
(`sayso.vocab.gazetteer_files`) is asked in the same way.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Protocol

import marisa_trie
import msgspec
import numpy as np
import numpy.typing as npt

from sayso.errors import VocabError

NAMES, COLUMNS, LISTS = "names.marisa", "columns.npz", "lists.json"
MEND = "make the folder anew with `python -m training.build_gazetteer`"
OWN = "sayso"  # names the ids of rows that GeoNames does not have
DIGEST_CHARS = 12
MAX_KEPT = 20_000  # rows held in memory, some 10 MB

_SHORT = re.compile(r"(?:[A-Z]\.?){2,4}|[A-Z][a-z]{0,4}\.|[A-Z]\.[A-Z][a-z]+\.")
"""What may be an abbreviation: US, U.S., DRC, Calif., W.Va."""
_WORDS = {"st": "saint", "mt": "mount", "ft": "fort", "ste": "sainte", "&": "and"}
_BREAKS = re.compile(r"[\s\-‐–/_]+")
_MARKS = re.compile(r"[^\w\s&]")


class EntryKind(StrEnum):
    """What sort of place a row stands for."""

    COUNTRY = "country"
    ADMIN1 = "admin1"
    """A state, province or governorate: the first level below the country."""
    ADMIN2 = "admin2"
    """A county, district or parish: the second level."""
    CITY = "city"
    """Any settlement."""
    AREA = "area"
    """A region without one government, or a union of states."""
    WATER = "water"
    LAND = "land"
    """A range, mountain, desert, island or peninsula."""
    POINT = "point"
    """A site, such as a camp, dam or crossing."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a gazetteer."""

    gazetteer_id: str
    """`geonames:2457161`, `sayso:red-sea`, or as a user's file has it."""
    name: str
    kind: EntryKind
    lat: float
    """WGS 84 degrees, north positive."""
    lon: float
    """WGS 84 degrees, east positive."""
    country: str | None = None
    """ISO 3166-1 alpha-3; None for what lies in several or in none."""
    admin1: str | None = None
    """Name of the first-level unit that it is, or lies in."""
    admin1_code: str | None = None
    """GeoNames code of that unit, `ML.09`."""
    population: int = 0
    """0 where it is not known."""
    radius_km: float = 0.0
    source: str = ""


class Gazetteer(Protocol):
    """What place resolution asks of a register."""

    digest: str
    """Hex digits that stand for the whole content."""

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the rows that bear a name, in any case and with or without marks."""
        ...

    def country_of(self, demonym: str) -> str | None:
        """Return the alpha-3 code of the state whose people a word names."""
        ...

    def country_at(self, domain: str) -> str | None:
        """Return the code of the state whose sites end in a domain ("ml"), if any."""
        ...


class JoinedGazetteer:
    """Several registers asked as one; a row of an earlier one hides equal ids."""

    def __init__(self, parts: Iterable[Gazetteer]):
        self.parts = tuple(parts)
        whole = " ".join(part.digest for part in self.parts)
        self.digest = hashlib.sha256(whole.encode()).hexdigest()[:DIGEST_CHARS]

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the rows of all parts."""
        found: dict[str, Entry] = {}
        for part in self.parts:
            for entry in part.find(name):
                found.setdefault(entry.gazetteer_id, entry)
        return tuple(found.values())

    def country_of(self, demonym: str) -> str | None:
        """Return what the first part that knows the word says."""
        known = (part.country_of(demonym) for part in self.parts)
        return next((country for country in known if country), None)

    def country_at(self, domain: str) -> str | None:
        """Return what the first part that knows the domain says."""
        known = (part.country_at(domain) for part in self.parts)
        return next((country for country in known if country), None)


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`lists.json`: what the numbers in the columns stand for."""

    kinds: tuple[EntryKind, ...]
    sources: tuple[str, ...]
    countries: tuple[str, ...]
    """Alpha-3 codes; the first is empty, for none."""
    admin1: tuple[tuple[str, str], ...]
    """Code and name; the first is empty, for none."""
    demonyms: dict[str, str]
    """Alpha-3 code by folded word."""
    domains: dict[str, str]
    """Alpha-3 code by top-level domain of a state."""
    rows: int


class PackedGazetteer:
    """The register in a folder that `training/build_gazetteer.py` made."""

    def __init__(self, folder: Path):
        """Map the names of a folder; its columns are read when first needed.

        Raises:
            VocabError: A file is missing or damaged.
        """
        self._folder = folder
        whole = hashlib.sha256()
        try:
            self._trie = marisa_trie.RecordTrie("<I").mmap(str(folder / NAMES))
            self.lists = msgspec.json.decode((folder / LISTS).read_bytes(), type=_Lists)
            for name in (NAMES, COLUMNS, LISTS):
                whole.update((folder / name).read_bytes())
        except (OSError, RuntimeError, msgspec.DecodeError) as error:
            raise VocabError(f"{folder}: no gazetteer: {error}", mend=MEND) from error
        self.digest = whole.hexdigest()[:DIGEST_CHARS]
        self._columns: dict[str, npt.NDArray[np.generic]] = {}
        self._names = b""
        self._kept: dict[int, Entry] = {}
        """Rows that were asked for, as the same names come again and again."""

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the rows that bear a name, most people first."""
        rows = {row for key in keys_of(name) for (row,) in self._trie.get(key, ())}
        if len(self._kept) > MAX_KEPT:
            self._kept.clear()
        for row in rows - self._kept.keys():
            self._kept[row] = self._entry(row)
        entries = [self._kept[row] for row in sorted(rows)]
        return tuple(sorted(entries, key=lambda entry: -entry.population))

    def country_of(self, demonym: str) -> str | None:
        """Return the alpha-3 code of the state whose people a word names."""
        return self.lists.demonyms.get(fold(demonym))

    def country_at(self, domain: str) -> str | None:
        """Return the code of the state whose sites end in a domain, if any."""
        return self.lists.domains.get(domain)

    def _entry(self, row: int) -> Entry:
        if not self._columns:
            self._read_columns()
        at = {field: column[row].item() for field, column in self._columns.items()}
        start = self._columns["name"][row - 1].item() if row else 0
        name = self._names[start : at["name"]].decode()
        code, admin1 = self.lists.admin1[at["admin1"]]
        source = self.lists.sources[at["source"]]
        country = self.lists.countries[at["country"]]
        own = own_id(name if source == "own" else f"{name} {country}")
        return Entry(
            gazetteer_id=f"geonames:{at['id']}" if at["id"] else own,
            name=name,
            kind=self.lists.kinds[at["kind"]],
            lat=round(at["lat"], 4),
            lon=round(at["lon"], 4),
            country=country or None,
            admin1=admin1 or None,
            admin1_code=code or None,
            population=at["population"],
            radius_km=at["radius"],
            source=source,
        )

    def _read_columns(self) -> None:
        try:
            with np.load(self._folder / COLUMNS) as packed:
                columns = {name: packed[name] for name in packed.files}
        except (OSError, ValueError, KeyError) as error:
            raise VocabError(f"{COLUMNS}: damaged: {error}", mend=MEND) from error
        self._names = columns.pop("names").tobytes()
        wrong = [name for name, col in columns.items() if len(col) != self.lists.rows]
        if wrong:
            raise VocabError(f"{COLUMNS}: {wrong[0]} has the wrong length", mend=MEND)
        self._columns = columns


@cache
def load_gazetteer(folder: Path | None = None) -> PackedGazetteer:
    """Return the gazetteer of a folder; without one, the shipped one.

    Raises:
        VocabError: A file is missing or damaged.
    """
    if folder:
        return PackedGazetteer(folder)
    with as_file(files("sayso") / "data" / "gazetteer") as shipped:
        return PackedGazetteer(shipped)


def own_id(name: str) -> str:
    """Return the id of a row that has none in GeoNames."""
    return f"{OWN}:{fold(name).replace(' ', '-')}"


def keys_of(name: str) -> tuple[str, ...]:
    """Return the keys that a name is looked up by, in the trie as in a user's file."""
    folded = fold(name)
    if not _SHORT.fullmatch(name):
        return (folded,) if folded else ()
    short = short_key(name)
    # "US" is a state and no town called Us; "Gao." or "ROME" may be a plain name.
    return (short,) if len(folded) <= 2 else (short, folded)


def short_key(name: str) -> str:
    """Return the key of an abbreviation, which keeps its case: `=US`, `=Calif`."""
    return "=" + name.replace(".", "")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return a name in the one form that lookups compare.

    Lower case, without accents, marks and leading "the"; hyphens are blanks, and "St.",
    "Mt." and "Ft." are written out.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = _BREAKS.sub(" ", _MARKS.sub("", _BREAKS.sub(" ", plain))).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(_WORDS.get(word, word) for word in words)
