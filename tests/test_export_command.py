from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import main
from sayso.record import to_json
from sayso.store.projects import create_project
from tests.export.raid import judgement
from tests.export.samples import RECORDS


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"\n\n".join(map(to_json, RECORDS)) + b"\n")
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.sayso"
    with create_project(path) as store:
        store.add_records(RECORDS)
        store.judge([judgement(RECORDS[0])])
    return path


def run(*args: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["export", *map(str, args)])
    assert done.stdout == ""
    return done.exit_code, done.stderr


def test_file_of_records_leaves_as_tables(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "tables"

    code, told = run(lines, "--as", "csv", "--out", out)

    assert code == 0
    assert "4 reports" in told
    assert "redacted by --persons public --text quotes" in told
    assert (out / "manifest.json").exists()


def test_nothing_is_said_of_redaction_where_all_leaves(
    lines: Path, tmp_path: Path
) -> None:
    open_to_all = ("--persons", "all", "--text", "full")

    code, told = run(
        lines, "--as", "jsonl", "--out", tmp_path / "all.jsonl", *open_to_all
    )

    assert (code, "redacted" in told) == (0, False)
    assert (tmp_path / "all.jsonl").read_bytes().splitlines() == [
        to_json(record) for record in RECORDS
    ]


def test_project_leaves_with_its_judgements(project: Path, tmp_path: Path) -> None:
    code, _ = run(project, "--as", "sqlite", "--out", tmp_path / "out.db")

    with sqlite3.connect(tmp_path / "out.db") as connection:
        reports = connection.execute("select count(*) from reports").fetchone()
        (row,) = connection.execute("select target, value, note from judgements")
    assert (code, reports) == (0, (4,))
    assert row[0] == "a04"
    assert "Torvik" not in str(row)


def test_project_and_its_records_give_equal_rows(project: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.jsonl"
    run(project, "--as", "jsonl", "--out", whole, "--persons", "all", "--text", "full")

    for name, source in (("one", project), ("two", whole)):
        run(source, "--as", "geojson", "--out", tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize(
    ("name", "text", "code", "message"),
    [
        ("none.jsonl", None, 2, "cannot be read"),
        ("none.sayso", None, 2, "is no file"),
        ("bad.jsonl", b'{"schema": 1}\n', 1, "bad.jsonl:1: "),
        ("bad.sayso", b"not a project at all, but a longer text" * 30, 1, "bad.sayso"),
    ],
)
def test_input_that_is_none_is_told(
    name: str, text: bytes | None, code: int, message: str, tmp_path: Path
) -> None:
    if text is not None:
        (tmp_path / name).write_bytes(text)

    found, told = run(tmp_path / name, "--as", "csv", "--out", tmp_path / "out")

    assert found == code
    assert message in told
    assert not (tmp_path / "out").exists()


def test_output_that_is_there_is_left(lines: Path, tmp_path: Path) -> None:
    code, told = run(lines, "--as", "html", "--out", lines)

    assert code == 2
    assert "is there already" in told
