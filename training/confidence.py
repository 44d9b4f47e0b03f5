"""Fit the confidence of statements, events and links: `python -m training.confidence`.

    python -m training.confidence --data ../shared --folds training/build/folds/*

Each fold's kit reads the reports of the conflict set that it never saw. Printed is how
well the confidence does where each fold is judged by weights of the other folds: the
expected calibration error over ten bins of equal mass, beside what so few rows would
show were the confidence perfect, and AUROC. `--write` puts weights of all folds into
`src/sayso/data/lexicons/confidence.toml`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

import numpy as np

from evals.conflict import load_gold
from evals.sets import Row, load_scorer, need, parser_for
from sayso.kit import load_kit
from sayso.vocab.confidence import CONSTANT, WEIGHTS, Judged
from training.judged import Verdict, judge

BINS = 10
STEPS = 50
RIDGE = 4.0  # on standardised signs
TABLES = Path(__file__).parents[1] / "src/sayso/data/lexicons" / WEIGHTS
HEAD = "# Written by `python -m training.confidence --write`; out of fold:\n"


def main() -> None:
    """Print expected calibration error and AUROC of each; write the weights."""
    parser = parser_for(__doc__ or "")
    parser.add_argument("--folds", type=Path, nargs="+", required=True)
    parser.add_argument("--write", action="store_true", help=f"write {TABLES.name}")
    args = parser.parse_args()
    scorer = load_scorer("score_conflict", args)
    folds = collect(args.folds, load_gold(args.data), scorer)
    lines, tables = weigh(folds)
    print("\n".join(lines))
    if args.write:
        head = HEAD + "".join(f"# {line}\n" for line in lines)
        TABLES.write_text("\n".join([head, *tables]), encoding="utf-8")


def collect(
    folds: Sequence[Path], gold: Sequence[Row], scorer: ModuleType
) -> list[list[Verdict]]:
    """Return the verdicts on what each fold's kit finds in reports it never saw."""
    verdicts = []
    for fold in folds:
        held_out = set(json.loads(need(fold / "meta.json").read_bytes())["held_out"])
        kit = load_kit(fold)
        rows = [row for row in gold if row["doc_id"] in held_out]
        verdicts.append([v for row in rows for v in judge(row, kit, scorer)])
    return verdicts


def weigh(folds: Sequence[Sequence[Verdict]]) -> tuple[list[str], list[str]]:
    """Return a line on each kind of row and its weights as a table of TOML."""
    lines, tables = [], []
    for judged in Judged:
        mine = [[v for v in fold if v.judged is judged] for fold in folds]
        lines.append(measure(f"{judged}s", mine))
        if judged is Judged.STATEMENT:
            by_cue = [[v._replace(is_right=v.has_cue) for v in fold] for fold in mine]
            lines.append(measure("  fitted anew for the cue alone", by_cue))
        tables.append(table(judged, fit([v for fold in mine for v in fold])))
    return lines, tables


def measure(name: str, folds: Sequence[Sequence[Verdict]]) -> str:
    """Return a line on how well rows are judged by weights of the other folds."""
    sure = np.concatenate(
        [
            predict(own, fit([v for other in folds if other is not own for v in other]))
            for own in folds
            if own
        ]
    )
    right = np.array([v.is_right for fold in folds for v in fold], float)
    error, chance = calibration_error(sure, right), even_error(sure)
    return (
        f"{name}: {len(right)}, right {right.mean():.3f}, ECE {error:.3f} "
        f"(by chance alone {chance:.3f}), AUROC {auroc(sure, right):.3f}"
    )


def fit(rows: Sequence[Verdict]) -> dict[str, float]:
    """Return the weight of each sign and the constant, of a logistic regression."""
    names = list(rows[0].signs)
    x = np.array([[row.signs[name] for name in names] for row in rows])
    y = np.array([row.is_right for row in rows], float)
    mean, spread = x.mean(0), x.std(0) + 1e-6
    given = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    ridge = np.diag([*[RIDGE] * len(names), 0.0])
    weights = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (p - y) + ridge @ weights
        bend = (given * (p * (1 - p))[:, None]).T @ given + ridge
        weights -= np.linalg.solve(bend, slope)
    plain = weights[:-1] / spread
    constant = weights[-1] - plain @ mean
    return {CONSTANT: float(constant)} | dict(zip(names, plain.tolist(), strict=True))


def predict(rows: Sequence[Verdict], weights: Mapping[str, float]) -> np.ndarray:
    """Return the probability of each row."""
    odds = [
        weights[CONSTANT]
        + sum(weights[name] * sign for name, sign in row.signs.items())
        for row in rows
    ]
    return 1 / (1 + np.exp(-np.array(odds)))


def table(judged: Judged, weights: Mapping[str, float]) -> str:
    """Return the weights as a table of TOML."""
    lines = [f"{name} = {weight:.3f}" for name, weight in weights.items()]
    return "\n".join([f"[{judged}]", *lines, ""])


def calibration_error(p: np.ndarray, y: np.ndarray) -> float:
    """Return the expected calibration error over ten bins of equal mass."""
    bins = np.array_split(np.argsort(p, kind="stable"), BINS)
    return float(sum(len(b) * abs(p[b].mean() - y[b].mean()) for b in bins) / len(p))


def even_error(p: np.ndarray, draws: int = 200) -> float:
    """Return the error that rows drawn by these very probabilities show on average.

    Of few rows even a perfect confidence shows some.
    """
    random = np.random.default_rng(0)
    drawn = (random.random((draws, len(p))) < p).astype(float)
    return float(np.mean([calibration_error(p, y) for y in drawn]))


def auroc(p: np.ndarray, y: np.ndarray) -> float:
    """Return the chance that a right row stands above a wrong one; ties count half."""
    right, wrong = p[y == 1][:, None], p[y == 0][None, :]
    return float((right > wrong).mean() + (right == wrong).mean() / 2)


if __name__ == "__main__":
    main()
