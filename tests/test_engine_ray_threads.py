"""Threads on a Ray of this machine: the findings of one process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from evals.thread_scale import make_comments as make_many
from sayso import engine_ray_threads
from sayso.cli import main
from sayso.corpus.threads import find_thread
from sayso.engine_ray_threads import RaySpread
from sayso.record import Comment
from tests.cluster import needs_ray
from tests.corpus.build import BACKGROUND, make_comments, read
from tests.corpus.test_talking import PUSHED

pytestmark = needs_ray

PART = "then the keeper of the old lighthouse counted every boat in the bay"
ODD = (
    "",
    "!?",
    "\U0001f6a2\U0001f6a2",
    PUSHED[1],
    f"First {PART} before supper.",
    f"I was told that {PART} twice, and nobody believed a word of it.",
    f"{PUSHED[0]} Really.",
    *["The same words again and again."] * 30,
)


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    import ray

    ray.init(num_cpus=2, object_store_memory=100_000_000, log_to_driver=False)
    yield
    ray.shutdown()


def many() -> list[Comment]:
    """Return comments with talking points, copies, parts, authors of several."""
    texts = [*PUSHED, *(one.text for one in make_many(1_500)), *ODD]
    authors = [f"u{number * 7 % 1_200}" for number in range(len(texts))]
    times = [f"2024-03-01T{n // 60 % 24:02}:{n % 60:02}:00" for n in range(len(texts))]
    return list(make_comments(*texts, authors=authors, times=times))


@pytest.mark.parametrize("block", [70, 5_000])
def test_words_on_a_cluster_give_the_findings_of_one_process(
    cluster: None, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_ray_threads, "BLOCK_TEXTS", block)
    monkeypatch.setattr(engine_ray_threads, "PART_ROWS", 9_000)
    comments = many()
    wanted = find_thread(comments, article="", background=BACKGROUND, read=read)

    found = find_thread(
        comments,
        article="",
        background=BACKGROUND,
        read=read,
        number=RaySpread().number,
    )

    assert found == wanted
    assert wanted.talking_points and wanted.copies
    assert any(one.similarity < 0.85 for one in wanted.copies)


@pytest.mark.parametrize("texts", [(), ("Rain.",), ("!", "?"), ("Rain.", "Rain.")])
def test_small_threads_are_no_trouble(cluster: None, texts: tuple[str, ...]) -> None:
    comments = make_comments(*texts)
    wanted = find_thread(comments, article="", background=BACKGROUND, read=read)

    number = RaySpread().number
    found = find_thread(
        comments, article="", background=BACKGROUND, read=read, number=number
    )

    assert found == wanted


def test_command_prints_the_same(cluster: None, tmp_path: Path) -> None:
    rows = [{"author": one.author, "text": one.text} for one in many()[:25]]
    comments = tmp_path / "comments.jsonl"
    comments.write_text("".join(json.dumps(row) + "\n" for row in rows))
    reports = tmp_path / "reports.jsonl"
    threads = ([], [{"text": text} for text in PUSHED], [{"text": "Rain."}])
    with reports.open("w") as file:
        for number, thread in enumerate(threads):
            text = f"The boats of quay {number} are late, the keeper said."
            file.write(json.dumps({"text": text, "comments": thread}) + "\n")

    for source in (comments, reports):
        one, other = (
            CliRunner().invoke(
                main, ["thread", str(source), "--format", "jsonl", "--engine", engine]
            )
            for engine in ("local", "ray")
        )
        assert (one.exit_code, other.exit_code) == (0, 0)
        assert one.stdout == other.stdout
        assert "tidal barrage permits" in one.stdout.lower()
