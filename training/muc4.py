"""Train the incident head: `python -m training.muc4 --data FOLDER --out FOLDER`.

Vectors of the frozen trunk are cached, then heads are trained on the train part of
MUC-4, one a fold, which never sees that fold's reports. What they say of their own fold
teaches the ranker of candidates and the thresholds, and the mean of some of them is
what ships (`training.muc4_ranker`). The dev part is measured by `evals.muc4` and trains
nothing.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from sayso.kit import load_kit
from sayso.reading.model import Model
from sayso.reading.slot_scores import KINDS, SLOTS, STAGES
from sayso.reading.slots import embed_words, lay_out, read_vectors
from training.muc4_model import IncidentHead, Scores, normed
from training.muc4_texts import OPEN, Lesson, Row, make_lesson, read_key

FOLDS = 5
EPOCHS = 6
RATE = 2e-3
BATCH_TOKENS = 1600
MAX_TOKENS = 600  # what stands behind is read, but no lesson is drawn from it
KEPT = 0.85  # of the texts without an incident in each epoch
QUIET = (
    0.7  # weight of their words: most of what they tell would be incidents elsewhere
)
INSIDE = 1.5  # weight of words inside fillers
CLAIM_WEIGHTS = torch.tensor([0.7, 1.5, 1.2, 1.5, 1.7, 1.0])  # rare claims count more
STAGE_WEIGHTS = torch.tensor([0.5, 1.5, 1.5])


@dataclass
class Text:
    """A report as the head takes it: `x` bfloat16 (T, 2 H), `places` int64 (T, 3)."""

    lesson: Lesson
    x: Tensor
    places: Tensor


def cache(model: Model, rows: list[Row]) -> list[Text]:
    """Return the reports with the vectors of the frozen trunk."""
    texts = []
    for row in rows:
        page = lay_out(model, row["text"])
        vectors = torch.from_numpy(read_vectors(model, page))
        words = torch.from_numpy(embed_words(model.wordpiece, model, page.words))
        x = normed(vectors, words).bfloat16()
        texts.append(Text(make_lesson(row), x, torch.from_numpy(page.places)))
    return texts


def plan(texts: list[Text], rng: random.Random) -> list[list[Text]]:
    """Return one epoch's batches: texts of like length together, in random order."""
    kept = [t for t in texts if t.lesson.relevant or rng.random() < KEPT]
    kept.sort(key=lambda text: len(text.x) + rng.random() * 60)
    batches: list[list[Text]] = [[]]
    for text in kept:
        if batches[-1] and (len(batches[-1]) + 1) * len(text.x) > BATCH_TOKENS:
            batches.append([])
        batches[-1].append(text)
    rng.shuffle(batches)
    return batches


def stack(parts: list[Tensor], size: int, fill: float = 0) -> Tensor:
    """Return tensors that begin with T as one, cut or filled up to `size`."""
    out = torch.full(
        (len(parts), size, *parts[0].shape[1:]), fill, dtype=parts[0].dtype
    )
    for number, part in enumerate(parts):
        out[number, : min(len(part), size)] = part[:size]
    return out


def loss_of(head: IncidentHead, batch: list[Text]) -> Tensor:
    """Return the mean loss of a text."""
    size = min(max(len(text.x) for text in batch), MAX_TOKENS)
    lessons = [text.lesson for text in batch]
    mask = stack([torch.ones(len(text.x)) for text in batch], size)
    with torch.autocast("cpu", torch.bfloat16):
        scores = head(
            stack([text.x for text in batch], size),
            stack([text.places for text in batch], size),
            mask,
        )
    scores = Scores(*(part.float() for part in scores))
    told = _word_loss(scores, lessons, size) / 40 + _text_loss(scores, lessons)
    told = told + 2 * sum(
        _filler_loss(getattr(scores, task), lessons, task, size)
        for task in ("claims", "harms", "damages")
    )
    return (told + 2 * _stage_loss(scores.stages, lessons)) / len(batch)


def _word_loss(scores: Scores, lessons: list[Lesson], size: int) -> Tensor:
    tags = stack([torch.from_numpy(one.tags) for one in lessons], size, OPEN)
    each = F.cross_entropy(
        scores.tags.unflatten(-1, (len(SLOTS), 3)).flatten(0, 2),
        tags.flatten(),
        weight=torch.tensor([1.0, INSIDE, INSIDE]),
        ignore_index=OPEN,
        reduction="none",
    ).view(len(lessons), -1)
    weights = torch.tensor([1.0 if one.relevant else QUIET for one in lessons])
    kinds = stack([torch.from_numpy(one.kinds) for one in lessons], size)
    within = stack([torch.from_numpy(one.in_filler) for one in lessons], size)
    belongs = F.binary_cross_entropy_with_logits(scores.kinds, kinds, reduction="none")
    return (each.sum(-1) * weights).sum() + (belongs.sum(-1) * within).sum()


def _text_loss(scores: Scores, lessons: list[Lesson]) -> Tensor:
    relevant = torch.tensor([float(one.relevant) for one in lessons])
    present = torch.from_numpy(np.stack([one.present for one in lessons]))
    pairs = ((scores.relevance, relevant), (scores.present, present))
    parts = [
        F.binary_cross_entropy_with_logits(said, gold, reduction="sum")
        for said, gold in pairs
    ]
    return 2 * (parts[0] + parts[1])


def _filler_loss(said: Tensor, lessons: list[Lesson], task: str, size: int) -> Tensor:
    """Return the loss of fillers, each judged by the mean score of all its words."""
    words, owners, allowed, weights = [], [], [], []
    for number, lesson in enumerate(lessons):
        for filler in lesson.fillers:
            tokens = [t for t in filler.tokens if t < size]
            if filler.task != task or not tokens:
                continue
            words += [number * size + token for token in tokens]
            owners += [len(allowed)] * len(tokens)
            allowed.append(torch.zeros(said.shape[-1]))
            allowed[-1][filler.labels] = 1
            weights.append(
                float(CLAIM_WEIGHTS[filler.labels[0]]) if task == "claims" else 0.5
            )
    if not allowed:
        return said.new_zeros(())
    owner = torch.tensor(owners)
    total = torch.zeros(len(allowed), said.shape[-1])
    total = total.index_add(0, owner, said.flatten(0, 1)[torch.tensor(words)])
    mean = total / torch.bincount(owner, minlength=len(allowed))[:, None]
    right = mean.log_softmax(-1) + torch.stack(allowed).clamp_min(1e-9).log()
    return -(right.logsumexp(-1) * torch.tensor(weights)).sum()


def _stage_loss(said: Tensor, lessons: list[Lesson]) -> Tensor:
    weights = torch.zeros(len(lessons), len(KINDS), len(STAGES))
    for number, lesson in enumerate(lessons):
        for kind, stages in enumerate(lesson.stages):
            for stage in stages:
                weights[number, kind, stage] = STAGE_WEIGHTS[stage]
    return -(said.log_softmax(-1) * weights).sum()


def fit(texts: list[Text], seed: int, note: str, epochs: int = EPOCHS) -> IncidentHead:
    """Return a head trained on `texts`, its rate falling to zero."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    head = IncidentHead()
    optimizer = torch.optim.AdamW(
        head.parameters(), lr=RATE, weight_decay=0.02, betas=(0.9, 0.98)
    )
    rounds = [plan(texts, rng) for _ in range(epochs)]
    steps, done, begun = sum(map(len, rounds)), 0, time.time()
    for number, batches in enumerate(rounds):
        head.train()
        mean = 0.0
        for batch in batches:
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1, (done + 1) / 60) * (1 - done / steps)
            loss = loss_of(head, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 2.0)
            optimizer.step()
            done += 1
            mean += loss.item() / len(batches)
        print(
            f"{note} epoch {number} {mean:.3f} {time.time() - begun:.0f} s", flush=True
        )
    return head.eval()


def main() -> None:
    """Parse the command line and train what is not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True, help="folder of the heads")
    parser.add_argument("--seeds", type=int, nargs="*", default=[0])
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    rows = read_key(arguments.data / "data" / "muc4" / "train.jsonl")
    texts = cache(load_kit().model, rows)
    for seed in arguments.seeds:
        for fold in range(FOLDS):
            name = f"seed{seed}-fold{fold}"
            path = arguments.out / f"{name}.pt"
            if path.exists():
                continue
            seen = [t for n, t in enumerate(texts) if n % FOLDS != fold]
            torch.save(fit(seen, seed, name).state_dict(), path)


if __name__ == "__main__":
    main()
