"""Hand-made scores of the incident head for tests of what follows it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sayso.extract.incidents_candidates import SIGNS
from sayso.extract.incidents_cues import SCOPES
from sayso.reading import segment
from sayso.reading.slot_scores import (
    CLAIMS,
    DAMAGES,
    HARMS,
    KINDS,
    SLOTS,
    STAGES,
    CueJudge,
    FillerWords,
    SlotScores,
    SlotSettings,
)
from tests.build import spot

OUTSIDE, SURE = 0.005, 0.9
WIDTH = 2
NO_WORDS = FillerWords({}, {s: {} for s in SLOTS}, {s: {} for s in SLOTS})


def make_judge(
    levels: tuple[float, ...], cue: str = "claimed", **told: float
) -> CueJudge:
    """Return a rule of what the head says and a cue in the sentence.

    Args:
        levels: Of the labels: of claims or, where there are as few, of stages.
        cue: A pattern.
        told: What the cue speaks for, by label.
    """
    others = {len(CLAIMS): 0, len(STAGES): len(KINDS)}
    size = len(levels)
    near = len(SCOPES) + 2
    rows = np.zeros((size, near + size + others[size] + 1))
    np.fill_diagonal(rows[:, near:], 1)
    for label, weight in told.items():
        rows[CLAIMS.index(label), SCOPES.index("sentence")] = weight
    weights = tuple(map(tuple, rows.tolist()))
    return CueJudge(cues={cue: cue}, weights=weights, levels=levels)


def make_settings(**changes: object) -> SlotSettings:
    """Return settings by which a candidate is as likely as its best stretch."""
    weights = [0.0] * (len(SIGNS) + 5 * WIDTH + 1)
    weights[SIGNS.index("best")], weights[-1] = 4.0, 4.0
    plain = {
        "relevance": 0.5,
        "present": 0.5,
        "belongs": 0.5,
        "least": dict.fromkeys(SLOTS, 0.5),
        "ranker": dict.fromkeys(SLOTS, tuple(weights)),
        "claim": make_judge((1.0,) * len(CLAIMS)),
        "stage": make_judge((1.0,) * len(STAGES)),
    }
    return SlotSettings(**(plain | changes))  # type: ignore[arg-type]


def make_scores(
    text: str,
    fillers: Mapping[str, tuple[str, ...]],
    *,
    kinds: Mapping[str, tuple[str, ...]] | None = None,
    present: Mapping[str, float] | None = None,
    claims: Mapping[str, str] | None = None,
    relevance: float = 0.9,
) -> SlotScores:
    """Return scores in which the quoted words fill the slots, and nothing else does.

    Args:
        text: The report.
        fillers: Quotes by slot.
        kinds: Kinds of incident by quote; all belong to an attack without.
        present: Probability of each kind; an attack is sure without.
        claims: What is said of an organisation, by quote.
        relevance: Probability that MUC-4 asks for it.
    """
    tokens = segment.tokenise(text)
    written = [text[a:b] for a, b in tokens]
    paragraphs = segment.group_paragraphs(text, tokens)
    size = len(tokens)
    tags = np.full((len(SLOTS), size, 3), np.log(OUTSIDE), np.float32)
    tags[:, :, 0] = np.log(1 - 2 * OUTSIDE)
    belongs = np.zeros((size, len(KINDS)), np.float32)
    claim = np.zeros((size, len(CLAIMS)), np.float32)
    for slot, quotes in fillers.items():
        for quote in quotes:
            span = spot(text, quote)
            held = [n for n, t in enumerate(tokens) if span.holds(t)]
            for place, token in enumerate(held):
                row = [0.05, 0.05, 0.05]
                row[2 if place else 1] = SURE
                tags[SLOTS.index(slot), token] = np.log(row)
                for kind in (kinds or {}).get(quote, ("attack",)):
                    belongs[token, KINDS.index(kind)] = SURE
                if quote in (claims or {}):
                    claim[token, CLAIMS.index((claims or {})[quote])] = 3
    shares = {"attack": SURE} if present is None else present
    return SlotScores(
        tokens=tuple(tokens),
        words=tuple(word.lower() for word in written),
        sentences=tuple(segment.rough_sentences(written, tokens, paragraphs)),
        tags=tags,
        kinds=belongs,
        claims=claim,
        harms=np.zeros((size, len(HARMS)), np.float32),
        damages=np.zeros((size, len(DAMAGES)), np.float32),
        relevance=relevance,
        present=np.array([shares.get(kind, 0.0) for kind in KINDS], np.float32),
        stages=np.tile(np.array([0.8, 0.1, 0.1], np.float32), (len(KINDS), 1)),
        vectors=np.zeros((size, 2 * WIDTH), np.float32),
    )
