"""Names are read as others of their kind, and nothing else is touched."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.stand_ins import load_stand_ins
from sayso.reading.wordpiece import load_wordpiece

HOLDS = load_wordpiece(Path(str(files("sayso") / "data" / "model" / "vocab.txt"))).holds


def read(text: str) -> str:
    return " ".join(load_stand_ins().put(text.split(), HOLDS))


@pytest.mark.parametrize("nation", ["Danish", "Malian", "Chinese"])
def test_nations_are_read_alike(nation: str) -> None:
    assert read(f"{nation} troops left") == "German troops left"


@pytest.mark.parametrize("name", ["Fatima Haddad", "Ingrid Larsen", "Kwame Boateng"])
def test_persons_are_read_alike(name: str) -> None:
    assert read(f"Gen. {name} denied it") == "Gen. John Smith denied it"


def test_a_family_name_is_known_further_down() -> None:
    text = read("Fatima Haddad left . Later Haddad denied it .")

    assert text == "John Smith left . Later Smith denied it ."


def test_a_place_is_read_alike_behind_its_preposition() -> None:
    assert read("shelling in Darfur") == read("shelling in Bavaria")
    assert read("shelling in May") == "shelling in May"


@pytest.mark.parametrize(
    "body", ["Islamic State fighters", "Boston University", "Congress", "Darfur"]
)
def test_names_of_bodies_stay(body: str) -> None:
    assert read(f"that {body} left") == f"that {body} left"


def test_a_title_behind_a_nation_leaves_it_a_nation() -> None:
    assert read("the Danish President left") == "the German President left"


@given(st.lists(st.text(min_size=1, max_size=9), max_size=12))
def test_words_stay_as_many(words: list[str]) -> None:
    assert len(load_stand_ins().put(words, HOLDS)) == len(words)


@pytest.mark.parametrize("name", ["Carlos Mendoza", "Sipho Dlamini", "Dina Turova"])
def test_one_known_name_is_enough_beside_an_uncommon_word(name: str) -> None:
    assert read(f"{name} denied it") == "John Smith denied it"


def test_two_common_words_are_no_person() -> None:
    assert read("that Red Cross workers left") == "that Red Cross workers left"
