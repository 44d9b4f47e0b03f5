"""Comments and a small background for tests of threads."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.reading.types import Reading
from sayso.record import Comment
from sayso.vocab.background import Background
from tests.build import make_reading

BACKGROUND = Background(
    words=100_000,
    counts={"old": 200, "ferri": 5, "price": 60, "old price": 20},
    spread=((2, 1e-5, 600.0), (2, 1.0, 60.0), (3, 1.0, 2000.0)),
    edges=frozenset(["the", "of", "and", "a", "is", "we", "they", "it", "my", "at"]),
    digest="0" * 12,
)


def make_comments(
    *texts: str, authors: Iterable[str] = (), times: Iterable[str] = ()
) -> tuple[Comment, ...]:
    """Return comments from 1, each by an author of its own unless told."""
    names = dict(enumerate(authors, 1))
    clock = dict(enumerate(times, 1))
    return tuple(
        Comment(n=n, author=names.get(n, f"c{n}"), time=clock.get(n), text=text)
        for n, text in enumerate(texts, 1)
    )


def read(comment: Comment) -> Reading:
    """Read as a parser does that takes every row of words for a compound."""
    return make_reading(comment.text)
