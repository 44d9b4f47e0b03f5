"""What a store needs of a database: the few things that the two do differently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Rows = list[tuple[Any, ...]]
Args = Sequence[Any]

WORD = re.compile(r"[^\W_]+")
MAX_WORD = 100
_TERM = re.compile(r'"([^"]*)"?|(\S+)')

Term = tuple[tuple[str, ...], bool]
"""Words that stand side by side, folded, and whether the last is a beginning only."""


class Session(Protocol):
    """One transaction. SQL has `?` for values, and no other question marks."""

    def rows(self, sql: str, args: Args = ()) -> Rows:
        """Return all rows of a query."""
        ...

    def each(self, sql: str, args: Args = ()) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a query one by one."""
        ...

    def run(self, sql: str, args: Args = ()) -> None:
        """Run one statement."""
        ...

    def many(self, sql: str, rows: Iterable[Args]) -> None:
        """Run one statement for each row of values."""
        ...

    def unindexed(self, column: str) -> str:
        """Return a column such that no index is tried for the condition on it."""
        ...

    def matches(self, table: str) -> str:
        """Return the condition that a row of words has what `?` looks for."""
        ...

    def looked_for(self, terms: Sequence[Term]) -> str:
        """Return the value for the `?` of `matches`: all terms."""
        ...

    def add_words(self, table: str, rows: Iterable[tuple[int, str]]) -> None:
        """Add row numbers and texts to a table of words."""
        ...

    def remove_words(self, table: str, rows: Iterable[tuple[int, str]]) -> None:
        """Remove row numbers from a table of words; needs the texts they came with."""
        ...


class Database(Protocol):
    """One project in one database."""

    location: str
    """Path, or URL without the password."""

    def reading(self) -> AbstractContextManager[Session]:
        """Give a session that sees the state of one moment and waits for nobody."""
        ...

    def writing(self) -> AbstractContextManager[Session]:
        """Give the one session that writes, once the others are done.

        Leaving it makes the changes durable; an error takes all of them back.
        """
        ...

    def version(self) -> int:
        """Return the version of the tables, 0 if there are none."""
        ...

    def script(self, shared: str, version: int) -> str:
        """Return the SQL of a migration in the words of this database.

        Args:
            shared: SQL of `data/sql`, with `$key` and its like.
            version: Number of the migration; a file of that number in the folder of
                the database is added.
        """
        ...

    def migrate(self, script: str, *, version: int) -> None:
        """Run a script and set the version, in one transaction."""
        ...

    def back_up(self, version: int) -> str:
        """Copy the project beside itself before it gets a version; say where it is."""
        ...

    def scrub(self) -> None:
        """Rewrite the project so that nothing deleted is left in it, nor in copies."""
        ...

    def close(self) -> None:
        """End all connections."""
        ...


def fold_words(text: str) -> str:
    """Return the words of a text, folded, with one space between them.

    Both databases get this instead of the text, so that they agree what a word is.
    """
    return " ".join(word[:MAX_WORD] for word in WORD.findall(text.casefold()))


def fold(word: str) -> str:
    """Return a word such that case does not count."""
    return word.casefold()[:MAX_WORD]


def find_terms(query: str) -> tuple[Term, ...]:
    """Return what a person looks for: words, "words side by side" and beginnings*."""
    terms = []
    for match in _TERM.finditer(query):
        phrase, single = match.groups()
        words = tuple(fold_words(phrase or single or "").split())
        if words:
            terms.append((words, bool(single and single.endswith("*"))))
    return tuple(terms)


def marks(values: Sequence[Any]) -> str:
    """Return `?, ?, ?`, one for each value."""
    return ", ".join("?" * len(values))
