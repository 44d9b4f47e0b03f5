"""The shipped model: its files, checked, as sessions and tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import onnxruntime as ort

from sayso.errors import ModelError
from sayso.reading.decode import Floats, Transitions
from sayso.reading.events import HEADS, EventHeads
from sayso.reading.heads import StatementHeads
from sayso.reading.wordpiece import WordPiece, load_wordpiece

MEND = "install sayso again; its model folder is damaged or of another version"
SCHEMA = 1
SESSIONS = ("trunk", "labels", "sentence", "flat", "link", "span")
FILES = frozenset(
    {"embeddings.npz", "chains.npz", "vocab.txt", *(f"{s}.onnx" for s in SESSIONS)}
)


class Labels(NamedTuple):
    """Label names in the order of the scores."""

    upos: tuple[str, ...]
    relations: tuple[str, ...]
    entities: tuple[str, ...]


class Model(NamedTuple):
    """All that is needed to read; made by `load_model`."""

    name: str
    digests: Mapping[str, str]
    """sha256 of each file that `meta.json` names, in hex digits."""
    labels: Labels
    wordpiece: WordPiece
    words: np.ndarray[Any, np.dtype[np.int8]]
    scale: Floats
    places: Floats
    features: Floats
    trunk: ort.InferenceSession
    relation: ort.InferenceSession
    cue_chain: Transitions
    link_chain: Transitions
    heads: StatementHeads
    sentence: ort.InferenceSession
    """From `sayso.reading.sentences.sentence_features` to a sentence's vector."""
    events: EventHeads


def load_model(folder: Path, *, with_events: bool = True) -> Model:
    """Return the model in `folder`, one thread a session.

    Args:
        folder: Where the files are.
        with_events: Whether the event heads must be there; training goes without, as
            they are trained last.

    Raises:
        ModelError: a file is missing, damaged or of another version.
    """
    meta = _read_meta(folder)
    heads = HEADS if with_events else ()
    digests = _check_files(folder, meta["files"], {f"{name}.onnx" for name in heads})
    modes = ("modes",) if with_events else ()
    labels = _read_labels(folder, meta["labels"], modes)
    table = _load_arrays(folder / "embeddings.npz")
    chains = _load_arrays(folder / "chains.npz")
    return Model(
        name=f"{meta['name']} {meta['version']}",
        digests=digests,
        labels=labels,
        wordpiece=load_wordpiece(folder / "vocab.txt"),
        words=table["words"],
        scale=table["scale"],
        places=table["places"],
        features=table["features"],
        trunk=_session(folder / "trunk.onnx"),
        relation=_session(folder / "labels.onnx"),
        cue_chain=Transitions(chains["cue_moves"], chains["cue_begin"]),
        link_chain=Transitions(chains["link_moves"], chains["link_begin"]),
        heads=StatementHeads(
            flat=_session(folder / "flat.onnx"),
            link=_session(folder / "link.onnx"),
            span=_session(folder / "span.onnx"),
        ),
        sentence=_session(folder / "sentence.onnx"),
        events=EventHeads(
            modes=tuple((t, mode) for t, mode in meta["labels"].get("modes", ())),
            sessions={name: _session(folder / f"{name}.onnx") for name in heads},
        ),
    )


def _read_meta(folder: Path) -> dict[str, Any]:
    path = folder / "meta.json"
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{path}: no such file", mend=MEND) from error
    except ValueError as error:
        raise ModelError(f"{path}: not valid JSON ({error})", mend=MEND) from error
    if meta.get("schema") != SCHEMA:
        raise ModelError(
            f"{path}: model schema {meta.get('schema')!r}, this sayso reads {SCHEMA}",
            mend=MEND,
        )
    return dict(meta)


def _read_labels(
    folder: Path, names: dict[str, list[str]], further: tuple[str, ...]
) -> Labels:
    needed = (*Labels._fields, *further)
    if missing := [name for name in needed if not names.get(name)]:
        raise ModelError(
            f"{folder / 'meta.json'}: no labels of {', '.join(missing)}", mend=MEND
        )
    return Labels(*(tuple(names[name]) for name in Labels._fields))


def _check_files(
    folder: Path, expected: dict[str, str], further: set[str]
) -> Mapping[str, str]:
    """Return the digest of each file after comparing it with `meta.json`."""
    if missing := sorted((FILES | further) - set(expected)):
        raise ModelError(f"{folder / 'meta.json'}: names no {missing[-1]}", mend=MEND)
    for name, want in sorted(expected.items()):
        try:
            have = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except FileNotFoundError as error:
            raise ModelError(f"{folder / name}: no such file", mend=MEND) from error
        if have != want:
            raise ModelError(
                f"{folder / name}: sha256 {have[:12]}…, meta.json says {want[:12]}…",
                mend=MEND,
            )
    return MappingProxyType(expected)


def _load_arrays(path: Path) -> dict[str, Any]:
    with np.load(path, allow_pickle=False) as arrays:
        return dict(arrays)


def _session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own classes are not public
        raise ModelError(f"{path}: {error}", mend=MEND) from error
