"""Comments by the million: the first ones in memory, the rest in a temporary file."""

from __future__ import annotations

import tempfile
import weakref
from array import array
from collections.abc import Iterator, Sequence
from typing import IO, overload

import msgspec

from sayso.record import Comment

HELD = 50_000  # comments; more of them are written to disk

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Comment)


class CommentSpool(Sequence[Comment]):
    """A row of comments that only grows; the file is gone when nobody holds it."""

    def __init__(self, held: int = HELD) -> None:
        self._most = held
        self._held: list[Comment] = []
        self._ends = array("q", [0])  # of those in the file
        self._file: IO[bytes] | None = None

    def append(self, comment: Comment) -> None:
        """Add a comment behind the others."""
        if len(self._held) < self._most:
            self._held.append(comment)
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="sayso-")  # noqa: SIM115
            weakref.finalize(self, self._file.close)
        row = _encoder.encode(comment) + b"\n"
        self._file.seek(self._ends[-1])
        self._file.write(row)
        self._ends.append(self._ends[-1] + len(row))

    def __len__(self) -> int:
        return len(self._held) + len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> Comment: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Comment, ...]: ...
    def __getitem__(self, place: int | slice) -> Comment | tuple[Comment, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        place = range(len(self))[place]
        if place < len(self._held):
            return self._held[place]
        own = place - len(self._held)
        return _decoder.decode(self._read(self._ends[own], self._ends[own + 1]))

    def __iter__(self) -> Iterator[Comment]:
        yield from self._held
        for at in range(0, len(self._ends) - 1, HELD):
            ends = self._ends[at : at + HELD + 1]
            rows = self._read(ends[0], ends[-1]).split(b"\n")
            yield from map(_decoder.decode, rows[:-1])

    def _read(self, start: int, end: int) -> bytes:
        assert self._file is not None, "what is not held lies in the file"
        self._file.seek(start)
        return self._file.read(end - start)
