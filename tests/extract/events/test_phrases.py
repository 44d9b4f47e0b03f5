"""Noun phrases with what says who is meant."""

from __future__ import annotations

import pytest

from sayso.extract.events.phrases import find_phrases
from tests.parses import parse


def _phrases(text: str, rows: str) -> list[str]:
    reading = parse(text, rows)
    children: list[list[int]] = [[] for _ in reading.tokens]
    for token, head in enumerate(reading.heads):
        if head >= 0:
            children[head].append(token)
    found = find_phrases(reading, children)
    return [" ".join(reading.words[slice(*one.tokens)]) for one in found]


@pytest.mark.parametrize(
    ("text", "rows", "phrase"),
    [
        (
            "Elders in Tora met",
            "Elders|NOUN|nsubj|4 in|ADP|case|3 Tora|PROPN|nmod|1 met|VERB|root|0",
            "Elders in Tora",
        ),
        (
            "a watchman , Pero Duk , fell",
            "a|DET|det|2 watchman|NOUN|nsubj|7 ,|PUNCT|punct|4 Pero|PROPN|appos|2"
            " Duk|PROPN|flat|4 ,|PUNCT|punct|4 fell|VERB|root|0",
            "a watchman , Pero Duk",
        ),
        (
            "men who dug fled",
            "men|NOUN|nsubj|4 who|PRON|nsubj|3 dug|VERB|acl:relcl|1 fled|VERB|root|0",
            "men",
        ),
        (
            "members of the council met",
            "members|NOUN|nsubj|5 of|ADP|case|4 the|DET|det|4 council|NOUN|nmod|1"
            " met|VERB|root|0",
            "members of the council",
        ),
    ],
)
def test_a_phrase_holds_what_says_who_is_meant(
    text: str, rows: str, phrase: str
) -> None:
    assert _phrases(text, rows)[0] == phrase
