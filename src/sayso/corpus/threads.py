"""All that the comments under one report do together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from sayso.corpus.bursts import find_bursts
from sayso.corpus.copies import find_copies
from sayso.corpus.evidence import find_evidence
from sayso.corpus.findings import Read
from sayso.corpus.talking import LARGE, find_talking_points
from sayso.corpus.words import Vocabulary, Words, number_words
from sayso.record import Comment, Thread
from sayso.vocab.background import Background

Number = Callable[[Iterable[str], Vocabulary], Words]
"""Makes words of texts; they tell where work on them is done."""


def find_thread(
    comments: Sequence[Comment],
    *,
    article: str,
    background: Background,
    read: Read,
    number: Number = number_words,
) -> Thread:
    """Return the findings in the comments of one thread.

    Args:
        comments: In the order of the thread. They are gone through twice, and those
            with a finding are asked for once more: a list that lies on disk will do.
        article: What they stand under; empty if there is none.
        background: How often phrases stand in other text.
        read: Gives the Reading of a comment; asked only where a phrase needs it.
        number: Makes words of the texts. The findings are the same for each.
    """
    if len(comments) < 2:
        return Thread()
    vocabulary = Vocabulary()
    names: dict[str, int] = {}
    authors: list[int] = []

    def texts() -> Iterator[str]:
        for comment in comments:
            authors.append(names.setdefault(comment.author, len(names)))
            yield comment.text

    words = number(texts(), vocabulary)
    copied = find_copies(comments, words, vocabulary, authors)
    thread = Thread(
        talking_points=find_talking_points(
            comments,
            words,
            vocabulary,
            copied.units,
            article=article,
            background=background,
            read=read,
        ),
        copies=copied.groups,
        bursts=find_bursts(comments),
    )
    return _ranked(thread, comments) if len(names) >= LARGE else thread


def _ranked(thread: Thread, comments: Sequence[Comment]) -> Thread:
    """Return the thread with what has a second kind of evidence first."""
    evidence = find_evidence(thread, comments)
    both = zip(thread.talking_points, evidence, strict=True)
    ordered = sorted(both, key=lambda one: not one[1])
    return replace(thread, talking_points=tuple(point for point, _ in ordered))
