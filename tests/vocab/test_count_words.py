from pathlib import Path

import pytest

from sayso.errors import VocabError
from sayso.record import Counted
from sayso.vocab.amounts import AMOUNTS, load_amount_words
from sayso.vocab.casualties import CASUALTIES, CasualtyRole, load_casualty_words
from sayso.vocab.lexicon import IRREGULAR

IRREGULARS = "form\tlemma\nshot\tshoot\n"


def write(folder: Path, name: str, *lines: str) -> Path:
    (folder / name).write_text("\n".join(("a\tb\tc\td", *lines, "")), "utf-8")
    (folder / IRREGULAR).write_text(IRREGULARS, "utf-8")
    return folder


def test_every_kind_of_harm_has_words() -> None:
    words = load_casualty_words()

    assert {entry.what for entry in words.entries} - {None} == set(Counted)


@pytest.mark.parametrize("form", ["shoot", "shooting", "shot", "shoots"])
def test_inflected_forms_lead_to_the_entry(form: str) -> None:
    entries = load_casualty_words().entries_of(form)

    assert ("shoot",) in [entry.words for entry in entries]


def test_longer_entries_come_first() -> None:
    entries = load_casualty_words().entries_of("shot")

    assert len(entries[0].words) > len(entries[-1].words)


def test_thing_is_no_person() -> None:
    words = load_casualty_words()

    assert words.is_a("trucks", CasualtyRole.THING)
    assert not words.is_a("soldiers", CasualtyRole.THING)


@pytest.mark.parametrize(
    "line", ["kill\tobjekt\tkilled\t", "kill\tobject\tharmed\t", "kill\tobject\tkilled"]
)
def test_faulty_casualty_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(VocabError, match=rf"{CASUALTIES}:2"):
        load_casualty_words(write(tmp_path, CASUALTIES, line))


@pytest.mark.parametrize(
    "line", ["two\tnumeral\t2\t", "two\tnumber\ttwo\t", "two\tnumber\t2"]
)
def test_faulty_amount_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(VocabError, match=rf"{AMOUNTS}:2"):
        load_amount_words(write(tmp_path, AMOUNTS, line))
