"""Pages of reports and comments, and the search for words in both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sayso.errors import UsageError
from sayso.record import Record, Span
from sayso.store.cursor import cut_page, read_cursor
from sayso.store.database import WORD, Session, Term, find_terms, fold, marks
from sayso.store.filters import select
from sayso.store.query import Page, Query, View
from sayso.store.rows import CommentRow, Hit, ReportHead
from sayso.store.shelf import load_numbers

MAX_SPANS = 20
_HEAD = (
    "report, id, key, url, outlet, title, published, language, "
    "statements, events, links, comments"
)


def reports(session: Session, query: Query) -> Page[ReportHead]:
    """Return a page of reports, newest first."""
    after = read_cursor(query.after, int)
    chosen = select(session, View.REPORTS, query, order=("report",))
    rows = chosen.page(session, query.limit, after)
    shown = cut_page(rows, query.limit, lambda row: row)
    heads = report_heads(session, [row[0] for row in shown.rows])
    return Page(rows=tuple(heads.values()), next=shown.next)


def report_heads(session: Session, numbers: Sequence[int]) -> dict[int, ReportHead]:
    """Return reports without text and claims, by number, in the order given."""
    if not numbers:
        return {}
    sql = f"select {_HEAD} from reports where report in ({marks(numbers)})"
    found = {row[0]: _head(*row[1:]) for row in session.rows(sql, numbers)}
    return {number: found[number] for number in numbers}


def _head(*columns: Any) -> ReportHead:
    names = [name for name in _HEAD.split(", ") if name != "report"]
    told = dict(zip(names, columns, strict=True))
    return ReportHead(**(told | {"outlet": told["outlet"] or None}))


def comments(session: Session, query: Query) -> Page[CommentRow]:
    """Return a page of comments, newest report first, then by number."""
    after = read_cursor(query.after, int, int)
    rows = select(session, View.COMMENTS, query).page(session, query.limit, after)
    shown = cut_page(rows, query.limit, lambda row: row)
    records = load_numbers(session, (number for number, _ in shown.rows))
    found = tuple(_comment(records[number], n) for number, n in shown.rows)
    return Page(rows=found, next=shown.next)


def _comment(record: Record, n: int) -> CommentRow:
    comment = next(one for one in record.report.comments if one.n == n)
    return CommentRow(record=record, comment=comment)


def search(session: Session, query: Query) -> Page[Hit]:
    """Return a page of articles and comments with all words, newest report first."""
    terms = find_terms(query.text or "")
    if not terms:
        raise UsageError("there are no words to look for", mend="give at least one")
    after = read_cursor(query.after, int, int)
    articles = select(session, View.REPORTS, query, order=("report",))
    under = select(session, View.COMMENTS, query)
    first = None if after is None else after[:1]
    places: list[Any] = [
        (number, 0) for (number,) in articles.page(session, query.limit, first)
    ]
    places += [tuple(row) for row in under.page(session, query.limit, after)]
    shown = cut_page(sorted(places), query.limit, lambda row: row)
    numbers = [number for number, _ in shown.rows]
    heads = report_heads(session, sorted(set(numbers)))
    records = load_numbers(session, numbers)
    hits = tuple(
        _hit(heads[number], records[number], n, terms) for number, n in shown.rows
    )
    return Page(rows=hits, next=shown.next)


def _hit(head: ReportHead, record: Record, n: int, terms: Sequence[Term]) -> Hit:
    text = _comment(record, n).comment.text if n else record.report.text
    return Hit(
        report=head,
        comment=n or None,
        text=text,
        spans=tuple(find_spans(text, terms)[:MAX_SPANS]),
    )


def find_spans(text: str, terms: Sequence[Term]) -> list[Span]:
    """Return where any of the terms stand in a text: the first `MAX_SPANS` or so."""
    places = list(WORD.finditer(text))
    words = [fold(place.group()) for place in places]
    whole = {term[0] for term, begins in terms if len(term) > 1 or not begins}
    begun = tuple(term[0] for term, begins in terms if len(term) == 1 and begins)
    found: list[Span] = []
    for number, word in enumerate(words):
        if word not in whole and not word.startswith(begun):
            continue
        for term, begins in terms:
            last = number + len(term)
            if _is_term(words[number:last], term, begins=begins):
                found.append(Span(places[number].start(), places[last - 1].end()))
        if len(found) >= MAX_SPANS:
            break
    return found


def _is_term(words: Sequence[str], term: Sequence[str], *, begins: bool) -> bool:
    if len(words) < len(term) or list(words[:-1]) != list(term[:-1]):
        return False
    return words[-1].startswith(term[-1]) if begins else words[-1] == term[-1]
