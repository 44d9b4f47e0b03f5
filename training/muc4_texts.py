"""The reports of MUC-4 with their keys as labels of words, fillers and whole texts."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from sayso.reading import segment
from sayso.reading.slot_scores import CLAIMS, KINDS, SLOTS, STAGES
from sayso.reading.types import TokenRange

OPEN = -1  # a word on which no label is learnt
FIELDS = dict(
    zip(
        SLOTS,
        (
            "perp_individual_id",
            "perp_organization_id",
            "phys_tgt_id",
            "hum_tgt_name",
            "hum_tgt_description",
            "instrument_id",
        ),
        strict=True,
    )
)
NAMED = ("individual", "organisation", "victim")
EDGES = frozenset(("the", "a", "an", '"', "'", ",", "."))
HARM_OF = {
    "DEATH": 0, "INJURY": 1, "NO INJURY OR DEATH": 2, "NO INJURY": 2, "NO DEATH": 2,
    "REGAINED FREEDOM": 3, "ESCAPED": 3,
}  # fmt: skip
DAMAGE_OF = {
    "DESTROYED": 0, "SOME DAMAGE": 1, "NO DAMAGE": 2, "PROPERTY TAKEN FROM TARGET": 3,
    "MONEY TAKEN FROM TARGET": 3, "TARGET TAKEN": 3,
}  # fmt: skip
UNKNOWN = 4

Row = dict[str, Any]


@dataclass
class Filler:
    """One entity of the key: where its words stand and what is told of it."""

    tokens: list[int]
    task: str
    """claims, harms or damages."""
    labels: list[int]
    """All that the key allows."""


@dataclass
class Lesson:
    """One report with its labels; T tokens."""

    doc_id: str
    words: list[str]
    """In lower case."""
    tags: np.ndarray
    """O, B, I or `OPEN` by slot: int64 (T, slots)."""
    kinds: np.ndarray
    """Kinds of incident that a filler belongs to: float32 (T, kinds)."""
    in_filler: np.ndarray
    """float32 (T,)."""
    present: np.ndarray
    """float32 (kinds,)."""
    relevant: bool
    stages: list[set[int]]
    """By kind."""
    fillers: list[Filler] = field(default_factory=list)
    phrases: dict[str, frozenset[str]] = field(default_factory=dict)
    """Fillers of each slot in lower case, without articles."""


def read_key(path: Path) -> list[Row]:
    """Return the reports of a file with their templates."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def words_of(text: str) -> list[str]:
    """Return the tokens of a filler in lower case."""
    return [text[start:end].lower() for start, end in segment.tokenise(text)]


def make_lesson(row: Row) -> Lesson:
    """Return the labels of one report.

    Every place at which the words of a filler stand in the body is labelled, the
    longest first. Parts of names that stand alone elsewhere are left open: the key
    writes a name once.
    """
    tokens = segment.tokenise(row["text"])
    words = [row["text"][start:end].lower() for start, end in tokens]
    places = defaultdict(list)
    for number, word in enumerate(words):
        places[word].append(number)
    body = next((n for n, t in enumerate(tokens) if t.start >= row["body_start"]), 0)
    size = len(words)
    lesson = Lesson(
        row["doc_id"],
        words,
        np.zeros((size, len(SLOTS)), np.int64),
        np.zeros((size, len(KINDS)), np.float32),
        np.zeros(size, np.float32),
        np.zeros(len(KINDS), np.float32),
        bool(row["templates"]),
        [set() for _ in KINDS],
        phrases=phrases_of(row),
    )
    loose = np.zeros((size, len(SLOTS)), bool)
    marked: list[tuple[int, TokenRange]] = []
    for template in row["templates"]:
        kind = kind_of(template["incident_type"][0])
        lesson.present[kind] = 1
        lesson.stages[kind] |= {
            STAGES.index(s.lower()) for s in template["incident_stage"]
        }
        for slot, name in enumerate(FIELDS.values()):
            for entity in template[name] or []:
                spots = [
                    s for a in entity["alts"] for s in find(words, places, a, body)
                ]
                marked += [(slot, spot) for spot in spots]
                for start, end in spots:
                    lesson.kinds[start:end, kind] = 1
                if SLOTS[slot] in NAMED:
                    for part in (w for a in entity["alts"] for w in words_of(a)):
                        if len(part) >= 4:
                            loose[places[part], slot] = True
                held = sorted({t for spot in spots for t in range(*spot)})
                if held:
                    lesson.fillers += told_of(
                        template, SLOTS[slot], entity["alts"], held
                    )
    _mark(lesson, marked, loose)
    return lesson


def kind_of(name: str) -> int:
    """Return the number of an incident type of the key."""
    return KINDS.index(name.lower().replace(" ", "_"))


def phrases_of(row: Row) -> dict[str, frozenset[str]]:
    """Return the fillers of each slot, in lower case and without articles."""
    found: dict[str, set[str]] = {slot: set() for slot in SLOTS}
    for template in row["templates"]:
        for slot, name in FIELDS.items():
            for entity in template[name] or []:
                for alias in entity["alts"]:
                    words = words_of(alias)
                    while words and words[0] in EDGES:
                        words = words[1:]
                    found[slot].add(" ".join(words))
    return {slot: frozenset(names - {""}) for slot, names in found.items()}


def find(
    words: list[str], places: dict[str, list[int]], alias: str, body: int
) -> list[TokenRange]:
    """Return where an alias stands in the body, or in the head if nowhere else."""
    parts = words_of(alias)
    if not parts:
        return []
    size = len(parts)
    spots = [(n, n + size) for n in places[parts[0]] if words[n : n + size] == parts]
    return [spot for spot in spots if spot[0] >= body] or spots


def told_of(
    template: Row, slot: str, names: list[str], tokens: list[int]
) -> list[Filler]:
    """Return what the key tells of a filler besides its slot."""
    if slot == "organisation":
        told = _value(template["perp_organization_confidence"], names)
        labels = [CLAIMS.index(t.lower().replace(" ", "_")) for t in told]
        return [Filler(tokens, "claims", labels)] if labels else []
    if slot in ("victim", "people"):
        told = _value(template["hum_tgt_effect"], names)
        return [Filler(tokens, "harms", _known(told, HARM_OF))]
    if slot == "target":
        told = _value(template["phys_tgt_effect"], names)
        return [Filler(tokens, "damages", _known(told, DAMAGE_OF))]
    return []


def _known(told: list[str], numbers: dict[str, int]) -> list[int]:
    return [numbers[t] for t in told if t in numbers] or [UNKNOWN]


def _value(rows: list[Row] | None, names: list[str]) -> list[str]:
    for row in rows or []:
        if set(row.get("of", ())) & set(names):
            return list(row["value"])
    return []


def _mark(
    lesson: Lesson, marked: list[tuple[int, TokenRange]], loose: np.ndarray
) -> None:
    """Write the tags, longest filler first, and open what is loose."""
    used = np.zeros(lesson.tags.shape, bool)
    for slot, (start, end) in sorted(marked, key=lambda m: m[1][0] - m[1][1]):
        lesson.in_filler[start:end] = 1
        if not used[start:end, slot].any():
            used[start:end, slot] = True
            lesson.tags[start, slot] = 1
            lesson.tags[start + 1 : end, slot] = 2
    lesson.tags[loose & (lesson.tags == 0)] = OPEN
