"""The Reader: a report with its marks, and beside it a card for each claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from sayso.record import Comment, Record, Span, TalkingPoint
from sayso.show.clean import clean
from sayso.store.query import MAX_LIMIT, Condition, Page, Query, View
from sayso.web.cards import Card, Cards
from sayso.web.corrections import correction_marks
from sayso.web.judging import choices
from sayso.web.marks import cut, find_marks
from sayso.web.pages import here, names_of, render, shown
from sayso.web.people import Role, needs

router = APIRouter()
SHOWN_COMMENTS = 200


class SeenComment(msgspec.Struct, frozen=True, kw_only=True):
    """A comment with the parts of talking points in it marked."""

    comment: Comment
    parts: tuple[tuple[str, bool], ...]
    """Text, and whether it is part of a talking point."""
    points: tuple[str, ...]
    """The phrases."""


@router.get("/reports", openapi_extra=needs(Role.READER))
def reports(request: Request) -> Response:
    """List reports; words are looked for in articles and comments."""
    store = here(request).store
    now = shown(request, View.REPORTS)
    return render(
        request,
        "reports.html",
        shown=now,
        page=store.reports(now.query),
        facets=store.facets(View.REPORTS, now.query),
        names=names_of(store, now.query),
    )


@router.get("/reports/{report}", openapi_extra=needs(Role.READER))
def report(request: Request, report: str) -> Response:
    """Show one report."""
    store = here(request).store
    record = store.record(report, added=True)
    judgements = store.judgements(report)
    query = Query(where=(Condition(field="report", values=(report,)),), limit=MAX_LIMIT)
    cards = Cards()
    statements = _cards(store.ledger, query, cards)
    comments = record.report.comments[:SHOWN_COMMENTS]
    return render(
        request,
        "reader.html",
        record=record,
        report=record.report,
        paragraphs=cut(
            record, (*find_marks(record), *correction_marks(record, judgements))
        ),
        statements=sorted(statements, key=lambda card: (not card.number, card.number)),
        events=_cards(store.events, query, cards),
        links=_cards(store.links, query, cards),
        places=sorted(record.places, key=lambda one: one.name),
        choices=choices(),
        comments=[see_comment(one, record) for one in comments],
        back=request.url.path,
    )


def _cards(
    page_of: Callable[[Query], Page[Any]], query: Query, cards: Cards
) -> list[Card]:
    return [cards.make(row) for row in page_of(query).rows]


def see_comment(comment: Comment, record: Record) -> SeenComment:
    """Return a comment with what of it is part of talking points."""
    spans: list[Span] = []
    points: list[str] = []
    for point in record.thread.talking_points:
        found = _spans(point, comment.n)
        spans += found
        points += [clean(point.phrase)] if found else []
    return SeenComment(
        comment=comment, parts=_parts(comment.text, spans), points=tuple(points)
    )


def _spans(point: TalkingPoint, number: int) -> list[Span]:
    return [span for one in point.comments if one.n == number for span in one.spans]


def _parts(text: str, spans: Iterable[Span]) -> tuple[tuple[str, bool], ...]:
    """Return the text in parts, with those that a span holds marked."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for span in sorted(spans):
        if span.end <= at:
            continue
        start = max(span.start, at)
        parts.append((clean(text[at:start]), False))
        parts.append((clean(text[start : span.end]), True))
        at = span.end
    parts.append((clean(text[at:]), False))
    return tuple(part for part in parts if part[0])
