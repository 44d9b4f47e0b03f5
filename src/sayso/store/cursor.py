"""Where a page ends, as text that can stand in a URL."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec

from sayso.errors import UsageError
from sayso.store.query import Page

Row = TypeVar("Row")


def write_cursor(values: Sequence[object]) -> str:
    """Return the values of the order's columns in the last row of a page as text."""
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def read_cursor(after: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """Return the values that a cursor holds; None for the first page.

    Raises:
        UsageError: Not a cursor, or one of another view.
    """
    if after is None:
        return None
    try:
        packed = base64.urlsafe_b64decode(after + "=" * (-len(after) % 4))
        values = msgspec.json.decode(packed, type=list[int | str])
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise _no_cursor(after) from error
    if [type(value) for value in values] != list(kinds):
        raise _no_cursor(after)
    return tuple(values)


def cut_page(
    rows: Sequence[Row], limit: int, order: Callable[[Row], Sequence[object]]
) -> Page[Row]:
    """Return a page of at most `limit` rows; one row more tells that there is a next.

    Args:
        rows: At most `limit + 1` of them.
        limit: Of the page.
        order: Gives the values of the order's columns in a row.
    """
    shown = tuple(rows[:limit])
    more = len(rows) > limit
    return Page(rows=shown, next=write_cursor(order(shown[-1])) if more else None)


def _no_cursor(after: str) -> UsageError:
    return UsageError(
        f"{after!r} is not the end of a page of this view",
        mend="give `next` of the page before, with the same view",
    )
