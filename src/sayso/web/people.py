"""Who may do what: the roles of people, and what a route asks for."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import msgspec

_KEY = "x-role"


class Role(IntEnum):
    """What somebody may do; each role may do all that the ones before it may."""

    NOBODY = 0
    """Sign in."""
    NEWCOMER = 1
    """Choose a password, where somebody else has set the present one."""
    READER = 2
    """Read, search and export."""
    CODER = 3
    """Judge rows."""
    EDITOR = 4
    """Ingest reports, merge and split actors."""
    ADMIN = 5
    """Say who belongs to the team, and all else."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who uses the reader."""

    name: str
    """Stands as the coder under judgements."""
    role: Role


NOBODY = Person(name="", role=Role.NOBODY)
"""Somebody who has not come in."""


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
