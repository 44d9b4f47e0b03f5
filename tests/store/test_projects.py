from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from sayso.errors import StoreError
from sayso.record import Verdict
from sayso.store.base import Store
from sayso.store.judgements import decide
from sayso.store.migrations import load_migrations, migrate
from sayso.store.postgres import without_password
from sayso.store.projects import create_project, open_project
from sayso.store.query import Query, View
from sayso.store.run import Outcome, Run
from sayso.store.sqlite import SqliteDatabase
from tests.store.build import make_record

ROUNDS = int(os.environ.get("SAYSO_KILL_ROUNDS", "6"))
NOW = "2026-01-05T10:00:00+00:00"
RUN = Run(id="r1", kit="k", parameters={}, started=NOW)


def test_project_is_made_once_and_opened_often(place: str) -> None:
    with pytest.raises(StoreError, match="there is no project"):
        open_project(place)
    with create_project(place) as store:
        store.add_records([make_record(1)])
    with pytest.raises(StoreError, match="is there already"):
        create_project(place)
    for create in (False, True):
        with open_project(place, create=create) as store:
            assert store.info().reports == 1


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ada:secret@127.0.0.1:1/none",
        "postgresql://127.0.0.1:1/none?user=ada&password=secret",
        "postgres://ada:gulls@secret@127.0.0.1:1/none",
        "postgresql://ada:9/secret@127.0.0.1:1/none",
        "postgresql://ada:%secret@127.0.0.1:1/none",
        "postgresql://ada:gulls?secret=@127.0.0.1:1/none",
        "postgresql://127.0.0.1:1/none?user=ada&password=%secret",
    ],
)
def test_password_is_not_told(url: str) -> None:
    with pytest.raises(StoreError) as told:
        open_project(url)

    assert "secret" not in f"{told.value} {told.value.mend} {without_password(url)}"


def test_address_that_is_none_is_told() -> None:
    with pytest.raises(StoreError, match='"colour"') as told:
        open_project("postgresql://127.0.0.1:1/none?colour=red")

    assert "%40" in told.value.mend


def test_only_the_password_is_hidden() -> None:
    shown = "postgresql://ada:***@example.org:5432/delta?sslmode=require"

    assert without_password(shown.replace("***", "four:gulls")) == shown
    assert without_password("delta@home:1.sayso") == "delta@home:1.sayso"


def test_postgres_without_psycopg_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(StoreError, match=r"pip install 'sayso\[postgres\]'"):
        open_project("postgresql://127.0.0.1/none")


# Migrations

VERSION = len(load_migrations())
MORE = "create table extra (id $text primary key)$rows;"


@pytest.mark.parametrize("version", range(1, VERSION))
def test_project_of_each_version_is_brought_forward(
    place: str, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    older = load_migrations()[:version]
    with open_version(place, monkeypatch, older, create=True) as store:
        assert store.info().version == version
    monkeypatch.undo()

    with open_project(place) as store:
        store.add_records([make_record(1)])
        assert store.info().version == VERSION


def test_version_that_changes_nothing_is_not_worth_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = str(tmp_path / "a.sayso")
    create_project(place).close()
    newer = (*load_migrations(), "-- of the other database alone")

    open_version(place, monkeypatch, newer).close()

    assert list(tmp_path.glob("*.backup")) == []


def test_migration_keeps_all_and_backs_up_first(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with create_project(place) as store:
        store.add_records([make_record(n) for n in range(3)])
        before = list(store.records())
    newer = (*load_migrations(), MORE)
    monkeypatch.setattr("sayso.store.projects.load_migrations", lambda: newer)

    with open_project(place) as store:
        assert store.info().version == VERSION + 1
        assert list(store.records()) == before

    monkeypatch.undo()
    if not place.startswith("postgresql"):
        with open_project(f"{place}.before-{VERSION + 1}.backup") as backup:
            assert list(backup.records()) == before
    with pytest.raises(StoreError, match=f"this sayso knows 1 to {VERSION}"):
        open_project(place)


def test_failed_migration_changes_nothing(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with create_project(place) as store:
        store.add_records([make_record(1)])
    broken = (*load_migrations(), f"{MORE} create table reports (id $text)$rows;")
    monkeypatch.setattr("sayso.store.projects.load_migrations", lambda: broken)
    with pytest.raises(StoreError, match="already exists"):
        open_project(place)
    monkeypatch.undo()

    with open_project(place) as store:
        assert store.info().version == VERSION
        assert store.info().reports == 1


def test_several_may_make_one_project_at_once(new_place: Callable[[], str]) -> None:
    where = new_place()
    failed: list[BaseException] = []

    def make() -> None:
        try:
            open_project(where, create=True).close()
        except StoreError as error:
            failed.append(error)

    makers = [threading.Thread(target=make) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()

    assert failed == []
    with open_project(where) as store:
        assert store.info().reports == 0


def test_several_may_bring_one_project_forward_at_once(tmp_path: Path) -> None:
    where = tmp_path / "project.sayso"
    with create_project(where) as store:
        store.add_records(map(make_record, range(3)))
        version = store.info().version
    failed: list[BaseException] = []

    def bring_forward() -> None:
        database = SqliteDatabase(where)
        newer = "create table later (name $text primary key)$rows;"
        try:
            migrate(database, (*load_migrations(), newer))
        except StoreError as error:
            failed.append(error)
        database.close()

    workers = [threading.Thread(target=bring_forward) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert failed == []
    backups = [path.name for path in tmp_path.glob("*.backup*")]
    assert backups == [f"project.sayso.before-{version + 1}.backup"]


# What happens to files


def test_other_files_are_no_projects(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database, but long enough to look at" * 40)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("create table t (x)")
    connection.close()
    empty = tmp_path / "empty"
    empty.touch()

    for path in (text, other, empty):
        with pytest.raises(StoreError) as told:
            open_project(path)
        assert "project" in str(told.value)
    with pytest.raises(StoreError, match="is not a project"):
        open_project(other, create=True)


def test_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    place = tmp_path / "project.sayso"
    with create_project(place) as store:
        store.add_records(make_record(n) for n in range(5))
        connection = store._database._writer  # type: ignore[attr-defined]
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count = {pages}")

        with pytest.raises(StoreError, match="free some space"):
            store.add_records(make_record(n) for n in range(5, 500))

        connection.execute("pragma max_page_count = 1000000")
        assert store.info().reports == 5
        store.add_records(make_record(n) for n in range(5, 10))
    with open_project(place) as store:
        assert len(list(store.records())) == 10


def test_damaged_file_is_told(tmp_path: Path) -> None:
    place = tmp_path / "project.sayso"
    with create_project(place) as store:
        store.add_records(make_record(n) for n in range(50))
    whole = bytearray(place.read_bytes())
    whole[8192:90000] = random.Random(1).randbytes(90000 - 8192)
    place.write_bytes(whole)

    with (
        pytest.raises(StoreError, match="restore the latest backup"),
        open_project(place) as store,
    ):
        list(store.records())


def test_readers_do_not_wait_for_the_writer(place: str) -> None:
    with create_project(place) as store, open_project(place) as reader:
        store.add_records([make_record(1)])
        with store._database.writing() as session:  # type: ignore[attr-defined]
            session.run("delete from tallies")
            began = time.perf_counter()

            assert len(reader.ledger().rows) == 3
            assert reader.facets(View.STATEMENTS).rows == 3
            assert time.perf_counter() - began < 5


def test_records_are_from_one_moment(place: str) -> None:
    with create_project(place) as store:
        store.add_records(make_record(n) for n in range(10))
        given = store.records()
        next(given)

        store.add_records(make_record(n) for n in range(10, 20))

        assert len(list(given)) == 9


# Kill -9


def write_until_killed(place: str, log: str, start: int) -> None:
    """Add a batch and a judgement again and again; tell each in a log once kept."""
    with open_project(place) as store, Path(log).open("a", buffering=1) as told:
        for number in range(start, start + 100_000, 3):
            records = [make_record(n) for n in range(number, number + 3)]
            outcomes = [
                Outcome(
                    run="r1",
                    input=one.report.key,
                    digest=str(n),
                    reports=(one.report.id,),
                )
                for n, one in enumerate(records, number)
            ]
            store.add_records(records, outcomes=outcomes)
            told.write(f"records {number}\n")
            target = records[0].statements[0].id
            store.judge(
                [decide(records[0], target, Verdict.REJECT, coder="ada", time=NOW)]
            )
            told.write(f"judgement {number}\n")


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_at_kill(
    new_place: Callable[[], str], tmp_path: Path
) -> None:
    chosen = random.Random(9)
    for round_ in range(ROUNDS):
        if round_ % 10 == 0:  # else the checks outgrow the writing
            place, log = new_place(), tmp_path / f"log-{round_}"
            log.touch()
            with create_project(place) as store:
                store.start_run(RUN)
        before = log.stat().st_size
        writer = start(write_until_killed, place, str(log), round_ * 1_000_000)
        while log.stat().st_size == before and writer.is_alive():
            time.sleep(0.01)
        kill_after(writer, chosen.random() * 0.3)

        check_acknowledged(place, log)


def start(work: Callable[..., None], *args: object) -> SpawnProcess:
    process = multiprocessing.get_context("spawn").Process(target=work, args=args)
    process.start()
    return process


def kill_after(process: SpawnProcess, seconds: float) -> None:
    time.sleep(seconds)
    process.kill()
    process.join()


SLOW = (
    "alter table reports add column extra $text;"
    + "".join(
        f"create index x{n} on reports (title, published, id);" for n in range(20)
    )
    + "update reports set extra = title;"
)


def migrate_until_killed(place: str, sign: str) -> None:
    newer = (*load_migrations(), SLOW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sayso.store.projects.load_migrations", lambda: newer)
        Path(sign).touch()
        open_project(place).close()


@pytest.mark.slow
def test_kill_in_a_migration_loses_nothing(
    new_place: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = random.Random(10)
    newer = (*load_migrations(), SLOW)
    for round_ in range(ROUNDS):
        place, sign = new_place(), tmp_path / f"sign-{round_}"
        monkeypatch.undo()
        with create_project(place) as store:
            store.add_records(make_record(n) for n in range(100))
            before = list(store.records())

        migrator = start(migrate_until_killed, place, str(sign))
        while not sign.exists() and migrator.is_alive():
            time.sleep(0.002)
        kill_after(migrator, chosen.random() * 0.12)

        with open_version(place, monkeypatch, newer) as store:
            assert store.info().version == VERSION + 1
            assert list(store.records()) == before
            assert len(store.ledger(Query(limit=1000)).rows) == 300


def open_version(
    place: str,
    monkeypatch: pytest.MonkeyPatch,
    scripts: tuple[str, ...],
    *,
    create: bool = False,
) -> Store:
    monkeypatch.setattr("sayso.store.projects.load_migrations", lambda: scripts)
    return open_project(place, create=create)


def check_acknowledged(place: str, log: Path) -> None:
    lines = [
        line.split() for line in log.read_text().splitlines() if line[-1:].isdigit()
    ]
    with open_project(place) as store:
        known = {record.report.key for record in store.records()}
        judged = {one.report for one in store.judgements()}
        kept = store.acknowledged(
            [number for kind, number in lines if kind == "records"]
        )
        info = store.info()
        rows = len(store.ledger(Query(limit=1000)).rows)
    assert info.reports == len(known)
    assert info.statements == 3 * len(known)
    assert rows == min(1000, info.statements)
    assert len(known) % 3 == 0, "a batch is whole or not there"
    for kind, number in lines:
        if kind == "records":
            assert number in kept
            assert make_record(int(number)).report.key in known
        else:
            assert make_record(int(number)).report.id in judged


# Contracts


def test_importing_the_store_loads_no_database_driver() -> None:
    code = "import sys, sayso.store.projects; print('psycopg' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "False"
