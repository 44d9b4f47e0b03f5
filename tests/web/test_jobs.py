from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.errors import UsageError
from sayso.store.base import Store
from sayso.web.jobs import MOST_WAITING, Jobs

TEXT = b"""Quarrin, May 3 - The ferry will sail again, the harbour office said.

The islanders' council said that nobody had asked it.
"""


@pytest.fixture
def jobs(store: Store) -> Iterator[Jobs]:
    jobs = Jobs(store)
    yield jobs
    jobs.close()


def wait(jobs: Jobs) -> None:
    until = time.monotonic() + 120
    while any(job.state in ("waiting", "reading") for job in jobs.listed()):
        assert time.monotonic() < until
        time.sleep(0.05)


def put(jobs: Jobs, name: str, content: bytes) -> Path:
    path = jobs.folder() / name
    path.write_bytes(content)
    jobs.add(path, by="ada")
    return path


@pytest.mark.slow
def test_a_file_is_read_into_the_project_and_removed(jobs: Jobs, store: Store) -> None:
    before = store.info().reports
    path = put(jobs, "ferry.txt", TEXT)
    wait(jobs)
    (job,) = jobs.listed()
    assert (job.state, job.told) == ("done", "1 new")
    assert store.info().reports == before + 1
    assert not path.exists()
    keys = [one.key for one in store.reports().rows]
    assert "ferry.txt" in keys  # and not where it lay for a moment
    put(jobs, "ferry.txt", TEXT)
    wait(jobs)
    assert "known before" in jobs.listed()[0].told


@pytest.mark.slow
def test_a_file_without_report_is_told_and_the_next_goes_on(
    jobs: Jobs, store: Store
) -> None:
    put(jobs, "scan.pdf", b"%PDF-1.7\n\x00\x01")
    put(jobs, "ferry.txt", TEXT)
    wait(jobs)
    good, bad = jobs.listed()
    assert (good.state, bad.state) == ("done", "failed")
    assert "scan.pdf" in bad.told and "/tmp" not in bad.told
    assert any(one.input == "scan.pdf" for one in store.failures().rows)


def test_too_many_files_are_refused(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Jobs, "_work", lambda _: None)
    for number in range(MOST_WAITING):
        put(jobs, f"{number}.txt", TEXT)
    with pytest.raises(UsageError):
        put(jobs, "more.txt", TEXT)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a.txt", "a.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\b.html", "b.html"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
    ],
)
def test_a_dropped_file_keeps_its_name_and_no_path(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, given: str, kept: str
) -> None:
    monkeypatch.setattr(Jobs, "_work", lambda _: None)
    reply = client.post("/ingest", params={"name": given}, content=TEXT)
    assert reply.status_code == 200
    (job,) = client.app.state.jobs.listed()
    assert job.name == kept
    assert job.path.read_bytes() == TEXT


@pytest.mark.parametrize("name", ["", "..", "/", "x" * 300])
def test_a_file_without_a_name_is_refused(client: TestClient, name: str) -> None:
    reply = client.post("/ingest", params={"name": name}, content=TEXT)
    assert reply.status_code == 400
