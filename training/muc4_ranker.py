"""Teach what follows the incident head and write it: `python -m training.muc4_ranker`.

`--heads` is the folder of `training.muc4`. What each fold's heads say of their own
fold, which they never saw, teaches one ranker of candidates a slot (logistic
regression), the judges of claims and stages, and the thresholds. Writes muc4.onnx,
muc4_words.tsv and muc4.json.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch
from msgspec.structs import replace

from evals.kits import report_of
from evals.muc4 import read_key, score, templates_of
from evals.sets import load_scorer, parser_for
from sayso.extract.incidents import Ranked, build_incidents, rank_candidates
from sayso.kit import Kit, load_kit
from sayso.reading.decode import posteriors
from sayso.reading.slot_scores import (
    CLAIMS,
    KINDS,
    SLOTS,
    STAGES,
    CueJudge,
    FillerWords,
    SlotScores,
    SlotSettings,
)
from sayso.reading.slots import (
    LABELS,
    NAME,
    SCHEMA,
    Page,
    embed_words,
    join_vectors,
    lay_out,
    load_shipped_slot_head,
    read_vectors,
)
from sayso.record import Record
from training.muc4 import FOLDS
from training.muc4_cues import fit_claim, fit_stage
from training.muc4_fit import Held, fit_rankers, hold
from training.muc4_model import Ensemble, IncidentHead, export_heads
from training.muc4_texts import Lesson, Row, make_lesson
from training.muc4_words import count_words, write_words

PEOPLE_LEAST = 0.3
OTHERS = {len(CLAIMS): 0, len(STAGES): len(KINDS)}


def without_cues(labels: int) -> CueJudge:
    """Return a rule that leaves all to the head."""
    others = OTHERS[labels]
    rows = np.zeros((labels, 2 + labels + others + 1))
    np.fill_diagonal(rows[:, 2:], 1)
    return CueJudge(
        cues={}, weights=tuple(map(tuple, rows.tolist())), levels=(1.0,) * labels
    )


def load_heads(folder: Path, part: str) -> list[IncidentHead]:
    """Return the heads of all seeds for `fold0` … or `all`."""
    heads = []
    for path in sorted(folder.glob(f"seed*-{part}.pt")):
        head = IncidentHead()
        head.load_state_dict(torch.load(path, weights_only=True))
        heads.append(head.eval())
    return heads


def hold_out(folder: Path, rows: list[Row], kit: Kit) -> list[Held]:
    """Return the reports of all folds that have heads, as those heads see them."""
    heads = {n: load_heads(folder, f"fold{n}") for n in range(FOLDS)}
    folds = {n: Ensemble(own) for n, own in heads.items() if own}
    if not folds:
        sys.exit(f"{folder} holds no heads: run python -m training.muc4 --out {folder}")
    out = []
    for number, row in enumerate(rows):
        if number % FOLDS in folds:
            page = lay_out(kit.model, row["text"])
            scores = read_page(folds[number % FOLDS], kit, page)
            record = Record(report=report_of(row), kit=kit.fingerprint)
            out.append(hold(row, make_lesson(row), scores, number % FOLDS, record))
    return out


@torch.no_grad()
def read_page(heads: Ensemble, kit: Kit, page: Page) -> SlotScores:
    """Return what heads in torch say, as `sayso.reading.slots.read_slots` would."""
    inputs = (
        read_vectors(kit.model, page),
        embed_words(kit.model.wordpiece, kit.model, page.words),
        page.places,
    )
    out = [part.numpy() for part in heads(*map(torch.from_numpy, inputs))]
    vectors = join_vectors(*inputs[:2])
    tags, kinds, claims, harms, damages, relevance, present, stages = out
    return SlotScores(
        page.tokens, tuple(page.words), tuple(page.sentences),
        tags, kinds, claims, harms, damages,
        float(relevance[0]), present, posteriors(stages), vectors,
    )  # fmt: skip


def choose_settings(
    settings: SlotSettings, measure: Callable[[SlotSettings], float]
) -> SlotSettings:
    """Return the settings after one round of trying each threshold in turn.

    All slots that are scored share one: what the rankers say is a probability, and a
    threshold a slot would learn the chances of these reports.
    """
    best = measure(settings)
    trials: list[dict[str, Any]] = [
        *({"least": all_least(least)} for least in (0.18, 0.2, 0.24, 0.26, 0.28)),
        *({"relevance": value} for value in (0.15, 0.25, 0.3)),
        *({"present": value} for value in (0.2, 0.3, 0.35)),
        *({"belongs": value} for value in (0.1, 0.3, 0.4)),
    ]
    for changes in trials:
        tried = replace(settings, **changes)
        figure = measure(tried)
        if figure > best:
            best, settings = figure, tried
            print(f"{best:.2f} {changes}", flush=True)
    return settings


def all_least(least: float) -> dict[str, float]:
    """Return one threshold for all slots but people, whom no metric asks for."""
    return dict.fromkeys(SLOTS, least) | {"people": PEOPLE_LEAST}


START = SlotSettings(
    relevance=0.2,
    present=0.25,
    belongs=0.2,
    least=all_least(0.22),
    ranker={},
    claim=without_cues(len(CLAIMS)),
    stage=without_cues(len(STAGES)),
)


Ranking = Mapping[str, list[Ranked]]


def make_templates(
    held: Iterable[Held],
    rankings: Mapping[str, Ranking],
    settings: Mapping[int, SlotSettings],
    kit: Kit,
) -> dict[str, list[Row]]:
    """Return the templates of reports without their times and places.

    Args:
        held: The reports.
        rankings: Their ranked candidates, by `doc_id`.
        settings: By fold.
        kit: For the names of states.
    """
    out = {}
    for one in held:
        ranking = rankings[one.lesson.doc_id]
        found = build_incidents(one.record, one.scores, settings[one.fold], ranking, "")
        out[one.lesson.doc_id] = templates_of(found, kit.names)
    return out


def rank_across(
    held: list[Held], lessons: list[Lesson], kit: Kit
) -> dict[str, Ranking]:
    """Return the ranked candidates, each report's by what the other folds teach.

    Args:
        held: The reports of some folds or all.
        lessons: All of the train part, in its order; their words are counted.
        kit: For the words that name people.
    """
    out = {}
    for fold in sorted({one.fold for one in held}):
        seen = [lesson for n, lesson in enumerate(lessons) if n % FOLDS != fold]
        words = count_words(seen, kit)
        ranker = fit_rankers([one for one in held if one.fold != fold], words)
        out |= {
            one.lesson.doc_id: rank_candidates(one.scores, ranker, words)
            for one in held
            if one.fold == fold
        }
    return out


def read_folds(folder: Path, rows: list[Row], kit: Kit) -> dict[str, list[Row]]:
    """Return the templates of the train reports, by what other folds teach.

    Thresholds, ten numbers, are those that are shipped. Folds without heads are left
    out.
    """
    held = hold_out(folder, rows, kit)
    lessons = [make_lesson(row) for row in rows]
    rankings = rank_across(held, lessons, kit)
    settings = load_shipped_slot_head().settings
    of_fold = {
        fold: with_judges(settings, [o for o in held if o.fold != fold], rankings)
        for fold in {one.fold for one in held}
    }
    return make_templates(held, rankings, of_fold, kit)


def with_judges(
    settings: SlotSettings, held: list[Held], rankings: Mapping[str, Ranking]
) -> SlotSettings:
    """Return settings with what the reports teach of claims and stages."""
    return replace(
        settings,
        claim=fit_claim(held),
        stage=fit_stage(held, rankings, settings),
    )


def main() -> None:
    """Parse the command line, teach and write."""
    parser = parser_for(__doc__ or "")
    parser.add_argument("--heads", type=Path, required=True, help="of training.muc4")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    kit = load_kit()
    path = arguments.data / "data" / "muc4" / "train.jsonl"
    rows = read_key(path)
    held = hold_out(arguments.heads, rows, kit)
    lessons = [make_lesson(row) for row in rows]
    rankings = rank_across(held, lessons, kit)
    scorer = load_scorer("score_muc4", arguments)

    def measure(settings: SlotSettings) -> float:
        of_fold = dict.fromkeys(range(FOLDS), settings)
        said = make_templates(held, rankings, of_fold, kit)
        found = score(scorer, [path], said, draws=0)
        return float(found["tmpl"]["micro"][2] + found["ree"]["micro"][2])

    settings = with_judges(choose_settings(START, measure), held, rankings)
    words = count_words(lessons, kit)
    settings = replace(settings, ranker=fit_rankers(held, words))
    heads = [h for n in range(FOLDS) for h in load_heads(arguments.heads, f"fold{n}")]
    write_model(heads, words, settings, path, arguments.out)


def write_model(
    heads: list[IncidentHead],
    words: FillerWords,
    settings: SlotSettings,
    key: Path,
    out: Path,
) -> None:
    """Write muc4.onnx, muc4_words.tsv and muc4.json."""
    paths = [out / f"{NAME}.onnx", out / f"{NAME}_words.tsv"]
    export_heads(heads, paths[0])
    write_words(words, paths[1])
    about = {
        "schema": SCHEMA,
        "version": "1",
        "heads": len(heads),
        "labels": LABELS,
        "trained_on": {key.name: hashlib.sha256(key.read_bytes()).hexdigest()},
        "settings": msgspec.to_builtins(settings),
        "sha256": {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in paths},
    }
    text = json.dumps(about) + "\n"
    (out / f"{NAME}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
