from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso import kit as kit_module
from sayso.cli import main
from sayso.corpus.threads import find_thread
from sayso.record import Comment, Thread
from sayso.store.projects import create_project
from tests.corpus.build import BACKGROUND, read
from tests.corpus.test_talking import PUSHED
from tests.records import make_record


@pytest.fixture
def comments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file of comments; the parser stands in for the model."""

    def without_model(
        given: tuple[Comment, ...], *, article: str, **_: object
    ) -> Thread:
        return find_thread(given, article=article, background=BACKGROUND, read=read)

    monkeypatch.setattr("sayso.engine.read_thread", without_model)
    monkeypatch.setattr(kit_module, "load_kit", lambda: None)
    path = tmp_path / "comments.jsonl"
    rows = [{"author": f"u{n}", "text": text} for n, text in enumerate(PUSHED)]
    path.write_text("".join(json.dumps(row) + "\n" for row in [*rows, {"author": "x"}]))
    return path


def run(*args: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["thread", *map(str, args)])
    return done.exit_code, " ".join(done.stdout.split()), done.stderr


def test_page_tells_the_finding_and_the_faults(comments: Path) -> None:
    code, out, err = run(comments)

    assert code == 0
    assert "4 of 5 comments" in out
    assert "“tidal barrage permits”" in out
    assert "1 comment without text, left out" in err


def test_article_is_looked_at(comments: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Boats are late\n\nThe boats at the quay are late, she said.\n")

    _, out, _ = run(comments, "--article", article)

    assert "The article does not." in out


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_holds_findings_and_faults(comments: Path, form: str) -> None:
    code, out, _ = run(comments, "--format", form)
    told = json.loads(out)

    assert code == 0
    assert told["thread"]["talking_points"][0]["authors"] == 4
    assert told["faults"] == {"without text, left out": 1}


def test_own_background_is_read(comments: Path) -> None:
    assert run(comments, "--background", comments)[0] == 0


def test_missing_input_is_told(tmp_path: Path) -> None:
    code, _, err = run(tmp_path / "none.csv")

    assert code == 1
    assert "none.csv" in err


def test_authors_who_post_together_are_told(comments: Path) -> None:
    texts = ("The old ferry must sail again.", "Kite permits are far too dear here.")
    rows = [
        {"author": author, "text": text, "time": f"2024-03-0{day}T10:00:{second}"}
        for day, text in enumerate(texts, 1)
        for author, second in (("x", "05"), ("y", "25"))
    ]
    with comments.open("a") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)

    (pair,) = json.loads(run(comments, "--format", "json")[1])["together"]

    assert pair["texts"] == 2
    assert [match[:2] for match in pair["matches"]] == [[6, 7], [8, 9]]


def test_project_gives_the_threads_of_its_reports(
    comments: Path, tmp_path: Path
) -> None:
    silent = make_record("The boats are late.")
    record = make_record("The boats at the quay are late.", comments=PUSHED)
    project = tmp_path / "boats.sayso"
    with create_project(project) as store:
        store.add_records([silent, record])

    code, out, _ = run(project, "--format", "jsonl")

    assert code == 0
    assert json.loads(out)["thread"]["talking_points"][0]["authors"] == 4


@pytest.mark.parametrize("ending", ["again", "number {n}"], ids=["same", "near"])
def test_text_that_very_many_post_makes_no_pairs(comments: Path, ending: str) -> None:
    text = f"The old ferry of the grey harbour must sail to the far island {ending}"
    time = "2024-03-01T10:00:00"
    with comments.open("w") as file:
        for n in range(1, 402):
            row = {"n": n, "author": f"u{n % 150}", "text": text.format(n=n)}
            file.write(json.dumps({**row, "time": time}) + "\n")

    found = json.loads(run(comments, "--format", "json")[1])

    assert found["together"] == []
    assert [len(one["comments"]) for one in found["thread"]["copies"]] == [401]


def test_missing_ray_is_told_with_its_mend(
    comments: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)

    code, _, err = run(comments, "--engine", "ray")

    assert code == 2
    assert "pip install 'sayso[ray]'" in err


@pytest.mark.parametrize(
    "row",
    [
        {"text": "Rain."},
        {"text": "\U0001f6a2\U0001f6a2 \U0001f30a"},
        {"text": "Rain.", "reply_to": 7},
        {"text": ""},
    ],
    ids=["one", "emoji", "reply to nowhere", "no text"],
)
def test_threads_without_anything_shared_end_well(
    comments: Path, row: dict[str, object]
) -> None:
    comments.write_text(json.dumps({"n": 1, "author": "a", **row}) + "\n")

    code, out, _ = run(comments)

    assert code == 0
    assert " 1 comment " in f" {out} " or "0 comments" in out


def test_lines_end_where_their_words_do(comments: Path) -> None:
    done = CliRunner().invoke(main, ["thread", str(comments)])

    excerpts = [line for line in done.stdout.splitlines() if line.startswith("  ")]
    assert excerpts
    assert all(line == line.rstrip() for line in excerpts)
