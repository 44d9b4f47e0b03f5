"""The rows that the gazetteer is made of, and which of their names are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from sayso.vocab.gazetteer import EntryKind, fold

_LATIN = re.compile(r"[A-ZÀ-ÖØ-Þ'’][\w .,'’()&/-]*")
_SHORT = re.compile(r"[A-Z.]{2,6}|[A-Z][a-z]{0,4}\.|[A-Z]\.[A-Z][a-z]+\.")
_CODE = re.compile(r"[A-Z]{2,4}")


class Row(NamedTuple):
    """One place."""

    id: int
    """GeoNames id, 0 for none."""
    name: str
    names: tuple[str, ...]
    kind: EntryKind
    lat: float
    lon: float
    country: str
    """Alpha-3 code, or empty."""
    admin1: str
    """GeoNames code of the first-level unit, or empty."""
    population: int
    radius_km: int
    source: str


def is_short(name: str) -> bool:
    """Return whether a name is an abbreviation, which is told by its case."""
    return bool(_SHORT.fullmatch(name))


def latin_names(names: Iterable[str], name: str) -> tuple[str, ...]:
    """Return the names that English text may use, without `name` and without doubles.

    GeoNames writes transliterations in lower case and mixes in codes of airports.
    """
    kept = {
        fold(other): other
        for other in sorted(names)
        if _LATIN.fullmatch(other) and not _CODE.fullmatch(other) and len(other) > 2
    }
    kept.pop(fold(name), None)
    return tuple(kept.values())
