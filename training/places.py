"""Fit the ranker of places: `python -m training.places --data ../shared`.

Learns from the gold spans of GeoVirus (texts CC BY 2.5) and of the conflict set (CC0,
without the reports of the gate), which give points: every candidate close enough to the
gold point is right. The loss is the share that wrong candidates get; features of the
scene are worked out anew with the weights of the round before. Takes a minute.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

from sayso.intake.jsonl import read_row
from sayso.record import Span
from sayso.resolve.places_dateline import dateline_end, home_of
from sayso.resolve.places_rank import (
    FEATURES,
    Floats,
    Ranker,
    Scene,
    distance_km,
    group_names,
)
from sayso.resolve.places_spot import Toponym, Use
from sayso.resolve.places_words import kinds_of, variants
from sayso.vocab.gazetteer import Entry, EntryKind, Gazetteer, load_gazetteer

SHIPPED = (
    Path(__file__).parent.parent
    / "src"
    / "sayso"
    / "data"
    / "gazetteer"
    / "ranker.toml"
)
GATE = Path(__file__).parents[1] / "evals" / "gate_reports.json"
Doc = dict[str, Any]
ROUNDS, STEPS, RATE = 4, 250, 0.1
START = {
    "people": 4.0,
    "main_name": 1.0,
    "country": 1.0,
    "inside_next": 3.0,
    "outside_next": -2.0,
    "unit_asked": 3.0,
    "town_asked": 2.0,
    "nature_asked": 1.5,
    "home": 1.0,
    "same_country": 3.0,
    "same_admin1": 3.0,
    "near": 2.0,
    "nearest": 1.0,
    "filed_here": 2.0,
    "holds_others": 1.0,
    "named_country": 2.5,
}
"""What seems right before any is seen; the data has little on some features."""
PULL = 0.03  # towards `START`; of .003, .03 and .1 the best on conflict folds
CONFLICT_WEIGHT = 3  # times that each conflict report is shown; GeoVirus has 229 texts
NEAR_KM = 40.0  # how far a point of another register may lie from the right row's
LEAST = 0.3


class Lesson(NamedTuple):
    """A scene and which rows are right; names without a right row teach nothing."""

    scene: Scene
    right: Floats
    """1 or 0 for each row, float64 (rows,)."""


def main() -> None:
    """Parse the command line, fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=SHIPPED)
    arguments = parser.parse_args()
    corpus = arguments.data / "data" / "geo" / "geovirus.jsonl"
    if not corpus.exists():
        sys.exit(f"{corpus} is not there; give the folder of the corpora with --data")
    gazetteer = load_gazetteer()
    kept_apart = set(json.loads(GATE.read_text("utf-8"))["doc_ids"])
    reports = [
        row
        for path in sorted((arguments.data / "data" / "conflict").glob("*.jsonl"))
        for row in read_lines(path)
        if row["doc_id"] not in kept_apart
    ]
    lessons = lessons_of(read_lines(corpus), gazetteer)
    ranker = fit(lessons + CONFLICT_WEIGHT * conflict_lessons(reports, gazetteer))
    arguments.out.write_text(as_toml(ranker), encoding="utf-8")
    print(as_toml(ranker))


def read_lines(path: Path) -> list[Doc]:
    """Return the rows of a JSONL file, whose texts may hold odd line ends."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def conflict_lessons(rows: Iterable[Doc], gazetteer: Gazetteer) -> list[Lesson]:
    """Return the lessons of conflict reports: gold places with points, and demonyms."""
    lessons = []
    for row in rows:
        plain = {name: row[name] for name in ("doc_id", "text", "outlet", "published")}
        report = read_row(msgspec.json.encode(plain), name="corpus", number=1)
        gold = {
            mention[0]: {"start": mention[0], "end": mention[1]} | place
            for place in row["places"].values()
            for mention in place["mentions"]
            if mention
        }
        toponyms = [
            toponym_of(row["text"], place, gazetteer) for place in gold.values()
        ]
        toponyms += [
            toponym_of(
                row["text"], {"start": word.start(), "end": word.end()}, gazetteer
            )
            for word in re.finditer(r"\b[A-Z][a-z]+\b", row["text"])
            if word.start() not in gold and gazetteer.country_of(word[0])
        ]
        end = dateline_end(report)
        scene = Scene(
            group_names(sorted(toponyms, key=lambda one: one.span), end),
            row["text"],
            dateline=end,
            home=home_of(report, gazetteer),
        )
        lessons.append(Lesson(scene, _marks(scene, gold)))
    return lessons


def _marks(scene: Scene, gold: Mapping[int, Doc]) -> Floats:
    """Return which candidates of a scene are right, float64 (rows,)."""
    return np.array(
        [
            float(
                is_right(
                    entry,
                    [
                        gold[one.span.start]
                        for one in name.toponyms
                        if one.span.start in gold
                    ],
                )
            )
            for name in scene.names
            for entry in name.candidates
        ]
    )


def lessons_of(docs: Iterable[Doc], gazetteer: Gazetteer) -> list[Lesson]:
    """Return the lessons that documents with gold places give."""
    lessons = []
    for doc in docs:
        names = group_names(
            [toponym_of(doc["text"], p, gazetteer) for p in doc["places"]]
        )
        scene = Scene(names, doc["text"])
        gold = {place["start"]: place for place in doc["places"]}
        lessons.append(Lesson(scene, _marks(scene, gold)))
    return lessons


def toponym_of(text: str, place: Doc, gazetteer: Gazetteer) -> Toponym:
    """Return the toponym that a gold span is."""
    start, end = place["start"], place["end"]
    before = re.findall(r"\w+", text[max(0, start - 30) : start])
    after = re.findall(r"^\s+(\w+)", text[end : end + 30])
    if before[-1:] == ["of"]:
        before = before[:-1]
    near = kinds_of(word.lower() for word in [*before[-1:], *after])
    use, words = Use.PLACE, text[start:end]
    entries: tuple[Entry, ...] = ()
    for name, kinds in variants(words):
        if entries := gazetteer.find(name):
            words, near = name, near or kinds
            break
    country = None if entries else gazetteer.country_of(words)
    if country:
        use, entries = Use.DEMONYM, gazetteer.find(country)
    return Toponym((start, end), Span(start, end), words, use, entries, near)


def is_right(entry: Entry, places: Sequence[Doc]) -> bool:
    """Return whether a row is what the gold means, by id or else by its point."""
    ids = {place.get("geonameid") for place in places} - {None}
    if ids:
        return any(entry.gazetteer_id == f"geonames:{number}" for number in ids)
    points = [place for place in places if place.get("lat") is not None]
    if not points:
        return False
    lat, lon = points[0]["lat"], points[0]["lon"]
    gold = Entry(gazetteer_id="", name="", kind=entry.kind, lat=lat, lon=lon)
    wide = entry.kind in (EntryKind.COUNTRY, EntryKind.ADMIN1)
    return distance_km(entry, gold) < NEAR_KM + (0.6 * entry.radius_km if wide else 0)


def fit(lessons: Sequence[Lesson], *, pull: float = PULL) -> Ranker:
    """Return the weights that give right rows the most share.

    Args:
        lessons: What is learnt from.
        pull: How hard the weights are held to `START`, for lessons that have little on
            some features.
    """
    weights = np.array([START.get(name, 0.0) for name in FEATURES])
    for _ in range(ROUNDS):
        tables, right, owners = [], [], []
        names = 0
        for scene, marks in lessons:
            if not scene.entries:
                continue
            tables.append(scene.features(scene.shares(weights)))
            right.append(marks)
            owners.append(scene.owner + names)
            names += len(scene.names)
        weights = _descend(
            weights, np.vstack(tables), np.hstack(right), np.hstack(owners), pull
        )
    rounded = {
        name: round(float(weight), 3)
        for name, weight in zip(FEATURES, weights, strict=True)
    }
    return Ranker(weights=rounded, least=LEAST)


def _descend(
    weights: Floats, table: Floats, right: Floats, owner: Floats, pull: float
) -> Floats:
    """Return the weights after steps of Adam on the mean log share of right rows."""
    taught = np.bincount(owner, right)[owner] > 0
    table, right, owner = table[taught], right[taught], owner[taught]
    firsts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    counts = np.diff(np.r_[firsts, len(owner)])
    start = np.array([START.get(name, 0.0) for name in FEATURES])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = table @ weights
        raised = np.exp(scores - np.repeat(np.maximum.reduceat(scores, firsts), counts))
        shares = raised / np.repeat(np.add.reduceat(raised, firsts), counts)
        good = shares * right
        wanted = good / np.repeat(np.add.reduceat(good, firsts) + 1e-12, counts)
        slope = table.T @ (shares - wanted) / len(firsts) + pull * (weights - start)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        rise = mean / (1 - 0.9**step)
        weights = weights - RATE * rise / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def as_toml(ranker: Ranker) -> str:
    """Return a ranker as the file that `load_ranker` reads."""
    lines = [
        "# Written by training/places.py.",
        f"least = {ranker.least}",
        "",
        "[weights]",
        *(f"{name} = {ranker.weights[name]}" for name in FEATURES),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
