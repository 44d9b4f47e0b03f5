"""Fit the confidence of attributions: `python -m training.confidence --models DIR`.

The fold models read the reports that they never saw; a logistic regression learns from
the signs of certainty whether cue, source and content were right. It goes into the
shipped model's chains.npz.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from sayso.reading.encoder import read_tokens
from sayso.reading.model import load_model
from sayso.reading.types import Attribution
from training.documents import Document, Relation, load_conflict
from training.heads import REGIONS
from training.meta import write_meta

STEPS, RIDGE = 40, 1.0


def is_right(found: Attribution, gold: list[Relation]) -> bool:
    """Return whether some gold relation has the cue, and source and content by half."""
    return any(
        found.cue[0] < relation.cue[1]
        and relation.cue[0] < found.cue[1]
        and _overlap(found.source, relation.source) >= 0.5
        and _overlap(found.content, relation.content) >= 0.5
        for relation in gold
    )


def _overlap(a: tuple[tuple[int, int], ...], b: tuple[tuple[int, int], ...]) -> float:
    x = {i for s, e in a for i in range(s, e)}
    y = {i for s, e in b for i in range(s, e)}
    return len(x & y) / len(x | y) if x | y else 1.0


def collect(models: Path, documents: list[Document]) -> tuple[np.ndarray, np.ndarray]:
    """Return signs (attributions, 6) and whether each was right, out of fold."""
    rows, right = [], []
    for folder in sorted(models.glob("fold*")):
        held_out = set(json.loads((folder / "meta.json").read_text())["held_out"])
        model = load_model(folder, with_events=False)
        for d in documents:
            if d.name not in held_out:
                continue
            reading = read_tokens(model, d.tokens, d.words, d.paragraphs, d.sentences)
            for found in reading.attributions:
                rows.append(found.signs)
                right.append(is_right(found, d.relations or []))
    return np.array(rows), np.array(right, float)


def fit_logistic(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return weights (features + 1,), the bias last, by Newton's method."""
    rows = np.hstack([x, np.ones((len(x), 1))])
    weight = np.zeros(rows.shape[1])
    keep = np.diag([RIDGE] * x.shape[1] + [1e-6])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-rows @ weight))
        gradient = rows.T @ (p - y) + keep @ weight
        curvature = (rows * (p * (1 - p))[:, None]).T @ rows + keep
        weight -= np.linalg.solve(curvature, gradient)
    return weight


def calibration_error(p: np.ndarray, y: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal size."""
    parts = np.array_split(np.argsort(p), bins)
    gaps = [abs(p[part].mean() - y[part].mean()) * len(part) for part in parts]
    return float(sum(gaps) / len(p))


def area_under_curve(p: np.ndarray, y: np.ndarray) -> float:
    """Return how often a right attribution is surer than a wrong one."""
    ranks = np.argsort(np.argsort(p)) + 1
    n, m = y.sum(), (1 - y).sum()
    return float((ranks[y == 1].sum() - n * (n + 1) / 2) / (n * m))


def cross_validated(x: np.ndarray, y: np.ndarray, folds: int = 5) -> np.ndarray:
    """Return each row's probability by a regression that never saw its part."""
    out = np.zeros(len(x))
    for part in np.array_split(np.arange(len(x)), folds):
        rest = np.setdiff1d(np.arange(len(x)), part)
        weight = fit_logistic(x[rest], y[rest])
        out[part] = 1 / (1 + np.exp(-(x[part] @ weight[:-1] + weight[-1])))
    return out


def main() -> None:
    """Fit, print the out-of-fold quality, and write it into the shipped heads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--models", type=Path, required=True, help="of training.heads")
    parser.add_argument("--trunk", type=Path, required=True)
    arguments = parser.parse_args()
    paths = [arguments.data / f"data/conflict/{region}.jsonl" for region in REGIONS]
    x, y = collect(arguments.models, load_conflict(paths))
    p = cross_validated(x, y)
    error, area = calibration_error(p, y), area_under_curve(p, y)
    print(
        f"{len(y)} attributions, {y.mean():.3f} right, ECE {error:.3f} AUROC {area:.3f}"
    )
    weight = fit_logistic(x, y).astype(np.float32)
    shipped = arguments.models / "shipped"
    with np.load(shipped / "chains.npz") as arrays:
        chains = dict(arrays) | {"confidence": weight}
    np.savez(shipped / "chains.npz", **chains)
    meta = json.loads((shipped / "meta.json").read_text(encoding="utf-8"))
    about = {"state": "shipped", "held_out": meta["held_out"]}
    write_meta(
        shipped, arguments.trunk, about | {"confidence": {"ece": error, "auroc": area}}
    )


if __name__ == "__main__":
    main()
