"""Arrays that need not fit into memory: past a limit they lie on disk.

A file of the system's temporary folder takes them; it has no name and is gone when
nobody holds it.
"""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

import numpy as np

Ints = np.ndarray[Any, np.dtype[Any]]
"""Whole numbers: int32 for words, as a million comments have 30 million of them."""

HELD_BYTES = 256 << 20  # of the arrays of one row of pages


class _OnDisk(NamedTuple):
    offset: int
    size: int


class Pages:
    """A row of one-dimensional int32 arrays; the first ones are held, the rest read."""

    def __init__(self, held_bytes: int = HELD_BYTES) -> None:
        self._room = held_bytes
        self._pages: list[Ints | _OnDisk] = []
        self._file: IO[bytes] | None = None

    def __len__(self) -> int:
        return len(self._pages)

    def __iter__(self) -> Iterator[Ints]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: int) -> Ints:
        return self.part(number, 0, None)

    def append(self, page: Ints) -> None:
        """Add an array behind the others."""
        page = np.ascontiguousarray(page, np.int32)
        if page.nbytes <= self._room:
            self._room -= page.nbytes
            self._pages.append(page)
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="sayso-")  # noqa: SIM115
            weakref.finalize(self, self._file.close)
        self._pages.append(_OnDisk(self._file.seek(0, 2), len(page)))
        self._file.write(page.data)

    def part(self, number: int, start: int, end: int | None) -> Ints:
        """Return the slice of one array; of what lies on disk no more is read."""
        page = self._pages[number]
        if not isinstance(page, _OnDisk):
            return page[start:end]
        end = page.size if end is None else end
        assert self._file is not None, "a page on disk has a file"
        self._file.seek(page.offset + 4 * start)
        return np.frombuffer(self._file.read(4 * max(end - start, 0)), np.int32)

    def parts(self, wanted: Iterable[tuple[int, int, int]]) -> list[Ints]:
        """Return slices, each given by number of the array, start and end."""
        return [self.part(*one) for one in wanted]
