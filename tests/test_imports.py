from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

ROOT = Path(__file__).parent.parent
HEAVY = {"duckdb", "lxml", "onnxruntime", "ray", "rich", "torch", "trafilatura"}

# Run in a process of its own: in this one others have imported all of them.
LOADED = "import sys; {}; print(*{{name.partition('.')[0] for name in sys.modules}})"


def modules_after(statement: str) -> set[str]:
    command = [sys.executable, "-c", LOADED.format(statement)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["sayso", "sayso.cli"])
def test_import_loads_nothing_heavy(module: str) -> None:
    loaded = modules_after(f"import {module}")

    assert "sayso" in loaded
    assert not loaded & HEAVY


def test_floors_know_only_those_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    configure()

    kept = lint_imports(config_filename="pyproject.toml", cache_dir=None)

    assert kept, "run `lint-imports` to see which import breaks which contract"


def test_every_module_stands_on_a_floor() -> None:
    """A new package has to be put into the contract, or nothing guards it."""
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    source = ROOT / "src" / "sayso"
    modules = {path.stem for path in source.glob("[a-z]*.py")}
    packages = {path.parent.name for path in source.glob("[a-z]*/__init__.py")}

    assert [
        name for name in modules | packages if f"sayso.{name}" not in contract
    ] == []
