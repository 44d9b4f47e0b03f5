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


class SpanGraph(nn.Module):
    """Span features (N, F) to probabilities of stance (N, 16) and speech (N, 2)."""

    def __init__(self, span: SpanHead) -> None:
        super().__init__()
        self.span = span

    def forward(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Return the probabilities."""
        stance, speech = self.span(rows)
        return stance.softmax(-1), speech.softmax(-1)


def export_heads(heads: Heads, out: Path) -> None:
    """Write flat.onnx, link.onnx, span.onnx and chains.npz into `out`."""
    heads.eval()
    rows, vectors = {0: "n"}, {0: "t"}
    with torch.no_grad():
        _export_link(heads.link, out / "link.onnx")
        to_onnx(
            heads.flat, (torch.randn(9, HIDDEN),), out / "flat.onnx",
            ["vectors"], ["scores"], {"vectors": vectors, "scores": vectors},
        )  # fmt: skip
        to_onnx(
            SpanGraph(heads.span), (torch.randn(2, SPAN_FEATURES),), out / "span.onnx",
            ["rows"], ["stance", "speech"],
            {"rows": rows, "stance": rows, "speech": rows},
        )  # fmt: skip
    np.savez(out / "chains.npz", **_chains(heads))


def _export_link(link: LinkHead, path: Path) -> None:
    t, n = 9, 2
    example = (
        torch.randn(t, HIDDEN),
        torch.rand(t, 9),
        torch.zeros(t, dtype=torch.int64),
        torch.tensor([[1, 1], [3, 4]]),
        *(torch.ones(n, t, dtype=torch.int64) for _ in range(3)),
    )
    words = ["vectors", "flat", "quotes"]
    cues = ["distance", "sentence", "paragraph"]
    axes = {name: {0: "t"} for name in words} | {"cue": {0: "n"}}
    axes |= {name: {0: "n", 1: "t"} for name in (*cues, "emissions")}
    names = [*words, "cue", *cues]
    to_onnx(LinkGraph(link), example, path, names, ["emissions"], axes)


def _chains(heads: Heads) -> dict[str, np.ndarray]:
    arrays = {}
    for name, crf in (("cue", heads.cue_crf), ("link", heads.link_crf)):
        moves, begin = crf.weights()
        arrays[name + "_moves"] = moves.detach().numpy().astype(np.float32)
        arrays[name + "_begin"] = begin.detach().numpy().astype(np.float32)
    return arrays
