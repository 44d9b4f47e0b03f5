"""JSON files written piece by piece: lists and sections that need not fit in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import msgspec

_CHUNK = 1 << 20


def encode(value: object) -> bytes:
    """Return a value as compact UTF-8 JSON."""
    return msgspec.json.encode(value)


def write_lines(path: Path, values: Iterable[object]) -> int:
    """Write one JSON value a line; return how many there are."""
    count = 0
    with path.open("wb") as file:
        for value in values:
            file.write(encode(value) + b"\n")
            count += 1
    return count


def write_list(
    path: Path, head: Mapping[str, object], name: str, values: Iterable[object]
) -> int:
    """Write an object that ends in a long list; return the length of the list.

    Args:
        path: Where to write.
        head: What stands before the list.
        name: Field of the list.
        values: What is in it; one stands on each line.
    """
    count = 0
    with path.open("wb") as file:
        file.write(encode({**head, name: []})[:-2])
        for value in values:
            file.write((b",\n" if count else b"\n") + encode(value))
            count += 1
        file.write(b"\n]}\n")
    return count


@contextmanager
def parts_beside(path: Path, names: Iterable[str]) -> Iterator[dict[str, IO[bytes]]]:
    """Give a file for each part of `path`; they are gone afterwards."""
    with ExitStack() as stack:
        files: dict[str, IO[bytes]] = {}
        for name in names:
            part = path.with_name(f"{path.name}.{name}")
            stack.callback(part.unlink, missing_ok=True)
            files[name] = stack.enter_context(part.open("w+b"))
        yield files


def append_part(part: IO[bytes], file: IO[bytes]) -> None:
    """Write all of a part into a file."""
    part.seek(0)
    while chunk := part.read(_CHUNK):
        file.write(chunk)


def without_none(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that are known."""
    return {name: part for name, part in value.items() if part not in (None, "", [])}
