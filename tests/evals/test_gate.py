import json
from pathlib import Path

import pytest

from evals import gate

FLOORS = {"sha256": {"set.toml": "aa"}, "floors": {"small": {"F1": 0.8}}}


@pytest.mark.parametrize(
    ("value", "passes"),
    [(0.9, True), (0.796, True), (0.79, False)],
    ids=["above", "within the slack", "below"],
)
def test_figure_is_held_against_its_floor(value: float, passes: bool) -> None:
    faults = gate.compare({"small": {"F1": value}}, {"set.toml": "aa"}, FLOORS)

    assert (not faults) is passes


def test_changed_data_is_a_fault() -> None:
    faults = gate.compare({"small": {"F1": 0.9}}, {"set.toml": "bb"}, FLOORS)

    assert "set.toml" in faults[0]


def test_figure_without_floor_passes() -> None:
    assert not gate.compare({"other": {"F1": 0.1}}, {}, FLOORS)


def test_floor_is_not_lowered_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "floors.json"
    monkeypatch.setattr(gate, "FLOORS", path)

    code = gate.update({"small": {"F1": 0.7}}, {}, FLOORS, allow=False)

    assert code == 1
    assert not path.exists()


def test_update_keeps_floors_of_sets_that_did_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "floors.json"
    monkeypatch.setattr(gate, "FLOORS", path)

    code = gate.update({"other": {"F1": 0.5}}, {"b": "cc"}, FLOORS, allow=False)

    written = json.loads(path.read_text())
    assert code == 0
    assert written["floors"] == {"small": {"F1": 0.8}, "other": {"F1": 0.5}}
    assert written["sha256"] == {"set.toml": "aa", "b": "cc"}


def test_gate_reports_follow_their_rule() -> None:
    chosen = json.loads(gate.REPORTS.read_bytes())["doc_ids"]

    assert len(set(chosen)) == 12
    assert {name.split("-")[0] for name in chosen} == {"asia", "africa", "levant"}
