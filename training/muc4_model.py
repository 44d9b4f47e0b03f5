"""The incident head in torch, and its export with weights in eight bits."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.nn import functional as F

from sayso.reading.slot_scores import CLAIMS, DAMAGES, HARMS, KINDS, SLOTS, STAGES
from sayso.reading.slots import MAX_PARAGRAPH, MAX_SENTENCE
from training.export_trunk import to_onnx
from training.model import HIDDEN

WIDTH = 192
DILATIONS = (1, 3, 9)  # a word sees 13 words to each side, besides the trunk's window
LARGE = 4096  # weights of fewer numbers stay in float


class Scores(NamedTuple):
    """What the head says of a batch of texts, before any softmax."""

    tags: Tensor
    """(B, T, slots * 3)"""
    kinds: Tensor
    claims: Tensor
    harms: Tensor
    damages: Tensor
    relevance: Tensor
    """(B,)"""
    present: Tensor
    """(B, kinds)"""
    stages: Tensor
    """(B, kinds, stages)"""


class ChannelDropout(nn.Module):
    """Drops whole channels of a text: as good as single numbers here, and cheap."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """Return `x` (B, T, H) with some channels at zero."""
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[-1]) > self.share
        return x * (kept.to(x.dtype) / (1 - self.share))


class Block(nn.Module):
    """A convolution over three words, some places apart, added to what was there."""

    def __init__(self, dilation: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.mix = nn.Conv1d(WIDTH, WIDTH, 3, padding=dilation, dilation=dilation)
        self.dropout = ChannelDropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return (B, T, H); `mask` is (B, T, 1)."""
        near = self.mix((self.norm(x) * mask).transpose(1, 2)).transpose(1, 2)
        return (x + self.dropout(F.relu(near))) * mask


class IncidentHead(nn.Module):
    """From word vectors to tags of the slots, and from all words to the incidents."""

    def __init__(self, dropout: float = 0.15, word_dropout: float = 0.08) -> None:
        super().__init__()
        self.word_dropout = word_dropout
        self.project = nn.Linear(2 * HIDDEN, 2 * WIDTH)
        sizes = (MAX_SENTENCE + 1, MAX_PARAGRAPH + 1, 2)
        self.places = nn.ModuleList([nn.Embedding(size, WIDTH) for size in sizes])
        for table in self.places:
            nn.init.normal_(table.weight, std=0.05)  # type: ignore[arg-type]
        self.blocks = nn.ModuleList([Block(n, dropout) for n in DILATIONS])
        self.norm = nn.LayerNorm(WIDTH)
        self.attend = nn.Linear(WIDTH, 2 + 2 * len(KINDS))
        self.text_norm = nn.LayerNorm(3 * WIDTH)
        self.word = nn.Linear(WIDTH, WIDTH)
        self.text = nn.Linear(3 * WIDTH, WIDTH)
        self.tags = nn.Linear(WIDTH, 3 * len(SLOTS))
        self.kinds = nn.Linear(WIDTH, len(KINDS))
        self.claims = nn.Linear(WIDTH, len(CLAIMS))
        self.harms = nn.Linear(WIDTH, len(HARMS))
        self.damages = nn.Linear(WIDTH, len(DAMAGES))
        self.relevance = nn.Linear(3 * WIDTH, 1)
        self.present = nn.Linear(3 * WIDTH, len(KINDS))
        self.present_at = nn.Parameter(torch.zeros(len(KINDS), WIDTH))
        self.stage = nn.Linear(WIDTH, len(STAGES))
        self.stage_text = nn.Linear(3 * WIDTH, len(KINDS) * len(STAGES))
        self.dropout = ChannelDropout(dropout)
        self.text_dropout = nn.Dropout(0.4)

    def forward(self, x: Tensor, places: Tensor, mask: Tensor) -> Scores:
        """Return the scores.

        Args:
            x: normed vectors and normed word rows, (B, T, 2 H).
            places: int64 (B, T, 3) of `sayso.reading.slots.Page`.
            mask: 1 for words, 0 for padding, (B, T).
        """
        mask = mask[..., None]
        if self.training:
            kept = torch.rand(x.shape[:2]) > self.word_dropout
            x = x * kept.to(x.dtype)[..., None]
        h, bag = self.project(x).split(WIDTH, -1)
        for number, table in enumerate(self.places):
            h = h + table(places[..., number])
        h = self.dropout(F.relu(h)) * mask
        for block in self.blocks:
            h = block(h, mask)
        h = self.norm(h)
        views = (self.attend(h) + (mask - 1) * 1e4).softmax(1)
        views = views.transpose(1, 2).to(h.dtype) @ h
        text = self._sum_up(h, F.relu(bag) * mask, mask, views)
        kinds = 2 + len(KINDS)
        present = (self.dropout(views[:, 2:kinds]) * self.present_at).sum(-1)
        stages = self.stage(self.dropout(views[:, kinds:]))
        shape = (len(KINDS), len(STAGES))
        t = self.dropout(F.relu(self.word(h) + self.text(text)[:, None]))
        return Scores(
            self.tags(t),
            self.kinds(t),
            self.claims(t),
            self.harms(t),
            self.damages(t),
            self.relevance(text)[:, 0],
            self.present(text) + present,
            stages + self.stage_text(text).unflatten(-1, shape),
        )

    def _sum_up(self, h: Tensor, bag: Tensor, mask: Tensor, views: Tensor) -> Tensor:
        """Return what the text is about, (B, 3 H): mean, maximum and one view."""
        mean = bag.sum(1) / mask.sum(1).sqrt() / 4
        largest = (h + (mask - 1) * 1e4).max(1).values
        parts = torch.cat([mean, largest, views[:, 0]], -1)
        return self.text_dropout(self.text_norm(parts))  # type: ignore[no-any-return]


def normed(vectors: Tensor, words: Tensor) -> Tensor:
    """Return the head's input (T, 2 H) from trunk vectors and word rows."""
    shape = (HIDDEN,)
    return torch.cat([F.layer_norm(vectors, shape), F.layer_norm(words, shape)], -1)


class Ensemble(nn.Module):
    """One text through several heads of different seeds; their mean says more."""

    def __init__(self, heads: list[IncidentHead]) -> None:
        super().__init__()
        self.heads = nn.ModuleList(heads)

    def forward(
        self, vectors: Tensor, words: Tensor, places: Tensor
    ) -> tuple[Tensor, ...]:
        """Return what `sayso.reading.slots.read_slots` reads, by name of its fields."""
        x = normed(vectors, words)[None]
        mask = torch.ones_like(x[..., 0])
        each = [head(x, places[None], mask) for head in self.heads]
        tags = [s.tags[0].unflatten(-1, (len(SLOTS), 3)).softmax(-1) for s in each]
        return (
            torch.stack(tags).mean(0).transpose(0, 1).log(),
            _mean([s.kinds[0].sigmoid() for s in each]),
            _mean([s.claims[0] for s in each]),
            _mean([s.harms[0] for s in each]),
            _mean([s.damages[0] for s in each]),
            _mean([s.relevance for s in each]).sigmoid(),
            _mean([s.present[0] for s in each]).sigmoid(),
            _mean([s.stages[0] for s in each]),
        )


def _mean(parts: list[Tensor]) -> Tensor:
    return torch.stack(parts).mean(0)


def export_heads(heads: list[IncidentHead], path: Path) -> None:
    """Write the mean of `heads` as ONNX, large weights as int8 with float scales."""
    names = ["tags", "kinds", "claims", "harms", "damages"]
    whole = ["relevance", "present", "stages"]
    inputs = {"vectors": {0: "t"}, "words": {0: "t"}, "places": {0: "t"}}
    axes = inputs | {name: {0: "t"} for name in names} | {"tags": {1: "t"}}
    example = (
        torch.randn(9, HIDDEN),
        torch.randn(9, HIDDEN),
        torch.zeros(9, 3, dtype=torch.int64),
    )
    with torch.no_grad():
        to_onnx(Ensemble(heads), example, path, [*inputs], names + whole, axes)
    graph = onnx.load(path)
    shrink(graph)
    onnx.save(graph, path)


def shrink(model: onnx.ModelProto) -> None:
    """Keep large float weights as int8 rows with one scale each; sums stay in float."""
    kept, dequantised = [], []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < LARGE:
            kept.append(tensor)
            continue
        axis = 1 if values.ndim == 2 else 0  # MatMul has outputs last, Conv first
        others = tuple(n for n in range(values.ndim) if n != axis)
        scale = (np.abs(values).max(others) / 127 + 1e-12).astype(np.float32)
        shape = [-1 if n == axis else 1 for n in range(values.ndim)]
        whole = np.rint(values / scale.reshape(shape)).astype(np.int8)
        parts = {"int8": whole, "scale": scale, "zero": np.zeros(len(scale), np.int8)}
        names = [f"{tensor.name}.{part}" for part in parts]
        kept += [
            numpy_helper.from_array(array, name)
            for name, array in zip(names, parts.values(), strict=True)
        ]
        dequantised.append(
            helper.make_node("DequantizeLinear", names, [tensor.name], axis=axis)
        )
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    nodes = [*dequantised, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
