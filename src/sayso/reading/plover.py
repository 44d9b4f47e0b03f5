"""The pair head: which type of event one actor does to another, over frozen vectors."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import onnxruntime as ort

from sayso.errors import ModelError
from sayso.reading.decode import Floats
from sayso.reading.model import MEND
from sayso.vocab.event_words import EventWords, load_event_words

SCHEMA = 1
NAME = "plover"


class Terms(Protocol):
    """A pair in numbers; `sayso.extract.pairs_terms.read_pair` makes it."""

    @property
    def terms(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Numbers of hashed terms, int64 (terms,)."""

    @property
    def weights(self) -> Floats:
        """Their weights, float32 (terms,)."""

    @property
    def vectors(self) -> Floats:
        """Vectors of groups of words, float32 (blocks, width)."""


class LoadedPairHead(NamedTuple):
    """The head, ready to judge; made by `load_pair_head`."""

    session: ort.InferenceSession
    labels: tuple[str, ...]
    words: EventWords

    def score(self, pair: Terms) -> Floats:
        """Return the probability of each label, float32 (labels,); sums to 1."""
        inputs = {
            "terms": pair.terms,
            "weights": pair.weights,
            "vectors": pair.vectors,
        }
        scores: Floats = self.session.run(None, inputs)[0]
        return scores


@cache
def load_shipped_pair_head() -> LoadedPairHead:
    """Return the head that comes with sayso; read once.

    Raises:
        ModelError: A file is missing, damaged or of another version.
    """
    with as_file(files("sayso") / "data" / "model") as folder:
        return load_pair_head(folder)


def load_pair_head(folder: Path) -> LoadedPairHead:
    """Return the head in `folder`: `plover.onnx` and `plover.json`.

    Raises:
        ModelError: A file is missing, damaged or of another version.
    """
    about, graph = folder / f"{NAME}.json", folder / f"{NAME}.onnx"
    try:
        meta = json.loads(about.read_text(encoding="utf-8"))
        digest = hashlib.sha256(graph.read_bytes()).hexdigest()
    except FileNotFoundError as error:
        raise ModelError(f"{error.filename}: no such file", mend=MEND) from error
    except ValueError as error:
        raise ModelError(f"{about}: not valid JSON ({error})", mend=MEND) from error
    if meta.get("schema") != SCHEMA:
        raise ModelError(
            f"{about}: schema {meta.get('schema')!r}, this sayso reads {SCHEMA}",
            mend=MEND,
        )
    if meta.get("sha256") != digest:
        raise ModelError(
            f"{graph}: sha256 {digest[:12]}…, {about.name} says another", mend=MEND
        )
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    return LoadedPairHead(session, tuple(meta["labels"]), load_event_words())
