"""Teach what words near a filler tell: who claims or blames, and how far it went."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from sayso.extract.incidents_cues import cue_signs
from sayso.reading import segment
from sayso.reading.slot_scores import CLAIMS, STAGES, CueJudge
from training.muc4_texts import Lesson, Row

CUES = tomllib.loads(
    (Path(__file__).parent / "muc4_cues.toml").read_text(encoding="utf-8")
)
RIDGE = 33.0  # on standardised signs: 600 organisations, 68 signs
CLAIM_EVEN = 0.5  # how far rare claims are put on a level with common ones
RARE_STAGE = 8.0  # one in ten incidents is not accomplished


def fit_claim(pairs: Iterable[tuple[Row, Lesson]]) -> CueJudge:
    """Return what the organisations of the keys teach."""
    signs, allowed = [], []
    for row, lesson in pairs:
        fillers = [f for f in lesson.fillers if f.task == "claims"]
        sentences = sentences_of(row["text"]) if fillers else []
        for filler in fillers:
            near = cue_signs(lesson.words, sentences, filler.tokens, CUES["claim"])
            signs.append(near)
            allowed.append(np.isin(np.arange(len(CLAIMS)), filler.labels))
    shares = np.maximum(np.mean(allowed, axis=0), 0.05)
    levels = tuple(round(float(share**-CLAIM_EVEN), 3) for share in shares)
    return _judge("claim", signs, allowed, levels)


def fit_stage(pairs: Iterable[tuple[Row, Lesson]]) -> CueJudge:
    """Return what the incidents of the keys teach, all of a kind in a report as one."""
    signs, allowed = [], []
    for row, lesson in pairs:
        sentences = sentences_of(row["text"]) if lesson.relevant else []
        for kind, stages in enumerate(lesson.stages):
            near = np.flatnonzero(lesson.kinds[:, kind]).tolist()
            if stages and near:
                signs.append(cue_signs(lesson.words, sentences, near, CUES["stage"]))
                allowed.append(np.isin(np.arange(len(STAGES)), list(stages)))
    return _judge("stage", signs, allowed, (1.0, RARE_STAGE, RARE_STAGE))


def _judge(
    name: str,
    signs: list[np.ndarray],
    allowed: list[np.ndarray],
    levels: tuple[float, ...],
) -> CueJudge:
    x = np.stack(signs)
    mean, spread = x.mean(0), x.std(0) + 1e-6
    weights = _regress((x - mean) / spread, np.stack(allowed))
    plain = weights[:, :-1] / spread
    constants = weights[:, -1] - plain @ mean
    rows = np.concatenate([plain, constants[:, None]], 1).round(3).tolist()
    return CueJudge(cues=CUES[name], weights=tuple(map(tuple, rows)), levels=levels)


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Return the rough sentences of a text as token ranges."""
    tokens = segment.tokenise(text)
    words = [text[start:end] for start, end in tokens]
    paragraphs = segment.group_paragraphs(text, tokens)
    return segment.rough_sentences(words, tokens, paragraphs)


def _regress(x: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return weights (claims, signs + 1) by which the allowed claims are likeliest."""
    rows = torch.from_numpy(np.concatenate([x, np.ones((len(x), 1))], 1)).float()
    barred = torch.from_numpy(~right).float() * -1e4
    weights = torch.zeros(right.shape[1], rows.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=60)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        shares = F.log_softmax(rows @ weights.T, 1)
        loss = -(shares + barred).logsumexp(1).sum()
        loss = loss + RIDGE / 2 * (weights[:, :-1] ** 2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    return weights.detach().numpy()  # type: ignore[no-any-return]
