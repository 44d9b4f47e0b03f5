from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import sayso.api
from sayso.cli import main
from tests.ingest.build import open_plain_pieces
from tests.readers import open_fragile, open_interrupted

ROOT = Path(__file__).parent.parent
# The command line with a stand-in for the model, in a process of its own.
PROGRAM = """
import sys
import sayso.api
from tests.readers import open_plain
sayso.api._shipped_reader = open_plain
from sayso.cli import main
main(prog_name="sayso")
"""


@pytest.fixture(autouse=True)
def _stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sayso.api, "_shipped_reader", open_fragile)
    monkeypatch.setattr(sayso.api, "open_reader", open_fragile)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = {
        "a.txt": "Rain fell on the hills.",
        "b.txt": "",
        "c.txt": "Then it was dry.",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def sayso_(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def start(*arguments: str | Path, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        **options,  # type: ignore[call-overload] # given one by one below
    )


def test_results_go_to_output_and_failures_to_error(folder: Path) -> None:
    result = sayso_("read", "--format", "jsonl", folder)

    records = [json.loads(line) for line in result.stdout.splitlines()]

    assert [one["report"]["key"] for one in records] == [
        "a.txt",
        "c.txt",
    ]
    assert "b.txt: the input is empty\n       give a file" in result.stderr
    assert result.stderr.endswith("sayso: 1 of 3 could not be read\n")
    assert result.exit_code == 1


def test_clean_batch_ends_with_zero_and_says_nothing_more(folder: Path) -> None:
    result = sayso_("read", folder / "a.txt")

    assert result.exit_code == 0
    assert result.stderr == ""
    assert "Rain fell on the hills." in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["read"], id="no file"),
        pytest.param(["read", "--format", "xml", "a.txt"], id="unknown format"),
        pytest.param(["read", "--jobs", "0", "a.txt"], id="no jobs"),
        pytest.param(["read", "--published", "soon", "a.txt"], id="no date"),
        pytest.param(["listen"], id="unknown command"),
    ],
)
def test_wrong_usage_ends_with_two(arguments: list[str]) -> None:
    result = sayso_(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


def test_missing_file_is_a_failure_and_no_wrong_usage(tmp_path: Path) -> None:
    result = sayso_("read", tmp_path / "none.txt")

    assert result.exit_code == 1
    assert "none.txt" in result.stderr


def test_json_is_an_object_for_one_file_and_a_list_for_a_folder(folder: Path) -> None:
    one = json.loads(sayso_("read", "--format", "json", folder / "a.txt").stdout)
    many = json.loads(sayso_("read", "--format", "json", folder).stdout)

    assert one["report"]["text"] == "Rain fell on the hills."
    assert [record["schema"] for record in many] == [1, 1]


def test_options_reach_the_report(folder: Path) -> None:
    options = ["--published", "2024-03-31", "--outlet", "Harbour Wire"]

    result = sayso_("read", "--format", "json", *options, folder / "a.txt")

    report = json.loads(result.stdout)["report"]
    assert (report["published"], report["outlet"]) == ("2024-03-31", "Harbour Wire")


def test_workers_give_the_same_output(folder: Path) -> None:
    alone = sayso_("read", "--format", "jsonl", folder)
    shared = sayso_("read", "--format", "jsonl", "--jobs", "2", folder)

    assert alone.stdout == shared.stdout
    assert alone.stderr == shared.stderr


def test_fault_in_a_report_is_told_without_its_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A crash.", encoding="utf-8")

    quiet = sayso_("read", tmp_path / "a.txt")
    loud = sayso_("read", "--traceback", tmp_path / "a.txt")

    assert "a.txt: reading stopped with ValueError: it crashed" in quiet.stderr
    assert "Traceback" not in quiet.stderr
    assert 'raise ValueError("it crashed")' in loud.stderr


def test_standard_input_is_read() -> None:
    process = start("read", "--format", "json", "-", stdin=subprocess.PIPE)
    out, err = process.communicate(b"Rain fell on the hills.")

    assert err == b""
    assert json.loads(out)["report"]["text"] == "Rain fell on the hills."
    assert process.returncode == 0


def test_reader_that_ends_early_gets_no_complaint(tmp_path: Path) -> None:
    rows = tmp_path / "many.jsonl"
    row = json.dumps({"text": "Rain fell on the hills. " * 40})
    rows.write_text(f"{row}\n" * 400, encoding="utf-8")

    process = start("read", "--format", "jsonl", rows)
    assert process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()
    with process.stderr as told:
        assert told.read() == b""

    assert process.wait() == 141


def test_interrupt_ends_quietly(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sayso.api, "_shipped_reader", open_interrupted)

    result = sayso_("read", folder)

    assert result.exit_code == 130
    assert result.output == ""


def test_schema_is_that_of_the_record() -> None:
    result = sayso_("schema")

    assert json.loads(result.stdout)["$ref"] == "#/$defs/Record"


def test_version_is_told() -> None:
    assert sayso_("--version").stdout == f"sayso {sayso.__version__}\n"


def test_version_is_that_of_the_package() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert f'\nversion = "{sayso.__version__}"\n' in project


def test_demo_builds_a_project_and_shows_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sayso.engine.open_piece_reader", open_plain_pieces)
    monkeypatch.chdir(tmp_path)

    result = sayso_("demo")

    assert result.exit_code == 0
    assert "demo.sayso: 12 reports" in result.stdout
    assert "11 comments" in result.stdout
    assert "sayso export demo.sayso" in result.stdout
    assert sayso_("demo").stdout == result.stdout
