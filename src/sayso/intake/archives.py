"""Archives of the web (WARC) to pieces: each page in one is a report."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from sayso.errors import IntakeError
from sayso.intake.assemble import Given
from sayso.intake.pieces import Failure, Piece, PieceKind
from sayso.intake.streams import MAX_BYTES, MAX_RATIO, Unpacked, too_large

logger = logging.getLogger(__name__)

_KINDS = {
    "text/html": PieceKind.PAGE,
    "application/xhtml+xml": PieceKind.PAGE,
    "text/plain": PieceKind.TEXT,
}
_ANSWERED = 200


def read_archive(
    source: Unpacked, name: str, given: Given
) -> Iterator[Piece | Failure]:
    """Give a piece for each page in an archive, packed record by record or not.

    Pictures, redirects, errors of servers and repeated visits are passed over.

    Raises:
        IntakeError: The archive is damaged; what stood before it has been given.
    """
    is_empty = True
    for number, record in enumerate(_records(source, name), 1):
        if piece := _read_record(record, name, number, given):
            is_empty = False
            yield piece
    if is_empty:
        raise _no_pages(name)


def _records(source: Unpacked, name: str) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    # Packed record by record: fastwarc unpacks it, and finds the record after damage.
    stream: Any = io.BufferedReader(source.packed)
    wanted = WarcRecordType.response | WarcRecordType.resource
    try:
        yield from ArchiveIterator(
            stream, record_types=wanted, auto_decode="all", fsspec_args=False
        )
    except BaseException as error:
        # A panic in its Rust is no Exception, but no reason to end the batch either.
        if isinstance(error, OSError) or type(error).__name__ == "PanicException":
            raise IntakeError(
                f"{name}: the archive is damaged or cut short: {error}",
                mend="fetch it again; the pages before the damage have been read",
            ) from error
        raise


def _read_record(
    record: Any, name: str, number: int, given: Given
) -> Piece | Failure | None:
    kind = _KINDS.get(_content_type(record))
    if kind is None or (record.http_headers and not _is_answer(record)):
        logger.info("%s:%d: passed over, no page", name, number)
        return None
    content = record.reader.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        _pass_over(record)
        error = too_large(f"{name}:{number}")
        return Failure(input=name, line=number, error=error)
    url = record.headers.get("WARC-Target-URI", "").strip("<>") or None
    return Piece(
        name=name,
        number=number,
        kind=kind,
        content=content,
        given=replace(given, url=url, key=url),
        retrieved=record.headers.get("WARC-Date"),
    )


def _pass_over(record: Any) -> None:
    """Read on to the end of a record, or the next one is not found."""
    for _ in range(MAX_RATIO):
        if not record.reader.read(MAX_BYTES):
            return


def _content_type(record: Any) -> str:
    told = record.http_content_type or record.headers.get("Content-Type") or ""
    return str(told).partition(";")[0].strip().lower()


def _is_answer(record: Any) -> bool:
    return bool(record.http_headers.status_code == _ANSWERED)


def _no_pages(name: str) -> IntakeError:
    return IntakeError(
        f"{name}: the archive holds no page",
        mend="check that pages were saved, with an answer of 200 and as text or HTML",
    )
