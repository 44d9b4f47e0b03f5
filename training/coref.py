"""Fit the pronoun ranker: `python -m training.coref --data ../shared [--write]`.

Takes the conflict-wire gold set and our own annotated reports (first run `python -m
training.gold`), reads them with the shipped model and gives the resolver the annotated
statements. Prints the speaker accuracy and actor B-cubed F1 of each part with weights
fitted on the other parts. `--write` fits all reports but those of the quality gate into
`src/sayso/data/actors/pronouns.toml`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import numpy as np

from evals.kits import report_of
from evals.sets import load_scorer, need, parser_for, read_rows
from sayso.kit import load_kit
from sayso.reading.encoder import read_text
from sayso.reading.types import Reading
from sayso.record import (
    Basis,
    QuoteKind,
    Report,
    Span,
    Stance,
    Statement,
    statement_id,
)
from sayso.resolve.actors import resolve_actors
from sayso.resolve.coref import Joiner
from sayso.resolve.drafts import Draft
from sayso.resolve.find import find_mentions
from sayso.resolve.mentions import Mention
from sayso.resolve.pronouns import Features, feature_rows
from sayso.vocab.names import Names
from training.gold import BUILT

WEIGHTS = Path(__file__).parents[1] / "src/sayso/data/actors/pronouns.toml"
GATE = Path(__file__).parents[1] / "evals/gate_reports.json"
PARTS = ("asia", "africa", "levant", "a-", "b-")
L2 = 1.0  # 0.3 and 3 are as good on held-out parts
STEPS, RATE = 400, 0.05
SOURCE_WEIGHT = 1.5  # a pronoun that is a source decides a speaker
SAME = 0.5  # share of characters from which two mentions are one


@dataclass(frozen=True)
class Case:
    """One annotated report, read."""

    gold: dict[str, Any]
    report: Report
    reading: Reading
    statements: tuple[Statement, ...]

    @property
    def name(self) -> str:
        """Return the `doc_id` of the report."""
        return str(self.gold["doc_id"])


@dataclass(frozen=True)
class Choice:
    """One pronoun: what speaks for each actor so far, and which are right."""

    features: list[Features]
    right: list[bool]
    weight: float


class Teacher(Joiner):
    """Joins each annotated pronoun to its true actor, and notes the choice."""

    def teach(self, gold: Mapping[str, Any]) -> list[Choice]:
        """Return the choices of one report."""
        self.choices: list[Choice] = []
        self.truth = {
            mention.span: actor
            for mention in self._mentions
            if (actor := _true_actor(mention.span, gold)) is not None
        }
        self.join()
        return self.choices

    def rank(self, pronoun: Mention) -> list[tuple[Draft, float]]:
        """Return the true actor alone where it is among those that fit."""
        ranked = super().rank(pronoun)
        truth = self.truth.get(pronoun.span)
        if truth is None:
            return ranked
        fit = sorted((d for d, _ in ranked), key=lambda d: -d.last.span.start)
        right = [self._actor_of(draft) == truth for draft in fit]
        if not any(right):
            return ranked
        rows = feature_rows(pronoun, fit, self._voices)
        weight = SOURCE_WEIGHT if pronoun.source else 1.0
        self.choices.append(Choice(rows, right, weight))
        return [(fit[right.index(True)], 1.0)]

    def _actor_of(self, draft: Draft) -> str | None:
        known = [self.truth[m.span] for m in draft.mentions if m.span in self.truth]
        return Counter(known).most_common(1)[0][0] if known else None


def main() -> None:
    """Print held-out figures; with `--write`, fit and write the weights."""
    parser = parser_for(__doc__ or "")
    parser.add_argument("--write", action="store_true", help="write the weights")
    args = parser.parse_args()
    scorer = load_scorer("score_conflict", args)
    cases = load_cases(args)
    names = load_kit(args.model).names
    choices = {case.name: teach(case, names) for case in cases}
    for part in PARTS:
        held_out = [case for case in cases if case.name.startswith(part)]
        seen = [
            c for name in choices if not name.startswith(part) for c in choices[name]
        ]
        found = measure(held_out, with_weights(names, fit(seen)), scorer)
        print(f"{part:8} speaker {found[0]:.3f}  actor B3 {found[1]:.3f}", flush=True)
    if args.write:
        gate = set(json.loads(need(GATE).read_text(encoding="utf-8"))["doc_ids"])
        weights = fit(
            [c for name in choices if name not in gate for c in choices[name]]
        )
        WEIGHTS.write_text(as_toml(weights), encoding="utf-8")
        print(f"wrote {WEIGHTS}")


def load_cases(args: argparse.Namespace) -> list[Case]:
    """Return all annotated reports, read by the model."""
    folder = args.data / "data" / "conflict"
    files = [*(folder / f"{region}.jsonl" for region in PARTS[:3]), BUILT]
    model = load_kit(args.model).model
    return [
        Case(row, report, read_text(model, report.text), true_statements(row))
        for path in files
        for row in read_rows(path)
        if (report := report_of(row))
    ]


def true_statements(gold: Mapping[str, Any]) -> tuple[Statement, ...]:
    """Return the annotated statements, without their speakers."""
    seen: Counter[tuple[Span, Span | None]] = Counter()
    found = []
    for row in gold["statements"].values():
        cue = Span(*row["cue"])
        source = Span(*row["source"]) if row["source"] else None
        number = statement_id(
            gold["doc_id"], cue=cue, source=source, conjunct=seen[cue, source]
        )
        seen[cue, source] += 1
        found.append(
            Statement(
                id=number,
                source=source,
                cue=cue,
                content=tuple(Span(*span) for span in row["content"]),
                quote=QuoteKind(row["quote"]),
                stance=Stance(row["stance"]),
                hearsay=row["hearsay"],
                basis=Basis.NONE,
                confidence=1.0,
                made_by="gold",
            )
        )
    return tuple(found)


def _true_actor(span: Span, gold: Mapping[str, Any]) -> str | None:
    """Return the annotated actor with a mention that is half the same or more."""
    best = max(
        (
            (_overlap(span, Span(*mention)), actor)
            for actor, row in gold["actors"].items()
            for mention in row["mentions"]
            if mention
        ),
        default=(0.0, ""),
    )
    return best[1] if best[0] >= SAME else None


def _overlap(first: Span, second: Span) -> float:
    shared = min(first.end, second.end) - max(first.start, second.start)
    whole = max(first.end, second.end) - min(first.start, second.start)
    return max(0, shared) / whole if whole else 0.0


def teach(case: Case, names: Names) -> list[Choice]:
    """Return the choices that the pronouns of one report pose."""
    mentions = find_mentions(case.reading, case.statements, names)
    teacher = Teacher(case.report, case.reading, mentions, case.statements, names)
    return teacher.teach(case.gold)


def fit(choices: Sequence[Choice]) -> dict[str, float]:
    """Return the weights that give the true actors the most belief (softmax, L2)."""
    names = sorted({name for c in choices for row in c.features for name in row})
    column = {name: number for number, name in enumerate(names)}
    counts = [len(choice.features) for choice in choices]
    group = np.repeat(np.arange(len(choices)), counts)
    table = np.zeros((len(group), len(names)))
    for number, row in enumerate(row for c in choices for row in c.features):
        for name, value in row.items():
            table[number, column[name]] = value
    right = np.array([r for choice in choices for r in choice.right], dtype=float)
    heavy = np.array([choice.weight for choice in choices])[group]
    weights, mean, square = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, STEPS + 1):
        belief = _shares(np.exp(np.clip(table @ weights, -30, 30)), group)
        error = belief - _shares(belief * right, group)
        slope = table.T @ (error * heavy) + L2 * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        scale = np.sqrt(square / (1 - 0.99**step)) + 1e-8
        weights = weights - RATE * mean / (1 - 0.9**step) / scale
    return dict(zip(names, weights.tolist(), strict=True))


def _shares(
    mass: np.ndarray[Any, np.dtype[np.float64]],
    group: np.ndarray[Any, np.dtype[np.int64]],
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return each mass divided by the sum of its group."""
    return mass / np.bincount(group, mass)[group]


def with_weights(names: Names, weights: dict[str, float]) -> Names:
    """Return the word lists with other weights for the ranker."""
    return msgspec.structs.replace(names, pronouns=weights)


def measure(
    cases: Sequence[Case], names: Names, scorer: ModuleType
) -> tuple[float, float]:
    """Return speaker accuracy and actor B-cubed F1, the statements given."""
    records = []
    for case in cases:
        actors, told = resolve_actors(case.report, case.reading, case.statements, names)
        rows = json.loads(msgspec.json.encode({"actors": actors, "statements": told}))
        empty = {"events": [], "links": [], "places": [], "times": [], "thread": {}}
        where = {"key": case.name, "text": case.report.text}
        records.append({"report": where, **empty, **rows})
    tables: dict[str, Any] = {"events": {}, "links": {}, "places": {}, "times": {}}
    found = scorer.score([{**tables, **case.gold} for case in cases], records)
    return found["speaker"]["acc"], found["actor.b3"]["f1"]


def as_toml(weights: Mapping[str, float]) -> str:
    """Return the weights as the lines of a TOML file."""
    lines = [f'"{name}" = {value:.3f}' for name, value in sorted(weights.items())]
    head = "# Weights of the pronoun ranker, written by training/coref.py"
    return "\n".join([head, *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
