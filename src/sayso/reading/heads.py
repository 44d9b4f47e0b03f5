"""Small heads over linked spans: stance, speech and how sure each part is."""

from __future__ import annotations

import math
from typing import NamedTuple, cast

import numpy as np
import onnxruntime as ort

from sayso.reading import decode
from sayso.reading.decode import Floats, Ints
from sayso.reading.types import Attribution, Signs, TokenRange


class StatementHeads(NamedTuple):
    """The heads of attribution: flat tags of words, and judgements of linked cues.

    All products run in onnxruntime on one thread: numpy's own would take as many
    threads as the machine has, and another order of sums with each number.
    """

    flat: ort.InferenceSession
    link: ort.InferenceSession
    span: ort.InferenceSession

    def tag_words(self, vectors: Floats) -> Floats:
        """Return scores float32 (tokens, 9) of O, B, I of cue, source and content."""
        (scores,) = self.flat.run(None, {"vectors": vectors})
        return cast(Floats, scores)

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
        scores = decode.posteriors(emissions)
        links = [decode_links(row, scores[n]) for n, row in enumerate(tags)]
        rows = np.stack(
            [
                span_features(vectors, cue, source, content)
                for cue, (source, content) in zip(cues, links, strict=True)
            ]
        )
        stance, speech = self.span.run(None, {"rows": rows})
        found = []
        for n, (cue, (source, content)) in enumerate(zip(cues, links, strict=True)):
            found.append(
                Attribution(
                    cue=(cue[0] + offset, cue[1] + offset),
                    source=tuple((a + offset, b + offset) for a, b in source),
                    content=tuple((a + offset, b + offset) for a, b in content),
                    stance=tuple(np.round(stance[n], 4).tolist()),
                    speech=round(float(speech[n, 1]), 4),
                    signs=certainty(flat, scores[n], tags[n], cue),
                )
            )
        return found


def decode_links(
    tags: Ints, scores: Floats
) -> tuple[list[TokenRange], list[TokenRange]]:
    """Return the source (one range or none) and the content ranges of one cue.

    Of two source runs the one with more posterior mass stays: a cue has one source.

    Args:
        tags: its best link tags, int64 (tokens,).
        scores: posteriors of its link tags, float32 (tokens, 5).
    """
    path = tags.tolist()
    sources = decode.runs(path, *decode.SOURCE_TAGS)
    if len(sources) > 1:
        mass = scores[:, 1:3].sum(1)
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


def certainty(flat: Floats, scores: Floats, tags: Ints, cue: TokenRange) -> Signs:
    """Return how sure cue, source and content are.

    Args:
        flat: posteriors of cue, source and content tags, float32 (tokens, 9).
        scores: posteriors of its link tags, float32 (tokens, 5).
        tags: its best link tags, int64 (tokens,).
        cue: its token range.
    """
    start, end = cue
    chosen = scores[np.arange(len(tags)), tags]
    outside = float(chosen[tags == 0].mean()) if (tags == 0).any() else 1.0
    signs = [
        float(1 - flat[start:end, 0].mean()),
        float(flat[start, 1]),
        float(1 - flat[end, 0]) if end < len(flat) else 0.0,
    ]
    for low, high in (decode.SOURCE_TAGS, decode.CONTENT_TAGS):
        held = (tags == low) | (tags == high)
        part = chosen[held]
        signs += [float(part.mean()), float(part.min())] if len(part) else [outside] * 2
        rest = (scores[:, low] + scores[:, high])[~held]
        signs.append(float(rest.max(initial=0.0)))
    return Signs(*(round(_log_odds(sign), 4) for sign in signs))


def _log_odds(share: float) -> float:
    clipped = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))
