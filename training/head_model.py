"""The heads over frozen word vectors in torch, and their export."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.export_trunk import to_onnx
from training.model import FLAT_TAGS, HIDDEN, LinkHead, Model, cue_crf, link_crf

N_STANCES = 16
SPAN_FEATURES = 5 * HIDDEN + 3
SIGNS = 6


class FlatHead(nn.Module):
    """Flat tags of cue, source, content: the trunk's own plus what is learned anew."""

    def __init__(self, dropout: float = 0.15) -> None:
        super().__init__()
        self.flat = nn.Linear(HIDDEN, 3 * FLAT_TAGS)
        self.up = nn.Linear(HIDDEN, 192)
        self.down = nn.Linear(192, 3 * FLAT_TAGS)
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.down.weight)
        nn.init.zeros_(self.down.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Return scores (B, T, 9)."""
        x = self.dropout(x)
        return self.flat(x) + self.down(self.dropout(F.relu(self.up(x))))


class SpanHead(nn.Module):
    """Stance and speech of a linked cue from the features of its spans."""

    def __init__(self, width: int = 160, dropout: float = 0.35) -> None:
        super().__init__()
        self.hidden = nn.Linear(SPAN_FEATURES, width)
        self.stance = nn.Linear(width, N_STANCES)
        self.speech = nn.Linear(width, 2)
        self.dropout = nn.Dropout(dropout)

    def forward(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Return stance scores (N, 16) and speech scores (N, 2)."""
        h = self.dropout(F.relu(self.hidden(self.dropout(rows))))
        return self.stance(h), self.speech(h)


class Heads(nn.Module):
    """All heads of attribution."""

    def __init__(self) -> None:
        super().__init__()
        self.flat = FlatHead()
        self.link = LinkHead()
        self.cue_crf = cue_crf()
        self.link_crf = link_crf()
        self.span = SpanHead()
        self.confidence = nn.Linear(SIGNS, 1)
        nn.init.constant_(self.confidence.weight, 0.2)
        nn.init.zeros_(self.confidence.bias)

    def start_from(self, model: Model) -> None:
        """Copy what was trained together with the trunk."""
        trunk = model.trunk
        parts = (trunk.cues, trunk.sources, trunk.contents)
        with torch.no_grad():
            self.flat.flat.weight.copy_(torch.cat([p.weight for p in parts]))
            self.flat.flat.bias.copy_(torch.cat([p.bias for p in parts]))
        self.link.load_state_dict(model.link.state_dict())
        self.cue_crf.load_state_dict(model.cue_crf.state_dict())
        self.link_crf.load_state_dict(model.link_crf.state_dict())


class LinkGraph(nn.Module):
    """All cues of one window: word vectors (T, H) to emissions (N, T, 5)."""

    def __init__(self, link: LinkHead) -> None:
        super().__init__()
        self.link = link

    def forward(
        self,
        x: Tensor,
        flat: Tensor,
        quotes: Tensor,
        cue: Tensor,
        distance: Tensor,
        sentence: Tensor,
        paragraph: Tensor,
    ) -> Tensor:
        """Return the emissions of the link tags."""
        window = torch.zeros_like(cue[:, 0])
        return self.link(
            x[None],
            flat[None],
            quotes[None],
            window,
            cue,
            distance,
            sentence,
            paragraph,
            None,
        )


def export_heads(heads: Heads, out: Path) -> None:
    """Write link.onnx, chains.npz and heads.npz into `out`."""
    heads.eval()
    t, n = 9, 2
    example = (
        torch.randn(t, HIDDEN),
        torch.rand(t, 9),
        torch.zeros(t, dtype=torch.int64),
        torch.tensor([[1, 1], [3, 4]]),
        *(torch.ones(n, t, dtype=torch.int64) for _ in range(3)),
    )
    names = ["vectors", "flat", "quotes", "cue", "distance", "sentence", "paragraph"]
    axes = {"vectors": {0: "t"}, "flat": {0: "t"}, "quotes": {0: "t"}, "cue": {0: "n"}}
    axes |= {name: {0: "n", 1: "t"} for name in names[4:]}
    with torch.no_grad():
        to_onnx(
            LinkGraph(heads.link),
            example,
            out / "link.onnx",
            names,
            ["emissions"],
            {**axes, "emissions": {0: "n", 1: "t"}},
        )
    np.savez(out / "chains.npz", **_chains(heads))
    layers = {
        "flat": heads.flat.flat,
        "flat_up": heads.flat.up,
        "flat_down": heads.flat.down,
        "hidden": heads.span.hidden,
        "stance": heads.span.stance,
        "speech": heads.span.speech,
        "confidence": heads.confidence,
    }
    arrays = {}
    for name, layer in layers.items():
        arrays[name + "_weight"] = (
            layer.weight.detach().numpy().T.astype(np.float32).copy()
        )
        arrays[name + "_bias"] = layer.bias.detach().numpy().astype(np.float32)
    np.savez(out / "heads.npz", **arrays)


def _chains(heads: Heads) -> dict[str, np.ndarray]:
    arrays = {}
    for name, crf in (("cue", heads.cue_crf), ("link", heads.link_crf)):
        moves, begin = crf.weights()
        arrays[name + "_moves"] = moves.detach().numpy().astype(np.float32)
        arrays[name + "_begin"] = begin.detach().numpy().astype(np.float32)
    return arrays
