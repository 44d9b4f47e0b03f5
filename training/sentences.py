"""Fit the sentence-vector head: `python -m training.sentences --trunk DIR`.

A ridge regression from the frozen trunk to the sentence vectors of the whole MiniLM
encoder that the trunk was cut from. Writes sentence.onnx into the trunk's folder.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import torch

from sayso.reading.encoder import read_tokens
from sayso.reading.model import Model, load_model
from sayso.reading.sentences import sentence_features
from sayso.reading.types import Reading
from training.documents import Document, load_polnear, load_treebank
from training.export_trunk import to_onnx
from training.head_model import Heads
from training.heads import write_model
from training.model import HIDDEN, Trunk, copy_minilm

RIDGE = 30.0  # of 3, 30 and 300 the one with the best rank correlation held out
HELD_OUT = 1500
POLNEAR = "polnear/train.jsonl"


def teacher_vectors(sentences: list[list[int]]) -> np.ndarray:
    """Return MiniLM's vectors float32 (sentences, 384) of length 1."""
    teacher = Trunk(6, 1, 1, dropout=0.0)
    copy_minilm(teacher)
    teacher.eval()
    out = np.zeros((len(sentences), HIDDEN), np.float32)
    order = sorted(range(len(sentences)), key=lambda n: len(sentences[n]))
    for at in range(0, len(order), 32):
        chosen = order[at : at + 32]
        longest = max(len(sentences[n]) for n in chosen)
        ids = torch.zeros(len(chosen), longest, dtype=torch.int64)
        for row, n in enumerate(chosen):
            ids[row, : len(sentences[n])] = torch.tensor(sentences[n])
        real = ids != 0
        x = teacher.norm(teacher.embed(ids, torch.zeros_like(ids)))
        for layer in teacher.layers:
            x = layer(x, real[:, None, None, :])
        mean = (x * real.unsqueeze(-1)).sum(1) / real.sum(1, keepdim=True)
        out[chosen] = torch.nn.functional.normalize(mean, dim=-1).numpy()
    return out


def read_documents(model: Model, documents: list[Document]) -> list[Reading]:
    """Return Readings with the sentences that the documents have."""
    return [
        read_tokens(
            model, d.tokens, d.words, d.paragraphs, d.sentences, fixed_sentences=True
        )
        for d in documents
    ]


def collect(model: Model, documents: list[Document]) -> tuple[np.ndarray, np.ndarray]:
    """Return student features and teacher vectors of all sentences of 4 to 50 words."""
    rows, pieces = [], []
    for reading in read_documents(model, documents):
        features = sentence_features(model, reading)
        for number, (start, end) in enumerate(reading.sentences):
            if 4 <= end - start <= 50:
                rows.append(features[number])
                words = reading.words[start:end]
                ids = [i for word in words for i in model.wordpiece.pieces(word)]
                pieces.append([model.wordpiece.first, *ids, model.wordpiece.last])
    return np.stack(rows), teacher_vectors(pieces)


def ridge(
    x: np.ndarray, y: np.ndarray, strength: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return weight (in, out) and bias (out,) of a ridge regression."""
    middle, target = x.mean(0), y.mean(0)
    a = (x - middle).astype(np.float64)
    gram = a.T @ a + strength * np.eye(x.shape[1])
    weight = np.linalg.solve(gram, a.T @ (y - target))
    return weight.astype(np.float32), (target - middle @ weight).astype(np.float32)


def rank_correlation(student: np.ndarray, teacher: np.ndarray) -> float:
    """Return Spearman's rho of the cosines of all pairs of sentences."""
    unit = student / np.linalg.norm(student, axis=1, keepdims=True)
    above = np.triu_indices(len(unit), 1)
    ranks = [np.argsort(np.argsort((m @ m.T)[above])) for m in (unit, teacher)]
    return float(np.corrcoef(*ranks)[0, 1])


def nearest_agreement(student: np.ndarray, teacher: np.ndarray) -> float:
    """Return how often the teacher's nearest sentence is among the student's five."""
    unit = student / np.linalg.norm(student, axis=1, keepdims=True)
    ours, theirs = unit @ unit.T, teacher @ teacher.T
    np.fill_diagonal(ours, -2)
    np.fill_diagonal(theirs, -2)
    best = np.argsort(-ours, axis=1)[:, :5]
    return float((best == theirs.argmax(1)[:, None]).any(1).mean())


def write_head(weight: np.ndarray, bias: np.ndarray, path: Path) -> None:
    """Write the layer (in, out) as ONNX."""
    layer = torch.nn.Linear(*weight.shape)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weight.T.astype(np.float32)))
        layer.bias.copy_(torch.from_numpy(bias.astype(np.float32)))
        rows = {0: "n"}
        example = (torch.zeros(2, weight.shape[0]),)
        to_onnx(
            layer, example, path, ["rows"], ["vectors"], {"rows": rows, "vectors": rows}
        )


def main() -> None:
    """Fit, print how close the copy is on held-out sentences, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--trunk", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=160)
    parser.add_argument("--licensed-only", action="store_true")
    arguments = parser.parse_args()
    path = arguments.trunk / "sentence.onnx"
    write_head(np.zeros((2 * HIDDEN, HIDDEN)), np.zeros(HIDDEN), path)
    folder = arguments.trunk / "unfitted"
    write_model(Heads(), arguments.trunk, folder, {"state": "unfitted"})
    data = arguments.data / "data"
    documents = [
        *([] if arguments.licensed_only else load_polnear(data / POLNEAR)),
        *load_treebank(data / "ud/gum-train.conllu", "gum"),
        *load_treebank(data / "ud/ewt-train.conllu", "ewt"),
    ]
    random.Random(4).shuffle(documents)
    with torch.no_grad():
        x, y = collect(
            load_model(folder, with_events=False), documents[: arguments.documents]
        )
    weight, bias = ridge(x[HELD_OUT:], y[HELD_OUT:], RIDGE)
    student = x[:HELD_OUT] @ weight + bias
    rho = rank_correlation(student, y[:HELD_OUT])
    near = nearest_agreement(student, y[:HELD_OUT])
    print(f"{len(x)} sentences; held out: rho {rho:.3f}, nearest in five {near:.3f}")
    write_head(weight, bias, path)


if __name__ == "__main__":
    main()
