"""Many reports on one incident, and where they come from and disagree."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class OriginKind(StrEnum):
    """Why two reports count as one original source."""

    REPRINT = "reprint"
    CREDITS = "credits"
    SAME_OWNER = "same_owner"


class OriginEdge(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"from_": "from"},
):
    """One reason to join two reports into one original source."""

    kind: OriginKind
    from_: str
    """Id of the earlier report; `from` in JSON."""
    to: str


class Origins(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Number of independent original sources, both ends included."""

    at_least: int
    at_most: int
    edges: tuple[OriginEdge, ...] = ()


class Side(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the values that voices give, and who gives it."""

    value: str
    statements: tuple[str, ...]


class Contradiction(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """One slot of the incident that voices fill in different ways."""

    slot: str
    sides: tuple[Side, ...]


class Story(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Reports on one incident, with their origins and contradictions."""

    reports: tuple[str, ...]
    origins: Origins
    contradictions: tuple[Contradiction, ...] = ()
    events: tuple[str, ...] = ()
    """Ids of the events that are taken for this incident."""
