from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import VocabError
from sayso.vocab.background import (
    EDGES,
    PHRASES,
    SPREAD,
    background_digest,
    load_background,
    parse_folder,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / PHRASES).write_text("# head\n*\t1000\nboat\t10\nold\t20\nold boat\t2\n")
    (tmp_path / SPREAD).write_text("2\t0.001\t300\n2\t1\t60\n3\t1\t2000\n")
    (tmp_path / EDGES).write_text("the\n")
    return tmp_path


def test_shipped_table_is_sound_and_named_by_its_digest() -> None:
    table = load_background()

    assert table.words > 300_000
    assert table.digest == background_digest()
    assert table.rate(("small", "busi")) < table.rate(("small",))


def test_seen_phrase_is_likelier_than_an_unseen_one(folder: Path) -> None:
    table = parse_folder(folder)

    assert table.rate(("old", "boat")) > table.rate(("boat", "old")) > 0


def test_phrase_is_no_likelier_than_its_parts(folder: Path) -> None:
    table = parse_folder(folder)

    assert table.rate(("old", "boat", "old")) <= table.rate(("boat", "old"))


def test_spread_goes_by_length_and_rate(folder: Path) -> None:
    table = parse_folder(folder)

    assert table.spread_of(2, 1e-5) == 300
    assert table.spread_of(2, 0.5) == 60
    assert table.spread_of(7, 1e-5) == 2000


def test_own_counts_are_added_and_change_the_digest(folder: Path) -> None:
    table = parse_folder(folder)
    more = table.with_counts(1000, {"old boat": 30})

    assert more.rate(("old", "boat")) > table.rate(("old", "boat"))
    assert more.words == 2000
    assert more.digest != table.digest


@pytest.mark.parametrize(
    ("name", "line", "message"),
    [
        (PHRASES, "boat\tten\n", "no number"),
        (PHRASES, "boat\n", "1 columns, expected 2"),
        (SPREAD, "1\t1\t10\n", "unsorted"),
        (SPREAD, "4\t1\thigh\n", "no number"),
    ],
)
def test_faulty_table_is_refused(
    folder: Path, name: str, line: str, message: str
) -> None:
    with (folder / name).open("a") as table:
        table.write(line)

    with pytest.raises(VocabError, match=message):
        parse_folder(folder)
