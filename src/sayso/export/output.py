"""Files that are there whole or not at all, with their counts and hashes."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from sayso.errors import StoreError, UsageError

_CHUNK = 1 << 20


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A file of an export."""

    file: str
    rows: int
    """What it holds of what it is about: rows, lines, features, nodes and edges …"""
    bytes: int
    sha256: str


@contextmanager
def new_path(out: Path) -> Iterator[Path]:
    """Give a place to write a file or folder at; it gets its name when all is written.

    An error or a killed process leaves nothing under the name itself.

    Raises:
        UsageError: There is something of that name.
        StoreError: It cannot be written.
    """
    if out.exists() or out.is_symlink():
        raise UsageError(
            f"{out} is there already", mend="remove it, or give --out another name"
        )
    part = out.with_name(f".{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _remove(part)  # of a run that was killed
        try:
            yield part
            part.rename(out)
        finally:
            _remove(part)
    except (OSError, sqlite3.Error) as error:
        raise cannot_write(out, error) from error


def cannot_write(out: Path, error: Exception) -> StoreError:
    """Return the error that tells why a file cannot be written."""
    return StoreError(
        f"{out} cannot be written: {getattr(error, 'strerror', None) or error}",
        mend="look at the free space and the permissions of the folder",
    )


def describe(path: Path, rows: int) -> Written:
    """Return what a written file is, read back from the disk."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return Written(
        file=path.name, rows=rows, bytes=path.stat().st_size, sha256=digest.hexdigest()
    )


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
