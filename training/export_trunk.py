"""Turn a trunk checkpoint into the shipped files: `python -m training.export_trunk`.

Writes trunk.onnx (static QDQ int8, float MatMul outputs), embeddings.npz (int8 rows
with a scale each), labels.onnx, vocab.txt and trunk.json. The heads of attribution are
written by `training.heads`.
"""

from __future__ import annotations

import argparse
import json
import random
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import (
    CalibrationDataReader,
    QuantFormat,
    QuantType,
    quantize_static,
)
from torch import Tensor, nn

from sayso.reading.wordpiece import load_wordpiece
from training.documents import Document, load_polnear, load_treebank
from training.model import ENTITY_LABELS, HIDDEN, Model, Trunk, minilm_folder
from training.windows import collate, cut, encode_document

CALIBRATION_WINDOWS = 96
MIDDLE, MIDDLE_LAYER = "middle", 2


class TrunkGraph(nn.Module):
    """One window: summed embeddings (1, P, H) and first pieces (1, T) to all scores."""

    def __init__(self, trunk: Trunk) -> None:
        super().__init__()
        self.trunk = trunk

    def forward(self, embedded: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """Return vectors (T, H), word scores (T, upos + 2 + entities), arcs, labels."""
        trunk = self.trunk
        x = trunk.encode(embedded, first, None)
        scores = torch.cat([trunk.upos(x), trunk.starts(x), trunk.entities(x)], -1)
        dependent, head = trunk.label_parts(x)
        head = torch.cat([head, trunk.label_root.expand(1, 1, -1)], 1)
        return x[0], scores[0], trunk.arc_scores(x)[0], dependent[0], head[0]


class LabelGraph(nn.Module):
    """Paired parts (T, 192) of dependents and heads to relation scores (T, R)."""

    def __init__(self, trunk: Trunk) -> None:
        super().__init__()
        self.trunk = trunk

    def forward(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Return the scores of all relations."""
        return self.trunk.label_scores(dependent, head)


class _Calibration(CalibrationDataReader):
    def __init__(self, rows: list[dict[str, np.ndarray]]) -> None:
        self._rows = iter(rows)

    def get_next(self) -> dict[str, np.ndarray] | None:
        return next(self._rows, None)


def load_checkpoint(path: Path) -> tuple[Model, dict]:  # type: ignore[type-arg]
    """Return the model in evaluation mode and the rest of its checkpoint."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    model = Model(state["layers"], len(state["relations"]), len(state["upos"]))
    model.load_state_dict(state["model"])
    model.eval()
    return model, state


def quantise_rows(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return int8 rows and their float32 scales (rows,)."""
    scale = np.abs(table).max(1) / 127 + 1e-12
    return np.rint(table / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def export(
    model: Model,
    state: dict[str, Any],
    documents: list[Document],
    out: Path,
) -> None:
    """Write all files of the trunk into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    trunk = model.trunk
    words, scale = quantise_rows(trunk.words.weight.detach().numpy())
    places = trunk.positions.weight.detach().numpy()[:260].astype(np.float32)
    features = trunk.features.weight.detach().numpy().astype(np.float32)
    np.savez(
        out / "embeddings.npz",
        words=words,
        scale=scale,
        places=places,
        features=features,
    )
    _export_trunk(
        trunk, calibration_rows(state, documents, words, scale, places, features), out
    )
    parts = (torch.randn(7, 192), torch.randn(7, 192))
    to_onnx(
        LabelGraph(trunk),
        parts,
        out / "labels.onnx",
        ["dependent", "head"],
        ["scores"],
        {"dependent": {0: "t"}, "head": {0: "t"}},
    )
    vocabulary = (minilm_folder() / "vocab.txt").read_text(encoding="utf-8")
    (out / "vocab.txt").write_text(vocabulary.rstrip("\n"), encoding="utf-8")
    labels = {
        "upos": state["upos"],
        "relations": state["relations"],
        "entities": ENTITY_LABELS,
    }
    about = {"layers": state["layers"], "steps": state["step"], "labels": labels}
    (out / "trunk.json").write_text(
        json.dumps(about, indent=1) + "\n", encoding="utf-8"
    )


def _export_trunk(trunk: Trunk, rows: list[dict[str, np.ndarray]], out: Path) -> None:
    plain = out / "plain.onnx"
    example = tuple(torch.from_numpy(rows[0][name]) for name in ("embedded", "first"))
    names = ["vectors", "scores", "arcs", "dependent", "head"]
    to_onnx(
        TrunkGraph(trunk),
        example,
        plain,
        ["embedded", "first"],
        names,
        {"embedded": {1: "p"}, "first": {1: "t"}, **{n: {0: "t"} for n in names}},
    )
    small = [n.name for n in onnx.load(plain).graph.node if _is_small_head(n.name)]
    quantize_static(
        plain,
        out / "trunk.onnx",
        _Calibration(rows),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
        nodes_to_exclude=small,
        extra_options={
            "OpTypesToExcludeOutputQuantization": ["MatMul"],
            "MatMulConstBOnly": True,
        },
    )
    plain.unlink()
    expose_middle(out / "trunk.onnx")


def expose_middle(path: Path) -> None:
    """Add the third layer at each word as an output; what was there stays the same.

    The last layer is bent to attribution and syntax; kinds of acts are easier to tell
    from the middle (docs/decisions/0015-events.md).
    """
    model = onnx.load(path)
    graph = model.graph
    if any(output.name == MIDDLE for output in graph.output):
        return
    nodes = {node.name: node for node in graph.node}
    wide = onnx.helper.make_node(
        "GatherElements",
        [
            f"/layers.{MIDDLE_LAYER}/norm2/LayerNormalization_output_0",
            "/Expand_output_0",
        ],
        [f"{MIDDLE}_wide"],
        name=f"/{MIDDLE}/GatherElements",
    )
    wide.attribute.extend(nodes["/GatherElements"].attribute)
    flat = onnx.helper.make_node(
        "Gather",
        [f"{MIDDLE}_wide", nodes["/Gather"].input[1]],
        [MIDDLE],
        name=f"/{MIDDLE}/Gather",
    )
    flat.attribute.extend(nodes["/Gather"].attribute)
    graph.node.extend([wide, flat])
    graph.output.append(
        onnx.helper.make_tensor_value_info(
            MIDDLE, onnx.TensorProto.FLOAT, ["t", HIDDEN]
        )
    )
    onnx.save(model, path)


def _is_small_head(node: str) -> bool:
    """Return whether a node's outputs decide labels at little cost: kept in float."""
    small = ("upos", "starts", "entities")
    return any(f"/{name}/" in node for name in small)


def to_onnx(module, example, path, inputs, outputs, axes) -> None:  # type: ignore[no-untyped-def]
    """Write `module` as ONNX with named inputs, outputs and free axes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            example,
            path,
            dynamo=False,
            opset_version=17,
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes,
        )


def calibration_documents(data: Path, *, licensed_only: bool) -> list[Document]:
    """Return a draw by seed from GUM train and PolNeAR train, or EWT in its place."""
    rng = random.Random(5)
    if licensed_only:
        news = load_treebank(data / "data/ud/ewt-train.conllu", "ewt")
    else:
        news = load_polnear(data / "data/polnear/train.jsonl")
    gum = load_treebank(data / "data/ud/gum-train.conllu", "gum")
    return [*rng.sample(news, 24), *rng.sample(gum, 12)]


def calibration_rows(state, documents, words, scale, places, features):  # type: ignore[no-untyped-def]
    """Return the trunk's inputs for up to four windows of each document."""
    rng = random.Random(5)
    wordpiece = load_wordpiece(minilm_folder() / "vocab.txt")
    upos = {u: n for n, u in enumerate(state["upos"])}
    relations = {r: n for n, r in enumerate(state["relations"])}
    rows = []
    for document in documents:
        encoded = encode_document(document, wordpiece, upos, relations)
        pieces = [(encoded, s, e) for s, e in cut(encoded, 208, rng)][:4]
        for window in pieces:
            batch = collate([window], wordpiece, None, with_links=False)
            ids, codes = batch.pieces.numpy(), batch.features.numpy()
            embedded = (
                words[ids] * scale[ids][..., None]
                + places[: ids.shape[1]]
                + features[codes]
            )
            rows.append(
                {"embedded": embedded.astype(np.float32), "first": batch.first.numpy()}
            )
    rng.shuffle(rows)
    return rows[:CALIBRATION_WINDOWS]


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--licensed-only", action="store_true")
    arguments = parser.parse_args()
    model, state = load_checkpoint(arguments.checkpoint)
    with torch.no_grad():
        only = arguments.licensed_only
        documents = calibration_documents(arguments.data, licensed_only=only)
        export(model, state, documents, arguments.out)
    for path in sorted(arguments.out.iterdir()):
        print(f"{path.name:16} {path.stat().st_size / 1e6:6.2f} MB")


if __name__ == "__main__":
    main()
