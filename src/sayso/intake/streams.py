"""Streams that can be looked at before they are read, and how large they may be."""

from __future__ import annotations

import gzip
import io
import zlib
from functools import cached_property
from typing import Any, BinaryIO

from sayso.errors import IntakeError

MAX_BYTES = 20 * 1024 * 1024
"""Of one report, unpacked: a text, a page, or a line of JSONL."""
MAX_RATIO = 100
"""Of unpacked to packed bytes; news text packs to a third or a fifth."""
GZIP = b"\x1f\x8b"

_PEEK = 4096
_GZIP_FORMAT = 31
"""Window bits that make zlib expect the header of gzip."""


class Meter:
    """How much of the input has been taken, in bytes as they lie on the disk."""

    def __init__(self, total: int | None = None) -> None:
        self.done = 0
        self.total = total
        """None: it cannot be told before, as of standard input."""


class Source(io.RawIOBase):
    """A stream whose first bytes can be looked at before they are read."""

    def __init__(
        self, stream: BinaryIO | gzip.GzipFile, meter: Meter | None = None
    ) -> None:
        super().__init__()
        self._stream = stream
        self._meter = meter
        self.head = stream.read(_PEEK)
        """The first bytes; empty if there are none."""
        self.delivered = 0
        """Bytes read so far."""

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def tell(self) -> int:
        """Return how many bytes were read; it cannot be set."""
        return self.delivered

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, at first from the head."""
        view = memoryview(buffer)
        start = self.delivered
        chunk = self.head[start : start + len(view)] or self._stream.read(len(view))
        view[: len(chunk)] = chunk
        self.delivered += len(chunk)
        if self._meter:
            self._meter.done += len(chunk)
        return len(chunk)


class Unpacked:
    """A stream as its text is, with the stream that it is unpacked from."""

    def __init__(self, raw: BinaryIO, meter: Meter | None = None) -> None:
        self.packed = Source(raw, meter)
        self.is_packed = self.packed.head.startswith(GZIP)
        self.head = self.packed.head
        """The first bytes, unpacked."""
        if self.is_packed:
            unpack = zlib.decompressobj(wbits=_GZIP_FORMAT)
            self.head = unpack.decompress(self.packed.head, _PEEK)

    @cached_property
    def stream(self) -> Source:
        """Return the stream, unpacked."""
        if not self.is_packed:
            return self.packed
        return Source(gzip.GzipFile(fileobj=io.BufferedReader(self.packed)))

    def check_ratio(self, name: str) -> None:
        """Let pass what was unpacked so far.

        Raises:
            IntakeError: It is out of all proportion to the packed bytes.
        """
        most = max(MAX_BYTES, MAX_RATIO * self.packed.delivered)
        if self.is_packed and self.stream.delivered > most:
            raise too_large(name)

    def read_whole(self, name: str) -> bytes:
        """Return all of it.

        Raises:
            IntakeError: It is too large for one report.
        """
        raw = io.BufferedReader(self.stream).read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise too_large(name)
        return raw


def too_large(name: str) -> IntakeError:
    """Return the error for an input that is too large for one report."""
    return IntakeError(
        f"{name}: more than {MAX_BYTES // 1024**2} MB for one report",
        mend="split it, or give the article alone; sets of reports belong in JSONL, "
        "one report a line",
    )
