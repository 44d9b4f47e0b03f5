from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from sayso.errors import ModelError
from sayso.kit import Kit, load_kit
from sayso.reading.slots import load_shipped_slot_head, load_slot_head, read_slots

TEXT = (
    "Oram, 4 May. A bomb destroyed the mayor's car last night. The Red Moth Front said "
    "that it had placed the bomb [two sticks of dynamite].\n\nNobody was hurt."
)
FILES = ("muc4.onnx", "muc4.json", "muc4_words.tsv")


@pytest.fixture(scope="module")
def kit() -> Kit:
    return load_kit()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        source = files("sayso") / "data" / "model" / name
        with source.open("rb") as left, (tmp_path / name).open("wb") as right:
            shutil.copyfileobj(left, right)
    return tmp_path


def test_capitals_make_no_difference(kit: Kit) -> None:
    head = load_shipped_slot_head()

    plain, capitals = (read_slots(kit.model, head, t) for t in (TEXT, TEXT.upper()))

    assert plain.words == capitals.words
    assert np.array_equal(plain.tags, capitals.tags)
    assert plain.relevance == capitals.relevance


def test_shares_are_shares(kit: Kit) -> None:
    scores = read_slots(kit.model, load_shipped_slot_head(), TEXT)

    assert scores.tags.shape == (6, len(scores.tokens), 3)
    assert np.exp(scores.tags).sum(-1) == pytest.approx(1, abs=1e-4)
    assert scores.vectors.shape[0] == len(scores.tokens)
    assert scores.stages.sum(-1) == pytest.approx(1, abs=1e-4)
    assert 0 <= scores.relevance <= 1


def test_an_empty_text_has_empty_scores(kit: Kit) -> None:
    scores = read_slots(kit.model, load_shipped_slot_head(), " \n")

    assert scores.tokens == ()
    assert scores.relevance == 0


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "muc4_words.tsv").unlink()

    with pytest.raises(ModelError, match=r"muc4_words\.tsv: no such file"):
        load_slot_head(folder)


def test_a_damaged_file_is_named(folder: Path) -> None:
    with (folder / "muc4_words.tsv").open("a", encoding="utf-8") as table:
        table.write("made up\t1\n")

    with pytest.raises(ModelError, match=r"muc4_words\.tsv: sha256"):
        load_slot_head(folder)


@pytest.mark.parametrize(
    ("change", "told"),
    [({"schema": 99}, "schema 99"), ({"labels": {}}, "other slots")],
    ids=["of another form", "with other labels"],
)
def test_a_head_that_does_not_fit_is_refused(
    folder: Path, change: dict[str, object], told: str
) -> None:
    path = folder / "muc4.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(meta | change), encoding="utf-8")

    with pytest.raises(ModelError, match=told):
        load_slot_head(folder)
