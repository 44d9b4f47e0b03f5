"""Which words serve as personal names; of whom or of what land is not told."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from sayso.errors import VocabError
from sayso.vocab.lexicon import read_table

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
        VocabError: A file is missing or has a fault.
    """
    return PersonNames(
        given=_names(folder, GIVEN),
        family=_names(folder, FAMILY),
        not_names={
            word: _kind(line, kind)
            for line, (word, kind) in read_table(folder, NOT_NAMES, 2, 1)
        },
    )


def _names(folder: Path | None, file: str) -> frozenset[str]:
    return frozenset(row[0] for _, row in read_table(folder, file, 1, 1))


def _kind(line: int, kind: str) -> NotName:
    if kind not in list(NotName):
        raise VocabError(
            f"{NOT_NAMES}:{line}: {kind!r} is none of {', '.join(NotName)}",
            mend="write one of these words",
        )
    return NotName(kind)
