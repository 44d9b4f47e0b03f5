"""The incident head: which words fill the slots of an incident, over the frozen trunk.

The head was trained on telegrams in capitals. Words are put into lower case before the
trunk reads them, so that capitals, small letters and mixed case give the same scores.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import onnxruntime as ort

from sayso.errors import ModelError
from sayso.reading import segment
from sayso.reading.decode import Floats, Ints, posteriors
from sayso.reading.encoder import Draft, prepare, run_trunk
from sayso.reading.model import MEND, Model
from sayso.reading.slot_scores import (
    CLAIMS,
    DAMAGES,
    HARMS,
    KINDS,
    SLOTS,
    STAGES,
    FillerWords,
    SlotScores,
    SlotSettings,
)
from sayso.reading.types import TokenRange
from sayso.reading.windows import plan_windows
from sayso.reading.wordpiece import WordPiece

SCHEMA = 1
NAME = "muc4"
MAX_SENTENCE, MAX_PARAGRAPH = 15, 7  # later ones share the last number
LABELS = {
    "slots": SLOTS, "kinds": KINDS, "claims": CLAIMS,
    "stages": STAGES, "harms": HARMS, "damages": DAMAGES,
}  # fmt: skip


class SlotHead(NamedTuple):
    """The incident head, loaded; made by `load_slot_head`."""

    session: ort.InferenceSession
    settings: SlotSettings
    words: FillerWords
    made_by: str


@cache
def load_shipped_slot_head() -> SlotHead:
    """Return the head that comes with sayso; read once.

    Raises:
        ModelError: A file is missing, damaged or of another version.
    """
    with as_file(files("sayso") / "data" / "model") as folder:
        return load_slot_head(folder)


def load_slot_head(folder: Path) -> SlotHead:
    """Return the head in `folder`: `muc4.onnx`, `muc4_words.tsv` and `muc4.json`.

    Raises:
        ModelError: A file is missing, damaged or of another version.
    """
    about, graph = folder / f"{NAME}.json", folder / f"{NAME}.onnx"
    table = folder / f"{NAME}_words.tsv"
    try:
        meta = json.loads(about.read_text(encoding="utf-8"))
        digests = {p.name: _sha256(p) for p in (graph, table)}
        settings = msgspec.convert(meta["settings"], SlotSettings)
    except FileNotFoundError as error:
        raise ModelError(f"{error.filename}: no such file", mend=MEND) from error
    except (ValueError, KeyError) as error:
        raise ModelError(
            f"{about}: not what is expected: {error}", mend=MEND
        ) from error
    _check(about, meta, digests)
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    return SlotHead(session, settings, read_words(table), f"model:{NAME}")


def _check(about: Path, meta: dict[str, Any], digests: dict[str, str]) -> None:
    if meta.get("schema") != SCHEMA:
        raise ModelError(
            f"{about}: schema {meta.get('schema')!r}, this sayso reads {SCHEMA}",
            mend=MEND,
        )
    for name, labels in LABELS.items():
        if tuple(meta.get("labels", {}).get(name, ())) != labels:
            raise ModelError(f"{about}: other {name} than this sayso has", mend=MEND)
    for name, digest in digests.items():
        if meta.get("sha256", {}).get(name) != digest:
            raise ModelError(
                f"{name}: sha256 {digest[:12]}…, {about} says another", mend=MEND
            )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_words(path: Path) -> FillerWords:
    """Return the table of words: phrase, texts, and texts in which it fills a slot.

    A line is the phrase, the number of texts that have it, and `slot=filled/ended`
    for each slot that it filled or ended a filler of.
    """
    seen: dict[str, int] = {}
    filled: dict[str, dict[str, int]] = {slot: {} for slot in SLOTS}
    ended: dict[str, dict[str, int]] = {slot: {} for slot in SLOTS}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        phrase, texts, *habits = line.split("\t")
        seen[phrase] = int(texts)
        for habit in habits:
            slot, counts = habit.split("=")
            whole, last = counts.split("/")
            filled[slot][phrase], ended[slot][phrase] = int(whole), int(last)
    return FillerWords(seen, filled, ended)


def read_slots(model: Model, head: SlotHead, text: str) -> SlotScores:
    """Return what the incident head says of `text`; equal texts give equal scores."""
    page = lay_out(model, text)
    if not page.tokens:
        return _nothing()
    names = [output.name for output in head.session.get_outputs()]
    vectors = read_vectors(model, page)
    words = embed_words(model.wordpiece, model, page.words)
    inputs = {"vectors": vectors, "words": words, "places": page.places}
    out = dict(zip(names, head.session.run(None, inputs), strict=True))
    return SlotScores(
        tokens=page.tokens,
        words=tuple(page.words),
        sentences=tuple(page.sentences),
        tags=out["tags"],
        kinds=out["kinds"],
        claims=out["claims"],
        harms=out["harms"],
        damages=out["damages"],
        relevance=float(out["relevance"][0]),
        present=out["present"],
        stages=posteriors(out["stages"]),
        vectors=join_vectors(vectors, words),
    )


class Page(NamedTuple):
    """A text as the head reads it, words in lower case."""

    tokens: tuple[Any, ...]
    words: list[str]
    sentences: list[TokenRange]
    draft: Draft
    places: Ints
    """Number of sentence and paragraph, and whether in brackets: int64 (T, 3)."""


def lay_out(model: Model, text: str) -> Page:
    """Return the tokens of `text` with all that the trunk and the head need of them.

    Sentences are cut before the case is lost, since a small letter ends none.
    """
    tokens = segment.tokenise(text)
    written = [text[start:end] for start, end in tokens]
    paragraphs = segment.group_paragraphs(text, tokens)
    sentences = segment.rough_sentences(written, tokens, paragraphs)
    words = [word.lower() for word in written]
    draft = prepare(model.wordpiece, words, paragraphs, sentences)
    places = np.stack(
        [
            np.minimum(_numbered(sentences, len(words)), MAX_SENTENCE),
            np.minimum(_numbered(paragraphs, len(words)), MAX_PARAGRAPH),
            _bracketed(words),
        ],
        axis=1,
    )
    return Page(tuple(tokens), words, sentences, draft, places)


def read_vectors(model: Model, page: Page) -> Floats:
    """Return the trunk's vectors of all tokens, float32 (T, width)."""
    parts = []
    plan = plan_windows([len(p) for p in page.draft.pieces], page.sentences)
    for window in plan:
        vectors = run_trunk(model, page.draft, window)[0]
        first = window.own_start - window.start
        parts.append(vectors[first : first + window.own_end - window.own_start])
    return np.concatenate(parts)


def embed_words(wordpiece: WordPiece, model: Model, words: list[str]) -> Floats:
    """Return what the words mean without context: means of piece rows, (T, width)."""
    rows = np.zeros((len(words), model.words.shape[1]), np.float32)
    for number, word in enumerate(words):
        pieces = np.array(wordpiece.pieces(word))
        rows[number] = (model.words[pieces] * model.scale[pieces, None]).mean(0)
    return rows


def join_vectors(vectors: Floats, words: Floats) -> Floats:
    """Return what words mean in context and without, each of mean 0 and spread 1."""
    return np.concatenate([_normed(vectors), _normed(words)], axis=1)


def _normed(rows: Floats) -> Floats:
    rows = rows - rows.mean(axis=1, keepdims=True)
    normed: Floats = rows / np.sqrt((rows**2).mean(axis=1, keepdims=True) + 1e-5)
    return normed


def _numbered(ranges: list[TokenRange], size: int) -> Ints:
    out = np.zeros(size, np.int64)
    for number, (start, end) in enumerate(ranges):
        out[start:end] = number
    return out


def _bracketed(words: list[str]) -> Ints:
    """Return 1 for each token from a square bracket to its closing one, else 0."""
    out = np.zeros(len(words), np.int64)
    inside = 0
    for place, word in enumerate(words):
        inside = 1 if word == "[" else inside
        out[place] = inside
        inside = 0 if word == "]" else inside
    return out


def _nothing() -> SlotScores:
    flat = {"kinds": KINDS, "claims": CLAIMS, "harms": HARMS, "damages": DAMAGES}
    return SlotScores(
        tokens=(), words=(), sentences=(),
        tags=np.zeros((len(SLOTS), 0, 3), np.float32),
        relevance=0.0,
        present=np.zeros(len(KINDS), np.float32),
        stages=np.zeros((len(KINDS), len(STAGES)), np.float32),
        vectors=np.zeros((0, 2), np.float32),
        **{name: np.zeros((0, len(of)), np.float32) for name, of in flat.items()},
    )  # fmt: skip
