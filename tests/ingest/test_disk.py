"""Projects on disks that are full, read-only, shared or damaged, by all commands."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sayso.cli import main
from sayso.errors import StoreError
from sayso.ingest.ingest import ingest
from sayso.intake import find_pieces
from sayso.store.projects import open_project
from tests.disk import SmallDisk, mount_small_disk
from tests.ingest.build import (
    engine,
    export_hash,
    open_plain_pieces,
    take_in,
    write_rows,
)

COMMANDS = {
    "ingest": "ingest ROWS --into PROJECT",
    "delete": "delete PROJECT r1 --yes",
    "reread": "reread PROJECT",
    "failures": "failures PROJECT",
    "export": "export PROJECT --as jsonl --out OUT",
    "serve": "serve PROJECT --no-browser",
}
PLANTED = "quillfeather"


def truncate(project: Path) -> None:
    content = project.read_bytes()
    project.write_bytes(content[: len(content) // 2])


def spoil(project: Path) -> None:
    content = bytearray(project.read_bytes())
    content[4096 : 64 * 4096] = b"\xa5" * (63 * 4096)
    project.write_bytes(content)


def replace_by_noise(project: Path) -> None:
    project.write_bytes(bytes(range(256)) * 64)


def replace_by_other(project: Path) -> None:
    project.unlink()
    run_sql(project, "create table songs (title text)")


def make_newer(project: Path) -> None:
    run_sql(project, "pragma user_version = 99")


def run_sql(project: Path, order: str) -> None:
    connection = sqlite3.connect(project)
    connection.execute(order)
    connection.close()


DAMAGE = {
    truncate: ("malformed", "restore the latest backup"),
    spoil: ("malformed", "restore the latest backup"),
    replace_by_noise: ("not a database", "give a project"),
    replace_by_other: ("is not a project", "give one"),
    make_newer: ("tables of version 99", "install a newer sayso"),
}


@pytest.fixture(autouse=True)
def _stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.engine.open_piece_reader", open_plain_pieces)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with mount_small_disk(tmp_path / "disk") as disk:
        yield disk


def make_project(path: Path, tmp_path: Path, count: int = 3) -> Path:
    rows = write_rows(tmp_path / "first.jsonl", range(count))
    with open_project(path, create=True) as store:
        take_in(store, rows)
    return path


def call(command: str, project: Path, tmp_path: Path) -> Result:
    rows = write_rows(tmp_path / "more.jsonl", range(5))
    named = {"ROWS": rows, "PROJECT": project, "OUT": tmp_path / "out.jsonl"}
    words = [str(named.get(word, word)) for word in COMMANDS[command].split()]
    return CliRunner().invoke(main, words)


def is_told(result: Result, project: Path, *words: str) -> bool:
    """Tell whether one error with these words was shown, and nothing else broke."""
    told = result.exit_code == 1 and f"sayso: {project}" in result.stderr
    return told and all(word in result.stderr for word in words)


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("command", COMMANDS)
def test_damage_is_told_by_each_command(
    command: str, damage: Callable[[Path], None], tmp_path: Path
) -> None:
    project = make_project(tmp_path / "p.sayso", tmp_path)
    damage(project)
    before = project.read_bytes()

    result = call(command, project, tmp_path)

    assert is_told(result, project, *DAMAGE[damage]), result.output
    assert project.read_bytes() == before
    assert not (tmp_path / "out.jsonl").exists()


def test_damaged_reading_is_told(tmp_path: Path) -> None:
    project = make_project(tmp_path / "p.sayso", tmp_path)
    connection = sqlite3.connect(project)
    ((packed,),) = connection.execute("select record from readings limit 1")
    connection.close()
    part = packed[40:80]
    content = project.read_bytes()
    assert content.count(part) == 1
    project.write_bytes(content.replace(part, bytes(40)))

    result = call("export", project, tmp_path)

    assert is_told(result, project, "decompressing", "restore the latest backup")
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_read_only_disk_is_told_by_each_command(
    command: str, disk: SmallDisk, tmp_path: Path
) -> None:
    project = make_project(disk.folder / "p.sayso", tmp_path)
    disk.remount("ro")

    result = call(command, project, tmp_path)

    assert is_told(result, project, "make file and folder writable"), result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_disk_without_any_room_is_told_by_each_command(
    command: str, disk: SmallDisk, tmp_path: Path
) -> None:
    project = make_project(disk.folder / "p.sayso", tmp_path)
    disk.fill()

    result = call(command, project, tmp_path)

    assert is_told(result, project, "disk is full", "free some space"), result.output


def test_disk_that_fills_up_loses_nothing_acknowledged(
    disk: SmallDisk, tmp_path: Path
) -> None:
    project = make_project(disk.folder / "p.sayso", tmp_path)
    whole = make_project(tmp_path / "whole.sayso", tmp_path, 400)
    rows = tmp_path / "first.jsonl"
    kept = 0

    with (
        open_project(project) as store,
        pytest.raises(StoreError, match=f"{project}.*disk is full.*free some space"),
    ):
        for tally in ingest(find_pieces([rows]), store, engine()):
            kept = tally.known + tally.new

    assert 50 <= kept < 400
    disk.remount("size=32m")
    with open_project(project) as store:
        assert store.info().reports == kept
    result = CliRunner().invoke(main, ["ingest", str(rows), "--into", str(project)])
    assert result.stdout == f"{project}: {400 - kept} new, {kept} known before\n"
    assert export_hash(project) == export_hash(whole)


def test_deletion_without_room_is_finished_by_the_next_one(
    disk: SmallDisk, tmp_path: Path
) -> None:
    project = disk.folder / "p.sayso"
    row = {"id": "r1", "text": f"Mayor {PLANTED} denied it."}
    (tmp_path / "r1.jsonl").write_text(json.dumps(row), encoding="utf-8")
    rows = write_rows(tmp_path / "rows.jsonl", range(100))
    with open_project(project, create=True) as store:
        take_in(store, tmp_path / "r1.jsonl", rows)
    disk.fill(free=1 << 20)
    words = ["delete", str(project), "r1", "--yes"]

    cut = CliRunner().invoke(main, words)
    disk.clear()
    again = CliRunner().invoke(main, words)

    assert is_told(cut, project, "disk is full", "free some space")
    assert "what was deleted before has now left the disk" in again.stdout
    assert PLANTED.encode() not in project.read_bytes()
    with open_project(project) as store:
        assert store.info().reports == 100


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "sqlite", "html", "prov"])
def test_export_without_room_leaves_nothing(
    form: str, disk: SmallDisk, tmp_path: Path
) -> None:
    if form == "parquet":
        pytest.importorskip("duckdb")
    project = make_project(tmp_path / "p.sayso", tmp_path, 20)
    out = disk.folder / "out"
    disk.fill(free=8192)
    before = set(disk.folder.iterdir())

    words = ["export", str(project), "--as", form, "--out", str(out)]
    result = CliRunner().invoke(main, words)

    assert result.exit_code == 1
    assert f"sayso: {out}" in result.stderr
    assert "cannot be written" in result.stderr
    assert "look at the free space" in result.stderr
    assert set(disk.folder.iterdir()) == before


@pytest.mark.parametrize("command", ["ingest", "delete"])
def test_second_writer_waits_and_then_tells(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.store.sqlite.BUSY_MS", 100)
    project = make_project(tmp_path / "p.sayso", tmp_path)
    with open_project(project) as store:
        key = next(store.records()).report.key
    words = {"ingest": ["--into", str(project)], "delete": [str(project), key, "--yes"]}
    rows = write_rows(tmp_path / "more.jsonl", range(5))
    given = [str(rows)] if command == "ingest" else []
    first = sqlite3.connect(project, isolation_level=None)
    first.execute("begin immediate")

    result = CliRunner().invoke(main, [command, *given, *words[command]])

    first.rollback()
    first.close()
    assert is_told(result, project, "locked", "another process is writing")
    with open_project(project) as store:
        assert store.info().reports == 3


def test_copy_of_a_project_on_a_read_only_disk_can_be_used(
    disk: SmallDisk, tmp_path: Path
) -> None:
    project = make_project(disk.folder / "p.sayso", tmp_path)
    disk.remount("ro")
    copy = Path(shutil.copy(project, tmp_path / "copy.sayso"))

    assert call("export", copy, tmp_path).exit_code == 0
