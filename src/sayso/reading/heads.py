"""Small heads over linked spans: stance, speech and how likely the whole is right."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from sayso.reading import decode
from sayso.reading.decode import Floats, Ints
from sayso.reading.types import Attribution, TokenRange


class Layer(NamedTuple):
    """A dense layer: float32 (in, out) and (out,)."""

    weight: Floats
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        """Return `x` (rows, in) mapped to (rows, out)."""
        out: Floats = x @ self.weight + self.bias
        return out


class StatementHeads(NamedTuple):
    """The heads of attribution: flat tags of words, and judgements of linked cues."""

    flat: Layer
    flat_up: Layer
    flat_down: Layer
    hidden: Layer
    stance: Layer
    speech: Layer
    confidence: Layer

    def tag_words(self, vectors: Floats) -> Floats:
        """Return scores float32 (tokens, 9) of O, B, I of cue, source and content."""
        return self.flat(vectors) + self.flat_down(np.maximum(self.flat_up(vectors), 0))

    def judge(
        self,
        vectors: Floats,
        flat: Floats,
        emissions: Floats,
        tags: Ints,
        cues: list[TokenRange],
        offset: int,
    ) -> list[Attribution]:
        """Return one Attribution a cue, in token numbers of the document.

        Args:
            vectors: float32 (tokens, width) of the window.
            flat: posteriors of cue, source and content tags, float32 (tokens, 9).
            emissions: link scores, float32 (cues, tokens, 5).
            tags: best link tags, int64 (cues, tokens).
            cues: token ranges within the window.
            offset: token number of the window's first token.
        """
        links = [decode_links(row, emissions[n]) for n, row in enumerate(tags)]
        rows = np.stack(
            [
                span_features(vectors, cue, source, content)
                for cue, (source, content) in zip(cues, links, strict=True)
            ]
        )
        hidden = np.maximum(self.hidden(rows), 0)
        stance = decode.posteriors(self.stance(hidden))
        speech = decode.posteriors(self.speech(hidden))[:, 1]
        signs = np.stack(
            [certainty(flat, emissions[n], tags[n], cue) for n, cue in enumerate(cues)]
        )
        sure = 1 / (1 + np.exp(-self.confidence(signs)[:, 0]))
        return [
            Attribution(
                cue=(cue[0] + offset, cue[1] + offset),
                source=tuple((a + offset, b + offset) for a, b in source),
                content=tuple((a + offset, b + offset) for a, b in content),
                stance=tuple(np.round(stance[n], 4).tolist()),
                speech=round(float(speech[n]), 4),
                confidence=round(float(sure[n]), 4),
                signs=tuple(np.round(signs[n], 4).tolist()),
            )
            for n, (cue, (source, content)) in enumerate(zip(cues, links, strict=True))
        ]


def decode_links(
    tags: Ints, emissions: Floats
) -> tuple[list[TokenRange], list[TokenRange]]:
    """Return the source (one range or none) and the content ranges of one cue.

    Of two source runs the one with more posterior mass stays: a cue has one source.
    """
    path = tags.tolist()
    sources = decode.runs(path, *decode.SOURCE_TAGS)
    if len(sources) > 1:
        mass = decode.posteriors(emissions)[:, 1:3].sum(1)
        sources = [max(sources, key=lambda r: (float(mass[r[0] : r[1]].sum()), -r[0]))]
    return sources, decode.runs(path, *decode.CONTENT_TAGS)


def span_features(
    vectors: Floats,
    cue: TokenRange,
    source: list[TokenRange],
    content: list[TokenRange],
) -> Floats:
    """Return float32 (5 width + 3): cue ends and mean, source, content, sizes."""
    zero = np.zeros(vectors.shape[1], np.float32)
    start, end = cue
    said = [vectors[a:b] for a, b in content]
    who = [vectors[a:b] for a, b in source]
    parts = [
        vectors[start],
        vectors[end - 1],
        vectors[start:end].mean(0),
        np.concatenate(who).mean(0) if who else zero,
        np.concatenate(said).mean(0) if said else zero,
        np.array([end - start > 1, not who, not said], np.float32),
    ]
    return np.concatenate(parts).astype(np.float32)


def certainty(flat: Floats, emissions: Floats, tags: Ints, cue: TokenRange) -> Floats:
    """Return float32 (6,): signs of how sure cue, source and content are.

    Mean and least posterior of the cue's words, of the source's and of the content's;
    a missing part takes the mean posterior of "outside" over the window.
    """
    start, end = cue
    on_cue = 1 - flat[start:end, 0]
    chosen = np.take_along_axis(decode.posteriors(emissions), tags[:, None], 1)[:, 0]
    outside = float(chosen[tags == 0].mean()) if (tags == 0).any() else 1.0
    signs = [float(on_cue.mean()), float(on_cue.min())]
    for low, high in (decode.SOURCE_TAGS, decode.CONTENT_TAGS):
        part = chosen[(tags == low) | (tags == high)]
        signs += (
            [float(part.mean()), float(part.min())] if len(part) else [outside, outside]
        )
    logits = np.log(
        np.clip(signs, 1e-4, 1 - 1e-4) / (1 - np.clip(signs, 1e-4, 1 - 1e-4))
    )
    signs_of: Floats = logits.astype(np.float32)
    return signs_of


def load_heads(path: Path) -> StatementHeads:
    """Read the heads' weights."""
    with np.load(path, allow_pickle=False) as arrays:
        return StatementHeads(
            *(
                Layer(arrays[name + "_weight"], arrays[name + "_bias"])
                for name in StatementHeads._fields
            )
        )


def load_layer(path: Path) -> Layer:
    """Read one layer; it may be stored in half precision."""
    with np.load(path, allow_pickle=False) as arrays:
        weight = arrays["weight"].astype(np.float32)
        return Layer(weight, arrays["bias"].astype(np.float32))
