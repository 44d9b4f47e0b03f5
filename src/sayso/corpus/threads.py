"""All that the comments under one report do together."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.corpus.bursts import find_bursts
from sayso.corpus.copies import find_copies
from sayso.corpus.talking import Read, find_talking_points
from sayso.record import Comment, Thread
from sayso.vocab.background import Background


def find_thread(
    comments: Sequence[Comment], *, article: str, background: Background, read: Read
) -> Thread:
    """Return the findings in the comments of one thread.

    Args:
        comments: In the order of the thread.
        article: What they stand under; empty if there is none.
        background: How often phrases stand in other text.
        read: Gives the Reading of a comment; asked only where a phrase needs it.
    """
    if len(comments) < 2:
        return Thread()
    copied = find_copies(comments)
    return Thread(
        talking_points=find_talking_points(
            comments, copied.units, article=article, background=background, read=read
        ),
        copies=copied.groups,
        bursts=find_bursts(comments),
    )
