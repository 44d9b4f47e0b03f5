"""Comments and what they share as pieces of HTML for notebooks."""

from __future__ import annotations

from html import escape

from sayso.record import Comment, Record, Span
from sayso.show.clean import clean
from sayso.show.thread_lines import REASONS, burst_line, copies_line, point_line


def thread_html(record: Record) -> str:
    """Return the findings as a list, then all comments with shared phrases marked."""
    report, thread = record.report, record.thread
    by_number = {comment.n: comment for comment in report.comments}
    total = len(report.comments)
    lines = [
        *(point_line(one, total, article=True) for one in thread.talking_points),
        *(copies_line(one, by_number) for one in thread.copies),
        *(burst_line(one) for one in thread.bursts),
    ]
    marks: dict[int, list[Span]] = {}
    for point in thread.talking_points:
        for one in point.comments:
            marks.setdefault(one.n, []).extend(one.spans)
    comments = (_comment(one, marks.get(one.n, [])) for one in report.comments)
    return _findings(lines) + "".join(comments)


def _findings(lines: list[str]) -> str:
    if not lines:
        return ""
    rows = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul>{rows}</ul><p class="quiet">{REASONS}</p>'


def _comment(comment: Comment, marks: list[Span]) -> str:
    head = f"comment {comment.n} by {escape(clean(comment.author))}"
    if comment.reply_to is not None:
        head += f", to comment {comment.reply_to}"
    words = _marked(comment.text, marks)
    return f'<p><span class="quiet">{head}:</span> <bdi>{words}</bdi></p>'


def _marked(text: str, marks: list[Span]) -> str:
    """Return the text with the marked places in bold; they may meet."""
    text, parts, end = clean(text), [], 0
    for mark in sorted(marks):
        if mark.start >= end:
            words = escape(mark.of(text))
            parts.append(f"{escape(text[end : mark.start])}<b>{words}</b>")
            end = mark.end
    return "".join(parts) + escape(text[end:])
