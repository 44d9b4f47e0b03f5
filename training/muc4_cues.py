"""Teach what words near a filler tell: who claims or blames, and how far it went."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from sayso.extract.incidents import (
    Ranked,
    choose_parts,
    kind_signs,
    share_out,
    tokens_of,
)
from sayso.extract.incidents_cues import SCOPES, judge_signs
from sayso.reading.decode import Floats, posteriors
from sayso.reading.slot_scores import (
    CLAIMS,
    STAGES,
    CueJudge,
    SlotScores,
    SlotSettings,
)
from training.muc4_fit import Held

CUES = tomllib.loads(
    (Path(__file__).parent / "muc4_cues.toml").read_text(encoding="utf-8")
)
RIDGE = {"claim": 33.0, "stage": 100.0}  # on standardised signs
# Of the head in claims; to learn its weight beside the cues was no better there, but it
# was for stages, where what the head says has the spread below.
HEAD_SHARE = 0.3
HEAD_SPREAD = 2.0
CLAIM_EVEN = 0.5  # how far rare claims are put on a level with common ones
RARE_STAGE = 20.0  # one in ten is not accomplished; so both parts are told alike


def fit_claim(held: Iterable[Held]) -> CueJudge:
    """Return what the organisations of the keys teach."""
    signs, allowed = [], []
    for one in held:
        for filler in one.lesson.fillers:
            if filler.task == "claims":
                signs.append(_claim_signs(one.scores, filler.tokens))
                allowed.append(np.isin(np.arange(len(CLAIMS)), filler.labels))
    shares = np.maximum(np.mean(allowed, axis=0), 0.05)
    levels = tuple(round(float(share**-CLAIM_EVEN), 3) for share in shares)
    return _judge("claim", signs, allowed, levels, HEAD_SHARE)


def _claim_signs(scores: SlotScores, tokens: list[int]) -> Floats:
    head = posteriors(scores.claims[tokens].mean(0))
    return judge_signs(head, scores.words, scores.sentences, tokens, CUES["claim"])


def fit_stage(
    held: Iterable[Held],
    rankings: Mapping[str, Mapping[str, list[Ranked]]],
    settings: SlotSettings,
) -> CueJudge:
    """Return what the incidents of the keys teach, all of a kind in a report as one.

    Signs are those near the fillers that are found, not near those of the key: many of
    what was only threatened has hardly any in the key.
    """
    signs, allowed = [], []
    for one in held:
        kinds = [kind for kind, stages in enumerate(one.lesson.stages) if stages]
        if not kinds or not one.scores.words:
            continue
        parts = choose_parts(one.scores, settings, rankings[one.lesson.doc_id])
        shares = share_out(parts, kinds, settings.belongs)
        for kind in kinds:
            signs.append(_stage_signs(one.scores, kind, tokens_of(shares[kind])))
            stages = list(one.lesson.stages[kind])
            allowed.append(np.isin(np.arange(len(STAGES)), stages))
    return _judge("stage", signs, allowed, (1.0, RARE_STAGE, RARE_STAGE), None)


def _stage_signs(scores: SlotScores, kind: int, near: list[int]) -> Floats:
    words, sentences, others = scores.words, scores.sentences, kind_signs(kind)
    head = scores.stages[kind]
    return judge_signs(head, words, sentences, near, CUES["stage"], others)


def _judge(
    name: str,
    signs: list[Floats],
    allowed: list[np.ndarray],
    levels: tuple[float, ...],
    head_share: float | None,
) -> CueJudge:
    """Return a rule; its weights of what the head says are learnt without a share."""
    x = np.stack(signs)
    first = len(CUES[name]) * len(SCOPES) + 2
    head = slice(first, first + len(levels))
    spread = x.std(0) + 1e-3
    spread[head] = np.inf if head_share else spread[head] / HEAD_SPREAD
    mean = x.mean(0)
    weights = _regress((x - mean) / spread, np.stack(allowed), RIDGE[name])
    plain = weights[:, :-1] / spread
    constants = weights[:, -1] - plain @ mean
    rows = np.concatenate([plain, constants[:, None]], 1)
    if head_share:
        rows *= 1 - head_share
        rows[:, head] = head_share * np.eye(len(levels))
    weights = tuple(map(tuple, rows.round(3).tolist()))
    return CueJudge(cues=CUES[name], weights=weights, levels=levels)


def _regress(x: np.ndarray, right: np.ndarray, ridge: float) -> np.ndarray:
    """Return weights (claims, signs + 1) by which the allowed claims are likeliest."""
    rows = torch.from_numpy(np.concatenate([x, np.ones((len(x), 1))], 1)).float()
    barred = torch.from_numpy(~right).float() * -1e4
    weights = torch.zeros(right.shape[1], rows.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=60)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        shares = F.log_softmax(rows @ weights.T, 1)
        loss = -(shares + barred).logsumexp(1).sum()
        loss = loss + ridge / 2 * (weights[:, :-1] ** 2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    return weights.detach().numpy()  # type: ignore[no-any-return]
