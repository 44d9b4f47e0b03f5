"""The findings of a thread in words: what is shared, by how many, how likely by chance.

A finding tells of texts. Why they are alike the text alone cannot tell, so the page
says so once, with the reasons that it may have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from sayso.record import Burst, Comment, Copies, Span, TalkingPoint, Thread
from sayso.show.clean import clean, shorten

REASONS = (
    "Possible reasons: a shared outside source, a phrase usual for this topic, one"
    " author or text under several names, concerted posting. The text alone cannot"
    " tell these apart."
)
EXCERPT_CHARS = 110
SHOWN = 5  # excerpts of one finding
LEAST = 0.001  # smaller numbers of chance findings are told as "under"
STRONG, QUIET, MARK = "bold", "dim", "bold underline"


def print_thread(
    thread: Thread, comments: Sequence[Comment], console: Console, *, article: bool
) -> None:
    """Print all findings of a thread, the strongest first.

    Args:
        thread: What was found.
        comments: All comments of the thread.
        console: Where to print.
        article: There is an article that the phrases were looked up in.
    """
    by_number = {comment.n: comment for comment in comments}
    if not (thread.talking_points or thread.copies or thread.bursts):
        console.print(Text("No phrase is shared beyond chance, nothing is copied."))
        return
    for point in thread.talking_points:
        console.print(_point_line(point, len(comments), article=article))
        where = {one.n: one.spans for one in point.comments}
        _print_excerpts(console, where, by_number)
    for copies in thread.copies:
        console.print(_copies_line(copies, by_number))
        spans = dict(zip(copies.comments, copies.spans, strict=True))
        where = {n: _common(n, copies, by_number, spans) for n in copies.comments}
        _print_excerpts(console, where, by_number)
    for burst in thread.bursts:
        console.print(Text(burst_line(burst)))
    console.print(Text(REASONS, QUIET))


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
    return (
        f"{len(copies.comments)} comments by {by} share their words"
        f" ({copies.similarity:.0%} alike): {numbers}{more}"
    )


def burst_line(burst: Burst) -> str:
    """Return the sentence that tells a burst."""
    return (
        f"{len(burst.comments)} comments came between {burst.start} and {burst.end};"
        f" expected by chance in this thread: {_count(burst.expected)} such findings."
    )


def _point_line(point: TalkingPoint, total: int, *, article: bool) -> Text:
    text = Text(point_line(point, total, article=article))
    text.highlight_words([clean(point.phrase)], STRONG)
    return text


def _copies_line(copies: Copies, comments: Mapping[int, Comment]) -> Text:
    return Text(copies_line(copies, comments))


def _count(expected: float) -> str:
    return f"under {LEAST:g}" if expected < LEAST else f"{expected:.2g}"


def _common(
    n: int,
    copies: Copies,
    comments: Mapping[int, Comment],
    spans: Mapping[int, Span],
) -> tuple[Span, ...]:
    """Return the copied part of a comment."""
    return (spans[n],) if n in comments else ()


def _print_excerpts(
    console: Console,
    where: Mapping[int, tuple[Span, ...]],
    comments: Mapping[int, Comment],
) -> None:
    for n, spans in list(where.items())[:SHOWN]:
        comment = comments[n]
        head = Text(f"comment {n} by {comment.author}: ", QUIET)
        console.print(Padding(head + _excerpt(comment.text, spans[0]), (0, 0, 0, 2)))
    if len(where) > SHOWN:
        rest = Text(f"and {len(where) - SHOWN} more comments", QUIET)
        console.print(Padding(rest, (0, 0, 0, 2)))


def _excerpt(text: str, span: Span) -> Text:
    """Return the words of a span, marked, with what stands round them."""
    room = max(EXCERPT_CHARS - (span.end - span.start), 20) // 2
    low, high = max(span.start - room, 0), min(span.end + room, len(text))
    before = ("…" if low else "") + _line(text[low : span.start])
    after = _line(text[span.end : high]) + ("…" if high < len(text) else "")
    words = shorten(clean(span.of(text)), 2 * EXCERPT_CHARS)
    return Text.assemble(before, (f"[{words}]", MARK), after)


def _line(text: str) -> str:
    return clean(text).replace("\n", " ")
