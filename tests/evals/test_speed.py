import json
import sys
from pathlib import Path

import pytest

from evals.speed import peer_python, run, short_text, write_texts

ROWS = [
    {"doc_id": "a", "text": "one two three"},
    {"doc_id": "b", "text": "four " * 400},
]


def test_texts_are_written_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"

    words = write_texts(ROWS, path, 3)

    assert words == 3
    assert [json.loads(row)["doc_id"] for row in path.read_text().splitlines()] == ["a"]


def test_short_text_has_300_words() -> None:
    assert len(short_text(ROWS).split()) == 300


def test_run_tells_time_memory_and_output() -> None:
    ran = run([sys.executable, "-c", "print('first'); print('second')"])

    assert ran.output == "first\nsecond\n"
    assert 0 < ran.first_line_s <= ran.seconds
    assert ran.peak_mb > 1


def test_failed_command_ends_the_measuring() -> None:
    with pytest.raises(SystemExit, match="code 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"])


def test_absent_peer_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert peer_python(tmp_path) is None
    assert "NOT timed" in capsys.readouterr().out
