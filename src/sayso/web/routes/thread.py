"""Threads: what the comments under a report share, and the comments themselves."""

from __future__ import annotations

from itertools import groupby

import msgspec
from fastapi import APIRouter, Request, Response

from sayso.errors import UsageError
from sayso.record import Comment, Record
from sayso.show.thread_lines import REASONS
from sayso.store.query import View
from sayso.store.rows import CommentRow
from sayso.web.downloads import Kind, download
from sayso.web.figures import draw_arrivals
from sayso.web.pages import here, render, shown
from sayso.web.people import Role, needs
from sayso.web.threads import all_comments, bursts, copies, talking_points

router = APIRouter()
LISTED = 200  # comments whose threads one page lists
ROWS = 100  # comments of a page


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A thread in the list."""

    report: str
    title: str
    outlet: str | None
    published: str | None
    comments: int
    points: int
    copies: int
    bursts: int


@router.get("/threads", openapi_extra=needs(Role.READER))
def threads(request: Request) -> Response:
    """List the reports with comments that the filter finds, newest first."""
    rows = shown(request, View.COMMENTS, limit=LISTED)
    store = here(request).store
    page = store.comments(rows.query)
    return render(
        request,
        "thread_list.html",
        rows=rows,
        names={},
        threads=_threads(page.rows),
        facets=store.facets(View.COMMENTS, rows.query),
        page=page,
    )


@router.get("/threads/{report}", openapi_extra=needs(Role.READER))
def thread(request: Request, report: str, first: int = 1, point: int = 0) -> Response:
    """Show one thread: its findings, then its comments.

    Args:
        request: Of the page.
        report: Whose comments.
        first: Number of the first comment to show.
        point: Only comments with this talking point; 0: all.
    """
    record = here(request).store.record(report)
    chosen = [one for one in _of_point(record, point) if one.n >= first]
    rest = chosen[ROWS:]
    return render(
        request,
        "thread.html",
        report=record.report,
        reasons=REASONS,
        points=talking_points(record),
        copies=copies(record),
        bursts=bursts(record),
        arrivals=draw_arrivals([one.time for one in record.report.comments]),
        comments=all_comments(record, chosen[:ROWS]),
        total=len(record.report.comments),
        first=first,
        point=point,
        following=rest[0].n if rest else None,
    )


@router.get("/threads/{report}/arrivals.{kind}", openapi_extra=needs(Role.READER))
def arrivals(request: Request, report: str, kind: Kind) -> Response:
    """Give how many comments came in each slot of time."""
    comments = here(request).store.record(report).report.comments
    figure = draw_arrivals([one.time for one in comments])
    return download(figure.table, kind, "arrivals")


def _of_point(record: Record, point: int) -> list[Comment]:
    comments = record.report.comments
    if not point:
        return list(comments)
    points = record.thread.talking_points
    if not 1 <= point <= len(points):
        raise UsageError(
            f"the thread has {len(points)} talking points, and no number {point}",
            mend="take one from the page of the thread",
        )
    numbers = {one.n for one in points[point - 1].comments}
    return [one for one in comments if one.n in numbers]


def _threads(rows: tuple[CommentRow, ...]) -> list[Listed]:
    """Return the threads of comments, which stand report by report."""
    groups = groupby(rows, key=lambda row: row.record.report.id)
    return [_listed(next(group).record) for _, group in groups]


def _listed(record: Record) -> Listed:
    report, found = record.report, record.thread
    return Listed(
        report=report.id,
        title=report.title or report.key,
        outlet=report.outlet,
        published=report.published,
        comments=len(report.comments),
        points=len(found.talking_points),
        copies=len(found.copies),
        bursts=len(found.bursts),
    )
