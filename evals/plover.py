"""The PLOVER type of a marked pair, in five folds over several seeds.

    python -m evals.plover --data ../shared
    python -m evals.plover --data ../shared --test FILE.jsonl

Each seed deals the sentences anew into five folds; a head is fitted on four and judges
the fifth. Equal sentences stay in one fold. Features and ridge were chosen on the same
1,050 sentences (other seeds), so expect a little less elsewhere. `--test` lets the
shipped head, which was fitted on all of them, judge the pairs of another file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evals.kits import kit_for
from evals.sets import need, parser_for, read_rows, table
from sayso.reading.plover import load_shipped_pair_head
from training.plover import Pairs, cross_validate, load_pairs

PEER = "peer_zsp_root_L2"
"""Published output of zero-shot RoBERTa-large in the file; only scored beside ours."""


def main() -> None:
    """Print accuracy and macro F1, and F1 by type."""
    args = _options()
    path = args.test or args.data / "data" / "plover" / "train.jsonl"
    pairs = load_pairs(need(path), kit_for(args).model)
    if args.test:
        head = load_shipped_pair_head()
        judged = [head.labels[int(head.score(one).argmax())] for one in pairs.terms]
        runs = [judged]
    else:
        runs = [judge_folds(pairs, seed) for seed in range(args.seeds)]
    figures = measure(pairs.types, runs)
    peers = [row.get(PEER) for row in read_rows(path)]
    if all(peers):
        figures["peer"] = measure(pairs.types, [peers])["all"]
    print(json.dumps(figures, indent=1) if args.json else report(figures))


def judge_folds(pairs: Pairs, seed: int) -> list[str]:
    """Return the type of each pair by a head that never saw its sentence."""
    labels, logits = cross_validate(pairs, seed)
    return [labels[best] for best in logits.argmax(1)]


def measure(
    gold: Sequence[str], runs: Sequence[Sequence[str]]
) -> dict[str, dict[str, float]]:
    """Return mean figures over the runs: in all, with their spread, and F1 by type."""
    right = [accuracy(gold, run) for run in runs]
    by_type = [f1_scores(gold, run) for run in runs]
    macro = [float(np.mean(list(scores.values()))) for scores in by_type]
    return {
        "all": {
            "accuracy": float(np.mean(right)),
            "macro f1": float(np.mean(macro)),
            "least accuracy": min(right),
            "least macro f1": min(macro),
        },
        **{
            kind: {
                "f1": float(np.mean([scores[kind] for scores in by_type])),
                "gold": sum(one == kind for one in gold),
            }
            for kind in sorted(set(gold))
        },
    }


def accuracy(gold: Sequence[str], found: Sequence[str]) -> float:
    """Return the share of equal labels."""
    return sum(a == b for a, b in zip(gold, found, strict=True)) / max(1, len(gold))


def f1_scores(gold: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """Return F1 by type of the gold."""
    pairs = list(zip(gold, found, strict=True))
    scores = {}
    for kind in sorted(set(gold)):
        hit = sum(a == b == kind for a, b in pairs)
        held = sum((a == kind) + (b == kind) for a, b in pairs)
        scores[kind] = 2 * hit / held
    return scores


def report(figures: dict[str, dict[str, float]]) -> str:
    """Return the figures as two tables."""
    whole = figures["all"]
    total: list[tuple[object, ...]] = [
        ("type given the pair", "accuracy", "macro F1"),
        ("mean of the seeds", whole["accuracy"], whole["macro f1"]),
        ("least of the seeds", whole["least accuracy"], whole["least macro f1"]),
    ]
    if peer := figures.get("peer"):
        name = "zero-shot RoBERTa-large, as published"
        total.append((name, peer["accuracy"], peer["macro f1"]))
    kinds: list[tuple[object, ...]] = [("type", "F1", "pairs")]
    kinds += [
        (kind, row["f1"], row["gold"]) for kind, row in figures.items() if "f1" in row
    ]
    return f"{table(total)}\n\n{table(kinds)}"


def _options() -> argparse.Namespace:
    parser = parser_for(__doc__ or "")
    parser.add_argument("--seeds", type=int, default=5, help="default: %(default)s")
    parser.add_argument("--test", type=Path, help="JSONL of marked pairs to judge")
    return parser.parse_args()


if __name__ == "__main__":
    main()
