"""Teach what follows the incident head and write it: `python -m training.muc4_ranker`.

`--heads` is the folder of `training.muc4`. What each fold's heads say of their own
fold, which they never saw, teaches one ranker of candidates a slot (logistic
regression) and the thresholds. Writes muc4.onnx, muc4_words.tsv and muc4.json.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import torch
from msgspec.structs import replace

from evals.kits import report_of
from evals.muc4 import read_key, score, templates_of
from evals.sets import load_scorer, parser_for
from sayso.extract.incidents import Ranked, build_incidents, rank_candidates
from sayso.extract.incidents_candidates import SIGNS, find_candidates, read_signs
from sayso.kit import Kit, load_kit
from sayso.reading.decode import posteriors
from sayso.reading.slot_scores import (
    CLAIMS,
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
    lay_out,
    load_shipped_slot_head,
    read_vectors,
)
from sayso.record import Record
from training.muc4 import FOLDS
from training.muc4_cues import fit_claim, fit_stage
from training.muc4_model import Ensemble, IncidentHead, export_heads
from training.muc4_texts import Lesson, Row, make_lesson

RIDGE = 3.0
SHIPPED = 3  # fold heads whose mean is shipped: more would pass three megabytes
MAX_PHRASE = 6  # words
PEOPLE = ("individual", "people")
PHRASED = ("organisation", "target", "instrument")  # whose whole phrases are kept
LEAST_TEXTS = (
    2  # with a phrase as a filler: once is chance, and may name a private person
)
USUAL = 12  # texts that have a word: then it is kept even if it fills nothing


def without_cues(labels: int) -> CueJudge:
    """Return a rule that leaves all to the head."""
    return CueJudge(cues={}, weights=((0.0,) * 3,) * labels, levels=(1.0,) * labels)


START = SlotSettings(
    relevance=0.4,
    present=0.35,
    belongs=0.5,
    least=dict.fromkeys(SLOTS, 0.3),
    ranker={},
    claim=without_cues(len(CLAIMS)),
    stage=without_cues(len(STAGES)),
)


class Held(NamedTuple):
    """A report as heads see it that never saw its fold."""

    row: Row
    lesson: Lesson
    scores: SlotScores
    fold: int


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
            out.append(Held(row, make_lesson(row), scores, number % FOLDS))
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
    tags, kinds, claims, harms, damages, relevance, present, stages = out
    return SlotScores(
        page.tokens, tuple(page.words), tuple(page.sentences),
        tags, kinds, claims, harms, damages,
        float(relevance[0]), present, posteriors(stages),
    )  # fmt: skip


def count_words(lessons: Iterable[Lesson], kit: Kit) -> FillerWords:
    """Return in how many texts each phrase occurs, fills a slot or ends a filler.

    No names of persons: of those who did or suffered it only nouns for people are kept,
    and nothing that is part of a victim's name.
    """
    lessons = list(lessons)
    persons = {
        w for le in lessons for name in le.phrases["victim"] for w in name.split()
    }
    filled: dict[str, Counter[str]] = {slot: Counter() for slot in SLOTS}
    ended: dict[str, Counter[str]] = {slot: Counter() for slot in SLOTS}
    seen: Counter[str] = Counter()
    for lesson in lessons:
        seen.update(phrases_in(lesson.words))
        for slot, names in lesson.phrases.items():
            if slot in PHRASED:
                filled[slot].update(n for n in names if not persons & set(n.split()))
            if slot != "victim":
                ended[slot].update(
                    {name.rsplit(" ", 1)[-1] for name in names} - persons
                )
    for slot in PEOPLE:
        common = [w for w in ended[slot] if is_people(w, seen, kit)]
        ended[slot] = Counter({word: ended[slot][word] for word in common})
    kept = [
        {
            slot: {k: n for k, n in own.items() if n >= LEAST_TEXTS}
            for slot, own in t.items()
        }
        for t in (filled, ended)
    ]
    known = set(chain.from_iterable(own for table in kept for own in table.values()))
    usual = {w for w, n in seen.items() if n >= USUAL and is_usual(w, kit)} - persons
    return FillerWords({w: seen[w] for w in sorted(known | usual)}, *kept)


def is_people(word: str, seen: Mapping[str, int], kit: Kit) -> bool:
    """Tell whether a word is a noun for people: a role, or a plural in the texts."""
    return kit.names.role_of(word)[0] is not None or (
        word.endswith("s") and word[:-1] in seen
    )


def is_usual(phrase: str, kit: Kit) -> bool:
    """Tell whether a phrase is one word that the encoder's vocabulary has whole."""
    return phrase.isalpha() and len(kit.model.wordpiece.pieces(phrase)) == 1


def phrases_in(words: list[str]) -> set[str]:
    """Return all phrases of up to `MAX_PHRASE` words."""
    return {
        " ".join(words[at : at + size])
        for size in range(1, MAX_PHRASE + 1)
        for at in range(len(words) - size + 1)
    }


def fit_rankers(held: list[Held], words: FillerWords) -> dict[str, tuple[float, ...]]:
    """Return the weights of the signs for each slot, the constant last."""
    rows: dict[str, list[np.ndarray]] = {slot: [] for slot in SLOTS}
    right: dict[str, list[bool]] = {slot: [] for slot in SLOTS}
    for one in held:
        candidates = find_candidates(one.scores)
        signs = read_signs(one.scores, candidates, words, one.lesson.phrases)
        for slot, found in candidates.items():
            rows[slot].append(signs[slot])
            right[slot] += [name in one.lesson.phrases[slot] for name in found]
    return {
        slot: regress(np.concatenate(rows[slot]), np.array(right[slot]))
        for slot in SLOTS
    }


def regress(signs: np.ndarray, right: np.ndarray) -> tuple[float, ...]:
    """Return weights of a logistic regression on standardised signs, constant last."""
    mean, spread = signs.mean(0), signs.std(0) + 1e-6
    x = np.concatenate([(signs - mean) / spread, np.ones((len(signs), 1))], 1)
    weights = np.zeros(len(SIGNS) + 1)
    ridge = np.diag([RIDGE] * len(SIGNS) + [0.0])
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (right - p) - ridge @ weights
        bend = (x * (p * (1 - p))[:, None]).T @ x + ridge
        weights += np.linalg.solve(bend + 1e-6 * np.eye(len(bend)), slope)
    plain = weights[:-1] / spread
    return (
        *map(float, plain.round(4)),
        round(float(weights[-1] - (plain * mean).sum()), 4),
    )


def choose_settings(
    settings: SlotSettings, measure: Callable[[SlotSettings], float]
) -> SlotSettings:
    """Return the settings after one round of trying each threshold in turn."""
    best = measure(settings)
    trials: list[tuple[str, str | None, tuple[float, ...]]] = [
        ("least", slot, (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5))
        for slot in SLOTS
        if slot != "people"
    ]
    trials += [
        ("relevance", None, (0.15, 0.2, 0.25, 0.3, 0.4, 0.5)),
        ("present", None, (0.25, 0.3, 0.35, 0.4, 0.5)),
        ("belongs", None, (0.1, 0.2, 0.3, 0.4, 0.5)),
    ]
    for field, slot, values in trials:
        for value in values:
            new = settings.least | {slot: value} if slot else value
            tried = replace(settings, **{field: new})
            figure = measure(tried)
            if figure > best:
                best, settings = figure, tried
                print(f"{best:.2f} {field} {slot or ''} {value}", flush=True)
    return settings


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
        record = Record(report=report_of(one.row), kit=kit.fingerprint)
        ranking = rankings[one.lesson.doc_id]
        found = build_incidents(record, one.scores, settings[one.fold], ranking, "")
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
    pairs = [(row, make_lesson(row)) for row in rows]
    settings = load_shipped_slot_head().settings
    of_fold = {
        fold: with_cues(settings, [p for n, p in enumerate(pairs) if n % FOLDS != fold])
        for fold in {one.fold for one in held}
    }
    rankings = rank_across(held, [lesson for _, lesson in pairs], kit)
    return make_templates(held, rankings, of_fold, kit)


def with_cues(settings: SlotSettings, pairs: list[tuple[Row, Lesson]]) -> SlotSettings:
    """Return settings with what the reports teach of claims and stages."""
    return replace(settings, claim=fit_claim(pairs), stage=fit_stage(pairs))


def write_words(words: FillerWords, path: Path) -> None:
    """Write the table that `sayso.reading.slots.read_words` reads."""
    lines = ["# phrase\ttexts\tslot=texts as filler/texts as its last word"]
    for phrase, texts in words.seen.items():
        counts = {
            slot: (words.filled[slot].get(phrase, 0), words.ended[slot].get(phrase, 0))
            for slot in SLOTS
        }
        habits = [f"{slot}={a}/{b}" for slot, (a, b) in counts.items() if a or b]
        lines.append("\t".join([phrase, str(texts), *habits]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


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
    pairs = [(row, make_lesson(row)) for row in rows]
    lessons = [lesson for _, lesson in pairs]
    rankings = rank_across(held, lessons, kit)
    scorer = load_scorer("score_muc4", arguments)

    def measure(settings: SlotSettings) -> float:
        of_fold = dict.fromkeys(range(FOLDS), settings)
        said = make_templates(held, rankings, of_fold, kit)
        found = score(scorer, [path], said, draws=0)
        return float(found["tmpl"]["micro"][2] + found["ree"]["micro"][2])

    settings = with_cues(choose_settings(START, measure), pairs)
    words = count_words(lessons, kit)
    settings = replace(settings, ranker=fit_rankers(held, words))
    heads = [h for n in range(FOLDS) for h in load_heads(arguments.heads, f"fold{n}")]
    write_model(heads[:SHIPPED], words, settings, path, arguments.out)


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
    text = json.dumps(about, indent=1) + "\n"
    (out / f"{NAME}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
