"""Which words serve as personal names; of whom or of what land is not told."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from sayso.vocab.lexicon import parse_code, read_table, read_words

GIVEN, FAMILY, NOT_NAMES = "given_names.tsv", "family_names.tsv", "not_names.tsv"


class NotName(StrEnum):
    """Why a capitalised word is no part of a person's name."""

    TITLE = "title"
    """Stands before names: "General"."""
    OPENER = "opener"
    """Opens sentences: "When"."""
    PARTICLE = "particle"
    """Opens names of places and bodies as well: "Al"."""
    OTHER = "other"
    """Belongs to places, bodies, days: "University"."""


class PersonNames(msgspec.Struct, frozen=True, kw_only=True):
    """The lists, as words are written."""

    given: frozenset[str]
    family: frozenset[str]
    not_names: dict[str, NotName]
    """In lower case."""


@cache
def load_person_names(folder: Path | None = None) -> PersonNames:
    """Return the names of a folder of lexicons; without one, the shipped.

    Raises:
        VocabError: A file is missing, or that of other words has a fault.
    """
    return PersonNames(
        given=read_words(folder, GIVEN),
        family=read_words(folder, FAMILY),
        not_names={
            word: parse_code(NOT_NAMES, line, kind, NotName)
            for line, (word, kind) in read_table(folder, NOT_NAMES, 2, 1)
        },
    )
