"""Files of feeds (RSS, Atom) to pieces: each entry with its own text a report.

Nothing is fetched here: an entry that tells only the beginning gives only that.
"""

from __future__ import annotations

import io
import time
import warnings
from collections.abc import Iterator
from typing import Any

import msgspec

from sayso.errors import IntakeError
from sayso.intake.assemble import Given
from sayso.intake.dom import parse_page, read_blocks
from sayso.intake.normalise import PARAGRAPH_BREAK, clean_characters
from sayso.intake.pieces import Piece, PieceKind


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed."""

    id: str | None
    url: str | None
    title: str | None
    outlet: str | None
    published: str | None
    """ISO 8601 in UTC."""
    text: str
    """The title and what the entry holds of the report; perhaps only its beginning."""


def read_feed(raw: bytes, name: str, given: Given) -> Iterator[Piece]:
    """Give a piece for each entry of a feed.

    Raises:
        IntakeError: It is no feed.
    """
    entries = read_entries(raw, name)
    if not entries:
        raise IntakeError(
            f"{name}: the feed has no entries", mend="fetch it again, or leave it out"
        )
    for number, entry in enumerate(entries, 1):
        row = msgspec.json.encode(entry)
        yield Piece(
            name=name, number=number, kind=PieceKind.ROW, content=row, given=given
        )


def read_entries(raw: bytes, name: str) -> list[Entry]:
    """Return the entries of a feed, in its order.

    Raises:
        IntakeError: It is no feed.
    """
    import feedparser  # late: a sixth of a second

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own use of other libraries
        # As a stream: bytes that look like a path or an address would be opened.
        feed = feedparser.parse(io.BytesIO(raw))
    if not feed.version:
        reason = feed.get("bozo_exception") or "no RSS and no Atom"
        raise IntakeError(
            f"{name}: this is XML, but no feed: {reason}",
            mend="give RSS, Atom, or pages as HTML",
        )
    outlet = _text(feed.feed.get("title"))
    return [_entry(one, outlet) for one in feed.entries]


def _entry(entry: Any, outlet: str | None) -> Entry:
    contents = [one.get("value") or "" for one in entry.get("content") or ()]
    markup = max([*contents, entry.get("summary") or ""], key=len)
    title = _text(entry.get("title"))
    blocks = read_blocks(parse_page(f"<body>{markup}</body>")) if markup else []
    blocks = [clean_characters(one) for one in blocks]
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return Entry(
        id=entry.get("id") or entry.get("link"),
        url=entry.get("link"),
        title=title,
        outlet=outlet,
        published=time.strftime("%Y-%m-%dT%H:%M:%SZ", moment) if moment else None,
        # A title alone is no report: then the text is empty, and the reader says so.
        text=PARAGRAPH_BREAK.join([title, *blocks] if title and blocks else blocks),
    )


def _text(markup: str | None) -> str | None:
    if not markup:
        return None
    blocks = read_blocks(parse_page(f"<body>{markup}</body>"))
    return " ".join(clean_characters(one) for one in blocks) or None
