"""Who may do what: the roles of people, and what a route asks for."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import msgspec

_KEY = "x-role"


class Role(IntEnum):
    """What somebody may do; each role may do all that the ones before it may."""

    READER = 1
    """Read, search and export."""
    CODER = 2
    """Judge rows."""
    EDITOR = 3
    """Ingest reports, merge and split actors."""
    ADMIN = 4
    """All else."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who uses the reader."""

    name: str
    """Stands as the coder under judgements."""
    role: Role


def needs(role: Role) -> dict[str, Any]:
    """Return what a route is declared with: `@router.get(…, openapi_extra=needs(…))`.

    It stands in the OpenAPI description too. A route that declares none is refused
    when the application is made.
    """
    return {_KEY: role.name.lower()}


def role_of(extra: dict[str, Any] | None) -> Role | None:
    """Return the role that a route declares; None if it declares none."""
    name = (extra or {}).get(_KEY)
    return None if name is None else Role[str(name).upper()]
