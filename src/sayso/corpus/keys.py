"""Which keys several owners have: phrases and authors, shingles and comments.

Rows of key and owner are grouped in memory, and past a limit in DuckDB, which spills to
disk. Either way the answer is exact and the same.
"""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from sayso.corpus.pages import Ints
from sayso.errors import UsageError

if TYPE_CHECKING:
    import duckdb

HELD_ROWS = 40_000_000  # 12 bytes each
PART_ROWS = 4_000_000  # sorted at a time
DUCKDB_MEMORY = "512MB"
DUCKDB_THREADS = 2

T = TypeVar("T")

_DISTINCT = """
    select key, owner from (select distinct key, owner from row where key % ? = ?)
    qualify count(*) over (partition by key) >= ? order by key, owner
"""
_TALLY = "select key, count(*) as rows from row where key % ? = ? group by key"


class KeyTable:
    """Rows of key and owner, both from 0, in any order and number."""

    def __init__(
        self, held_rows: int = HELD_ROWS, duckdb_memory: str = DUCKDB_MEMORY
    ) -> None:
        self._held_rows = held_rows
        self._memory = duckdb_memory
        self._size = 0
        self._keys: list[Ints] = []
        self._owners: list[Ints] = []
        self._disk: _OnDisk | None = None

    def add(self, keys: Ints, owners: Ints) -> None:
        """Add rows: int64 keys and int32 owners of the same length."""
        self._size += len(keys)
        self._keys.append(keys)
        self._owners.append(owners.astype(np.int32, copy=False))
        if self._disk is None and self._size > self._held_rows:
            self._disk = _OnDisk(self._memory)
        if self._disk is not None:
            for held in zip(self._keys, self._owners, strict=True):
                self._disk.add(*held)
            self._keys, self._owners = [], []

    def fill(
        self, task: Callable[..., tuple[Ints, Ints, T]], *columns: Iterable[Any]
    ) -> list[T]:
        """Add keys and owners that a task gives, and return what else it gives.

        It is called with one of each column.
        """
        others = []
        for keys, owners, other in map(task, *columns):
            self.add(keys, owners)
            others.append(other)
        return others

    def shared(self, at_least: int, then: Callable[[Ints, Ints], T]) -> Iterator[T]:
        """Give what `then` makes of the keys that have so many owners.

        It gets keys and owners, each owner once, ordered by key and owner, in batches;
        no key is in two of them.
        """
        for part in range(self._parts):
            if self._disk is not None:
                values = [self._parts, part, at_least]
                keys, owners = self._disk.ask(_DISTINCT, values)
                yield then(keys, owners.astype(np.int32))
            else:
                yield then(*find_shared_keys(*self._part(part), at_least))

    def regroup(
        self, at_least: int, then: Callable[[Ints, Ints], tuple[Ints, Ints]]
    ) -> KeyTable:
        """Return a table of the rows that `then` makes of what `shared` gives."""
        table = KeyTable(self._held_rows, self._memory)
        for keys, owners in self.shared(at_least, then):
            table.add(keys, owners)
        return table

    def tally(self, then: Callable[[Ints, Ints], T]) -> Iterator[T]:
        """Give what `then` makes of all keys and the number of their rows.

        It gets them in batches as of `shared`.
        """
        for part in range(self._parts):
            if self._disk is not None:
                yield then(*self._disk.ask(_TALLY, [self._parts, part]))
            else:
                yield then(*np.unique(self._part(part)[0], return_counts=True))

    @property
    def _parts(self) -> int:
        return self._size // PART_ROWS + 1

    def _part(self, number: int) -> tuple[Ints, Ints]:
        if self._parts == 1:
            own = [np.ones(len(keys), np.bool_) for keys in self._keys]
        else:
            own = [keys % self._parts == number for keys in self._keys]
        keys = [row[fits] for row, fits in zip(self._keys, own, strict=True)]
        owners = [row[fits] for row, fits in zip(self._owners, own, strict=True)]
        return (
            np.concatenate([*keys, np.zeros(0, np.int64)]),
            np.concatenate([*owners, np.zeros(0, np.int32)]),
        )


def find_shared_keys(keys: Ints, owners: Ints, at_least: int) -> tuple[Ints, Ints]:
    """Return the keys that have so many owners, with each of these once, in order."""
    if not len(keys):
        return keys, owners
    order = np.argsort(keys)
    keys = keys[order]
    new = np.concatenate([[True], keys[1:] != keys[:-1]])
    names = keys[new]
    width = int(owners.max()) + 1
    both = (np.cumsum(new) - 1) * width + owners[order]
    both.sort()
    both = both[np.concatenate([[True], both[1:] != both[:-1]])]
    ranks = both // width
    often = np.bincount(ranks) >= at_least
    both, ranks = both[often[ranks]], ranks[often[ranks]]
    return names[ranks], (both % width).astype(np.int32)


class _OnDisk:
    """The rows in a file of DuckDB in a folder that goes with it."""

    def __init__(self, memory: str) -> None:
        folder = tempfile.TemporaryDirectory(prefix="sayso-")
        self._base = _connect(Path(folder.name), memory)
        self._base.execute("create table row (key bigint, owner integer)")
        weakref.finalize(self, _close, self._base, folder)

    def add(self, keys: Ints, owners: Ints) -> None:
        rows = {"key": keys, "owner": owners}
        self._base.register("given", rows)
        self._base.execute("insert into row select key, owner from given")
        self._base.unregister("given")

    def ask(self, query: str, values: list[int]) -> tuple[Ints, Ints]:
        found: dict[str, Any] = self._base.execute(query, values).fetchnumpy()
        keys, others = found.values()
        return np.asarray(keys), np.asarray(others)


def _close(
    base: duckdb.DuckDBPyConnection, folder: tempfile.TemporaryDirectory[str]
) -> None:
    base.close()
    folder.cleanup()


def _connect(folder: Path, memory: str) -> duckdb.DuckDBPyConnection:
    try:
        import duckdb
    except ImportError as error:
        raise UsageError(
            f"more than {HELD_ROWS:,} shared words need DuckDB, which is not installed",
            mend="pip install duckdb, or give fewer comments at a time",
        ) from error
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "threads": DUCKDB_THREADS,
        "temp_directory": str(folder),
        "preserve_insertion_order": False,
    }
    base = duckdb.connect(folder / "rows.duckdb", config=settings)
    base.execute("set enable_progress_bar = false")  # it would go between the findings
    return base
