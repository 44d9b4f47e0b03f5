"""What a project keeps beside records: originals, runs, what each input gave."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes that a report was read from."""

    report: str
    content: bytes
    digest: str
    """sha256 of `content`, 64 hex digits."""
    url: str | None
    retrieved: str | None
    """ISO 8601 with the zone; None: not fetched, but given as a file."""


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """An input that gave no report."""

    input: str
    reason: str
    mend: str
    time: str
    """ISO 8601 with the zone."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What one input of a run has given; with it the input is acknowledged."""

    run: str
    input: str
    """Path, url or row, as the user knows it."""
    digest: str
    """sha256 of the content, the identity of the input."""
    reports: tuple[str, ...] = ()
    """Ids of the reports read from it."""
    failure: Failure | None = None


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One ingest or reread: with what, when, and how far it came."""

    id: str
    kit: str
    """`Fingerprint.digest`."""
    parameters: Mapping[str, str]
    started: str
    """ISO 8601 with the zone."""
    ended: str | None = None
    """None: it goes on, or was cut off."""
    inputs: int = 0
    """Acknowledged so far; filled in by the store."""
    failures: int = 0
    """Likewise."""


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What adding a batch has done."""

    new: int
    merged: int
    """Known before, now with more keys or comments, or read by a newer kit."""
    unchanged: int


class ProjectInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What is in a project."""

    location: str
    """Path, or URL without the password."""
    version: int
    """Of the tables."""
    reports: int
    statements: int
    events: int
    links: int
    comments: int
    open: int
    """Statements, events and links that nobody has judged."""
    failures: int
    judgements: int
