"""Train the pair head: `python -m training.plover --data ../shared`.

The head is linear: hashed terms and eight vectors of a pair to 15 types, fitted as a
ridge-penalised softmax over the sum of both kernels, which takes seconds for a thousand
pairs. Its temperature comes from five folds, so that probabilities can be read as such.
`python -m evals.plover` measures what it is worth.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from sayso.extract.pairs_terms import BLOCKS, BUCKETS, PairTerms, read_pair
from sayso.kit import load_kit
from sayso.reading.encoder import read_text
from sayso.reading.model import Model
from sayso.reading.plover import NAME, SCHEMA
from sayso.reading.types import Reading, TokenRange
from sayso.vocab.event_words import EventWords, load_event_words
from training.export_trunk import to_onnx

RIDGE = 3e-5  # the best of 1e-5, 3e-5, 1e-4 and 3e-4 in five folds
STEPS, FOLDS = 80, 5
LEAST_SPREAD = 1e-3  # added to the deviation of a vector's dimension
FLAT = 1e-6  # keeps the kernel of equal pairs solvable

Floats = npt.NDArray[np.float64]


class Pairs(NamedTuple):
    """Marked pairs with their types."""

    texts: list[str]
    terms: list[PairTerms]
    types: list[str]


class Fitted(NamedTuple):
    """The head's numbers."""

    labels: tuple[str, ...]
    table: Floats
    """(BUCKETS, labels)"""
    mean: Floats
    """(BLOCKS, width), of the vectors."""
    spread: Floats
    """(BLOCKS, width)"""
    blocks: Floats
    """(BLOCKS, width, labels)"""
    bias: Floats
    """(labels,)"""

    def scores(self, pairs: Sequence[PairTerms]) -> Floats:
        """Return logits (pairs, labels)."""
        left = _term_rows(pairs) @ self.table
        right = np.einsum(
            "nbw,bwl->nl", _unit(pairs, self.mean, self.spread), self.blocks
        )
        total: Floats = left + right + self.bias
        return total


def load_pairs(path: Path, model: Model) -> Pairs:
    """Return the marked pairs of a JSONL file, read by the frozen trunk."""
    words, pairs = load_event_words(), Pairs([], [], [])
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        reading = read_text(model, row["text"])
        pairs.texts.append(row["text"])
        pairs.terms.append(_read_row(reading, row, words))
        pairs.types.append(row["event"])
    return pairs


def _read_row(reading: Reading, row: dict[str, Any], words: EventWords) -> PairTerms:
    ranges = [_tokens_of(reading, row[side]["span"]) for side in ("actor", "recipient")]
    return read_pair(reading, *ranges, words)


def _tokens_of(reading: Reading, span: list[int] | None) -> TokenRange | None:
    if span is None:
        return None
    start, end = span
    held = [n for n, t in enumerate(reading.tokens) if t.start < end and start < t.end]
    return (held[0], held[-1] + 1) if held else None


def fit(pairs: Sequence[PairTerms], types: Sequence[str]) -> Fitted:
    """Return the head that fits the pairs; equal arguments give equal numbers."""
    labels = tuple(sorted(set(types)))
    raw = np.stack([pair.vectors for pair in pairs]).astype(float)
    mean, spread = raw.mean(0), raw.std(0) + LEAST_SPREAD
    rows, unit = _term_rows(pairs), _unit(pairs, mean, spread)
    flat = unit.reshape(len(pairs), -1)
    gold = np.array([labels.index(kind) for kind in types])
    weights, bias = _softmax(rows @ rows.T + flat @ flat.T, gold, len(labels))
    blocks = np.einsum("nbw,nl->bwl", unit, weights)
    return Fitted(labels, rows.T @ weights, mean, spread, blocks, bias)


def _term_rows(pairs: Sequence[PairTerms]) -> Floats:
    """Return the weights of all terms, (pairs, BUCKETS)."""
    rows = np.zeros((len(pairs), BUCKETS))
    for row, pair in zip(rows, pairs, strict=True):
        np.add.at(row, pair.terms, pair.weights)
    return rows


def _unit(pairs: Sequence[PairTerms], mean: Floats, spread: Floats) -> Floats:
    """Return standardised vectors, the eight of a pair together of length 1 or less."""
    raw = (np.stack([pair.vectors for pair in pairs]) - mean) / spread
    length = np.linalg.norm(raw, axis=2, keepdims=True)
    unit: Floats = raw / length / np.sqrt(BLOCKS)
    return unit


def _softmax(kernel: Floats, gold: Any, labels: int) -> tuple[Floats, Floats]:
    """Return weights (pairs, labels) and bias of a softmax over a kernel."""
    k = torch.from_numpy(kernel + FLAT * np.eye(len(kernel)))
    root = torch.linalg.cholesky(k)
    weight = torch.zeros(len(kernel), labels, dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(labels, dtype=torch.float64, requires_grad=True)
    target = torch.from_numpy(gold)
    search = torch.optim.LBFGS(
        [weight, bias], max_iter=STEPS, line_search_fn="strong_wolfe"
    )

    def loss() -> Tensor:
        search.zero_grad()
        error = nn.functional.cross_entropy(root @ weight + bias, target)
        total: Tensor = error + RIDGE / 2 * (weight**2).sum()
        total.backward()  # type: ignore[no-untyped-call]  # torch has no type here
        return total

    search.step(loss)
    dual = torch.linalg.solve_triangular(root.T, weight.detach(), upper=True)
    return dual.numpy(), bias.detach().numpy()


def folds(pairs: Pairs, seed: int, count: int = FOLDS) -> Iterator[list[int]]:
    """Give the pairs of each fold; types spread evenly, equal texts in one fold."""
    rng = random.Random(seed)
    by_type: dict[str, list[str]] = defaultdict(list)
    seen: set[str] = set()
    for text, kind in zip(pairs.texts, pairs.types, strict=True):
        if text not in seen:
            by_type[kind].append(text)
            seen.add(text)
    dealt: dict[str, int] = {}
    turn = 0
    for kind in sorted(by_type):
        rng.shuffle(by_type[kind])
        for text in by_type[kind]:
            dealt[text] = turn % count
            turn += 1
    for fold in range(count):
        yield [n for n, text in enumerate(pairs.texts) if dealt[text] == fold]


def cross_validate(pairs: Pairs, seed: int) -> tuple[tuple[str, ...], Floats]:
    """Return labels and the logits of each pair by a head that never saw it."""
    labels = tuple(sorted(set(pairs.types)))
    out = np.full((len(pairs.types), len(labels)), -np.inf)
    for held_out in folds(pairs, seed):
        rest = sorted(set(range(len(pairs.types))) - set(held_out))
        head = fit([pairs.terms[n] for n in rest], [pairs.types[n] for n in rest])
        columns = [labels.index(label) for label in head.labels]
        out[np.ix_(held_out, columns)] = head.scores([pairs.terms[n] for n in held_out])
    return labels, out


def best_temperature(logits: Floats, gold: Sequence[int]) -> float:
    """Return by what logits are divided so that the gold is likeliest."""
    choices = np.geomspace(0.2, 5, 60)
    return float(min(choices, key=partial(_surprise, logits, gold)))


def _surprise(logits: Floats, gold: Sequence[int], temperature: float) -> float:
    z = logits / temperature
    z = z - z.max(1, keepdims=True)
    log = z - np.log(np.exp(z).sum(1, keepdims=True))
    return -float(log[np.arange(len(gold)), gold].mean())


class PairGraph(nn.Module):
    """One pair (terms, weights, vectors) to probabilities (labels,)."""

    def __init__(self, head: Fitted, temperature: float) -> None:
        super().__init__()
        for name in ("mean", "spread", "blocks", "bias"):
            self.register_buffer(name, torch.tensor(getattr(head, name)).float())
        self.register_buffer("table", torch.tensor(head.table).half())
        self.temperature = temperature

    def forward(self, terms: Tensor, weights: Tensor, vectors: Tensor) -> Tensor:
        """Return the probability of each label."""
        left = (self.table[terms].float() * weights[:, None]).sum(0)
        raw = (vectors - self.mean) / self.spread
        unit = raw / raw.norm(dim=1, keepdim=True) / BLOCKS**0.5
        right = torch.bmm(unit[:, None], self.blocks).sum((0, 1))
        return torch.softmax((left + right + self.bias) / self.temperature, 0)


def export(head: Fitted, temperature: float, example: PairTerms, out: Path) -> None:
    """Write `plover.onnx` and `plover.json`."""
    graph = out / f"{NAME}.onnx"
    inputs = tuple(
        torch.from_numpy(x) for x in (example.terms, example.weights, example.vectors)
    )
    to_onnx(
        PairGraph(head, temperature),
        inputs,
        graph,
        ["terms", "weights", "vectors"],
        ["types"],
        {"terms": {0: "t"}, "weights": {0: "t"}},
    )
    about = {
        "schema": SCHEMA,
        "labels": head.labels,
        "temperature": round(temperature, 3),
        "sha256": hashlib.sha256(graph.read_bytes()).hexdigest(),
    }
    text = json.dumps(about, indent=1) + "\n"
    (out / f"{NAME}.json").write_text(text, encoding="utf-8")


def main() -> None:
    """Fit on all pairs and write the head."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("src/sayso/data/model"))
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    path = arguments.data / "data" / "plover" / "train.jsonl"
    pairs = load_pairs(path, load_kit().model)
    labels, logits = cross_validate(pairs, seed=0)
    gold = [labels.index(kind) for kind in pairs.types]
    temperature = best_temperature(logits, gold)
    head = fit(pairs.terms, pairs.types)
    export(head, temperature, pairs.terms[0], arguments.out)
    size = (arguments.out / f"{NAME}.onnx").stat().st_size
    print(f"{len(gold)} pairs, temperature {temperature:.2f}, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
