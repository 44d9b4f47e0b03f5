from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import VocabError
from sayso.vocab.names import Names, load_names, singulars
from sayso.vocab.ontology import load_ontology

GOOD = {
    "roles.tsv": "army\torganisation\tMIL\tyes\t-\nminister\tperson\tGOV\tyes\t-\n",
    "titles.tsv": "col\tMIL\tyes\t-\nmrs\t-\tno\tf\n",
    "states.tsv": "Kabul\tcapital\tAFG\n",
    "bodies.tsv": "League of Tolm\tLT\tIGO.LT\t-\tIGO\n",
    "offices.tsv": "army\tMIL.ARMY\tMIL\n",
    "pronouns.toml": '"subject" = 1.0\n',
}


def write(folder: Path, **changed: str) -> Path:
    for name, text in GOOD.items():
        (folder / name).write_text(changed.get(name.split(".")[0], text), "utf-8")
    return folder


@pytest.fixture(scope="module")
def names() -> Names:
    return load_names()


def test_shipped_lists_load(names: Names) -> None:
    assert len(names.roles) > 500
    assert len(names.states) > 150


@pytest.mark.parametrize(
    ("word", "plural"),
    [("minister", False), ("Ministries", True), ("gunmen", True), ("police", False)],
)
def test_role_is_found_by_singular_and_plural(
    names: Names, word: str, plural: bool
) -> None:
    role, many = names.role_of(word)

    assert role is not None
    assert many is plural


def test_word_that_is_no_role_has_none(names: Names) -> None:
    assert names.role_of("bus") == (None, False)


@pytest.mark.parametrize("title", ["Col.", "col", "COL"])
def test_title_is_found_however_it_is_written(names: Names, title: str) -> None:
    found = names.title_of(title)

    assert found is not None
    assert found.sector == "MIL"


def test_country_comes_from_name_and_demonym_not_from_capital(names: Names) -> None:
    assert names.country_of("Iran") == names.country_of("Iranian") == "IRN"
    assert names.country_of("Tehran") is None
    assert names.capitals["Tehran"] == "IRN"


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("parties", "party"), ("wives", "wife"), ("boxes", "box"), ("men", "man")],
)
def test_singulars_hold_the_right_one(plural: str, singular: str) -> None:
    assert singular in singulars(plural)


@pytest.mark.parametrize("word", ["press", "gas", "army"])
def test_a_word_that_is_no_plural_has_no_singular(word: str) -> None:
    assert singulars(word) == ()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        pytest.param("roles", "army\tbody\tMIL\tyes\t-\n", "kind 'body'", id="kind"),
        pytest.param("roles", "army\tgroup\tMIL\tyes\n", "4 columns", id="columns"),
        pytest.param("titles", "mr\t-\tno\tx\n", "gender 'x'", id="gender"),
        pytest.param("titles", "mr\t-\tno\tm\nmr\t-\tno\tm\n", "after", id="double"),
        pytest.param("states", "Oz\tland\tOZZ\n", "sense 'land'", id="sense"),
        pytest.param("pronouns", "subject = 'much'\n", "pronouns.toml", id="weights"),
    ],
)
def test_fault_in_a_list_names_file_and_fault(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    with pytest.raises(VocabError, match=said) as caught:
        load_names(write(tmp_path, **{name: text}))

    assert caught.value.mend


def test_a_body_is_known_by_its_abbreviation_too(tmp_path: Path) -> None:
    names = load_names(write(tmp_path))

    assert names.bodies["LT"] is names.bodies["League of Tolm"]
    assert names.bodies["LT"].country is None


def test_shipped_bodies_and_offices_have_known_sectors(names: Names) -> None:
    sectors = load_ontology().sectors
    told = [*names.bodies.values(), *names.offices.values()]

    assert {one.sector for one in told} <= set(sectors)


def test_missing_list_is_named(tmp_path: Path) -> None:
    (write(tmp_path) / "titles.tsv").unlink()

    with pytest.raises(VocabError, match=r"titles\.tsv"):
        load_names(tmp_path)
