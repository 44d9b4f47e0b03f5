"""Records as JSON, in the form that other programs and later versions read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from sayso.errors import StoreError
from sayso.record.record import SCHEMA, Record

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns the JSON object of one schema number into that of the next."""

UPGRADES: Mapping[int, Upgrade] = MappingProxyType({})
"""By the schema number that they start from; none is needed before schema 2."""


def to_json(record: Record) -> bytes:
    """Return the record as one line of compact UTF-8 JSON, without the line end.

    Fields stand in the order of the types, so equal records give equal bytes.
    """
    return msgspec.json.encode(record)


def from_json(line: bytes | str) -> Record:
    """Return the record that a JSON object holds, upgraded if it is of an older form.

    Raises:
        StoreError: Not a record, or of a schema that this version does not know.
    """
    try:
        return _decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise StoreError(
            f"this is not a record of schema {SCHEMA}: {error}",
            mend="give one JSON object as `sayso read --format jsonl` writes it",
        ) from error


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a record."""
    return msgspec.json.schema(Record)


class _Head(msgspec.Struct):
    schema: int


def _decode(line: bytes | str) -> Record:
    if msgspec.json.decode(line, type=_Head).schema == SCHEMA:
        return msgspec.json.decode(line, type=Record)
    return msgspec.convert(upgrade(msgspec.json.decode(line)), type=Record)


def upgrade(
    record: dict[str, Any], upgrades: Mapping[int, Upgrade] = UPGRADES
) -> dict[str, Any]:
    """Return the JSON object of a record in the present form.

    Raises:
        StoreError: The schema number is newer than this version, or was never used.
    """
    while record["schema"] != SCHEMA:
        number = record["schema"]
        if number not in upgrades:
            raise StoreError(
                f"the record has schema {number}, this sayso reads 1 to {SCHEMA}",
                mend="install a newer sayso, or read the report again",
            )
        record = upgrades[number](record)
    return record
