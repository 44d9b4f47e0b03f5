"""Where the work on the words of a thread is done: in this process, or on machines.

The words of a thread come in chunks. A task is a function of one chunk that can be
pickled; whoever spreads the work hands chunks to tasks. The answer is the same
wherever that happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, Protocol, TypeVar

from sayso.corpus.keys import DUCKDB_MEMORY, HELD_ROWS, KeyTable
from sayso.corpus.pages import HELD_BYTES, Ints, Pages

T = TypeVar("T")


class Chunks(Protocol):
    """A row of int32 arrays, wherever they lie."""

    def __len__(self) -> int:
        """Tell how many arrays there are."""

    def __iter__(self) -> Iterator[Ints]:
        """Give the arrays one after the other."""

    def parts(self, wanted: Iterable[tuple[int, int, int]]) -> list[Ints]:
        """Return slices, each given by number of the array, start and end."""


Column = Iterable[Any]
"""For each chunk one argument of a task; of `Chunks` the array itself."""
Two = Callable[..., tuple[Ints, Ints]]
"""A task that gives two arrays."""


class Table(Protocol):
    """Rows of key and owner, as `KeyTable` has them."""

    def fill(
        self, task: Callable[..., tuple[Ints, Ints, T]], *columns: Column
    ) -> list[T]:
        """Add the keys and owners of each chunk, and return what else a task gives."""

    def shared(self, at_least: int, then: Callable[[Ints, Ints], T], /) -> Iterator[T]:
        """Give what `then` makes of the keys with so many owners, batch by batch."""

    def regroup(
        self, at_least: int, then: Callable[[Ints, Ints], tuple[Ints, Ints]], /
    ) -> Table:
        """Return a table of the rows that `then` makes of such batches."""

    def tally(self, then: Callable[[Ints, Ints], T], /) -> Iterator[T]:
        """Give what `then` makes of all keys and the number of their rows."""


class Spread(Protocol):
    """Hands chunks to tasks; all columns of a call are of one length."""

    def map(self, task: Callable[..., T], *columns: Column) -> Iterator[T]:
        """Give what a task makes of each chunk, in their order."""

    def sum(self, task: Callable[..., Ints], *columns: Column) -> Ints:
        """Return the sum of what a task makes of one chunk or more."""

    def keep(self, task: Two, *columns: Column) -> tuple[Chunks, Chunks]:
        """Return the two arrays that a task makes of each chunk; they stay there."""

    def table(self, rows: int) -> Table:
        """Return an empty table for about so many rows."""


class Limits(NamedTuple):
    """What may be held in memory; the rest goes to disk."""

    held_bytes: int = HELD_BYTES
    """Of one row of arrays."""
    held_rows: int = HELD_ROWS
    """Of one table; past it DuckDB has them."""
    duckdb_memory: str = DUCKDB_MEMORY


class Here:
    """Does all in this process, a chunk at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()

    def map(self, task: Callable[..., T], *columns: Column) -> Iterator[T]:
        """Give what a task makes of each chunk, in their order."""
        return map(task, *columns)

    def sum(self, task: Callable[..., Ints], *columns: Column) -> Ints:
        """Return the sum of what a task makes of the chunks."""
        found = map(task, *columns)
        total = next(found).copy()
        for one in found:
            total += one
        return total

    def keep(self, task: Two, *columns: Column) -> tuple[Pages, Pages]:
        """Return the two arrays that a task makes of each chunk, in pages."""
        left, right = self.pages(), self.pages()
        for one, other in map(task, *columns):
            left.append(one)
            right.append(other)
        return left, right

    def table(self, rows: int) -> KeyTable:
        """Return an empty table; how many rows it gets does not matter."""
        return KeyTable(self.limits.held_rows, self.limits.duckdb_memory)

    def pages(self) -> Pages:
        """Return a row of pages without any."""
        return Pages(self.limits.held_bytes)


HERE = Here()
