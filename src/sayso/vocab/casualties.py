"""Words that tell what befell people, and words round such numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

import msgspec

from sayso.record.claims import Counted
from sayso.vocab.lexicon import (
    IRREGULAR,
    form_table,
    forms_of,
    parse_code,
    read_table,
)

CASUALTIES = "casualties.tsv"


class CasualtyRole(StrEnum):
    """Where those whom it befell stand beside the word."""

    OBJECT = "object"
    """They are the object of the verb, or the subject of its passive."""
    LOOSE = "loose"
    """As `object`, of a verb that befalls much else: only known people count."""
    SUBJECT = "subject"
    """They are the subject of the verb: "died"."""
    MASS = "mass"
    """As `subject`, of a verb that tells of flight only where many do it: "left"."""
    STATE = "state"
    """The word says what they are: "dead", "the wounded"."""
    NOUN = "noun"
    """The word names the act: "the killing of six", "65 arrests"."""
    ITSELF = "itself"
    """The word names them as counted: "nineteen bodies"."""
    TOLL = "toll"
    """The word names the number: "the death toll"."""
    FIGURE = "figure"
    """A verb that gives a number of whatever was told before: "counted 30"."""
    FIGURE_NOUN = "figure_noun"
    """A noun that does so: "the figure"."""
    GROUP = "group"
    """A noun whose "of" tells how many: "a family of five"."""
    IDIOM = "idiom"
    """Looks like one of these and is none: "shot down"."""
    THING = "thing"
    """What is counted but is no person."""


class CasualtyWord(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the list."""

    words: tuple[str, ...]
    """Lemmas; all after the first stand near it: "shoot dead"."""
    role: CasualtyRole
    what: Counted | None
    """None for words that only surround numbers."""
    line: int
    """In `casualties.tsv`, from 1."""


class CasualtyWords:
    """The entries by any form of their first word; never changed."""

    def __init__(
        self, entries: Sequence[CasualtyWord], irregular: Mapping[str, str]
    ) -> None:
        self.entries = tuple(entries)
        by_form: dict[str, list[CasualtyWord]] = {}
        for entry in sorted(entries, key=lambda entry: (-len(entry.words), entry.line)):
            for form in self._forms_of(entry, irregular):
                by_form.setdefault(form, []).append(entry)
        self._by_form = {form: tuple(found) for form, found in by_form.items()}
        words = {word for entry in entries for word in entry.words}
        self._forms = form_table(words, irregular)

    @staticmethod
    def _forms_of(entry: CasualtyWord, irregular: Mapping[str, str]) -> set[str]:
        """Return the forms of an entry's first word; states have one alone."""
        first = entry.words[0]
        if entry.role is CasualtyRole.STATE:
            return {first}
        return forms_of(first, irregular)

    def entries_of(self, word: str) -> tuple[CasualtyWord, ...]:
        """Return the entries that a lower-case word may begin, longest first."""
        return self._by_form.get(word, ())

    def is_a(self, word: str, role: CasualtyRole) -> bool:
        """Tell whether a lower-case word is an entry of one word in a role."""
        return any(
            entry.role is role and len(entry.words) == 1
            for entry in self.entries_of(word)
        )

    def is_form_of(self, word: str, lemma: str) -> bool:
        """Tell whether a lower-case word of the list is a form of a lemma."""
        return word == lemma or self._forms.get(word) == lemma


def load_casualty_words(folder: Path | None = None) -> CasualtyWords:
    """Return the words of a folder of lexicons; without one, of the package.

    Raises:
        VocabError: A file is missing, or a line has an unknown code or is out of order.
    """
    entries = [
        _entry(number, row) for number, row in read_table(folder, CASUALTIES, 4, 2)
    ]
    irregular = {row[0]: row[1] for _, row in read_table(folder, IRREGULAR, 2, 1)}
    return CasualtyWords(entries, irregular)


def _entry(line: int, row: Sequence[str]) -> CasualtyWord:
    words, role, what, _ = row
    return CasualtyWord(
        words=tuple(words.split()),
        role=parse_code(CASUALTIES, line, role, CasualtyRole),
        what=None if what == "-" else parse_code(CASUALTIES, line, what, Counted),
        line=line,
    )
