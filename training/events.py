"""Train the event heads on the frozen trunk: `python -m training.events`.

Rows come from the conflict set and our own gold, read with their gold statements; the
factuality head learns from UDS-IH2, MEANTIME, MegaVeridicality and RP. As with the
heads of attribution there is one model a fold of the conflict set, which never sees
that fold's reports, and the shipped one, which never sees those of the gate. The heads
are written into the model folders beside the heads of attribution.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from sayso.extract.events.features import candidates, trigger_rows
from sayso.reading.model import load_model
from sayso.vocab.event_words import load_event_words
from sayso.vocab.lexicon import load_lexicon
from training.event_data import GoldReport, factuality_rows, load_reports
from training.event_model import HABITS, RowNet, export_nets, habit_of, write_names
from training.event_quiet import quiet_triggers
from training.event_rows import UNKNOWN, Report, Triggers, build
from training.heads import FOLDS, REGIONS, fold_of

HERE = Path(__file__).parent
MEMBERS = 2
"""Nets a head, of other seeds, whose answers are averaged."""
PAIR_EPOCHS = {"same": 6, "roles": 10, "told": 10, "implied": 6}
HABITUAL = ("trigger", "implied")
"""Heads that learn each set's habits; the others were no better for it by folds."""
Losses = Callable[[tuple[Tensor, ...], Tensor], Tensor]


def fit(
    net: RowNet,
    rows: np.ndarray,
    loss_of: Losses,
    *,
    epochs: int,
    habits: np.ndarray | None = None,
    rate: float = 2e-3,
    batch: int = 128,
    seed: int = 0,
) -> RowNet:
    """Train a net on rows, the rate falling to zero.

    Args:
        net: Trained in place and returned.
        rows: float16 or float32 (N, F).
        loss_of: From the net's scores and the numbers of the rows to the loss.
        epochs: Passes over all rows.
        habits: int64 (N,), whose habit each row follows; None: all the first.
        rate: Highest learning rate.
        batch: Rows a step.
        seed: Of the order.
    """
    whole = torch.from_numpy(rows)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.02)
    order = np.random.default_rng(seed)
    steps, done = epochs * (len(rows) // batch + 1), 0
    net.train()
    for _ in range(epochs):
        numbers = order.permutation(len(rows))
        for at in range(0, len(rows), batch):
            some = torch.from_numpy(numbers[at : at + batch])
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1.0, (done + 1) / 50) * (1 - done / steps)
            which = None if habits is None else torch.from_numpy(habits[some.numpy()])
            loss = loss_of(net(whole[some].float(), which), some)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            done += 1
    net.eval()
    return net


def train_factuality(sets: dict[str, tuple[np.ndarray, np.ndarray]]) -> RowNet:
    """Return the head that says how far a clause has an act happen, -3 to 3."""
    rows = np.concatenate([rows for rows, _ in sets.values()])
    gold = torch.from_numpy(np.concatenate([labels for _, labels in sets.values()]))
    net = RowNet.of("factual")
    return fit(
        net,
        rows,
        lambda out, some: (out[0][:, 0] - gold[some]).abs().mean(),
        epochs=4,
        batch=256,
    )


def train_nets(
    reports: list[Report], habits: list[int], quiet: Triggers, n_modes: int, seed: int
) -> dict[str, RowNet]:
    """Return all heads but that of factuality, trained on some reports.

    Args:
        reports: Their rows.
        habits: Whose habit each report follows, the conflict set's 0.
        quiet: Text without acts, which every habit leaves unmarked.
        n_modes: Modes that the trigger head tells apart.
        seed: Of starts and orders.
    """
    torch.manual_seed(seed)
    words = [*(r.triggers for r in reports), quiet]
    own = _habits([len(r.triggers.rows) for r in reports], habits)
    still = np.arange(len(quiet.rows)) % HABITS
    nets = {
        "trigger": _train_triggers(words, np.append(own, still), n_modes, seed),
    }
    for name in PAIR_EPOCHS:
        nets[name] = _train_pairs(name, reports, habits, seed)
    return nets


def _habits(sizes: list[int], habits: list[int]) -> np.ndarray:
    return np.repeat(np.array(habits, np.int64), sizes)


def _train_pairs(
    name: str, reports: list[Report], habits: list[int], seed: int
) -> RowNet:
    pairs = [getattr(r, name) for r in reports]
    gold = torch.from_numpy(np.concatenate([labels for _, labels in pairs]))
    own = _habits([len(labels) for _, labels in pairs], habits)
    return fit(
        RowNet.of(name),
        np.concatenate([rows for rows, _ in pairs]),
        lambda out, some: F.cross_entropy(out[0], gold[some], label_smoothing=0.02),
        epochs=PAIR_EPOCHS[name],
        habits=own if name in HABITUAL else None,
        seed=seed,
    )


def _train_triggers(
    parts: list[Triggers], habits: np.ndarray, n_modes: int, seed: int
) -> RowNet:
    rows = np.concatenate([p.rows for p in parts])
    types, modes, generic = (
        torch.from_numpy(np.concatenate([getattr(p, name) for p in parts]))
        for name in ("types", "modes", "generic")
    )

    def loss_of(out: tuple[Tensor, ...], some: Tensor) -> Tensor:
        loss = F.cross_entropy(out[0], types[some], ignore_index=UNKNOWN)
        known = modes[some] != UNKNOWN
        if known.any():
            loss = loss + 0.2 * F.cross_entropy(out[1][known], modes[some][known])
            loss = loss + 0.1 * F.cross_entropy(out[2][known], generic[some][known])
        return loss

    net = RowNet.of("trigger", modes=n_modes)
    return fit(
        net,
        rows,
        loss_of,
        epochs=12,
        habits=habits,
        rate=3e-3,
        batch=256,
        seed=seed,
    )


def say_factual(net: RowNet, gold: GoldReport) -> dict[int, float]:
    """Return what the factuality head says of each candidate of a report."""
    tokens = candidates(gold.stage)
    with torch.no_grad():
        scores = net(torch.from_numpy(trigger_rows(gold.stage, tokens)))[0][:, 0]
    return dict(zip(tokens, scores.tolist(), strict=True))


def prepare(data: Path, cache: Path, folder: Path) -> dict[str, Any]:
    """Return rows of all reports, the mode names and the factuality head; cached.

    Args:
        data: Folder of the corpora.
        cache: Where the rows are kept; they fit one trunk and one set of features.
        folder: A model with the trunk.
    """
    if cache.exists():
        return dict(pickle.loads(cache.read_bytes()))  # our own file
    model = load_model(folder, with_events=False)
    words = load_event_words()
    conflict = [
        report
        for region in REGIONS
        for report in load_reports(data / f"data/conflict/{region}.jsonl", model, words)
    ]
    own = load_reports(HERE / "build" / "gold.jsonl", model, words)
    modes = sorted({(e.kind, e.mode or "") for r in conflict + own for e in r.events})
    torch.manual_seed(0)
    factual = train_factuality(factuality_rows(data, model, words, "train"))
    rng = np.random.default_rng(5)
    rows = {
        r.name: build(r, modes, rng, say_factual(factual, r)) for r in conflict + own
    }
    kept = {
        "modes": modes,
        "factual": factual.state_dict(),
        "quiet": quiet_triggers(data, model, load_lexicon(), words),
        "rows": rows,
        "conflict": [r.name for r in conflict],
        "own": [r.name for r in own],
    }
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_bytes(pickle.dumps(kept, 5))
    return kept


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True, help="folder of the models")
    parser.add_argument("--cache", type=Path, default=HERE / "build" / "event-rows.pkl")
    parser.add_argument("--jobs", nargs="*", help="of: shipped, fold0 to fold4")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    kept = prepare(arguments.data, arguments.cache, arguments.out / "shipped")
    factual = RowNet.of("factual")
    factual.load_state_dict(kept["factual"])
    factual.eval()
    conflict = set(kept["conflict"])
    gate = json.loads((HERE.parent / "evals/gate_reports.json").read_bytes())
    held = {
        f"fold{n}": {r for r in kept["conflict"] if fold_of(r) == n}
        for n in range(FOLDS)
    }
    held["shipped"] = set(gate["doc_ids"])
    for job in arguments.jobs or held:
        begun = time.time()
        names = [n for n in (*kept["conflict"], *kept["own"]) if n not in held[job]]
        reports = [kept["rows"][name] for name in names]
        habits = [habit_of(name, conflict) for name in names]
        modes = len(kept["modes"])
        members = [
            train_nets(reports, habits, kept["quiet"], modes, seed)
            for seed in range(MEMBERS)
        ]
        nets = {name: [nets[name] for nets in members] for name in members[0]}
        export_nets({**nets, "factual": [factual]}, arguments.out / job)
        write_names(arguments.out / job, kept["modes"])
        print(f"{job}: {len(reports)} reports, {time.time() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
