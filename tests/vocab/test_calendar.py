from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import VocabError
from sayso.vocab.calendar import load_calendar

WORDS = "month\tmay\t5\nunit\tday\tD\n"
HOLIDAYS = "easter\teaster 0\n"


def folder_with(path: Path, words: str = WORDS, holidays: str = HOLIDAYS) -> Path:
    (path / "words.tsv").write_text(words, encoding="utf-8")
    (path / "holidays.tsv").write_text(holidays, encoding="utf-8")
    return path


def test_value_takes_singular_and_plural() -> None:
    calendar = load_calendar()

    assert calendar.value("unit", "centuries") == "CE"
    assert calendar.value("month", "Sept.") == "9"
    assert calendar.value("unit", "wolves") is None


def test_lists_of_a_folder_are_read(tmp_path: Path) -> None:
    calendar = load_calendar(folder_with(tmp_path))

    assert calendar.value("month", "May") == "5"
    assert calendar.holidays == {"easter": "easter 0"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("month\tmay\t13\n", "words.tsv:1"),
        ("moon\tmay\t5\n", "kind 'moon'"),
        ("month\tmay\n", "2 columns"),
        ("unit\tday\tD\nmonth\tmay\t5\n", "words.tsv:2"),
    ],
)
def test_faulty_line_is_named(tmp_path: Path, words: str, told: str) -> None:
    with pytest.raises(VocabError, match=told):
        load_calendar(folder_with(tmp_path, words=words))


def test_faulty_rule_is_named(tmp_path: Path) -> None:
    with pytest.raises(VocabError, match=r"holidays\.tsv:1"):
        load_calendar(folder_with(tmp_path, holidays="easter\tsome day\n"))


def test_missing_list_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(VocabError, match=r"words\.tsv"):
        load_calendar(tmp_path)
