"""Ties that the words of a report tell, found word by word."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.links_clauses import find_adjective_ties, find_verb_ties
from sayso.extract.links_nouns import (
    find_name_ties,
    find_noun_ties,
    find_part_ties,
    find_place_ties,
)
from sayso.extract.links_tie import Tie, TieText
from sayso.vocab.ties import TieShape, TieWord

_PARTS = frozenset({"one", "two", "three", "four", "some", "several"})
_VERB_REACH = 8  # words from a verb to its preposition: "swore loyalty and service to"
_PARTICLE = frozenset({"compound:prt"})
_AWAY = frozenset({"away", "off", "out"})
_NOUNS = frozenset({TieShape.HOLDER, TieShape.OWNED})
_VERBS = frozenset({TieShape.VERB, TieShape.VERB_BACK})


def find_ties(text: TieText) -> Iterator[Tie]:
    """Give the ties of a report in text order, each as often as it is told."""
    upos = text.tree.reading.upos
    for at, word in enumerate(text.tree.words):
        tag = upos[at]
        if tag == "PUNCT":
            continue
        entry = _entry(text, at, word)
        if entry is not None:
            yield from _of_entry(text, entry, at)
        if tag == "PROPN":
            yield from find_name_ties(text, at)
        elif word in _PARTS:
            yield from find_part_ties(text, at)


def _of_entry(text: TieText, entry: TieWord, at: int) -> Iterator[Tie]:
    """Give the ties that one word of the list tells."""
    if entry.shape in _NOUNS:
        yield from find_noun_ties(text, entry, at)
    elif entry.shape in _VERBS:
        yield from find_verb_ties(text, entry, at)
    elif entry.shape is TieShape.NEAR:
        yield from find_adjective_ties(text, entry, at)
    elif entry.shape is TieShape.PLACE:
        yield from find_place_ties(text, entry, at)


def _entry(text: TieText, at: int, word: str) -> TieWord | None:
    """Return the longest entry that stands whole at a token."""
    words, tag = text.tree.words, text.tree.reading.upos[at]
    for entry in text.words.entries_of(word):
        rest = len(entry.words) - 1
        if entry.shape in _NOUNS:
            whole = tuple(words[at - rest : at]) == entry.words[:-1]
            fits = tag in ("NOUN", "PROPN", "ADJ")
        elif entry.shape in _VERBS:
            whole, fits = _follows(text, entry, at), tag in ("VERB", "AUX")
        elif entry.shape is TieShape.NEAR:
            is_joined = entry.words[0] == "based" and words[at - 1] == "-"
            whole = tuple(words[at + 1 : at + 1 + rest]) == entry.words[1:] or is_joined
            fits = tag in ("ADJ", "VERB", "NOUN")
        else:
            whole, fits = True, entry.shape is TieShape.PLACE
        if whole and fits:
            return entry
    return None


def _follows(text: TieText, entry: TieWord, at: int) -> bool:
    """Tell whether the further words of a verb stand behind it or hang on it."""
    words = text.tree.words
    if len(entry.words) == 1:  # "led away" leads nobody
        behind = words[at + 1] if at + 1 < len(words) else ""
        return behind not in _AWAY and not text.tree.children(at, _PARTICLE)
    end = min(text.tree.sentence_of(at)[1], at + _VERB_REACH)
    place = at + 1
    for word in entry.words[1:]:
        while place < end and words[place] != word:
            place += 1
        if place == end:
            return False
        place += 1
    return True
