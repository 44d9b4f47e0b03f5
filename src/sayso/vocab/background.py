"""How often words and phrases stand in ordinary text, and how they cluster in threads.

The table lies in `data/background`: `phrases.tsv` (stem or stems, count; `*` counts all
words), `spread.tsv` (phrase length, highest rate, precision of the beta-binomial) and
`edges.txt` (words that a phrase neither begins nor ends with).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise

import msgspec

from sayso.errors import VocabError

PHRASES, SPREAD, EDGES = "phrases.tsv", "spread.tsv", "edges.txt"
ALL_WORDS = "*"
MEND = "make the folder anew with `python -m training.background`"

# Shares of the background's size that count as evidence before any is seen: a phrase
# that it does not have is rarer than its rarest word, but not impossible.
PRIOR_WORDS = 50_000
PHRASE_SHARE = 0.1  # of the uses of its rarest word, a phrase has at most so many


class Background(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Counts by stem or stems, and the spread by length and rate."""

    words: int
    counts: Mapping[str, int]
    spread: tuple[tuple[int, float, float], ...]
    """Length, highest rate a word, precision; sorted."""
    edges: frozenset[str]
    digest: str
    """12 hex digits over the files."""

    def rate(self, stems: tuple[str, ...]) -> float:
        """Return how often the phrase starts at a word of ordinary text.

        What the table lacks gets a cautious guess from its words.
        """
        rarest = min(self.counts.get(stem, 0) for stem in stems)
        cap = (rarest + 0.5) / self.words
        if len(stems) == 1:
            return cap
        cap *= PHRASE_SHARE
        if len(stems) > 2:
            cap = min(cap, *map(self.rate, pairwise(stems)))
        seen = self.counts.get(" ".join(stems), 0)
        return (seen + cap * PRIOR_WORDS) / (self.words + PRIOR_WORDS)

    def spread_of(self, length: int, rate: float) -> float:
        """Return the precision for phrases of that length and rate a word."""
        longest = self.spread[-1][0]
        rows = [row for row in self.spread if row[0] == min(length, longest)]
        return next((row[2] for row in rows if rate <= row[1]), rows[-1][2])

    def with_counts(self, words: int, counts: Mapping[str, int]) -> Background:
        """Return this background with another corpus added to it."""
        both = dict(self.counts)
        for phrase, count in counts.items():
            both[phrase] = both.get(phrase, 0) + count
        digest = hashlib.sha256(
            f"{self.digest} {words} {sorted(counts.items())}".encode()
        )
        return msgspec.structs.replace(
            self,
            words=self.words + words,
            counts=both,
            digest=digest.hexdigest()[:12],
        )


@cache
def load_background() -> Background:
    """Return the table that comes with sayso.

    Raises:
        VocabError: A line is not as described at the top.
    """
    return parse_folder(files("sayso") / "data" / "background")


def background_digest() -> str:
    """Return 12 hex digits that stand for the files, without parsing them."""
    return _digest(files("sayso") / "data" / "background")


def parse_folder(folder: Traversable) -> Background:
    """Return the table in a folder."""
    counts = {
        phrase: _number(PHRASES, line, count)
        for line, (phrase, count) in _rows(folder, PHRASES, 2)
    }
    spread = tuple(
        (int(_number(SPREAD, line, length)), _real(line, rate), _real(line, value))
        for line, (length, rate, value) in _rows(folder, SPREAD, 3)
    )
    if not counts.get(ALL_WORDS) or not spread or list(spread) != sorted(spread):
        raise VocabError(
            f"{PHRASES} has no line {ALL_WORDS!r}, or {SPREAD} is empty or unsorted",
            mend=MEND,
        )
    return Background(
        words=counts.pop(ALL_WORDS),
        counts=counts,
        spread=spread,
        edges=frozenset(word for _, (word,) in _rows(folder, EDGES, 1)),
        digest=_digest(folder),
    )


def _digest(folder: Traversable) -> str:
    whole = hashlib.sha256()
    for name in (PHRASES, SPREAD, EDGES):
        whole.update((folder / name).read_bytes())
    return whole.hexdigest()[:12]


def _rows(
    folder: Traversable, name: str, columns: int
) -> Iterator[tuple[int, list[str]]]:
    text = (folder / name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != columns:
            raise VocabError(
                f"{name}:{number}: {len(cells)} columns, expected {columns}", mend=MEND
            )
        yield number, cells


def _number(name: str, line: int, value: str) -> int:
    if not value.isdecimal():
        raise VocabError(f"{name}:{line}: {value!r} is no number", mend=MEND)
    return int(value)


def _real(line: int, value: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise VocabError(
            f"{SPREAD}:{line}: {value!r} is no number", mend=MEND
        ) from error
