"""The findings of a thread in words: what is shared, by how many, how likely by chance.

Plain text, for pages of all kinds.
"""

from __future__ import annotations

from collections.abc import Mapping

from sayso.corpus.copies import NEAR
from sayso.corpus.coposting import Together
from sayso.corpus.evidence import Evidence, EvidenceKind
from sayso.record import Burst, Comment, Copies, TalkingPoint
from sayso.show.clean import clean

REASONS = (
    "Possible reasons: a shared outside source, a phrase usual for this topic, one"
    " author or text under several names, concerted posting. The text alone cannot"
    " tell these apart."
)
SHOWN = 5  # excerpts of one finding
LEAST = 0.001  # smaller numbers of chance findings are told as "under"


def count_comments(count: int) -> str:
    """Return "1 comment", "2 comments"."""
    return f"{count} comment" if count == 1 else f"{count} comments"


def point_line(point: TalkingPoint, total: int, *, article: bool) -> str:
    """Return the sentence that tells a talking point."""
    said = ""
    if article:
        said = (
            " The article uses it too."
            if point.in_article
            else " The article does not."
        )
    return (
        f"{len(point.comments)} of {total} comments, by {point.authors} signed or"
        f" unsigned authors, use “{clean(point.phrase)}”.{said}"
        f" Expected by chance in this thread: {_count(point.expected)} such findings."
    )


def copies_line(copies: Copies, comments: Mapping[int, Comment]) -> str:
    """Return the sentence that tells a group of copies."""
    authors = len({comments[n].author for n in copies.comments})
    by = "the same author" if authors == 1 else f"{authors} authors"
    numbers = ", ".join(map(str, copies.comments[:SHOWN]))
    more = " …" if len(copies.comments) > SHOWN else ""
    what = "their words" if copies.similarity >= NEAR else "a part of their words"
    return (
        f"{len(copies.comments)} comments by {by} share {what}"
        f" ({copies.similarity:.0%} alike): {numbers}{more}"
    )


def burst_line(burst: Burst) -> str:
    """Return the sentence that tells a burst."""
    return (
        f"{len(burst.comments)} comments came between {burst.start} and {burst.end};"
        f" expected by chance in this thread: {_count(burst.expected)} such findings."
    )


def evidence_line(evidence: Evidence) -> str:
    """Return the sentence that tells what else speaks for a talking point."""
    match evidence.kind:
        case EvidenceKind.BURST:
            what = f"{evidence.count} of these comments came in bursts"
        case EvidenceKind.COPY:
            what = f"{evidence.count} of these comments share more words with others"
        case EvidenceKind.AUTHORS:
            phrase = clean(evidence.phrase or "")
            what = f"{evidence.count} of these authors use “{phrase}” elsewhere"
    return f"{what}; {_count(evidence.expected)} if the two had nothing to do."


def together_line(pair: Together) -> str:
    """Return the sentence that tells of two authors with the same texts in time."""
    first = ", ".join(f"{one.first} and {one.second}" for one in pair.matches[:SHOWN])
    more = " …" if len(pair.matches) > SHOWN else ""
    return (
        f"{pair.authors[0]} and {pair.authors[1]} posted {pair.texts} near-equal texts"
        f" within a minute of each other: {first}{more}"
    )


def _count(expected: float) -> str:
    return f"under {LEAST:g}" if expected < LEAST else f"{expected:.2g}"
