"""The quality gate: `python -m evals.gate [--data ../shared] [--update]`.

Measures the shipped kit on small fixed samples and compares each figure with its floor
in `evals/floors.json`; ends with code 1 if one lies lower. Without the corpora it reads
the invented reports of `evals/gate_set.toml` and the sentences of `evals.fairness`
alone, and says so. `--update` writes the
figures reached as new floors; to lower one needs `--allow-regression` and a decision
record.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evals import attribution, conflict, entities, fairness, false_events, syntax
from evals.kits import kit_for
from evals.sets import load_scorer, parser_for, read_rows, sha256_of, table
from evals.small_set import SMALL_SET, load_small_set, measure_small_set
from sayso.kit import Kit
from training.entities import load_entities

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
REPORTS = HERE / "gate_reports.json"
SLACK = 0.005  # int8 kernels differ between CPU families; larger falls are real
POLNEAR_REPORTS = 12
FAIRNESS_SENTENCES = 120
TREEBANK_DOCS = {"ewt-test": 40, "gum-dev": 6}
Figures = dict[str, dict[str, float]]
"""Set, figure, value."""
Floors = dict[str, Any]


def main() -> None:
    """Print every figure beside its floor; end with code 1 if one is too low."""
    args = _options()
    kit = kit_for(args)
    floors = load_floors()
    figures: Figures = {
        "invented reports": measure_small_set(load_small_set(), kit),
        "fairness": measure_fairness(kit),
    }
    hashes = {SMALL_SET.name: sha256_of(SMALL_SET)}
    skipped = []
    for name, (paths, measure) in SETS.items():
        files = [args.data / path for path in paths]
        missing = [str(path) for path in files if not path.exists()]
        if missing:
            skipped.append(f"NOT RUN: {name}, without {', '.join(missing)}")
        else:
            hashes |= {p.name: sha256_of(p) for p in files}
            figures[name] = measure(args, kit)
    faults = compare(figures, hashes, floors)
    print(report(figures, floors))
    print("\n".join(skipped))
    if args.update:
        sys.exit(update(figures, hashes, floors, allow=args.allow_regression))
    ran = f"{len(figures)} of {len(SETS) + 2} sets"
    print("\n".join(faults) or f"gate passed on {ran}")
    sys.exit(1 if faults and not args.allow_regression else 0)


def measure_conflict(args: argparse.Namespace, kit: Kit) -> dict[str, float]:
    """Return the figures of the reports that no head was trained on."""
    chosen = set(json.loads(REPORTS.read_bytes())["doc_ids"])
    gold = [r for r in conflict.load_gold(args.data) if r["doc_id"] in chosen]
    scorer = load_scorer("score_conflict", args)
    figures = conflict.measure(gold, conflict.as_rows(gold, kit), scorer)
    return {name: row["value"] for name, row in figures.items()}


def measure_polnear(args: argparse.Namespace, kit: Kit) -> dict[str, float]:
    """Return F1 of each figure over the first reports of PolNeAR dev."""
    path = args.data / POLNEAR
    gold = read_rows(path, limit=POLNEAR_REPORTS)
    scorer = load_scorer("score_attribution", args)
    figures = attribution.measure(gold, attribution.predict(gold, kit), scorer)
    quotes = figures.pop("direct quotes")
    return {name: row["f1"] for name, row in figures.items()} | {
        "direct quotes found": quotes["found"]
    }


def measure_syntax(args: argparse.Namespace, kit: Kit) -> dict[str, float]:
    """Return the figures of the first documents of each treebank."""
    return {
        f"{name} {figure}": value
        for name, limit in TREEBANK_DOCS.items()
        for figure, value in syntax.measure(
            syntax.load_treebank(args.data, name)[:limit], kit.model
        ).items()
        if figure != "words"
    }


def measure_entities(args: argparse.Namespace, kit: Kit) -> dict[str, float]:
    """Return the macro F1 of names in each set kept for measuring."""
    docs = load_entities(args.data / "data", measure=True)
    return {
        source: entities.measure([d for d in docs if d.source == source], kit.model)[
            "macro F1"
        ]
        for source in dict.fromkeys(doc.source for doc in docs)
        if source != "gum-test"
    }


def measure_quiet_text(args: argparse.Namespace, kit: Kit) -> dict[str, float]:
    """Return the share of sentences of quiet text without a false event."""
    pages, words = (
        list(false_events.load_pages(args.data)),
        false_events.load_true_words(),
    )
    found = [one for page in pages for one in false_events.find(page, kit, words)]
    row = false_events.measure(pages, found)["all"]
    return {"sentences without a false event": 1 - row["false"] / row["sentences"]}


def measure_fairness(kit: Kit) -> dict[str, float]:
    """Return the shares of swapped names that change nothing, over some sentences."""
    templates, tally = fairness.load_templates(), Counter[tuple[str, str]]()
    for number in range(FAIRNESS_SENTENCES):
        for _ in fairness.compare(templates, number, kit, tally):
            pass
    row = fairness.measure(tally)["all swaps"]
    return {name: row[name] for name in fairness.SHARES}


POLNEAR = "data/polnear/dev.jsonl"
Measure = Callable[[argparse.Namespace, Kit], dict[str, float]]
SETS: dict[str, tuple[tuple[str, ...], Measure]] = {
    "conflict reports": (
        tuple(f"data/conflict/{region}.jsonl" for region in conflict.REGIONS),
        measure_conflict,
    ),
    "PolNeAR": ((POLNEAR,), measure_polnear),
    "syntax": (
        tuple(f"data/ud/{name}.conllu" for name in TREEBANK_DOCS),
        measure_syntax,
    ),
    "entities": (
        ("data/ud/gum-dev.conllu", "data/entities/re3d-wikipedia.jsonl"),
        measure_entities,
    ),
    "quiet text": (
        tuple(f"data/ud/gum-{part}.conllu" for part in false_events.PARTS),
        measure_quiet_text,
    ),
}


def load_floors(path: Path = FLOORS) -> Floors:
    """Return floors by set and figure, and the hashes of the files behind them."""
    floors: Floors = json.loads(path.read_bytes())
    return floors


def compare(figures: Figures, hashes: dict[str, str], floors: Floors) -> list[str]:
    """Return one line for each figure below its floor and each file that changed."""
    faults = [
        f"{name}: the file is not the one that the floors were measured on"
        for name, sha256 in hashes.items()
        if floors["sha256"].get(name, sha256) != sha256
    ]
    for group, row in figures.items():
        for name, value in row.items():
            floor = floors["floors"].get(group, {}).get(name)
            if floor is not None and value < floor - SLACK:
                faults.append(f"{group}, {name}: {value:.4f} is below {floor:.4f}")
    return faults


def update(
    figures: Figures, hashes: dict[str, str], floors: Floors, *, allow: bool
) -> int:
    """Write the figures as floors; return 1 without writing if that lowers one."""
    reached = {
        g: {n: round(v, 4) for n, v in row.items()} for g, row in figures.items()
    }
    lower = [
        f"{group}, {name}: {floor} would fall to {reached[group].get(name, 0.0)}"
        for group, row in floors["floors"].items()
        if group in reached
        for name, floor in row.items()
        if reached[group].get(name, 0.0) < floor
    ]
    if lower and not allow:
        print("\n".join(lower))
        print("floors kept: give --allow-regression, and write a decision record")
        return 1
    new = {
        "sha256": floors["sha256"] | hashes,
        "floors": floors["floors"] | reached,
    }
    FLOORS.write_text(json.dumps(new, indent=2) + "\n", encoding="utf-8")
    print(f"wrote {FLOORS.name}")
    return 0


def report(figures: Figures, floors: Floors) -> str:
    """Return figures and floors as a table."""
    rows: list[tuple[object, ...]] = [("", "reached", "floor")]
    for group, row in figures.items():
        for name, value in row.items():
            floor = floors["floors"].get(group, {}).get(name, "none")
            rows.append((f"{group}: {name}", value, floor))
    return table(rows)


def _options() -> argparse.Namespace:
    parser = parser_for(__doc__ or "")
    parser.add_argument("--update", action="store_true", help="write new floors")
    parser.add_argument(
        "--allow-regression",
        action="store_true",
        help="let a figure lie below its floor, or lower the floor",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
