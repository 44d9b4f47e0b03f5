from pathlib import Path

import pytest

from sayso.errors import VocabError
from sayso.vocab.lexicon import read_table, read_words
from sayso.vocab.person_names import (
    FAMILY,
    GIVEN,
    NOT_NAMES,
    NotName,
    load_person_names,
)


def test_lists_hold_names_of_many_languages() -> None:
    names = load_person_names()

    assert {"Fatima", "Ingrid", "Kwame"} <= names.given
    assert {"Haddad", "Larsen", "Nguyen"} <= names.family


@pytest.mark.parametrize("file", [GIVEN, FAMILY])
def test_shipped_lists_keep_the_form_that_loading_leaves_unchecked(file: str) -> None:
    rows = [row for _, row in read_table(None, file, 1, 1)]

    assert [[name] for name in sorted(read_words(None, file))] == rows


def test_titles_and_words_of_bodies_are_no_names() -> None:
    not_names = load_person_names().not_names

    assert not_names["general"] is NotName.TITLE
    assert not_names["university"] is NotName.OTHER


def test_an_unknown_kind_is_refused_with_its_line(tmp_path: Path) -> None:
    for file in (GIVEN, FAMILY):
        (tmp_path / file).write_text("name\nAda\n", "utf-8")
    (tmp_path / NOT_NAMES).write_text("word\tkind\nhill\trock\n", "utf-8")

    with pytest.raises(VocabError, match=rf"{NOT_NAMES}:2"):
        load_person_names(tmp_path)
