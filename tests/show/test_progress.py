from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from sayso.show.progress import count_inputs, watch


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.html.gz", "c.jsonl"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("names", "count"),
    [
        pytest.param(["a.txt"], 1, id="one file"),
        pytest.param(["a.txt", "b.html.gz"], 2, id="two files"),
        pytest.param(["a.txt", "c.jsonl"], None, id="rows"),
        pytest.param(["."], None, id="folder"),
        pytest.param(["*.txt"], None, id="pattern"),
    ],
)
def test_only_files_of_one_report_can_be_counted(
    folder: Path, names: list[str], count: int | None
) -> None:
    assert count_inputs([str(folder / name) for name in names]) == count


def test_standard_input_counts_as_one() -> None:
    assert count_inputs(["-"]) == 1


@pytest.mark.parametrize(
    ("out", "error", "total", "is_shown"),
    [
        pytest.param(io.StringIO, Terminal, None, True, id="output to a file"),
        pytest.param(Terminal, Terminal, None, False, id="output to the terminal"),
        pytest.param(io.StringIO, io.StringIO, None, False, id="no terminal"),
        pytest.param(io.StringIO, Terminal, 1, False, id="one report"),
    ],
)
def test_bar_is_shown_where_it_helps(
    out: type[io.StringIO],
    error: type[io.StringIO],
    total: int | None,
    is_shown: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", out())
    monkeypatch.setattr(sys, "stderr", error())

    given = list(watch(iter("abc"), total=total))

    assert given == ["a", "b", "c"]
    assert bool(sys.stderr.getvalue()) == is_shown  # type: ignore[attr-defined] # a StringIO
