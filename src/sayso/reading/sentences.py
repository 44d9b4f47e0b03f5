"""Sentence vectors: near each other where sentences mean much the same."""

from __future__ import annotations

from itertools import chain

import numpy as np

from sayso.reading.decode import Floats
from sayso.reading.model import Model
from sayso.reading.types import Reading


def sentence_vectors(model: Model, reading: Reading) -> Floats:
    """Return float32 (sentences, width), each of length 1: compare by dot product.

    The vectors follow those of the MiniLM sentence encoder; the model card tells how
    closely.
    """
    rows = sentence_features(model, reading)
    (out,) = model.sentence.run(None, {"rows": rows})
    lengths = np.linalg.norm(out, axis=1, keepdims=True)
    unit: Floats = out / np.maximum(lengths, 1e-9)
    return unit


def sentence_features(model: Model, reading: Reading) -> Floats:
    """Return float32 (sentences, 2 width): means of word vectors and of piece rows."""
    rows = np.zeros((len(reading.sentences), 2 * model.places.shape[1]), np.float32)
    half = model.places.shape[1]
    for number, (start, end) in enumerate(reading.sentences):
        pieces = [model.wordpiece.pieces(word) for word in reading.words[start:end]]
        ids = np.fromiter(chain.from_iterable(pieces), np.int64)
        rows[number, :half] = reading.vectors[start:end].mean(0)
        rows[number, half:] = (model.words[ids] * model.scale[ids, None]).mean(0) * 10
    return rows
