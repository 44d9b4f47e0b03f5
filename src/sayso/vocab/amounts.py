"""Words of numbers: what they are worth and how they bound a number."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import msgspec

from sayso.errors import VocabError
from sayso.vocab.lexicon import read_table

AMOUNTS = "amounts.tsv"


class AmountKind(StrEnum):
    """What a word or phrase does in the telling of a number."""

    NUMBER = "number"
    """Worth `low`."""
    TIMES = "times"
    """Multiplies the number before it by `low`."""
    VAGUE = "vague"
    """Worth anything from `low` to `high`."""
    NONE = "none"
    """Worth nothing at all: "nobody"."""
    LEAST = "least"
    ABOVE = "above"
    MOST = "most"
    BELOW = "below"
    ABOUT = "about"
    NEARLY = "nearly"
    BETWEEN = "between"
    """Opens a range."""
    TO = "to"
    """Joins the ends of a range."""
    AFTER_LEAST = "after_least"
    """Follows a lower bound: "30 or more"."""
    AFTER_ABOUT = "after_about"


BOUNDS = frozenset(
    {
        AmountKind.LEAST,
        AmountKind.ABOVE,
        AmountKind.MOST,
        AmountKind.BELOW,
        AmountKind.ABOUT,
        AmountKind.NEARLY,
        AmountKind.BETWEEN,
    }
)
CORES = frozenset({AmountKind.NUMBER, AmountKind.VAGUE, AmountKind.NONE})


class AmountWord(msgspec.Struct, frozen=True, kw_only=True):
    """One word or phrase of the list."""

    words: tuple[str, ...]
    kind: AmountKind
    low: int
    """Worth; 0 for words that only bound or join."""
    high: int


class AmountWords:
    """The list, ready to be matched forwards and backwards; never changed."""

    def __init__(self, entries: Sequence[AmountWord]) -> None:
        self.entries = tuple(entries)
        longest = sorted(entries, key=lambda entry: -len(entry.words))
        self._by_first: dict[str, list[AmountWord]] = {}
        self._by_last: dict[str, list[AmountWord]] = {}
        for entry in longest:
            self._by_first.setdefault(entry.words[0], []).append(entry)
            self._by_last.setdefault(entry.words[-1], []).append(entry)

    def at(
        self, words: Sequence[str], start: int, kinds: frozenset[AmountKind]
    ) -> AmountWord | None:
        """Return the longest entry of some kinds that begins at a place.

        Args:
            words: Lower-case words of the text.
            start: Where the entry begins.
            kinds: The kinds that are asked for.
        """
        for entry in self._by_first.get(words[start], ()):
            end = start + len(entry.words)
            if entry.kind in kinds and tuple(words[start:end]) == entry.words:
                return entry
        return None

    def before(
        self, words: Sequence[str], end: int, kinds: frozenset[AmountKind]
    ) -> AmountWord | None:
        """Return the longest entry of some kinds that ends just before a place."""
        for entry in self._by_last.get(words[end - 1], ()) if end > 0 else ():
            start = end - len(entry.words)
            if (
                entry.kind in kinds
                and start >= 0
                and tuple(words[start:end]) == entry.words
            ):
                return entry
        return None


def load_amount_words(folder: Path | None = None) -> AmountWords:
    """Return the words of numbers of a folder of lexicons; without one, the shipped.

    Raises:
        VocabError: The file is missing, or a line has an unknown kind, no whole number
            where one belongs, or is out of order.
    """
    return AmountWords(
        [_entry(number, row) for number, row in read_table(folder, AMOUNTS, 4, 2)]
    )


def _entry(line: int, row: Sequence[str]) -> AmountWord:
    words, kind, low, high = row
    if kind not in list(AmountKind):
        raise VocabError(
            f"{AMOUNTS}:{line}: {kind!r} is none of {', '.join(AmountKind)}",
            mend="write one of these words",
        )
    if not all(value.isdigit() for value in (low, high) if value):
        raise VocabError(
            f"{AMOUNTS}:{line}: {low!r} or {high!r} is no whole number",
            mend="write digits alone, or leave the column empty",
        )
    return AmountWord(
        words=tuple(words.split()),
        kind=AmountKind(kind),
        low=int(low or 0),
        high=int(high or low or 0),
    )
