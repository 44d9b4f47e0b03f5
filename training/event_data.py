"""Gold on events in the form that the event heads learn from."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from evals.kits import report_of
from sayso.extract.events.features import trigger_rows
from sayso.extract.events.stage import Stage, set_stage
from sayso.reading.encoder import read_text
from sayso.reading.model import Model
from sayso.record import Span, Statement
from sayso.record.claims import Basis, QuoteKind, Stance
from sayso.record.report import Report
from sayso.vocab.event_words import EventWords

OUTLET = "outlet"
FACTUALITY = ("uds_ih2", "meantime", "mv2", "rp")
"""Sets whose licence admits training; CommitmentBank is for measuring alone."""


@dataclass
class GoldEvent:
    """An event in token numbers."""

    key: str
    kind: str
    mode: str | None
    generic: bool
    mentions: list[int]
    """Head token of each mention, the trigger's first."""
    covered: list[int]
    """All tokens of all mentions."""
    participants: list[tuple[str, tuple[int, int]]]
    actors: list[str | None]
    """Id of each participant's actor."""
    counting: frozenset[str]
    """Gold statements that give a number of people."""
    assertions: dict[str, str]
    """Status by gold statement ("outlet" for the report's own voice)."""
    counts: list[dict[str, Any]] = field(default_factory=list)
    places: list[tuple[str, list[tuple[int, int]]]] = field(default_factory=list)
    """Role and mentions of each place."""
    times: list[list[tuple[int, int]]] = field(default_factory=list)


@dataclass
class GoldReport:
    """A report with its stage (gold statements) and its events."""

    name: str
    row: dict[str, Any]
    stage: Stage
    events: list[GoldEvent]


def load_reports(path: Path, model: Model, words: EventWords) -> list[GoldReport]:
    """Return the reports of a built gold file whose events are annotated."""
    out = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            row = json.loads(line)
            out.append(read_gold(row, model, words))
    return out


def read_gold(row: dict[str, Any], model: Model, words: EventWords) -> GoldReport:
    """Return one report of the gold with the Reading of the shipped trunk."""
    report = report_of(row)
    reading = read_text(model, report.text)
    stage = set_stage(report, reading, gold_statements(row), words)
    events = [_event(stage, key, event, row) for key, event in row["events"].items()]
    return GoldReport(row["doc_id"], row, stage, [e for e in events if e.mentions])


def gold_statements(row: dict[str, Any]) -> list[Statement]:
    """Return the gold's statements, and the outlet's own, as the product's type."""
    out = [_statement(OUTLET, None, row)]
    out += [_statement(key, gold, row) for key, gold in row["statements"].items()]
    return out


def _statement(key: str, gold: dict[str, Any] | None, row: dict[str, Any]) -> Statement:
    gold = gold or {}
    span = lambda pair: Span(*pair) if pair else None  # noqa: E731
    return Statement(
        id=key,
        source=span(gold.get("source")),
        cue=span(gold.get("cue")),
        content=tuple(Span(*c) for c in gold.get("content", ()) if c),
        within=gold.get("within"),
        quote=QuoteKind(gold.get("quote", "indirect")),
        stance=Stance(gold.get("stance", "asserts")),
        negated=gold.get("negated", False),
        speech=gold.get("speech", True),
        hearsay=gold.get("hearsay", False),
        speaker=gold.get("speaker"),
        about=_about(gold, row),
        basis=Basis.NONE,
        confidence=1.0,
        made_by="gold",
    )


def _about(gold: dict[str, Any], row: dict[str, Any]) -> tuple[str, ...]:
    """Return the gold actors with a mention in what a statement says."""
    return tuple(
        key
        for key, actor in row.get("actors", {}).items()
        if any(
            content[0] <= start and end <= content[1]
            for content in gold.get("content", ())
            if content
            for start, end in filter(None, actor["mentions"])
        )
    )


def _event(
    stage: Stage, key: str, event: dict[str, Any], row: dict[str, Any]
) -> GoldEvent:
    spans = [s for s in [event["trigger"], *event.get("also", [])] if s]
    ranges = [stage.tokens_of(Span(*span)) for span in spans]
    heads = [_head(stage, r) for r in ranges if r[0] < r[1]]
    tokens = lambda pair: stage.tokens_of(Span(*pair))  # noqa: E731
    roles = event.get("place_roles", {})
    return GoldEvent(
        key=key,
        kind=event["type"],
        mode=event.get("mode"),
        generic=bool(event.get("generic")),
        mentions=list(dict.fromkeys(heads)),
        covered=[t for a, b in ranges for t in range(a, b)],
        participants=[
            (p["role"], tokens(p["span"])) for p in event["participants"] if p["span"]
        ],
        actors=[p.get("actor") for p in event["participants"] if p["span"]],
        counting=frozenset(
            c["statement"] for c in event.get("counts", []) if c.get("statement")
        ),
        assertions={a["statement"]: a["status"] for a in event["assertions"]},
        counts=[c for c in event.get("counts", []) if c["span"]],
        places=[
            (roles.get(p, "at"), [tokens(m) for m in row["places"][p]["mentions"] if m])
            for p in event.get("places", [])
        ],
        times=[
            [tokens(m) for m in row["times"][t]["mentions"] if m]
            for t in event.get("times", [])
        ],
    )


def _head(stage: Stage, tokens: tuple[int, int]) -> int:
    """Return the word of a range that carries it: highest in the tree, no mark."""
    start, end = tokens
    reading = stage.reading
    outside = [
        t
        for t in range(start, end)
        if not start <= reading.heads[t] < end and reading.upos[t] != "PUNCT"
    ]
    content = [
        t for t in outside if reading.upos[t] in ("VERB", "NOUN", "ADJ", "PROPN")
    ]
    any_content = [
        t
        for t in range(start, end)
        if reading.upos[t] in ("VERB", "NOUN", "ADJ", "PROPN")
    ]
    return next(iter([*content, *any_content, *outside, start]))


def factuality_rows(
    data: Path, model: Model, words: EventWords, part: str
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return trigger rows float16 (N, F) and labels -3..3 of each factuality set."""
    out = {}
    for name in FACTUALITY:
        rows, labels = [], []
        path = data / "data" / "factuality" / f"{name}_{part}.jsonl"
        for line in path.read_text(encoding="utf-8").split("\n"):
            if not line.strip():
                continue
            row = json.loads(line)
            stage = bare_stage(row["text"], model, words)
            targets = [
                (stage.tokens_of(Span(*t["span"]))[0], t["label"])
                for t in row["targets"]
            ]
            targets = [(t, y) for t, y in targets if t < len(stage.reading.tokens)]
            if targets:
                rows.append(
                    trigger_rows(stage, [t for t, _ in targets]).astype(np.float16)
                )
                labels += [y for _, y in targets]
        out[name] = (np.concatenate(rows), np.array(labels, np.float32))
    return out


def bare_stage(text: str, model: Model, words: EventWords) -> Stage:
    """Return the stage of a text that nobody but its writer speaks in."""
    row = {"doc_id": "x", "text": text, "statements": {}}
    report = Report(id="x", key="x", keys=("x",), text=text, language="en")
    return set_stage(report, read_text(model, text), gold_statements(row), words)
