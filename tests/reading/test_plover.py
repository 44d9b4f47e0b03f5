import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from sayso.errors import ModelError
from sayso.extract.pairs import pair_type
from sayso.kit import load_kit
from sayso.reading.encoder import read_text
from sayso.reading.plover import load_pair_head, load_shipped_pair_head

MODEL = Path(str(files("sayso") / "data" / "model"))


@pytest.fixture(name="folder")
def copied_head(tmp_path: Path) -> Path:
    for name in ("plover.onnx", "plover.json"):
        shutil.copy(MODEL / name, tmp_path / name)
    return tmp_path


def test_the_shipped_head_has_fifteen_types():
    labels = load_shipped_pair_head().labels

    assert len(labels) == 15
    assert "YIELD" in labels


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "actor", "recipient", "expected"),
    [
        ("Velan jets bombed Ostrian depots on Monday.", 2, 2, "ASSAULT"),
        ("Velan diplomats held talks with Ostrian officials.", 2, 2, "CONSULT"),
        ("Velan courts rejected demands from Ostrian officials.", 2, 2, "REJECT"),
    ],
)
def test_the_shipped_head_types_a_marked_pair(text, actor, recipient, expected):
    reading = read_text(load_kit().model, text)
    start = reading.words.index("Ostrian")

    kind, probability = pair_type(
        reading, (0, actor), (start, start + recipient), load_shipped_pair_head()
    )

    assert kind == expected
    assert 1 / 15 < probability <= 1


def test_a_missing_file_is_named(folder):
    (folder / "plover.onnx").unlink()

    with pytest.raises(ModelError, match=r"plover\.onnx: no such file"):
        load_pair_head(folder)


def test_a_changed_file_is_refused(folder):
    (folder / "plover.onnx").write_bytes(b"other")

    with pytest.raises(ModelError, match="says another"):
        load_pair_head(folder)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("{", "not valid JSON"), (json.dumps({"schema": 99}), "schema 99")],
)
def test_a_description_of_another_kind_is_refused(folder, text, complaint):
    (folder / "plover.json").write_text(text)

    with pytest.raises(ModelError, match=complaint):
        load_pair_head(folder)
