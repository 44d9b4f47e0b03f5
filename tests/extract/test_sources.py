from __future__ import annotations

from sayso.extract.scene import set_scene
from sayso.extract.sources import split_source
from sayso.vocab.lexicon import load_lexicon
from tests.build import make_reading, spot

LEXICON = load_lexicon()
Syntax = dict[str, tuple[str, str, str | None]]


def parts(
    text: str, source: str, syntax: Syntax, entities: dict[str, str] | None = None
) -> list[str]:
    reading = make_reading(text, syntax=syntax, entities=entities)
    scene = set_scene(text, reading, LEXICON)
    return [span.of(text) for span in split_source(scene, spot(text, source))]


def joined(first: str, cue: str, second: str, joint: str = "and") -> Syntax:
    return {
        first: ("NOUN", "nsubj", cue),
        joint: ("CCONJ", "cc", second),
        second: ("NOUN", "conj", first),
    }


def test_bare_plurals_are_two_speakers() -> None:
    syntax = joined("officials", "said", "villagers")

    assert parts(
        "officials and villagers said so", "officials and villagers", syntax
    ) == [
        "officials",
        "villagers",
    ]


def test_own_determiners_are_two_speakers_and_joining_words_stay_out() -> None:
    text = "Neither the embassy nor the ministry answered calls"
    syntax = joined("embassy", "answered", "ministry", "nor") | {
        "the@2": ("DET", "det", "embassy"),
        "the@3": ("DET", "det", "ministry"),
    }

    assert parts(text, "the embassy nor the ministry", syntax) == [
        "the embassy",
        "the ministry",
    ]


def test_names_are_two_speakers() -> None:
    text = "Both al-Sabri and Qasem said so"
    syntax: Syntax = {
        "al-Sabri": ("PROPN", "nsubj", "said"),
        "Both": ("DET", "cc:preconj", "al-Sabri"),
        "and": ("CCONJ", "cc", "Qasem"),
        "Qasem": ("PROPN", "conj", "al-Sabri"),
    }

    found = parts(
        text, "Both al-Sabri and Qasem", syntax, {"al-Sabri": "PER", "Qasem": "PER"}
    )

    assert found == ["al-Sabri", "Qasem"]


def test_two_titles_of_one_person_are_one_speaker() -> None:
    text = "the chairman and founder of the club said so"
    syntax = joined("chairman", "said", "founder") | {
        "the@1": ("DET", "det", "chairman")
    }

    assert parts(text, "the chairman and founder", syntax) == [
        "the chairman and founder"
    ]


def test_one_name_with_an_and_is_one_speaker() -> None:
    text = "Johnson and Sons said so"
    syntax = joined("Johnson", "said", "Sons")

    assert parts(text, "Johnson and Sons", syntax, {"Johnson and Sons": "ORG"}) == [
        "Johnson and Sons"
    ]


def test_a_ministry_of_two_things_is_one_speaker() -> None:
    text = "the Ministry of Defence and Security said so"
    syntax: Syntax = {
        "the": ("DET", "det", "Ministry"),
        "Ministry": ("PROPN", "nsubj", "said"),
        "of": ("ADP", "case", "Defence"),
        "Defence": ("PROPN", "nmod", "Ministry"),
        "and": ("CCONJ", "cc", "Security"),
        "Security": ("PROPN", "conj", "Defence"),
    }

    source = "the Ministry of Defence and Security"
    assert parts(text, source, syntax) == [source]


def test_one_noun_phrase_for_two_speakers_is_given_twice() -> None:
    text = "Both parties blamed rain"
    syntax: Syntax = {
        "Both": ("DET", "det", "parties"),
        "parties": ("NOUN", "nsubj", "blamed"),
    }

    assert parts(text, "Both parties", syntax) == ["Both parties", "Both parties"]


def test_two_peoples_before_one_noun_are_given_twice() -> None:
    text = "Karsenian and Belmoran officials said so"
    syntax: Syntax = {
        "Karsenian": ("ADJ", "amod", "officials"),
        "and": ("CCONJ", "cc", "Belmoran"),
        "Belmoran": ("ADJ", "conj", "Karsenian"),
        "officials": ("NOUN", "nsubj", "said"),
    }

    source = "Karsenian and Belmoran officials"
    assert parts(text, source, syntax) == [source, source]
