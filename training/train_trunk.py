"""Train the trunk and its heads: `python -m training.train_trunk --out DIR`.

Resumes from the newest checkpoint in DIR. Runs `--processes` processes of one thread
each whose gradients are averaged, or one process on a GPU where there is one.
`--licensed-only` leaves out the corpora that state no licence (PolNeAR, UN speeches).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
import tomllib
from pathlib import Path

import torch
import torch.distributed as dist
from torch import Tensor
from torch.nn import functional as F

from sayso.reading.wordpiece import WordPiece, load_wordpiece
from training import windows
from training.documents import Document, load_conflict, load_polnear, load_treebank
from training.entities import load_entities
from training.model import Model, minilm_folder
from training.windows import (
    OPEN,
    Batch,
    Encoded,
    allowed_cue_tags,
    encode_document,
)

HERE = Path(__file__).parent


def load_documents(
    data: Path, *, licensed_only: bool = False
) -> dict[str, list[Document]]:
    """Return the training documents of each pool: syntax, entities, attribution."""
    ud = data / "data" / "ud"
    syntax = [
        *load_treebank(ud / "ewt-train.conllu", "ewt"),
        *load_treebank(ud / "ewt-dev.conllu", "ewt-dev"),
        *load_treebank(ud / "gum-train.conllu", "gum"),
    ]
    by_name = {(d.name, len(d.tokens)): d for d in syntax}
    entities = []
    for gold in load_entities(data / "data"):
        if licensed_only and gold.source == "un":
            continue
        twin = by_name.get((gold.name, len(gold.tokens)))
        if twin is not None:
            twin.tags = list(gold.tags)
        else:
            entities.append(_entity_document(gold))
    if licensed_only:
        built = HERE / "build" / "gold.jsonl"
        attribution = load_conflict([built])
    else:
        attribution = load_polnear(data / "data" / "polnear" / "train.jsonl")
    return {"syntax": syntax, "entities": entities, "attribution": attribution}


def _entity_document(gold) -> Document:  # type: ignore[no-untyped-def] # EntityDoc
    words = [gold.text[s:e] for s, e in gold.tokens]
    return Document(
        gold.name,
        gold.source,
        gold.text,
        list(gold.tokens),
        words,
        list(gold.sentences),
        list(gold.paragraphs),
        tags=list(gold.tags),
    )


def label_sets(documents: list[Document]) -> tuple[list[str], list[str]]:
    """Return the sorted parts of speech and relations of the treebanks."""
    upos = sorted({u for d in documents for u in d.upos or ()})
    relations = sorted({r for d in documents for r in d.deprels or ()})
    return upos, relations


def losses(model: Model, batch: Batch) -> dict[str, Tensor]:
    """Return the loss of each task over one batch, each about 1 at the start."""
    trunk = model.trunk
    embedded = trunk.embed(batch.pieces, batch.features)
    x = trunk.encode(embedded, batch.first, batch.mask)
    out = {
        "upos": _cross_entropy(trunk.upos(x), batch.upos),
        "starts": _cross_entropy(trunk.starts(x), batch.starts),
        "entities": _cross_entropy(trunk.entities(x), batch.tags),
    }
    arcs = _syntax_rows(batch)
    if arcs is not None:
        rows, words, heads = arcs
        scores = trunk.arc_scores(x)[rows, words].float()
        t = x.shape[1]
        allowed = F.pad(batch.same_sentence[rows, words], (0, 1), value=True)
        out["arcs"] = F.cross_entropy(scores.masked_fill(~allowed, -1e4), heads)
        dependent, head = trunk.label_parts(x)
        head = torch.cat(
            [head, trunk.label_root.expand(x.shape[0], 1, -1).to(head.dtype)], 1
        )
        labels = trunk.label_scores(
            dependent[rows, words], head[rows, heads.clamp(max=t)]
        )
        out["labels"] = F.cross_entropy(labels.float(), batch.deprels[rows, words])
    if batch.has_cues.any():
        out |= _attribution_losses(model, batch, x)
    return out


def _attribution_losses(model: Model, batch: Batch, x: Tensor) -> dict[str, Tensor]:
    trunk, rows = model.trunk, batch.has_cues
    n = rows.sum()
    cue_scores = trunk.cues(x).float()
    gold = batch.cues[rows]
    allowed = allowed_cue_tags(gold)
    out = {
        "cues": model.cue_crf.loss(cue_scores[rows], allowed, batch.lengths[rows]).sum()
        / n
        / 4
    }
    source_scores, content_scores = trunk.sources(x).float(), trunk.contents(x).float()
    out["flat"] = _cross_entropy(source_scores, batch.sources) + _cross_entropy(
        content_scores, batch.contents
    )
    links = batch.links
    if links is not None:
        flat = flat_posteriors(cue_scores, source_scores, content_scores)
        scores = model.link(
            x,
            flat,
            batch.quotes,
            links.window,
            links.cue,
            links.distance,
            links.sentence,
            links.paragraph,
            links.mask,
        ).float()
        gold = F.one_hot(links.tags, 5).bool()
        out["links"] = model.link_crf.loss(scores, gold, links.lengths).sum() / n / 4
    return out


def flat_posteriors(cues: Tensor, sources: Tensor, contents: Tensor) -> Tensor:
    """Return softmax scores (B, T, 9) of the three flat taggers."""
    return torch.cat([cues.softmax(-1), sources.softmax(-1), contents.softmax(-1)], -1)


def _syntax_rows(batch: Batch) -> tuple[Tensor, Tensor, Tensor] | None:
    rows, words = torch.nonzero(
        (batch.heads != OPEN) & (batch.deprels != OPEN), as_tuple=True
    )
    return (rows, words, batch.heads[rows, words]) if len(rows) else None


def _cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    if not (gold != OPEN).any():
        return scores.sum() * 0.0
    return F.cross_entropy(
        scores.float().flatten(0, 1), gold.flatten(), ignore_index=OPEN
    )


WEIGHTS = {
    "upos": 1.5,
    "starts": 0.75,
    "entities": 3.0,
    "arcs": 3.0,
    "labels": 2.0,
    "cues": 0.7,
    "flat": 1.0,
    "links": 0.6,
}


def optimiser(model: Model, config: dict[str, float]) -> torch.optim.AdamW:
    """Return AdamW with the slow group (encoder) and the fast one (heads)."""
    model.trunk.words.weight.requires_grad = False
    slow = [
        *model.trunk.layers.parameters(),
        *model.trunk.norm.parameters(),
        model.trunk.positions.weight,
        model.trunk.features.weight,
    ]
    known = {id(p) for p in slow}
    fast = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
    groups = [
        {"params": slow, "rate": config["encoder_rate"], "weight_decay": 0.01},
        {"params": fast, "rate": config["head_rate"], "weight_decay": 0.001},
    ]
    return torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98))


def rate_at(step: int, config: dict[str, float]) -> float:
    """Return the share of the peak rate at `step`: warm-up, then linear to zero."""
    steps = config["steps"]
    rising = step / max(1.0, config["warm_up"] * steps)
    falling = (steps - step) / (steps * (1 - config["warm_up"]))
    return max(0.0, min(rising, falling))


def average_gradients(model: Model, world: int) -> None:
    """Replace each gradient by its mean over the processes."""
    grads = []
    for p in model.parameters():
        if p.requires_grad:
            if p.grad is None:
                p.grad = torch.zeros_like(p)
            grads.append(p.grad)
    flat = torch.cat([g.flatten() for g in grads])
    dist.all_reduce(flat)
    flat /= world
    at = 0
    for g in grads:
        g.copy_(flat[at : at + g.numel()].view_as(g))
        at += g.numel()


def train(rank: int, arguments: argparse.Namespace, config: dict) -> None:  # type: ignore[type-arg]
    """Run one process of the training."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    world = arguments.processes
    if world > 1:
        dist.init_process_group("gloo", rank=rank, world_size=world)
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(config["seed"] + rank)
    wordpiece = load_wordpiece(minilm_folder() / "vocab.txt")
    pools, upos, relations = _pools(arguments, config, wordpiece)
    model = Model(config["layers"], len(relations), len(upos))
    model.start_from_minilm()
    model.to(device)
    optimizer = optimiser(model, config)
    step = _resume(arguments.out, model, optimizer)
    stream = windows.batches(
        pools,
        wordpiece,
        config["seed"] + 1000 * rank + 7 * step,
        config["pieces"] // world,
    )
    saved = begun = time.time()
    seen, log = 0, {}
    while step < config["steps"]:
        batch = next(stream)
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * rate_at(step, config)
        with torch.autocast(device.type, torch.bfloat16, enabled=not arguments.float32):
            parts = losses(model, batch)
        total = sum(
            (WEIGHTS[name] * part for name, part in parts.items()), torch.zeros(())
        )
        optimizer.zero_grad(set_to_none=False)
        total.backward()
        if world > 1:
            average_gradients(model, world)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        step += 1
        seen += batch.size * world
        for name, part in parts.items():
            log[name] = log.get(name, 0.0) * 0.98 + 0.02 * part.item()
        if rank == 0 and step % 20 == 0:
            spent = time.time() - begun
            values = " ".join(
                f"{k} {v / (1 - 0.98 ** min(step, 500)):.3f}" for k, v in log.items()
            )
            print(
                f"{step} {seen / spent:.0f} pieces/s {spent / 60:.1f} min {values}",
                flush=True,
            )
        if rank == 0 and (
            time.time() - saved > 60 * config["checkpoint_minutes"]
            or step == config["steps"]
        ):
            _save(arguments.out, model, optimizer, step, upos, relations)
            saved = time.time()


def _pools(
    arguments: argparse.Namespace,
    config: dict,
    wordpiece: WordPiece,  # type: ignore[type-arg]
) -> tuple[list[tuple[list[Encoded], float]], list[str], list[str]]:
    documents = load_documents(arguments.data, licensed_only=arguments.licensed_only)
    upos, relations = label_sets(documents["syntax"])
    upos_ids = {u: n for n, u in enumerate(upos)}
    relation_ids = {r: n for n, r in enumerate(relations)}
    pools = [
        (
            [
                encode_document(d, wordpiece, upos_ids, relation_ids)
                for d in documents[name]
            ],
            share,
        )
        for name, share in config["shares"].items()
    ]
    return pools, upos, relations


def _save(
    out: Path,
    model: Model,
    optimizer: torch.optim.Optimizer,
    step: int,
    upos: list[str],
    relations: list[str],
) -> None:
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": step,
        "upos": upos,
        "relations": relations,
        "layers": len(model.trunk.layers),
    }
    torch.save(state, out / "checkpoint.tmp")
    (out / "checkpoint.tmp").rename(out / "checkpoint.pt")


def _resume(out: Path, model: Model, optimizer: torch.optim.Optimizer) -> int:
    path = out / "checkpoint.pt"
    if not path.exists():
        return 0
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])


def main() -> None:
    """Parse the command line and start the processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=HERE / "trunk.toml")
    parser.add_argument(
        "--processes", type=int, default=1 if torch.cuda.is_available() else 2
    )
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--steps", type=int, help="instead of the steps in the config")
    parser.add_argument(
        "--float32", action="store_true", help="no bfloat16 matrix products"
    )
    parser.add_argument("--licensed-only", action="store_true")
    arguments = parser.parse_args()
    config = tomllib.loads(arguments.config.read_text(encoding="utf-8"))
    config["steps"] = arguments.steps or config["steps"]
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "config.json").write_text(json.dumps(config), encoding="utf-8")
    random.seed(config["seed"])
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29517")
    if arguments.processes == 1:
        train(0, arguments, config)
    else:
        torch.multiprocessing.spawn(
            train, args=(arguments, config), nprocs=arguments.processes
        )


if __name__ == "__main__":
    main()
