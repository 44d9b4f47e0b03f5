"""Places: which one is meant, and which are found: `python -m evals.places`.

On LGL by `bench/score_geo.py`: gold spans in five folds by outlet (trained on the
other four), the shipped ranker on the same spans, and with `--whole` from raw text. LGL
marks demonyms, metonyms and names inside names as well, so the whole reading is scored
with all of them, as its peers were. Nothing that is shipped has learnt from LGL.

`--conflict` measures the places of the conflict set by `bench/score_conflict.py`, each
region with a ranker that learnt from the others (and from GeoVirus).
"""

from __future__ import annotations

import json
import zlib
from argparse import Namespace
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from types import ModuleType

from msgspec.structs import replace

from evals.conflict import REGIONS, as_rows
from evals.kits import kit_for, report_of
from evals.sets import Row, load_scorer, need, parser_for, read_rows, table
from sayso.kit import Kit
from sayso.reading.encoder import read_text
from sayso.resolve.places import best_entry
from sayso.resolve.places_dateline import dateline_end
from sayso.resolve.places_rank import Ranker, Scene, group_names, load_ranker
from sayso.resolve.places_spot import find_toponyms
from sayso.vocab.gazetteer import Entry, Gazetteer, load_gazetteer
from training.places import (
    CONFLICT_WEIGHT,
    conflict_lessons,
    fit,
    lessons_of,
    toponym_of,
)

FOLDS = 5
PULL = 0.003  # to the starting weights: LGL teaches all features, GeoVirus does not
GEONAMES = "geonames:"


def main() -> None:
    """Print one table."""
    parser = parser_for(__doc__ or "")
    parser.add_argument("--whole", action="store_true", help="from raw text as well")
    parser.add_argument("--conflict", action="store_true", help="the conflict set")
    args = parser.parse_args()
    if args.conflict:
        found_there = on_conflict(args)
        print(json.dumps(found_there, indent=1) if args.json else report(found_there))
        return
    scorer = load_scorer("score_geo", args)
    docs = read_docs(args.data / "data" / "geo" / "lgl.jsonl")[: args.limit]
    gazetteer, ranker = load_gazetteer(), load_ranker()
    figures = {
        "gold spans, 5 folds": figures_of(docs, across(docs, gazetteer), scorer),
        "gold spans, shipped": figures_of(
            docs, [on_gold(doc, gazetteer, ranker) for doc in docs], scorer
        ),
    }
    for row in figures.values():
        row["gold id among candidates"] = reach(docs, gazetteer)
    if args.whole:
        kit = kit_for(args)
        found = [on_text(doc, kit) for doc in docs]
        figures["from text, shipped"] = figures_of(docs, found, scorer)
    print(json.dumps(figures, indent=1) if args.json else report(figures))


def read_docs(path: Path) -> list[Row]:
    """Return the documents of a file, whose texts hold odd line ends of their own."""
    lines = need(path).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def across(docs: Sequence[Row], gazetteer: Gazetteer) -> list[Row]:
    """Return predictions, each by a ranker that never saw the document's outlet."""
    predicted = []
    lessons = lessons_of(docs, gazetteer)
    for fold in range(FOLDS):
        mixed = list(zip(docs, lessons, strict=True))
        seen = [lesson for doc, lesson in mixed if fold_of(doc) != fold]
        ranker = fit(seen, pull=PULL)
        predicted += [
            {"doc_id": doc["doc_id"], "places": answers(lesson.scene, ranker)}
            for doc, lesson in mixed
            if fold_of(doc) == fold
        ]
    return predicted


def fold_of(doc: Row) -> int:
    """Return the fold of a document's outlet, the same on every machine."""
    return zlib.crc32(doc["source"].encode()) % FOLDS


def on_gold(doc: Row, gazetteer: Gazetteer, ranker: Ranker) -> Row:
    """Return what the gold spans of a document are taken for."""
    spans = [toponym_of(doc["text"], place, gazetteer) for place in doc["places"]]
    scene = Scene(group_names(spans), doc["text"])
    return {"doc_id": doc["doc_id"], "places": answers(scene, ranker)}


def on_text(doc: Row, kit: Kit) -> Row:
    """Return what is found in the text of a document alone."""
    report = report_of({"doc_id": doc["doc_id"], "text": doc["text"]})
    reading = read_text(kit.model, report.text)
    found = find_toponyms(report, reading, kit.gazetteer, kit.names)
    end = dateline_end(report)
    scene = Scene(group_names(found, end), report.text, dateline=end)
    return {"doc_id": doc["doc_id"], "places": answers(scene, kit.ranker)}


def on_conflict(args: Namespace) -> dict[str, dict[str, float]]:
    """Return the figures of the conflict set by region, and of all three together."""
    scorer, kit = load_scorer("score_conflict", args), kit_for(args)
    corpora = args.data / "data"
    world = lessons_of(read_docs(corpora / "geo" / "geovirus.jsonl"), kit.gazetteer)
    rows = {
        region: read_rows(corpora / "conflict" / f"{region}.jsonl")[: args.limit]
        for region in REGIONS
    }
    told: dict[str, list[Row]] = {}
    for region, here in rows.items():
        others = [row for name in REGIONS if name != region for row in rows[name]]
        ranker = fit(world + CONFLICT_WEIGHT * conflict_lessons(others, kit.gazetteer))
        told[region] = as_rows(here, replace(kit, ranker=ranker))
    scored = {
        region: scorer.score(rows[region], told[region]) for region in REGIONS
    } | {"all": scorer.score([*chain(*rows.values())], [*chain(*told.values())])}
    return {
        region: {
            f"{name} {part}": figures[key][part]
            for name, key in (("found", "place.mention"), ("within 161 km", "place"))
            for part in ("p", "r", "f1")
        }
        for region, figures in scored.items()
    }


def answers(scene: Scene, ranker: Ranker) -> list[Row]:
    """Return the answer to each toponym of a scene, in the form of the scorer."""
    shares = scene.shares(ranker.vector())
    rows = []
    for number, name in enumerate(scene.names):
        best = best_entry(scene, shares, number, ranker.least)
        for one in name.toponyms:
            row = {"start": one.span.start, "end": one.span.end}
            rows.append(row | (point(best) if best else {}))
    return rows


def point(entry: Entry) -> Row:
    """Return id and point of a row."""
    number = entry.gazetteer_id.removeprefix(GEONAMES)
    known = {"geonameid": int(number)} if number.isdecimal() else {}
    return {"lat": entry.lat, "lon": entry.lon} | known


def reach(docs: Sequence[Row], gazetteer: Gazetteer) -> float:
    """Return the share of gold places with an id whose row is a candidate."""
    hits = [
        any(e.gazetteer_id == f"{GEONAMES}{place['geonameid']}" for e in one.entries)
        for doc in docs
        for place in doc["places"]
        if place.get("geonameid") and place.get("lat") is not None
        for one in [toponym_of(doc["text"], place, gazetteer)]
    ]
    return sum(hits) / len(hits)


def figures_of(
    docs: Sequence[Row], found: Sequence[Row], scorer: ModuleType
) -> dict[str, float]:
    """Return the figures of one way to predict."""
    whole = scorer.score(docs, found)
    all_, sure = whole["resolution"]["all"], whole["resolution"]["answered"]
    return {
        "acc@161 of all": all_["acc161"],
        "mean km of all": all_["mean_km"],
        "answered": whole["resolution"]["coverage"],
        "exact id of answered": sure["exact_id"],
        "acc@161 of answered": sure["acc161"],
        "detection F1": whole["detection"]["overlap"]["f1"],
        "detection P": whole["detection"]["overlap"]["p"],
        "detection R": whole["detection"]["overlap"]["r"],
    }


def report(figures: dict[str, dict[str, float]]) -> str:
    """Return the figures as a table with one row a measure."""
    measures = list(dict.fromkeys(name for row in figures.values() for name in row))
    rows: list[list[object]] = [["", *figures]]
    for measure in measures:
        rows.append([measure, *(row.get(measure, "") for row in figures.values())])
    return table(rows)


if __name__ == "__main__":
    main()
