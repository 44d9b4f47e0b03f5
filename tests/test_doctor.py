from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from sayso import doctor
from sayso.doctor import compare_golden, examine, read_golden
from sayso.errors import ModelError
from sayso.kit import Kit, load_kit
from sayso.record import to_json

DATA = Path(doctor.__file__).parent / "data"
GOLDEN = DATA / "golden" / doctor.GOLDEN_RECORD


@pytest.fixture(scope="module")
def kit() -> Kit:
    return load_kit()


def test_golden_record_is_that_of_the_shipped_kit(
    kit: Kit, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--golden-update"):
        GOLDEN.write_bytes(to_json(read_golden(kit)))

    finding = compare_golden(kit)

    if finding.found.startswith("made with"):
        pytest.fail("the model is new: run pytest --golden-update tests/test_doctor.py")
    if not doctor.is_reference_family():
        pytest.skip(f"this processor is of another family: {finding.found}")
    assert finding.is_well, finding.found


@pytest.fixture
def golden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the golden record that a test may change."""
    for folder in ("golden", "samples"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    monkeypatch.setattr(doctor, "_data", lambda: tmp_path)
    return tmp_path / "golden" / doctor.GOLDEN_RECORD


def test_other_labels_are_counted(kit: Kit, golden: Path) -> None:
    record = read_golden(kit)
    first, *others = record.statements
    other = replace(record, statements=(replace(first, negated=True), *others))
    golden.write_bytes(to_json(other))

    finding = compare_golden(kit)

    assert finding.found == f"1 of {len(record.statements)} statements differ"
    assert not finding.is_well


def test_other_confidences_are_told_apart(kit: Kit, golden: Path) -> None:
    record = read_golden(kit)
    first, *others = record.statements
    other = replace(record, statements=(replace(first, confidence=0.0), *others))
    golden.write_bytes(to_json(other))

    assert compare_golden(kit).found == "same statements, other confidences"


def test_record_of_another_model_is_not_compared(kit: Kit, golden: Path) -> None:
    record = read_golden(kit)
    other = replace(record, kit=replace(record.kit, model="older 1"))
    golden.write_bytes(to_json(other))

    finding = compare_golden(kit)

    assert finding.found == "made with model older 1, not with this one"
    assert "install sayso again" in finding.mend


def test_missing_golden_record_is_told(kit: Kit, golden: Path) -> None:
    golden.unlink()

    assert compare_golden(kit).found == f"{golden}: no such file"


def test_damaged_model_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Kit:
        raise ModelError("trunk.onnx: no such file", mend="install sayso again")

    monkeypatch.setattr(doctor, "load_kit", fail)

    *_, last = examine()

    assert (last.name, last.is_well) == ("kit", False)
    assert last.mend == "install sayso again"


def test_all_findings_say_what_to_do_if_anything() -> None:
    for finding in examine():
        assert finding.found
        assert finding.is_well or finding.mend, msgspec.structs.asdict(finding)
