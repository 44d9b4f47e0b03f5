"""The comments under a report as the page of a thread shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from sayso.corpus.copies import NEAR, find_changes
from sayso.record import Comment, CommentSpans, Copies, Record, Span
from sayso.show.clean import clean
from sayso.show.thread_lines import burst_line, copies_line, point_line

EXAMPLES = 5  # comments shown below one finding
FINDINGS = 50  # of each kind; a thread of 100,000 comments can have very many
AROUND = 90  # characters about the words shared
LONGEST = 1_500  # characters of a comment; the rest is a link away


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A run of a comment that is shown in one way."""

    text: str
    points: tuple[int, ...] = ()
    """Numbers of the talking points that it belongs to."""
    is_changed: bool = False
    """In a copy: the original has other words here."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A comment, or a part of it, cut into pieces."""

    n: int
    author: str
    time: str | None
    reply_to: int | None
    pieces: tuple[Piece, ...]
    is_same: bool = False
    """A copy in exactly the words of the first."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as a sentence, with some of its comments."""

    number: int
    line: str
    comments: tuple[Shown, ...]
    more: int
    """Comments of it that are not among these."""


def talking_points(record: Record) -> tuple[Finding, ...]:
    """Return the phrases that comments share, with examples."""
    report, told = record.report, _by_number(record)
    found = []
    for number, point in enumerate(record.thread.talking_points[:FINDINGS], 1):
        examples = [one for one in point.comments if one.n in told][:EXAMPLES]
        found.append(
            Finding(
                number=number,
                line=point_line(
                    point, len(report.comments), article=bool(report.text.strip())
                ),
                comments=tuple(_excerpt(told[one.n], one, number) for one in examples),
                more=len(point.comments) - len(examples),
            )
        )
    return tuple(found)


def copies(record: Record) -> tuple[Finding, ...]:
    """Return the groups of copies; in each copy the words that differ are marked."""
    told = _by_number(record)
    found = []
    for number, group in enumerate(record.thread.copies[:FINDINGS], 1):
        if any(n not in told for n in group.comments):
            continue
        shown = tuple(_copies(group, told))
        found.append(
            Finding(
                number=number,
                line=copies_line(group, told),
                comments=shown,
                more=len(group.comments) - len(shown),
            )
        )
    return tuple(found)


def bursts(record: Record) -> tuple[str, ...]:
    """Return the sentences that tell bursts."""
    return tuple(map(burst_line, record.thread.bursts[:FINDINGS]))


def all_comments(record: Record, comments: Iterable[Comment]) -> tuple[Shown, ...]:
    """Return comments with the phrases of talking points marked and numbered."""
    marks: dict[int, list[tuple[Span, int]]] = defaultdict(list)
    for number, point in enumerate(record.thread.talking_points[:FINDINGS], 1):
        for one in point.comments:
            marks[one.n] += [(span, number) for span in one.spans]
    return tuple(
        _shown(one, _pieces(one.text[:LONGEST], marks.get(one.n, ())))
        for one in comments
    )


def _by_number(record: Record) -> dict[int, Comment]:
    return {comment.n: comment for comment in record.report.comments}


def _shown(
    comment: Comment, pieces: tuple[Piece, ...], *, is_same: bool = False
) -> Shown:
    if len(comment.text) > LONGEST:
        pieces = (*pieces, Piece(text="…"))
    return Shown(
        n=comment.n,
        author=clean(comment.author),
        time=comment.time,
        reply_to=comment.reply_to,
        pieces=pieces,
        is_same=is_same,
    )


def _excerpt(comment: Comment, where: CommentSpans, number: int) -> Shown:
    first = where.spans[0] if where.spans else Span(0, 0)
    low = max(first.start - AROUND, 0)
    high = min(first.end + AROUND, len(comment.text))
    marks = [
        (Span(span.start - low, span.end - low), number)
        for span in where.spans
        if low <= span.start and span.end <= high
    ]
    pieces = _pieces(comment.text[low:high], marks)
    before = (Piece(text="… "),) if low else ()
    after = (Piece(text=" …"),) if high < len(comment.text) else ()
    return Shown(
        n=comment.n,
        author=clean(comment.author),
        time=comment.time,
        reply_to=comment.reply_to,
        pieces=(*before, *pieces, *after),
    )


def _copies(group: Copies, told: Mapping[int, Comment]) -> Iterable[Shown]:
    """Give the original, then its copies; of a part taken over, the part marked."""
    original = told[group.comments[0]]
    if group.similarity < NEAR:
        pairs = zip(group.comments, group.spans, strict=True)
        for n, span in list(pairs)[:EXAMPLES]:
            yield _excerpt(told[n], CommentSpans(n=n, spans=(span,)), 0)
        return
    yield _shown(original, _pieces(original.text[:LONGEST], ()))
    for n in group.comments[1:EXAMPLES]:
        copy = told[n]
        changes = find_changes(original.text[:LONGEST], copy.text[:LONGEST])
        pieces = _cut(copy.text[:LONGEST], changes)
        yield _shown(copy, pieces, is_same=not changes)


def _cut(text: str, changes: Sequence[Span]) -> tuple[Piece, ...]:
    text, pieces, end = clean(text), [], 0
    for span in changes:
        pieces.append(Piece(text=text[end : span.start]))
        pieces.append(Piece(text=span.of(text), is_changed=True))
        end = span.end
    pieces.append(Piece(text=text[end:]))
    return tuple(piece for piece in pieces if piece.text)


def _pieces(text: str, marks: Sequence[tuple[Span, int]]) -> tuple[Piece, ...]:
    """Return a text cut at all edges of its marks, which may overlap."""
    text = clean(text)
    inner = {edge for span, _ in marks for edge in span if edge < len(text)}
    cuts = sorted({0, len(text)} | inner)
    return tuple(
        Piece(
            text=text[start:end],
            points=tuple(
                sorted({n for span, n in marks if span.start <= start < span.end})
            ),
        )
        for start, end in pairwise(cuts)
    )
