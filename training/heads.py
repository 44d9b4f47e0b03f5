"""Train the heads of attribution on the frozen trunk: `python -m training.heads`.

1. Vectors of the shipped int8 trunk are cached for PolNeAR train, our own gold and the
   conflict set.
2. The heads go on from the trunk's checkpoint over PolNeAR and our own gold.
3. For each fold of the conflict set they are fine-tuned on the other folds (with own
   gold and a draw of PolNeAR beside), and written as a model folder for
   `evals/conflict.py`.
4. The shipped heads are fine-tuned likewise on all conflict reports but those that
   `evals/gate_reports.json` names.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import os
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from sayso.reading.encoder import Model, load_model, prepare, run_trunk
from sayso.reading.heads import span_features
from sayso.reading.windows import plan_windows
from sayso.record.claims import Stance
from training.documents import Document, load_conflict, load_polnear
from training.export_trunk import load_checkpoint
from training.head_model import Heads, export_heads
from training.meta import write_meta
from training.train_trunk import flat_posteriors
from training.windows import OPEN, Encoded, encode_document, link_targets

HERE = Path(__file__).parent
FOLDS = 5
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
    allowed = F.one_hot(cue_gold.clamp(min=0), 3).bool() | (cue_gold == OPEN).unsqueeze(
        -1
    )
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
    from sayso.reading import decode

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
    for name in (
        "trunk.onnx",
        "embeddings.npz",
        "labels.onnx",
        "vocab.txt",
        "trunk.json",
    ):
        if (out / name).resolve() != (trunk / name).resolve():
            (out / name).unlink(missing_ok=True)
            try:
                os.link(trunk / name, out / name)
            except OSError:
                (out / name).write_bytes((trunk / name).read_bytes())
    export_heads(heads, out)
    write_meta(out, about)


def fold_of(name: str) -> int:
    """Return the fold of a conflict report, by its name alone."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument(
        "--trunk", type=Path, required=True, help="folder of export_trunk"
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="folder of the shipped model"
    )
    parser.add_argument(
        "--folds", type=Path, help="folder for the fold models; none without"
    )
    parser.add_argument("--limit", type=int, help="PolNeAR documents, for a quick try")
    parser.add_argument("--passes", type=float, default=2.0, help="over PolNeAR")
    parser.add_argument(
        "--tuning-passes", type=int, default=8, help="over conflict and gold"
    )
    arguments = parser.parse_args()
    torch.manual_seed(3)
    checkpoint, state = load_checkpoint(arguments.checkpoint)
    heads = Heads()
    heads.start_from(checkpoint)
    write_model(heads, arguments.trunk, arguments.out, {"state": "before heads"})
    model = load_model(arguments.out)
    data = arguments.data / "data"
    polnear = cache(
        model, load_polnear(data / "polnear/train.jsonl")[: arguments.limit]
    )
    gold = cache(model, load_conflict([HERE / "build" / "gold.jsonl"]))
    regions = [
        data / f"conflict/{region}.jsonl" for region in ("africa", "asia", "levant")
    ]
    conflict = cache(model, load_conflict(regions))
    print(
        "windows:",
        *(sum(map(len, part)) for part in (polnear, gold, conflict)),
        flush=True,
    )
    whole = int(arguments.passes)
    rounds = passes(polnear + gold, [], 0.0, whole, 1)
    fit(heads, rounds, 7e-4, 8, "all")
    begin = copy.deepcopy(heads.state_dict())
    if arguments.folds:
        for fold in range(FOLDS):
            rest = [d for d in conflict if fold_of(d[0].encoded.document.name) != fold]
            heads.load_state_dict(begin)
            fit(
                heads,
                passes(rest + gold, polnear, 1.0, arguments.tuning_passes, 2),
                5e-4,
                8,
                f"fold {fold}",
            )
            names = [d[0].encoded.document.name for d in conflict]
            held = [name for name in names if fold_of(name) == fold]
            folder = arguments.folds / f"fold{fold}"
            write_model(
                heads,
                arguments.trunk,
                folder,
                {"state": f"fold {fold}", "held_out": held},
            )
    gate = set(
        json.loads((HERE.parent / "evals/gate_reports.json").read_text())["doc_ids"]
    )
    train = [d for d in conflict if d[0].encoded.document.name not in gate]
    heads.load_state_dict(begin)
    fit(
        heads,
        passes(train + gold, polnear, 1.0, arguments.tuning_passes, 2),
        5e-4,
        8,
        "shipped",
    )
    write_model(heads, arguments.trunk, arguments.out, {"steps": state["step"]})
    torch.save(heads.state_dict(), arguments.trunk / "heads.pt")


if __name__ == "__main__":
    main()
