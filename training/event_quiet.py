"""Text that reports no act, as rows on which the trigger head learns to say no.

All that the conflict set teaches stands in war reports, so a head trained on it alone
takes "ferries leave daily" for a withdrawal. Reviews, answers to questions and office
mail of EWT train hardly ever tell an act that PLOVER codes; every word of them counts
as none. None of `evals.false_events` is among them.
"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from evals.kits import report_of
from sayso.extract.events.features import candidates, trigger_rows
from sayso.extract.events.stage import set_stage
from sayso.extract.statements import find_statements
from sayso.reading.encoder import read_text
from sayso.reading.model import Model
from sayso.vocab.event_words import EventWords
from sayso.vocab.lexicon import Lexicon
from training.conllu import read_conllu
from training.event_rows import UNKNOWN, Triggers

GENRES = ("answers", "email", "reviews")
LIMIT = 25_000  # words that may name an act; two thirds of those of the conflict set


def quiet_triggers(
    data: Path, model: Model, lexicon: Lexicon, words: EventWords, limit: int = LIMIT
) -> Triggers:
    """Return rows of at least `limit` words, drawn by seed, none of which is an act."""
    documents = [
        (name, text)
        for name, text, _ in read_conllu(data / "data/ud/ewt-train.conllu")
        if name.partition("-")[0] in GENRES
    ]
    random.Random(3).shuffle(documents)
    parts: list[np.ndarray] = []
    for name, text in documents:
        if sum(map(len, parts)) >= limit:
            break
        report = report_of({"doc_id": name, "text": text})
        reading = read_text(model, report.text)
        statements = find_statements(report, reading, lexicon)
        stage = set_stage(report, reading, statements, words)
        parts.append(trigger_rows(stage, candidates(stage)).astype(np.float16))
    rows = np.concatenate(parts)
    open_labels = np.full(len(rows), UNKNOWN)
    return Triggers(rows, np.zeros(len(rows), np.int64), open_labels, open_labels)
