"""Segments: results that wait on a disk for a committer, as Parquet with a manifest."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from sayso.engine import Outcome
from sayso.errors import IntakeError, ReadingError, UsageError
from sayso.intake import Failure, Piece
from sayso.record import from_json, to_json

MANIFEST = "manifest.json"
_ROWS_AT_ONCE = 64


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What one piece gave."""

    input: str
    digest: str
    record: bytes | None = None
    """As JSON; None: there is none."""
    reason: str | None = None
    mend: str | None = None
    raw: bytes | None = None
    url: str | None = None
    retrieved: str | None = None

    @property
    def outcome(self) -> Outcome:
        """Return the record, or why there is none."""
        if self.record is not None:
            return from_json(self.record)
        error = ReadingError(self.reason or "", mend=self.mend or "")
        return Failure(input=self.input, error=error)


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a segment."""

    name: str
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """That a segment is whole, and which files it has."""

    files: tuple[File, ...]


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """Results of one window of pieces."""

    folder: Path
    manifest: Manifest

    def rows(self) -> Iterator[Row]:
        """Give what the pieces of the window gave.

        Raises:
            IntakeError: A file is not what the manifest says.
        """
        for file in self.manifest.files:
            path = self.folder / file.name
            if not path.is_file() or _sha256(path) != file.sha256:
                raise IntakeError(
                    f"{path}: the file is not what its manifest says",
                    mend=f"remove {self.folder} and ingest again",
                )
            yield from read_rows(path)

    def remove(self) -> None:
        """Remove it from the disk; without its manifest it is none any more."""
        (self.folder / MANIFEST).unlink()
        shutil.rmtree(self.folder)


def row_of(one: Piece | Failure, outcome: Outcome, *, keep_raw: bool) -> Row:
    """Return what a piece gave as a row."""
    record, error = (
        (None, outcome.error)
        if isinstance(outcome, Failure)
        else (to_json(outcome), None)
    )
    piece = one if isinstance(one, Piece) else None
    return Row(
        input=one.key,
        digest=one.digest,
        record=record,
        reason=error.message if error else None,
        mend=error.mend if error else None,
        raw=piece.content if piece and keep_raw else None,
        url=piece.given.url if piece else None,
        retrieved=piece.retrieved if piece else None,
    )


def find_segments(folder: Path) -> Iterator[Segment]:
    """Give the whole segments in a folder, and throw away what is not whole."""
    for one in sorted(folder.glob("segment-*")):
        manifest = one / MANIFEST
        if manifest.is_file():
            told = msgspec.json.decode(manifest.read_bytes(), type=Manifest)
            yield Segment(folder=one, manifest=told)
        else:
            shutil.rmtree(one)


def seal(folder: Path) -> Segment:
    """Return the segment of a folder whose files are all there, with its manifest."""
    files = tuple(
        File(name=path.name, sha256=_sha256(path))
        for path in sorted(folder.glob("*.parquet"))
    )
    manifest = Manifest(files=files)
    draft = folder / f".{MANIFEST}"
    with draft.open("wb") as file:
        file.write(msgspec.json.encode(manifest))
        file.flush()
        os.fsync(file.fileno())
    draft.rename(folder / MANIFEST)
    return Segment(folder=folder, manifest=manifest)


def write_rows(rows: Iterable[Row], path: Path) -> None:
    """Write rows as one file of a segment."""
    parquet().write_table(to_table(rows), path)


def read_rows(path: Path) -> Iterator[Row]:
    """Give the rows of one file of a segment."""
    for batch in parquet().ParquetFile(path).iter_batches(batch_size=_ROWS_AT_ONCE):
        for row in batch.to_pylist():
            yield msgspec.convert(row, Row)


def to_table(rows: Iterable[Row]) -> Any:
    """Return rows as a table of Arrow, which Ray passes on."""
    import pyarrow as pa

    schema = pa.schema(
        [(name, pa.binary() if name in ("record", "raw") else pa.string())
         for name in Row.__struct_fields__]
    )  # fmt: skip
    return pa.Table.from_pylist([msgspec.structs.asdict(row) for row in rows], schema)


def parquet() -> Any:
    """Return the library that reads and writes Parquet; it comes with Ray Data.

    Raises:
        UsageError: It is not installed.
    """
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError(
            "segments need pyarrow", mend="pip install 'sayso[ray]'"
        ) from error
    return pyarrow.parquet


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
