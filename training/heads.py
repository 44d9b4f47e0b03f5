"""Train the heads of attribution on the frozen trunk: `python -m training.heads`.

The heads go on from what was trained together with the trunk. Vectors of the int8 trunk
are cached for the conflict set, our own gold and a draw of PolNeAR; then six models are
fine-tuned: one a fold of the conflict set, which never sees that fold's reports
(`evals/conflict.py` scores them), and the shipped one, which never sees the reports of
`evals/gate_reports.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from sayso.reading import decode
from sayso.reading.encoder import prepare, run_trunk
from sayso.reading.heads import span_features
from sayso.reading.model import Model, load_model
from sayso.reading.windows import plan_windows
from sayso.record.claims import Stance
from training.documents import Document, load_conflict, load_polnear
from training.export_trunk import load_checkpoint
from training.head_model import Heads, export_heads
from training.meta import TRUNK_FILES, write_meta
from training.train_trunk import flat_posteriors
from training.windows import (
    OPEN,
    Encoded,
    allowed_cue_tags,
    encode_document,
    link_targets,
)

HERE = Path(__file__).parent
FOLDS = 5
REGIONS = ("africa", "asia", "levant")
STANCES = {str(stance): number for number, stance in enumerate(Stance)}


@dataclass(frozen=True)
class Cached:
    """One window of a document with its vectors, float16 (T, H)."""

    encoded: Encoded
    start: int
    end: int
    vectors: np.ndarray


def cache(model: Model, documents: list[Document]) -> list[list[Cached]]:
    """Return the windows of each document as the shipped reader plans them."""
    out = []
    for document in documents:
        draft = prepare(
            model.wordpiece, document.words, document.paragraphs, document.sentences
        )
        encoded = encode_document(document, model.wordpiece, {}, {})
        windows = []
        for window in plan_windows([len(p) for p in draft.pieces], document.sentences):
            vectors = run_trunk(model, draft, window)[0].astype(np.float16)
            windows.append(Cached(encoded, window.start, window.end, vectors))
        out.append(windows)
    return out


def loss_of(heads: Heads, windows: list[Cached]) -> Tensor:
    """Return the summed loss of a batch of windows, a window's about 1 when trained."""
    n, t = len(windows), max(w.end - w.start for w in windows)
    x = torch.zeros(n, t, windows[0].vectors.shape[1])
    gold = np.full((3, n, t), OPEN)
    quotes = np.zeros((n, t), int)
    for i, w in enumerate(windows):
        size = w.end - w.start
        x[i, :size] = torch.from_numpy(w.vectors.astype(np.float32))
        usable = w.encoded.usable[w.start : w.end]
        for row, name in enumerate(("cues", "sources", "contents")):
            gold[row, i, :size] = np.where(
                usable, getattr(w.encoded, name)[w.start : w.end], OPEN
            )
        quotes[i, :size] = w.encoded.quotes[w.start : w.end]
    lengths = torch.tensor([w.end - w.start for w in windows])
    scores = heads.flat(x)
    cues, sources, contents = scores.split(3, -1)
    cue_gold = torch.from_numpy(gold[0])
    allowed = allowed_cue_tags(cue_gold)
    total = heads.cue_crf.loss(cues, allowed, lengths).sum() / 4
    for part, labels in ((sources, gold[1]), (contents, gold[2])):
        total = total + 3 * F.cross_entropy(
            part.flatten(0, 1), torch.from_numpy(labels).flatten(), ignore_index=OPEN
        )
    links = link_targets(
        [(w.encoded, w.start, w.end) for w in windows], t, random.Random(0)
    )
    if links is None:
        return total
    with torch.autocast("cpu", torch.bfloat16):
        emissions = heads.link(
            x,
            flat_posteriors(cues, sources, contents),
            torch.from_numpy(quotes),
            links.window,
            links.cue,
            links.distance,
            links.sentence,
            links.paragraph,
            links.mask,
        )
    emissions = emissions.float()
    tags = F.one_hot(links.tags, 5).bool()
    total = total + heads.link_crf.loss(emissions, tags, links.lengths).sum() / 4
    return total + _span_loss(heads, windows, links)


def _span_loss(heads, windows, links) -> Tensor:  # type: ignore[no-untyped-def]
    rows, stances, speech = [], [], []
    for k, stance in enumerate(links.stance):
        if stance is None:
            continue
        vectors = windows[int(links.window[k])].vectors.astype(np.float32)
        source, content = _gold_ranges(links.tags[k].numpy())
        first, last = links.cue[k].tolist()
        rows.append(span_features(vectors, (first, last + 1), source, content))
        stances.append(STANCES[stance])
        speech.append(int(bool(links.speech[k])))
    if not rows:
        return torch.zeros(())
    stance_scores, speech_scores = heads.span(torch.from_numpy(np.stack(rows)))
    return 2 * F.cross_entropy(
        stance_scores, torch.tensor(stances), label_smoothing=0.05
    ) + F.cross_entropy(speech_scores, torch.tensor(speech))


def _gold_ranges(
    tags: np.ndarray,
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    path = tags.tolist()
    return decode.runs(path, 1, 2), decode.runs(path, 3, 4)


def fit(
    heads: Heads, rounds: list[list[Cached]], rate: float, batch: int, note: str
) -> None:
    """Train `heads` over `rounds` (one shuffled pass each), rate falling to zero."""
    optimizer = torch.optim.AdamW(heads.parameters(), lr=rate, weight_decay=0.01)
    steps = sum(len(r) // batch for r in rounds)
    done, begun, mean = 0, time.time(), 0.0
    heads.train()
    for windows in rounds:
        for at in range(0, len(windows) - batch + 1, batch):
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1.0, (done + 1) / 30) * (1 - done / steps)
            loss = loss_of(heads, windows[at : at + batch]) / batch
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(heads.parameters(), 5.0)
            optimizer.step()
            done += 1
            mean = loss.item() if done == 1 else 0.98 * mean + 0.02 * loss.item()
            if done % 100 == 0:
                print(
                    f"{note} {done}/{steps} {mean:.3f} {time.time() - begun:.0f} s",
                    flush=True,
                )
    heads.eval()


def passes(
    always: list[list[Cached]],
    drawn: list[list[Cached]],
    share: float,
    n: int,
    seed: int,
) -> list[list[Cached]]:
    """Return `n` shuffled passes over `always`, each with a draw of `drawn` beside."""
    rng = random.Random(seed)
    fixed = [w for d in always for w in d]
    pool = [w for d in drawn for w in d]
    out = []
    for _ in range(n):
        windows = fixed + rng.sample(pool, min(len(pool), int(share * len(fixed))))
        rng.shuffle(windows)
        out.append(windows)
    return out


def write_model(heads: Heads, trunk: Path, out: Path, about: dict) -> None:  # type: ignore[type-arg]
    """Write a whole model folder: the trunk's files, the heads' files and meta.json."""
    out.mkdir(parents=True, exist_ok=True)
    for name in TRUNK_FILES:
        if (out / name).resolve() != (trunk / name).resolve():
            (out / name).unlink(missing_ok=True)
            try:
                os.link(trunk / name, out / name)
            except OSError:
                (out / name).write_bytes((trunk / name).read_bytes())
    export_heads(heads, out)
    write_meta(out, trunk, about)


def fold_of(name: str) -> int:
    """Return the fold of a conflict report, by its name alone."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS


@dataclass(frozen=True)
class Job:
    """One fine-tuning: which reports it must not see and where its model goes."""

    note: str
    held_out: frozenset[str]
    folder: Path


@dataclass(frozen=True)
class Material:
    """What all jobs share; worker processes get it by fork, without a copy."""

    begin: dict[str, Tensor]
    trunk: Path
    passes: int
    share: float
    always: list[list[Cached]]
    conflict: list[list[Cached]]
    drawn: list[list[Cached]]


def tune(job: Job) -> str:
    """Fine-tune from the common start on all but the held-out reports, and write."""
    material = _SHARED["material"]
    torch.manual_seed(4)
    heads = Heads()
    heads.load_state_dict(material.begin)
    rest = [d for d in material.conflict if name_of(d) not in job.held_out]
    rounds = passes(
        rest + material.always, material.drawn, material.share, material.passes, 2
    )
    fit(heads, rounds, 6e-4, 8, job.note)
    about = {"state": job.note, "held_out": sorted(job.held_out)}
    write_model(heads, material.trunk, job.folder, about)
    torch.save(heads.state_dict(), job.folder / "heads.pt")
    return job.note


_SHARED: dict[str, Material] = {}


def name_of(windows: list[Cached]) -> str:
    """Return the name of a cached document."""
    return windows[0].encoded.document.name


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument(
        "--trunk", type=Path, required=True, help="folder of export_trunk"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the models")
    parser.add_argument(
        "--jobs", nargs="*", help="of: shipped, fold0 to fold4; all without"
    )
    parser.add_argument(
        "--polnear", type=int, default=840, help="documents to draw from"
    )
    parser.add_argument(
        "--passes", type=int, default=3, help="over conflict set and gold"
    )
    parser.add_argument("--share", type=float, default=4.0, help="of PolNeAR in a pass")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--licensed-only", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(3)
    checkpoint, _ = load_checkpoint(arguments.checkpoint)
    heads = Heads()
    heads.start_from(checkpoint)
    start = arguments.out / "start"
    write_model(heads, arguments.trunk, start, {"state": "start"})
    model = load_model(start, with_events=False)
    data = arguments.data / "data"
    regions = [data / f"conflict/{region}.jsonl" for region in REGIONS]
    path = data / "polnear/train.jsonl"
    polnear = [] if arguments.licensed_only else load_polnear(path)
    drawn = random.Random(9).sample(polnear, min(len(polnear), arguments.polnear))
    material = Material(
        heads.state_dict(),
        arguments.trunk,
        arguments.passes,
        arguments.share,
        cache(model, load_conflict([HERE / "build" / "gold.jsonl"])),
        cache(model, load_conflict(regions)),
        cache(model, drawn),
    )
    _SHARED["material"] = material
    jobs = [
        job
        for job in plan_jobs(material.conflict, arguments.out)
        if not arguments.jobs or job.note in arguments.jobs
    ]
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(arguments.processes, mp_context=context) as pool:
        for note in pool.map(tune, jobs):
            print("written:", note, flush=True)


def plan_jobs(conflict: list[list[Cached]], out: Path) -> list[Job]:
    """Return the shipped model's job and one job a fold."""
    gate = json.loads(
        (HERE.parent / "evals/gate_reports.json").read_text(encoding="utf-8")
    )
    names = [name_of(document) for document in conflict]
    folds = [frozenset(n for n in names if fold_of(n) == fold) for fold in range(FOLDS)]
    return [
        Job("shipped", frozenset(gate["doc_ids"]), out / "shipped"),
        *(Job(f"fold{n}", held, out / f"fold{n}") for n, held in enumerate(folds)),
    ]


if __name__ == "__main__":
    main()
