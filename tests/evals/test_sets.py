from pathlib import Path

import pytest

from evals.sets import need, read_rows, table


def test_absent_corpus_ends_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="--data"):
        need(tmp_path / "absent.jsonl")


def test_rows_are_limited(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"a": 1}\n\n{"a": 2}\n{"a": 3}\n')

    assert read_rows(path, limit=2) == [{"a": 1}, {"a": 2}]


def test_table_aligns_and_rounds() -> None:
    assert table([("", "F1"), ("cue", 0.12345)]) == "        F1\ncue  0.123"
