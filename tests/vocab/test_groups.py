from pathlib import Path

import pytest

from sayso.errors import VocabError
from sayso.vocab.groups import GROUPS, STAND_INS, load_groups


def test_all_nations_are_read_alike() -> None:
    groups = load_groups()

    assert {groups[word] for word in ("Danish", "Malian", "Thai")} == {"German"}
    assert {groups[word] for word in ("Danes", "Malians", "Thais")} == {"Germans"}


def test_ordinary_words_have_no_stand_in() -> None:
    assert "polish" not in load_groups()
    assert "President" not in load_groups()


@pytest.mark.parametrize("key", STAND_INS)
def test_every_kind_has_words(key: tuple[str, str]) -> None:
    assert STAND_INS[key] in load_groups().values()


def test_an_unknown_kind_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / GROUPS).write_text("word\tkind\tnumber\nDanish\tclub\tone\n", "utf-8")

    with pytest.raises(VocabError, match=rf"{GROUPS}:2"):
        load_groups(tmp_path)
