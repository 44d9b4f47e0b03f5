"""Words that tie actors to actors or places: "spokesman", "belong to", "active in"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

import msgspec

from sayso.errors import VocabError
from sayso.record.claims import LinkKind
from sayso.vocab.lexicon import IRREGULAR, forms_of, read_table

TIES = "links.tsv"


class TieShape(StrEnum):
    """Where the two ends stand beside the word."""

    HOLDER = "holder"
    """Whoever the noun names is tied to its possessor: "the ministry's spokesman"."""
    OWNED = "owned"
    """The possessor is tied to whoever the noun names: "his employer"."""
    VERB = "verb"
    """The subject is tied to the object, or to the phrase of its preposition."""
    VERB_BACK = "verb_back"
    """The object is tied to the subject: "employs"."""
    NEAR = "near"
    """Whoever the adjective is said of is tied to the phrase of its preposition."""
    PLACE = "place"
    """A preposition that ties somebody to a place: "the consulate in"."""
    DEPUTY = "deputy"
    """Before a noun for who leads, makes somebody who does not."""
    HEDGE = "hedge"
    """Makes a tie no more than possible: "alleged"."""


_FIXED = frozenset({TieShape.NEAR, TieShape.PLACE, TieShape.DEPUTY, TieShape.HEDGE})


class TieWord(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the list."""

    words: tuple[str, ...]
    """Lemmas; of nouns the last is the head, of verbs and adjectives the first."""
    shape: TieShape
    kind: LinkKind | None
    """None for hedges."""
    line: int
    """In `links.tsv`, from 1."""


class TieWords:
    """The entries by any form of their head word; never changed."""

    def __init__(
        self, entries: Sequence[TieWord], irregular: Mapping[str, str]
    ) -> None:
        self.entries = tuple(entries)
        by_form: dict[str, list[TieWord]] = {}
        for entry in sorted(entries, key=lambda entry: (-len(entry.words), entry.line)):
            for form in _forms_of(_head_word(entry), entry.shape, irregular):
                by_form.setdefault(form, []).append(entry)
        self._by_form = {form: tuple(found) for form, found in by_form.items()}

    def entries_of(self, word: str) -> tuple[TieWord, ...]:
        """Return the entries that a lower-case word may head, longest first."""
        return self._by_form.get(word, ())


def load_tie_words(folder: Path | None = None) -> TieWords:
    """Return the words of a folder of lexicons; without one, of the package.

    Raises:
        VocabError: A file is missing, or a line has an unknown code or is out of order.
    """
    entries = [_entry(number, row) for number, row in read_table(folder, TIES, 4, 3)]
    irregular = {row[0]: row[1] for _, row in read_table(folder, IRREGULAR, 2, 1)}
    return TieWords(entries, irregular)


def _head_word(entry: TieWord) -> str:
    is_noun = entry.shape in (TieShape.HOLDER, TieShape.OWNED)
    return entry.words[-1] if is_noun else entry.words[0]


def _forms_of(word: str, shape: TieShape, irregular: Mapping[str, str]) -> set[str]:
    """Return the forms of a word; adjectives, prepositions and hedges have one."""
    if shape in _FIXED:
        return {word}
    if shape in (TieShape.HOLDER, TieShape.OWNED) and word.endswith("man"):
        return {word, word[:-3] + "men"}
    return forms_of(word, irregular)


def _entry(line: int, row: Sequence[str]) -> TieWord:
    words, shape, kind, _ = row
    hedges = ["possible"] if shape == TieShape.HEDGE else []
    for value, codes in ((shape, list(TieShape)), (kind, [*LinkKind, *hedges])):
        if value not in codes:
            raise VocabError(
                f"{TIES}:{line}: {value!r} is none of {', '.join(codes)}",
                mend="write one of these words",
            )
    return TieWord(
        words=tuple(words.split()),
        shape=TieShape(shape),
        kind=None if hedges else LinkKind(kind),
        line=line,
    )
