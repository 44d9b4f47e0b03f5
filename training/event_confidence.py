"""Fit the confidence of events out of fold: `python -m training.event_confidence`.

Each fold's kit reads the reports that it never saw; an event is right if the gold has
it with the same type. Prints the weights for `extract.events.sureness`, and how well
they do when each fold is judged by weights of the other folds.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from evals.conflict import load_gold
from evals.kits import report_of
from evals.sets import load_scorer, need, parser_for
from sayso.extract.counts import find_counts
from sayso.extract.events.find import Act, find_acts
from sayso.extract.events.stage import Stage, set_stage
from sayso.extract.events.sureness import signs
from sayso.kit import Kit, load_kit
from sayso.pipeline import read_report
from sayso.reading.encoder import read_text

BINS = 10
STEPS = 50


def main() -> None:
    """Print weights, expected calibration error and AUROC."""
    parser = parser_for(__doc__ or "")
    parser.add_argument("--folds", type=Path, nargs="+", required=True)
    args = parser.parse_args()
    scorer = load_scorer("score_conflict", args)
    gold = load_gold(args.data)
    rows, right, fold_of = [], [], []
    for number, fold in enumerate(args.folds):
        held_out = set(json.loads(need(fold / "meta.json").read_bytes())["held_out"])
        kit = load_kit(fold)
        for row in gold:
            if row["doc_id"] in held_out:
                for given, ok in judged(row, kit, scorer):
                    rows.append((1.0, *given))
                    right.append(float(ok))
                    fold_of.append(number)
    x, y, folds = np.array(rows), np.array(right), np.array(fold_of)
    crossed = np.zeros(len(y))
    for number in range(len(args.folds)):
        own = folds == number
        crossed[own] = predict(x[own], fit(x[~own], y[~own]))
    print(f"events {len(y)}, right {y.mean():.3f}")
    print(f"ECE {calibration_error(crossed, y):.3f}, AUROC {auroc(crossed, y):.3f}")
    print("WEIGHTS =", tuple(round(float(w), 3) for w in fit(x, y)))


def judged(
    row: dict[str, Any], kit: Kit, scorer: ModuleType
) -> list[tuple[tuple[float, ...], bool]]:
    """Return the signs of each event of a report, and whether it is right."""
    report = report_of(row)
    reading = read_text(kit.model, report.text)
    record = read_report(report, kit)
    stage = set_stage(report, reading, record.statements, kit.event_words)
    counts = find_counts(reading, kit.count_words)
    acts = find_acts(stage, counts, kit.model.events, record.actors, record.times)
    events = list(row["events"].values())
    mentions = [[s for s in [e["trigger"], *e["also"]] if s] for e in events]

    def touching(number: int, act: Act) -> int:
        return max(
            (
                scorer.overlap(a, b)
                for a in mentions[number]
                for b in _spans(stage, act)
            ),
            default=0,
        )

    found = scorer.pair(range(len(events)), acts, touching)
    owner = {act: number for number, act in found.items()}
    return [
        (
            signs(act.mentions, act.kind, len(act.told)),
            n in owner and events[owner[n]]["type"] == act.kind,
        )
        for n, act in enumerate(acts)
    ]


def _spans(stage: Stage, act: Act) -> list[tuple[int, int]]:
    return [tuple(stage.reading.tokens[m.token]) for m in act.mentions]


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the weights of a logistic regression, held small by a ridge of 1."""
    weights = np.zeros(x.shape[1])
    ridge = np.eye(x.shape[1])
    ridge[0, 0] = 0
    for _ in range(STEPS):
        p = predict(x, weights)
        slope = x.T @ (p - y) + ridge @ weights
        bend = (x * (p * (1 - p))[:, None]).T @ x + ridge
        weights -= np.linalg.solve(bend, slope)
    return weights


def predict(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the probability of each row."""
    return 1 / (1 + np.exp(-(x @ weights)))


def calibration_error(p: np.ndarray, y: np.ndarray) -> float:
    """Return the expected calibration error over ten bins of equal mass."""
    order = np.argsort(p, kind="stable")
    bins = np.array_split(order, BINS)
    return float(sum(len(b) * abs(p[b].mean() - y[b].mean()) for b in bins) / len(p))


def auroc(p: np.ndarray, y: np.ndarray) -> float:
    """Return the chance that a right row stands above a wrong one; ties count half."""
    right, wrong = p[y == 1][:, None], p[y == 0][None, :]
    return float((right > wrong).mean() + (right == wrong).mean() / 2)


if __name__ == "__main__":
    main()
