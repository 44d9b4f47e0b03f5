"""Which row of the gazetteer each toponym of a report means: a ranker over the scene.

All toponyms of one name mean one place. Every row that bears a name is a candidate; a
linear score over the features of `FEATURES` orders them. Features of the scene (what
shares a country, a state or a neighbourhood with the other names) need to know what
those names mean, so the scores are worked out in rounds, each from the shares that the
round before gave to every candidate.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from sayso.errors import VocabError
from sayso.resolve.places_spot import Toponym, Use
from sayso.vocab.gazetteer import DIGEST_CHARS, Entry, EntryKind, fold

Floats = npt.NDArray[np.float64]

FEATURES = (
    "people",
    "most_people",
    "country",
    "admin1",
    "admin2",
    "nature",
    "main_name",
    "inside_next",
    "outside_next",
    "unit_asked",
    "town_asked",
    "nature_asked",
    "home",
    "same_country",
    "same_admin1",
    "near",
    "nearest",
    "unit_of_its_town",
    "filed_here",
    "holds_others",
    "named_country",
)
"""Names of the columns of a scene, as in the file of weights."""
LOCAL = FEATURES.index("same_country")
"""The features before this one need no other name."""
ROUNDS = 3
MAX_CANDIDATES = 40
PEOPLE_A_KM2 = 30  # a guess at how well known nature is for its size
NEAR_KM = 100.0  # the scale on which nearness fades
DATELINE_WEIGHT = 4.0  # mentions that one in the dateline counts for


class Name(NamedTuple):
    """All toponyms of one name in a report."""

    toponyms: tuple[Toponym, ...]
    candidates: tuple[Entry, ...]
    weight: float
    """How much the name tells about the scene: grows with the log of its mentions."""


class Ranker(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Weights of the features, by name."""

    weights: dict[str, float]
    least: float
    """A best candidate with a smaller share is not taken: the place stays open."""

    @property
    def digest(self) -> str:
        """12 hex digits that stand for all weights."""
        content = msgspec.json.encode(self, order="sorted")
        return hashlib.sha256(content).hexdigest()[:DIGEST_CHARS]

    def vector(self) -> Floats:
        """Return the weights in the order of `FEATURES`."""
        return np.array([self.weights[name] for name in FEATURES])


@cache
def load_ranker(path: Path | None = None) -> Ranker:
    """Return the weights of a file; without one, the shipped ones.

    Raises:
        VocabError: A weight is missing or unknown, or the file is no TOML.
    """
    source = path or files("sayso") / "data" / "gazetteer" / "ranker.toml"
    mend = "make the file anew with `python -m training.places`"
    try:
        ranker = msgspec.toml.decode(source.read_bytes(), type=Ranker)
    except (OSError, msgspec.DecodeError) as error:
        raise VocabError(f"{source.name}: {error}", mend=mend) from error
    if ranker.weights.keys() != set(FEATURES):
        odd = sorted(ranker.weights.keys() ^ set(FEATURES))[0]
        raise VocabError(f"{source.name}: weight {odd!r} is odd or missing", mend=mend)
    return ranker


def group_names(toponyms: Sequence[Toponym], dateline: int = 0) -> list[Name]:
    """Return the toponyms by name, in order of first mention.

    Args:
        toponyms: Of one text, in order.
        dateline: Where the dateline ends, in code points; 0 if there is none.
    """
    by_name: dict[str, list[Toponym]] = defaultdict(list)
    for toponym in toponyms:
        by_name[fold(toponym.name)].append(toponym)
    names = []
    for same in by_name.values():
        entries = {e.gazetteer_id: e for one in same for e in one.entries}
        places = sum(one.use is not Use.DEMONYM for one in same)
        weight = math.log2(1 + places + 0.5 * (len(same) - places))
        if any(one.span.end <= dateline for one in same):
            weight += DATELINE_WEIGHT
        ordered = sorted(entries.values(), key=_size)[:MAX_CANDIDATES]
        names.append(Name(tuple(same), tuple(ordered), weight))
    return names


def _size(entry: Entry) -> tuple[bool, int, str]:
    return (entry.kind is EntryKind.CITY, -entry.population, entry.gazetteer_id)


class Scene:
    """The candidates of all names of one report, as one table."""

    def __init__(
        self,
        names: Sequence[Name],
        text: str,
        *,
        dateline: int = 0,
        home: Collection[str] = (),
    ):
        """Work out what ties the candidates to each other.

        Args:
            names: Of one report.
            text: In which they stand.
            dateline: Where it ends, in code points; 0 if there is none.
            home: Alpha-3 codes of the states that the outlet is at home in.
        """
        self.names = tuple(names)
        self.entries = [entry for name in names for entry in name.candidates]
        counts = [len(name.candidates) for name in names]
        self.ends = np.cumsum(counts)
        self.owner = np.repeat(np.arange(len(names)), counts)
        self.weight = np.array([name.weight for name in names])
        self._text, self._dateline, self._home = text, dateline, frozenset(home)
        self.wide = np.array([e.kind is EntryKind.COUNTRY for e in self.entries], float)
        self.same = self._ties()
        self._beginning = {one.span.start: n for n in names for one in n.toponyms}
        self.local = np.array(
            [row for name in names for row in self._local_rows(name)]
        ).reshape(len(self.entries), LOCAL)

    def shares(self, weights: Floats) -> Floats:
        """Return the share of each candidate within its name, float64 (rows)."""
        shares = self._softmax(self.local @ weights[:LOCAL])
        for _ in range(ROUNDS):
            shares = self._softmax(self.features(shares) @ weights)
        return shares

    def features(self, shares: Floats) -> Floats:
        """Return the table of features, float64 (rows, features)."""
        return np.hstack([self.local, self._scene_rows(shares)])

    def of_name(self, number: int) -> slice:
        """Return which rows are candidates of a name."""
        start = int(self.ends[number - 1]) if number else 0
        return slice(start, int(self.ends[number]))

    def _softmax(self, scores: Floats) -> Floats:
        shares = np.zeros(len(scores))
        for number in range(len(self.names)):
            rows = self.of_name(number)
            if rows.start < rows.stop:
                raised = np.exp(scores[rows] - scores[rows].max())
                shares[rows] = raised / raised.sum()
        return shares

    def _local_rows(self, name: Name) -> list[list[float]]:
        most = max((prominence(entry) for entry in name.candidates), default=0)
        asked = {kind for one in name.toponyms for kind in one.kinds}
        holders = [self._next_to(one) for one in name.toponyms]
        holders = [found for found in holders if found]
        called = fold(name.toponyms[0].name)
        rows = []
        for entry in name.candidates:
            inside = any(lies_in(entry, held) for found in holders for held in found)
            is_unit = entry.kind in (EntryKind.ADMIN1, EntryKind.ADMIN2)
            rows.append(
                [
                    math.log10(prominence(entry) + 10) / 7,
                    float(prominence(entry) == most),
                    float(entry.kind is EntryKind.COUNTRY),
                    float(entry.kind is EntryKind.ADMIN1),
                    float(entry.kind is EntryKind.ADMIN2),
                    float(entry.kind in NATURE),
                    float(fold(entry.name) == called),
                    float(inside),
                    float(bool(holders) and not inside),
                    float(EntryKind.ADMIN1 in asked and is_unit),
                    float(asked == {EntryKind.CITY} and entry.kind is EntryKind.CITY),
                    float(bool(asked & NATURE_ASKED) and entry.kind in NATURE),
                    float(entry.country in self._home),
                ]
            )
        return rows

    def _next_to(self, toponym: Toponym) -> tuple[Entry, ...]:
        """Return the candidates of Nevada in "Reno, Nevada" and "Reno (Nevada)"."""
        end = toponym.span.end
        name = self._beginning.get(end + 2)
        if name is None or self._text[end : end + 2] not in (", ", " ("):
            return ()
        return tuple(e for e in name.candidates if e.kind in HOLDERS)

    def _ties(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Return what ties each row to each other one, each float64 (rows, rows).

        Same country, same first-level unit, nearness (1 at the same point, a tenth at
        230 km), and whether the first holds the second. Rows of one name have none.
        """
        entries = self.entries
        countries = np.array(
            [entry.country or f"-{n}" for n, entry in enumerate(entries)]
        )
        units = np.array(
            [entry.admin1_code or f"-{n}" for n, entry in enumerate(entries)]
        )
        apart = self.owner[:, None] != self.owner[None, :]
        country = (countries[:, None] == countries[None, :]) & apart
        unit = (units[:, None] == units[None, :]) & apart
        wide = self.wide.astype(bool)
        first = np.array([entry.kind is EntryKind.ADMIN1 for entry in entries], bool)
        small = ~wide & ~first
        near = np.exp(-_distances(entries) / NEAR_KM) * apart
        near *= small[:, None] & small[None, :]
        holds = (wide[:, None] & country) | (first[:, None] & unit & ~wide[None, :])
        return (
            country.astype(float),
            unit.astype(float),
            near,
            holds.astype(float),
        )

    def _scene_rows(self, shares: Floats) -> Floats:
        country, unit, near, holds = self.same
        voice = shares * self.weight[self.owner]
        others = self.weight.sum() - self.weight[self.owner] + 1.0
        kinds = [entry.kind for entry in self.entries]
        is_unit = np.array([kind is EntryKind.ADMIN2 for kind in kinds], float)
        filed = np.zeros(len(shares))
        for number, name in enumerate(self.names):
            if any(one.span.end <= self._dateline for one in name.toponyms):
                rows = self.of_name(number)
                filed += country[:, rows] @ shares[rows]
        columns = (
            country @ voice / others,
            unit @ voice / others,
            near @ voice / others,
            (near * shares[None, :]).max(axis=1, initial=0.0),
            is_unit * (near @ voice) / others,
            np.minimum(filed, 1.0),
            holds @ voice / others,
            # Once is enough, however many other countries the report names.
            (country * (shares * self.wide)[None, :]).max(axis=1, initial=0.0),
        )
        return np.stack(columns, axis=1)


NATURE = (EntryKind.AREA, EntryKind.WATER, EntryKind.LAND, EntryKind.POINT)
NATURE_ASKED = frozenset({EntryKind.WATER, EntryKind.LAND})
HOLDERS = (EntryKind.COUNTRY, EntryKind.ADMIN1, EntryKind.ADMIN2)


def prominence(entry: Entry) -> int:
    """Return how many people a place has, or would have for its size if it is nature.

    Nobody counts who lives by a sea, so that a large one is taken for as well known as
    a city, and a spring for a hamlet.
    """
    if entry.kind not in NATURE:
        return entry.population
    return max(entry.population, round(PEOPLE_A_KM2 * entry.radius_km**2))


def lies_in(entry: Entry, holder: Entry) -> bool:
    """Return whether a candidate lies in a country or unit, as far as codes tell."""
    if holder.gazetteer_id == entry.gazetteer_id:
        return False
    if holder.kind is EntryKind.COUNTRY:
        return entry.country == holder.country
    if holder.kind is EntryKind.ADMIN1:
        return entry.admin1_code == holder.admin1_code
    return (
        entry.admin1_code == holder.admin1_code
        and distance_km(entry, holder) < holder.radius_km + NEAR_KM / 4
    )


def distance_km(one: Entry, other: Entry) -> float:
    """Return the great-circle distance of two points."""
    return float(_distances([one, other])[0, 1])


def _distances(entries: Sequence[Entry]) -> Floats:
    lat = np.radians([entry.lat for entry in entries])
    lon = np.radians([entry.lon for entry in entries])
    half = (
        np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
        + np.cos(lat)[:, None]
        * np.cos(lat)[None, :]
        * np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
    )
    distances: Floats = 2 * 6371.0088 * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return distances
