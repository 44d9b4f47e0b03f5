"""The findings of a thread as a page of a terminal.

A finding tells of texts. Why they are alike the text alone cannot tell, so the page
says so once, with the reasons that it may have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text

from sayso.corpus.copies import NEAR, find_changes
from sayso.corpus.coposting import Together
from sayso.corpus.evidence import Evidence
from sayso.corpus.similar import SimilarPoint
from sayso.record import Comment, Copies, Span, TalkingPoint, Thread
from sayso.show.clean import clean, shorten
from sayso.show.thread_lines import (
    REASONS,
    SHOWN,
    burst_line,
    copies_line,
    evidence_line,
    point_line,
    together_line,
)

NOT_TESTED = (
    "Similar points, by a rough measure of meaning and not tested against chance:"
)
EXCERPT_CHARS = 110
INDENT = "  "
AROUND = 30  # characters before and behind the words that differ
MOST_PAIRS = 20  # of authors
STRONG, QUIET, MARK = "bold", "dim", "bold underline"


def print_thread(
    thread: Thread,
    comments: Sequence[Comment],
    console: Console,
    *,
    article: bool,
    evidence: Sequence[Sequence[Evidence]] = (),
    together: Sequence[Together] = (),
    similar: Sequence[SimilarPoint] = (),
) -> None:
    """Print all findings of a thread, the strongest first.

    Args:
        thread: What was found.
        comments: All comments of the thread.
        console: Where to print.
        article: There is an article that the phrases were looked up in.
        evidence: For each talking point what else speaks for it.
        together: Authors who posted the same texts in time with each other.
        similar: Sentences that mean much the same.
    """
    _print_findings(thread, comments, console, article, evidence, together)
    if similar:
        _print_similar(similar, comments, console)


def _print_findings(
    thread: Thread,
    comments: Sequence[Comment],
    console: Console,
    article: bool,
    evidence: Sequence[Sequence[Evidence]],
    together: Sequence[Together],
) -> None:
    if not (thread.talking_points or thread.copies or thread.bursts or together):
        if comments:
            none = "No phrase is shared beyond chance, nothing is copied."
            console.print(Text(none))
        return
    by_number = _told(thread, comments)
    for at, point in enumerate(thread.talking_points):
        console.print(_point_line(point, len(comments), article=article))
        for one in evidence[at] if evidence else ():
            _print_indented(console, Text(evidence_line(one)))
        where = {one.n: one.spans for one in point.comments}
        _print_excerpts(console, where, by_number)
    for copies in thread.copies:
        console.print(Text(copies_line(copies, by_number)))
        _print_copies(console, copies, by_number)
    for burst in thread.bursts:
        console.print(Text(burst_line(burst)))
    for pair in together[:MOST_PAIRS]:
        console.print(Text(together_line(pair)))
    if len(together) > MOST_PAIRS:
        console.print(Text(f"and {len(together) - MOST_PAIRS} more pairs of authors"))
    console.print(Text(REASONS, QUIET))


def _print_similar(
    similar: Sequence[SimilarPoint], comments: Sequence[Comment], console: Console
) -> None:
    by_number = {comment.n: comment for comment in comments}
    console.print(Text(NOT_TESTED, STRONG))
    for point in similar:
        console.print(Text(f"{point.authors} authors say much the same:"))
        where = {one.n: (one.span,) for one in point.sentences}
        _print_excerpts(console, where, by_number)


def _told(thread: Thread, comments: Sequence[Comment]) -> dict[int, Comment]:
    """Return by number the comments with a finding: of a huge thread not all fit."""
    numbers = {one.n for point in thread.talking_points for one in point.comments}
    numbers.update(n for copies in thread.copies for n in copies.comments)
    return {comment.n: comment for comment in comments if comment.n in numbers}


def _point_line(point: TalkingPoint, total: int, *, article: bool) -> Text:
    text = Text(point_line(point, total, article=article))
    text.highlight_words([clean(point.phrase)], STRONG)
    return text


def _print_copies(
    console: Console, copies: Copies, comments: Mapping[int, Comment]
) -> None:
    """Print the copied text once, and of each copy the words that differ from it.

    Of a part that was taken over there is only what both have.
    """
    spans = dict(zip(copies.comments, copies.spans, strict=True))
    if copies.similarity < NEAR:
        where = {n: (span,) for n, span in spans.items()}
        _print_excerpts(console, where, comments)
        return
    original = comments[copies.comments[0]]
    _print_excerpts(console, {original.n: (spans[original.n],)}, comments)
    rest = copies.comments[1:SHOWN]
    for n in rest:
        comment = comments[n]
        changes = find_changes(original.text, comment.text)
        line = Text(f"comment {n} by {comment.author}: ", QUIET)
        if changes:
            line += _with_changes(comment.text, changes)
        else:
            line += Text("the same words", QUIET)
        _print_indented(console, line)
    _print_rest(console, len(copies.comments) - 1 - len(rest))


def _with_changes(text: str, changes: Sequence[Span]) -> Text:
    """Return the words that differ, marked, with what stands round the first ones."""
    low = max(changes[0].start - AROUND, 0)
    high = min(changes[-1].end + AROUND, low + 2 * EXCERPT_CHARS, len(text))
    line, end = Text("…" if low else ""), low
    shown = [span for span in changes if span.end <= high]
    for span in shown:
        line += Text(_line(text[end : span.start]))
        line += Text(f"[{_line(span.of(text))}]", MARK)
        end = span.end
    line += Text(_line(text[end:high]) + ("…" if high < len(text) else ""))
    if len(shown) < len(changes):
        line += Text(f" and {len(changes) - len(shown)} more changes", QUIET)
    return line


def _print_excerpts(
    console: Console,
    where: Mapping[int, tuple[Span, ...]],
    comments: Mapping[int, Comment],
) -> None:
    for n, spans in list(where.items())[:SHOWN]:
        comment = comments[n]
        head = Text(f"comment {n} by {comment.author}: ", QUIET)
        _print_indented(console, head + _excerpt(comment.text, spans[0]))
    _print_rest(console, len(where) - SHOWN)


def _print_indented(console: Console, line: Text) -> None:
    # Wrapped here, so that lines end where their words do.
    for row in line.wrap(console, console.width - len(INDENT)):
        row.rstrip()
        console.print(INDENT, row, sep="")


def _print_rest(console: Console, count: int) -> None:
    if count > 0:
        more = "comment" if count == 1 else "comments"
        rest = Text(f"and {count} more {more}", QUIET)
        _print_indented(console, rest)


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
