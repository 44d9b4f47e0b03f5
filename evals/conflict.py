"""Statements, chains, stances and speakers on the conflict set.

    python -m evals.conflict --data ../shared --folds training/build/folds/*
    python -m evals.conflict --data ../shared --records FILE.jsonl

A fold is a model folder whose `meta.json` lists in `held_out` the `doc_id`s that it
never saw; the kit of each fold reads those alone. `--write` keeps their Records,
`--records` scores Records made before. Intervals are 95 % bootstrap ones over reports.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from evals.kits import read_all
from evals.sets import Row, load_scorer, need, parser_for, read_rows, table
from sayso.kit import load_kit

REGIONS = ("asia", "africa", "levant")
FIGURES = (
    ("statement F1", "statement", "f1"),
    ("cue F1", "statement.cue", "f1"),
    ("chain", "chain", "acc"),
    ("chain.all", "chain.all", "acc"),
    ("stance accuracy", "stance", "acc"),
    ("stance macro F1", "stance.macro", "f1"),
    ("speaker", "speaker", "acc"),
    ("actor B3 F1", "actor.b3", "f1"),
    ("event F1", "event", "f1"),
    ("event, typed F1", "event.typed", "f1"),
    ("participant F1", "participant", "f1"),
    ("assertion F1", "assertion", "f1"),
    ("count F1", "count", "f1"),
    ("count, voice F1", "count.voice", "f1"),
    ("link F1", "link", "f1"),
    ("place F1", "place", "f1"),
    ("time F1", "time", "f1"),
)
RESAMPLES = 1000


def main() -> None:
    """Print the figures of all reports that some fold held out."""
    args = _options()
    scorer = load_scorer("score_conflict", args)
    gold = load_gold(args.data)
    records = (
        read_rows(args.records) if args.records else read_folds(gold, args.folds or ())
    )
    if args.write:
        lines = (json.dumps(record, ensure_ascii=False) for record in records)
        args.write.write_text("\n".join(lines) + "\n", encoding="utf-8")
    keys = {record["report"]["key"] for record in records}
    scored = [row for row in gold if row["doc_id"] in keys]
    figures = measure(scored, records, scorer)
    print(json.dumps(figures, indent=1) if args.json else report(figures, len(scored)))


def load_gold(data: Path) -> list[Row]:
    """Return the reports of all three regions."""
    folder = data / "data" / "conflict"
    return [row for r in REGIONS for row in read_rows(folder / f"{r}.jsonl")]


def read_folds(gold: Sequence[Row], folds: Sequence[Path]) -> list[Row]:
    """Return the Records that each fold's kit makes of the reports it never saw."""
    records: list[Row] = []
    for fold in folds:
        held_out = set(json.loads(need(fold / "meta.json").read_bytes())["held_out"])
        rows = [row for row in gold if row["doc_id"] in held_out]
        records.extend(as_rows(rows, load_kit(fold)))
    return records


def as_rows(rows: Sequence[Row], kit: Any) -> list[Row]:
    """Return the Records of `rows` as the plain data that the scorer reads."""
    return [
        msgspec.json.decode(msgspec.json.encode(record))
        for record in read_all(rows, kit)
    ]


def measure(
    gold: Sequence[Row], records: Sequence[Row], scorer: ModuleType
) -> dict[str, dict[str, float]]:
    """Return value, low and high end of each figure."""
    by_key = {record["report"]["key"]: record for record in records}
    tallies = [_tally(row, by_key[row["doc_id"]], scorer) for row in gold]
    draw = random.Random(0)
    drawn = [
        _figures(draw.choices(tallies, k=len(tallies)), scorer)
        for _ in range(RESAMPLES)
    ]
    cut = RESAMPLES // 40
    figures = {}
    for name, value in _figures(tallies, scorer).items():
        values = sorted(sample.get(name, 0.0) for sample in drawn)
        figures[name] = {"value": value, "low": values[cut], "high": values[-cut - 1]}
    return figures


def _tally(gold: Row, record: Row, scorer: ModuleType) -> Any:
    if record["report"]["text"] != gold["text"]:
        sys.exit(f"{gold['doc_id']}: the Record's text is not that of the gold")
    tally = scorer.Tally()
    scorer.score_report(gold, record, tally)
    return tally


def _figures(tallies: Sequence[Any], scorer: ModuleType) -> dict[str, float]:
    """Return the figures of several reports together, from their separate counts."""
    whole = scorer.Tally()
    for tally in tallies:
        for name, counts in tally.n.items():
            whole.n[name] = [a + b for a, b in zip(whole.n[name], counts, strict=True)]
        for name, counts in tally.acc.items():
            pairs = zip(whole.acc[name], counts, strict=True)
            whole.acc[name] = [a + b for a, b in pairs]
        whole.stances += tally.stances
    recalled, matched = whole.n.pop("_b3r"), whole.n.pop("_b3p")
    scored = whole.report()
    r, p = recalled[0] / max(1, recalled[1]), matched[0] / max(1, matched[1])
    scored["actor.b3"] = {"f1": 2 * p * r / (p + r) if p + r else 0.0}
    return {name: scored[key][part] for name, key, part in FIGURES if key in scored}


def report(figures: dict[str, dict[str, float]], documents: int) -> str:
    """Return the figures as a table."""
    rows: list[tuple[object, ...]] = [
        (f"conflict set, {documents} reports", "value", "low", "high")
    ]
    rows += [(name, f["value"], f["low"], f["high"]) for name, f in figures.items()]
    return table(rows)


def _options() -> argparse.Namespace:
    parser = parser_for(__doc__ or "")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--records", type=Path, help="Records, one a line")
    source.add_argument("--folds", type=Path, nargs="+", help="model folders of folds")
    parser.add_argument("--write", type=Path, help="keep the Records in this file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
