"""The event heads in torch: small networks over rows of `extract.events.features`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from sayso.extract.events import features, features_allusions, features_voices
from sayso.extract.events.features import TYPES
from sayso.extract.events.parts import ROLES
from sayso.extract.events.telling import STATUSES
from training.export_trunk import to_onnx
from training.model import HIDDEN


class Shape(NamedTuple):
    """How wide a head is and what it answers."""

    outs: tuple[int, ...]
    part: int = 64
    width: int = 96
    dropout: float = 0.35
    product: bool = False


HABITS = 3
"""Annotators' habits that a head can learn; the first is the conflict set's, whose
measure the product keeps. See `habit_of`."""
SPARING = "j"
"""First letter of our own sets that mark as few acts as the conflict set."""
SIZES = {**features.SIZES, **features_voices.SIZES, **features_allusions.SIZES}
SHAPES = {
    "trigger": Shape((1 + len(TYPES), 0, 2), part=80, width=112),
    "factual": Shape((1,), part=48, width=64, dropout=0.25),
    "same": Shape((2,), product=True),
    "roles": Shape((1 + len(ROLES),)),
    "told": Shape((1 + len(STATUSES),)),
    "implied": Shape((1 + len(STATUSES),)),
}


def habit_of(name: str, conflict: Collection[str]) -> int:
    """Return whose habit of marking acts a report follows, by its name.

    0: the conflict set; 1: our own sets from j on, marked as sparingly; 2: those
    before, which mark smaller acts.

    Args:
        name: Id of the report; our own begin with the letter of their set.
        conflict: Names of the conflict set.
    """
    if name in conflict:
        return 0
    return 1 if name.partition("-")[0] >= SPARING else 2


class RowNet(nn.Module):
    """Rows of word vectors and plain numbers to the scores of several questions.

    Sets of reports differ in how small an act they still mark. `habit` takes that up
    while training, so that the rest of the net need not average over it; the exported
    net answers in the first habit, which folds into a bias.
    """

    def __init__(self, vectors: int, numbers: int, shape: Shape) -> None:
        super().__init__()
        self.vectors, self.product = vectors, shape.product
        part, width = shape.part, shape.width
        self.parts = nn.ModuleList(nn.Linear(HIDDEN, part) for _ in range(vectors))
        size = vectors * part + numbers + (2 * part if shape.product else 0)
        self.mix = nn.Linear(size, width)
        self.habit = nn.Parameter(torch.zeros(HABITS, width))
        self.outs = nn.ModuleList(nn.Linear(width, out) for out in shape.outs)
        self.dropout = nn.Dropout(shape.dropout)

    @classmethod
    def of(cls, name: str, *, modes: int = 0) -> RowNet:
        """Return the untrained head of a name; that of triggers has `modes` modes."""
        shape = SHAPES[name]
        outs = tuple(out or modes for out in shape.outs)
        return cls(*SIZES[name], shape._replace(outs=outs))

    def forward(self, rows: Tensor, habits: Tensor | None = None) -> tuple[Tensor, ...]:
        """Return the scores of each question.

        Args:
            rows: (N, vectors * HIDDEN + numbers).
            habits: (N,) int64, the habit of each row; None: the first for all.
        """
        *vectors, numbers = rows.split(
            [*[HIDDEN] * self.vectors, rows.shape[1] - self.vectors * HIDDEN], -1
        )
        parts = [
            F.relu(layer(self.dropout(vector)))
            for layer, vector in zip(self.parts, vectors, strict=True)
        ]
        if self.product:
            first, second = parts[:2]
            parts += [first * second, (first - second).abs()]
        habit = self.habit[0] if habits is None else self.habit[habits]
        hidden = F.relu(self.mix(torch.cat([*parts, numbers], -1)) + habit)
        hidden = self.dropout(hidden)
        return tuple(out(hidden) for out in self.outs)


class Answers(nn.Module):
    """The mean answer of several nets that were trained from other starts."""

    def __init__(self, nets: Sequence[RowNet], soft: tuple[bool, ...]) -> None:
        super().__init__()
        self.nets, self.soft = nn.ModuleList(nets), soft

    def forward(self, rows: Tensor) -> tuple[Tensor, ...]:
        """Return probabilities where `soft`, else the scores."""
        answers = zip(*(net(rows) for net in self.nets), strict=True)
        return tuple(
            torch.stack([s.softmax(-1) if soft else s for s in scores]).mean(0)
            for scores, soft in zip(answers, self.soft, strict=True)
        )


def export_nets(nets: Mapping[str, Sequence[RowNet]], folder: Path) -> None:
    """Write the nets of each head as one `NAME.onnx` into a model folder."""
    for name, members in nets.items():
        soft = {"trigger": (True, False, True), "factual": (False,)}.get(name, (True,))
        outs = [f"out{n}" for n in range(len(soft))]
        vectors, numbers = SIZES[name]
        to_onnx(
            Answers(members, soft),
            (torch.zeros(2, vectors * HIDDEN + numbers),),
            folder / f"{name}.onnx",
            ["rows"],
            outs,
            {key: {0: "n"} for key in ("rows", *outs)},
        )


def write_names(folder: Path, modes: list[tuple[str, str]]) -> None:
    """Put the mode names and the heads' hashes into the folder's `meta.json`."""
    path = folder / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta["labels"]["modes"] = [list(mode) for mode in modes]
    for name in SHAPES:
        file = folder / f"{name}.onnx"
        meta["files"][file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    meta["bytes"] = sum((folder / name).stat().st_size for name in meta["files"])
    path.write_text(
        json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
