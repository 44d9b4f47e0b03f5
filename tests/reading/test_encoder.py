"""The shipped model: the same bytes whatever runs beside, and no damaged file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.engine import map_reports
from sayso.errors import ModelError
from sayso.intake import read_path
from sayso.kit import load_kit
from sayso.reading.encoder import read_text
from sayso.reading.model import Model, load_model
from sayso.reading.sentences import sentence_vectors
from sayso.reading.types import Reading
from sayso.record import Record, Report, to_json

SHIPPED = Path(str(files("sayso") / "data" / "model"))
SAMPLES = Path(str(files("sayso") / "data" / "samples"))
TEXT = (
    "Ministry denies raid on Oro\n\n"
    "ORO, May 4 (Ridge Wire) - The defence ministry denied on Monday that its troops "
    "had entered Oro. “Nobody crossed the river,” Col. Abel Sten said. Villagers said "
    "they had been told by a priest that two houses were burnt."
)


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model(SHIPPED)


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    found = [one for one in read_path(SAMPLES) if isinstance(one, Report)]
    assert len(found) >= 5
    return found


def test_a_reading_covers_its_text(model: Model) -> None:
    reading = read_text(model, TEXT)

    assert reading.words == tuple(TEXT[s:e] for s, e in reading.tokens)
    assert [end for _, end in reading.sentences][-1] == len(reading.tokens)
    assert reading.vectors.shape[0] == len(reading.tokens)
    for start, end in reading.sentences:
        roots = [n for n in range(start, end) if reading.heads[n] == -1]
        assert len(roots) == 1
        assert reading.deprels[roots[0]] == "root"
    said = {" ".join(reading.words[s:e]) for s, e in _cues(reading)}
    assert {"denied", "said"} <= said


def _cues(reading: Reading) -> list[tuple[int, int]]:
    return [attribution.cue for attribution in reading.attributions]


def test_a_report_alone_reads_as_in_company(reports: list[Report]) -> None:
    alone = [one for report in reports for one in _records(map_reports([report]))]
    in_company = _records(map_reports([*reports, *reports], jobs=1))

    assert alone + alone == in_company


@pytest.mark.slow  # starts worker processes that each load the model
def test_worker_processes_give_the_same_bytes(reports: list[Report]) -> None:
    one = _records(map_reports(reports, jobs=1))
    two = _records(map_reports(reports, jobs=2))

    assert one == two


def _records(outcomes: object) -> list[bytes]:
    return [to_json(one) for one in outcomes if isinstance(one, Record)]  # type: ignore[attr-defined]


@pytest.mark.slow  # starts fresh interpreters
@pytest.mark.parametrize("threads", ["1", "4"])
def test_thread_counts_of_the_surroundings_do_not_matter(
    threads: str, reports: list[Report]
) -> None:
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    script = (
        "import sys, sayso\n"
        "record = sayso.read(sys.argv[1])\n"
        "sys.stdout.buffer.write(sayso.to_json(record))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, str(SAMPLES / "ferry-talks.txt")],
        env=os.environ | dict.fromkeys(names, threads),
        capture_output=True,
        check=True,
    )

    wanted = [r for r in reports if any("ferry-talks" in key for key in r.keys)]
    (expected,) = _records(map_reports(wanted))
    found, known = json.loads(done.stdout), json.loads(expected)
    assert found["statements"] == known["statements"]
    assert found["actors"] == known["actors"]


@given(text=st.text(max_size=400))
@settings(max_examples=40)
def test_any_text_can_be_read(text: str) -> None:
    reading = read_text(_MODEL(), text)

    assert all(0 <= s < e <= len(text) for s, e in reading.tokens)


def _MODEL() -> Model:
    if not _LOADED:
        _LOADED.append(load_model(SHIPPED))
    return _LOADED[0]


_LOADED: list[Model] = []


def test_upper_case_text_still_has_its_statements(model: Model) -> None:
    text = "THE ARMY SAID ON FRIDAY THAT TWO SOLDIERS WERE MISSING NEAR ORO."

    (attribution,) = read_text(model, text).attributions

    words = text.replace(".", " .").split()
    assert words[slice(*attribution.cue)] == ["SAID"]
    assert words[slice(*attribution.source[0])] == ["THE", "ARMY"]


def test_kinds_of_quotation_marks_read_the_same(model: Model) -> None:
    curly = "“We saw nothing,” the mayor said."

    readings = [
        read_text(model, curly.translate(str.maketrans("“”", marks)))
        for marks in ("“”", '""', "«»")
    ]

    assert len({reading.attributions for reading in readings}) == 1


def test_sentences_that_say_the_same_lie_near_each_other(model: Model) -> None:
    reading = read_text(
        model,
        "The army shelled the village.\n\nSoldiers fired shells at the hamlet.\n\n"
        "Bread prices rose again last month.",
    )

    vectors = sentence_vectors(model, reading)

    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.1


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    return folder


@pytest.mark.parametrize("name", ["trunk.onnx", "chains.npz", "vocab.txt"])
def test_a_damaged_file_is_refused_by_name(copy: Path, name: str) -> None:
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)

    with pytest.raises(ModelError, match=rf"{name}: sha256") as caught:
        load_kit(copy)

    assert "install sayso again" in caught.value.mend


def test_a_missing_file_is_refused_by_name(copy: Path) -> None:
    (copy / "link.onnx").unlink()

    with pytest.raises(ModelError, match=r"link\.onnx: no such file"):
        load_model(copy)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": 2}, "model schema 2, this sayso reads 1"),
        ({"files": {}}, "names no vocab.txt"),
        ({"labels": {"upos": ["NOUN"]}}, "labels"),
    ],
    ids=["schema", "files", "labels"],
)
def test_a_model_of_another_kind_is_refused(
    copy: Path, change: dict[str, object], message: str
) -> None:
    path = copy / "meta.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))

    with pytest.raises(ModelError, match=message):
        load_model(copy)


def test_meta_that_is_no_json_is_refused(copy: Path) -> None:
    (copy / "meta.json").write_text("{")

    with pytest.raises(ModelError, match="not valid JSON"):
        load_model(copy)
