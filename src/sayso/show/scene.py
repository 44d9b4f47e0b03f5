"""Who, where and when: the actors, places and times of a record as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from sayso.record import Actor, AnchorKind, Place, Record, Time
from sayso.show.clean import clean, shorten

NAME_CHARS = 48
MAX_ROWS = 40  # of one table; a page tells how many more there are
OPEN = "not in the gazetteer"


def scene_tables(record: Record) -> tuple[Table, ...]:
    """Return a table each for actors, places and times, empty ones left out."""
    return tuple(
        _table(columns, rows)
        for columns, rows in (
            (("actor", "kind", "state", "sector", "authority"), actor_rows(record)),
            (("place", "is", "state", "precision", "point"), place_rows(record)),
            (("time", "value", "reckoned from"), time_rows(record)),
        )
        if rows
    )


def actor_rows(record: Record) -> list[tuple[str, ...]]:
    """Return name, kind, country, sector and authority id of those with a code.

    Actors of whom nothing but a name is known are left to the ledger.
    """
    return [
        (
            _name(actor),
            actor.kind.value,
            actor.country or "",
            actor.sector or "",
            actor.authority or "",
        )
        for actor in record.actors
        if actor.country or actor.sector or actor.authority
    ]


def place_rows(record: Record) -> list[tuple[str, ...]]:
    """Return name, what it is taken for, country, precision and point of all places."""
    return [
        (
            shorten(clean(place.name), NAME_CHARS),
            _taken_for(place),
            place.country or "",
            _precision(place),
            _point(place),
        )
        for place in record.places
    ]


def time_rows(record: Record) -> list[tuple[str, ...]]:
    """Return words, value and anchor of all times, one row for each value."""
    return [
        (
            shorten(clean(time.mentions[0].of(record.report.text)), NAME_CHARS),
            time.value or f"{time.timex.type.value.lower()} {time.timex.value}",
            _anchor(record, time),
        )
        for time in record.times
    ]


def _name(actor: Actor) -> str:
    return shorten(clean(actor.name), NAME_CHARS)


def _taken_for(place: Place) -> str:
    if place.gazetteer_id:
        return place.gazetteer_id
    how, _, holder = place.made_by.partition(":")
    return f"{how} {holder}" if how in ("within", "around") else OPEN


def _precision(place: Place) -> str:
    if place.precision is None:
        return ""
    return f"{place.precision.value}, {place.radius_km or 0:g} km"


def _point(place: Place) -> str:
    if place.lat is None or place.lon is None:
        return ""
    north, east = ("N" if place.lat >= 0 else "S"), ("E" if place.lon >= 0 else "W")
    return f"{abs(place.lat):.2f} {north}, {abs(place.lon):.2f} {east}"


def _anchor(record: Record, time: Time) -> str:
    anchor = time.anchor
    if anchor is None:
        return "its own words" if time.value and "X" not in time.value else ""
    if anchor.span is not None:
        words = shorten(clean(anchor.span.of(record.report.text)), NAME_CHARS)
        return f"“{words}”"
    if anchor.kind is AnchorKind.PUBLISHED:
        return f"published {record.report.published}"
    return anchor.kind.value


def _table(columns: Iterable[str], rows: Sequence[tuple[str, ...]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for number, column in enumerate(columns):
        table.add_column(column, overflow="fold", ratio=None if number else 1)
    for row in rows[:MAX_ROWS]:
        table.add_row(*map(Text, row))
    if len(rows) > MAX_ROWS:
        table.add_row(Text(f"… {len(rows) - MAX_ROWS} more: --format json"))
    return table
