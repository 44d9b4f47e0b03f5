"""Records on standard output, in the form that a person or program asks for."""

from __future__ import annotations

from typing import IO, Protocol

import msgspec

from sayso.errors import UsageError
from sayso.record import Record, to_json
from sayso.show.formats import Format


class Writer(Protocol):
    """Writes records one by one; nothing is held back longer than needed."""

    def write(self, record: Record) -> None:
        """Write one record."""

    def close(self) -> None:
        """Write what must stand at the end."""


def open_writer(form: Format, out: IO[str], *, is_single: bool) -> Writer:
    """Return what writes records to `out` in that form.

    Args:
        form: The form.
        out: Standard output, or a file like it.
        is_single: At most one record will come; JSON then is an object, not a list.
    """
    match form:
        case Format.TABLE:
            return _Table(out)
        case Format.JSON:
            return _Json(out, is_single=is_single)
        case Format.JSONL:
            return _JsonLines(out)


class _Table:
    def __init__(self, out: IO[str]) -> None:
        # Imported here: rich takes a tenth of a second that JSON need not wait for.
        from sayso.show.terminal import make_console, print_record

        self._console = make_console(out)
        self._print = print_record

    def write(self, record: Record) -> None:
        self._print(record, self._console)

    def close(self) -> None:
        """Nothing is left to write."""


class _Json:
    def __init__(self, out: IO[str], *, is_single: bool) -> None:
        self._out = out
        self._is_single = is_single
        self._count = 0

    def write(self, record: Record) -> None:
        if self._is_single and self._count:
            raise UsageError(
                "more than one report came, which one JSON object cannot hold",
                mend="use --format jsonl",
            )
        if not self._is_single:
            self._out.write(",\n" if self._count else "[\n")
        self._out.write(msgspec.json.format(to_json(record).decode(), indent=2))
        self._count += 1

    def close(self) -> None:
        if not self._is_single:
            self._out.write("\n]" if self._count else "[]")
        if self._count or not self._is_single:
            self._out.write("\n")


class _JsonLines:
    def __init__(self, out: IO[str]) -> None:
        self._out = out

    def write(self, record: Record) -> None:
        self._out.write(to_json(record).decode())
        self._out.write("\n")
        self._out.flush()  # so that what reads the pipe can work along

    def close(self) -> None:
        """Nothing is left to write."""
