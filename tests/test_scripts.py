from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = ("sh", "env", "dirname", "cat", "sha256sum", "tr", "rm")
OLD = 'case "$1" in -V) echo Python 3.9.2;; *) exit 1;; esac'
WITHOUT_VENV = 'case "$2" in *ensurepip*) exit 1;; *print*) echo 3.12;; esac'
SCRIPTS = [*ROOT.glob("script/*"), ROOT / ".ci" / "run"]


def set_up(folder: Path, python: str | None) -> subprocess.CompletedProcess[str]:
    """Run script/setup in a bare place, with such a python3 or none."""
    tools = folder / "bin"
    tools.mkdir()
    for tool in TOOLS:
        (tools / tool).symlink_to(str(shutil.which(tool)))
    if python is not None:
        (tools / "python3").write_text(f"#!/bin/sh\n{python}\n", encoding="utf-8")
        (tools / "python3").chmod(0o755)
    clone = folder / "a clone"
    shutil.copytree(ROOT / "script", clone / "script")
    shutil.copy(ROOT / "pyproject.toml", clone)
    return subprocess.run(
        [clone / "script" / "demo"],
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("python", "advice"),
    [
        pytest.param(None, "apt install python3 python3-venv", id="none"),
        pytest.param(OLD, "apt install python3.11 python3.11-venv", id="too old"),
        pytest.param(WITHOUT_VENV, "apt install python3.12-venv", id="without venv"),
    ],
)
def test_unfit_python_gets_one_line_on_what_to_install(
    tmp_path: Path, python: str | None, advice: str
) -> None:
    done = set_up(tmp_path, python)

    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert advice in done.stderr


def test_old_python_is_told_by_its_version(tmp_path: Path) -> None:
    assert "found Python 3.9.2" in set_up(tmp_path, OLD).stderr


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_can_be_run_and_parse(script: Path) -> None:
    assert script.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", script], check=True)
