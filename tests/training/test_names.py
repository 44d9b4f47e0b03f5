import pytest

from sayso.reading.segment import tokenise
from training.names import Words, is_demonym, name_core


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("the Foreign Minister Ines Okarra", "PER", "Ines Okarra"),
        ("Minister for Water", "PER", None),
        ("the farmer", "PER", None),
        ("Sarnian President Havel de Stroud", "PER", "Havel de Stroud"),
        ("al-Okarri", "PER", "al-Okarri"),
        ("Ines Okarra, head of the Dorran Bank", "PER", "Ines Okarra"),
        ("the Bank of Dorran", "ORG", "Bank of Dorran"),
        ("members of the Dorran Bank", "ORG", None),
        ("the city of Kessen", "LOC", None),
        ("Port Ilva, Dorran", "LOC", "Port Ilva"),
        ("Tuesday", "LOC", None),
    ],
)
def test_name_is_cut_to_its_core(text: str, label: str, name: str | None) -> None:
    tokens = tokenise(text)

    core = name_core(Words.of_text(text, tokens), (0, len(tokens)), None, label)

    found = text[tokens[core[0]].start : tokens[core[1] - 1].end] if core else None
    assert found == name


@pytest.mark.parametrize("word", ["Syrian", "Chinese", "Kurds", "Muslims", "Turkish"])
def test_demonyms_are_known(word: str) -> None:
    assert is_demonym(word)


@pytest.mark.parametrize("word", ["syrian", "Brian", "Kessen", "Guardian", "Said"])
def test_other_words_are_no_demonyms(word: str) -> None:
    assert not is_demonym(word)
