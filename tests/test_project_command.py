from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from sayso.cli import main
from sayso.record import Stance, Verdict
from sayso.store.judgements import decide
from sayso.store.projects import open_project
from tests.ingest.build import open_plain_pieces, write_rows
from tests.records import KIT, make_record, say

TEXT = "The ministry denied on Monday that it had sent troops to the valley."
PLANTED = "Quillfeather"


def sayso_(*words: object, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=given)


@pytest.fixture(autouse=True)
def _stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.engine.open_piece_reader", open_plain_pieces)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "delta.sayso"


def test_ingest_tells_what_is_new_and_what_was_known(
    tmp_path: Path, project: Path
) -> None:
    rows = write_rows(tmp_path / "a.jsonl", range(3))

    first = sayso_("ingest", rows, "--into", project)
    second = sayso_("ingest", rows, "--into", project)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout == f"{project}: 3 new\n"
    assert second.stdout == f"{project}: 0 new, 3 known before\n"


def test_standard_input_is_ingested(project: Path) -> None:
    result = sayso_("ingest", "-", "--into", project, given=TEXT)

    assert result.stdout == f"{project}: 1 new\n"


def test_failures_are_told_listed_and_give_an_exit_code(
    tmp_path: Path, project: Path
) -> None:
    (tmp_path / "a.txt").write_text("They crash here.", encoding="utf-8")

    result = sayso_("ingest", tmp_path / "a.txt", "--into", project)
    listed = sayso_("failures", project)
    lines = sayso_("failures", project, "--format", "jsonl")

    assert result.exit_code == 1
    assert "1 failed" in result.stdout
    assert "it crashed" in result.stderr
    assert "it crashed" in listed.stdout
    assert "please report this fault" in listed.stdout
    assert json.loads(lines.stdout)["input"] == str(tmp_path / "a.txt")


def test_only_the_first_failures_are_told(tmp_path: Path, project: Path) -> None:
    for number in range(15):
        name = tmp_path / f"{number}.txt"
        name.write_text(f"They crash here {number}.", encoding="utf-8")

    result = sayso_("ingest", tmp_path, "--into", project)

    assert result.stderr.count("it crashed") == 10
    assert f"sayso failures {project}" in result.stderr


def test_columns_of_a_table_are_mapped(tmp_path: Path, project: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(f"No,Body\n7,{TEXT}\n", encoding="utf-8")

    sayso_("ingest", table, "--columns", "text=Body,id=No", "--into", project)

    with open_project(project) as store:
        assert [one.report.key for one in store.records()] == ["7"]


def test_page_inside_the_network_is_not_fetched(project: Path) -> None:
    result = sayso_("ingest", "--fetch", "http://127.0.0.1/page", "--into", project)

    assert result.exit_code == 1
    assert "not on the public network" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["ingest", "--into", "x"],
        ["ingest", "a", "--into", "x", "--columns", "nonsense"],
    ],
)
def test_wrong_usage_makes_no_project(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    result = sayso_(*words)

    assert result.exit_code == 2
    assert not Path("x").exists()


@pytest.mark.parametrize("command", ["failures", "reread"])
def test_project_that_is_not_there_is_told(command: str, tmp_path: Path) -> None:
    result = sayso_(command, tmp_path / "none.sayso")

    assert result.exit_code == 1
    assert "there is no project" in result.stderr


def test_deleted_report_leaves_no_byte(tmp_path: Path, project: Path) -> None:
    row = {"id": "r1", "text": f"Mayor {PLANTED} {TEXT}", "comments": [PLANTED]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    rows = write_rows(tmp_path / "b.jsonl", range(5))
    sayso_("ingest", tmp_path / "a.jsonl", rows, "--into", project, "--keep-raw")

    left = tmp_path / "delta.sayso.segments" / "segment-1"
    left.mkdir(parents=True)
    (left / "a.parquet").write_text(PLANTED, encoding="utf-8")

    result = sayso_("delete", project, "r1", "--yes")

    assert result.exit_code == 0
    assert not left.exists()
    assert f"{project}: r1 is deleted" in result.stdout
    for path in tmp_path.glob("delta.sayso*"):
        assert PLANTED.lower() not in path.read_bytes().decode("latin-1").lower()
    with open_project(project) as store:
        assert store.info().reports == 5


def test_delete_asks_first(tmp_path: Path, project: Path) -> None:
    sayso_("ingest", write_rows(tmp_path / "a.jsonl", range(1)), "--into", project)
    with open_project(project) as store:
        (record,) = store.records()

    refused = sayso_("delete", project, record.report.id[:8], given="n\n")
    unknown = sayso_("delete", project, "nothing")

    assert refused.exit_code == 1
    assert unknown.exit_code == 2
    with open_project(project) as store:
        assert store.info().reports == 1


def test_reread_keeps_judgements_and_shows_those_that_moved(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Ama Torvik denied it. Bo Lund confirmed it."
    old = make_record(
        text,
        say("s1", "Ama Torvik", "denied", "it", stance=Stance.DENIES),
        say("s2", "Bo Lund", "confirmed", "it@2", stance=Stance.CONFIRMS),
    )
    newer = replace(KIT, sayso="9.0.0")
    new = replace(old, statements=old.statements[:1], kit=newer)
    with open_project(project, create=True) as store:
        store.add_records([old])
        for row in ("s1", "s2"):
            moment = "2026-01-01T00:00:00Z"
            store.judge([decide(old, row, Verdict.CONFIRM, coder="ada", time=moment)])
    monkeypatch.setattr(
        "sayso.engine.map_reports", lambda reports, **_: map_to(new, reports)
    )
    monkeypatch.setattr(
        "sayso.kit.load_kit", lambda: type("K", (), {"fingerprint": newer})
    )

    first = sayso_("reread", project)
    second = sayso_("reread", project)

    assert f"{project}: 1 read anew, 0 up to date" in first.stdout
    assert "1 judgements whose row is no longer at its place" in first.stdout
    assert "ada: confirm “confirmed" in first.stdout
    assert "0 read anew, 1 up to date" in second.stdout
    with open_project(project) as store:
        (record,) = store.records()
        assert record == new
        assert len(store.judgements()) == 2


def map_to(record: object, reports: object) -> object:
    return (record for _ in reports)
