"""Write `meta.json` of a model folder: labels, hashes, corpora and scores."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from sayso.reading.model import SCHEMA

TRUNK_FILES = (
    "trunk.onnx",
    "embeddings.npz",
    "labels.onnx",
    "sentence.onnx",
    "vocab.txt",
)
FILES = (*TRUNK_FILES, "flat.onnx", "link.onnx", "span.onnx", "chains.npz")


def write_meta(folder: Path, trunk_folder: Path, about: dict[str, Any]) -> None:
    """Write `meta.json` for the files in `folder`; `trunk.json` supplies the labels."""
    trunk = json.loads((trunk_folder / "trunk.json").read_text(encoding="utf-8"))
    meta = {
        "schema": SCHEMA,
        "name": "sayso-en",
        "version": "1",
        "sayso": ">=0.1,<0.2",
        "layers": trunk["layers"],
        "steps": trunk["steps"],
        "labels": trunk["labels"],
        **about,
        "files": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in FILES
        },
    }
    (folder / "meta.json").write_text(
        json.dumps(meta, indent=1) + "\n", encoding="utf-8"
    )
