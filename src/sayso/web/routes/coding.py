"""The words and parts of a row on a page of their own, and rows that were missed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from sayso.errors import StoreError
from sayso.record import Judgement, Record, Span
from sayso.store.coding import told_by_row
from sayso.store.judgements import find_row
from sayso.web import judging
from sayso.web.editing import KINDS, Claim, Reader, form_of
from sayso.web.editing_fields import Group, groups_of
from sayso.web.pages import Here, go_back, here, now, read_form, render
from sayso.web.people import Role, needs
from sayso.web.quotes import Word, split_words

router = APIRouter()
_LETTERS = {"s": "statement", "e": "event", "l": "link"}
_ANCHORS = {"statement": "cue", "event": "trigger", "link": "span"}
_LOOKS = {
    "source": "m-source",
    "cue": "m-cue",
    "content": "m-content d1",
    "trigger": "m-event",
    "span": "m-event",
    "part": "m-source",
    "count": "m-date",
}
_ROW = "/reports/{report}/rows/{row}"
_ADD = "/reports/{report}/add/{what}"


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A word of the report as the page shows it."""

    word: Word
    look: str
    """Classes of the part of the row that it is in."""


@router.get(_ROW, openapi_extra=needs(Role.CODER))
def row(
    request: Request, report: str, row: str, back: str = "", blind: str = ""
) -> Response:
    """Show the form for the words and parts of a row.

    Args:
        request: Of the page.
        report: Id of the report.
        row: Id of a statement, event or link of it.
        back: Page to return to.
        blind: Anything leaves out what others have corrected.
    """
    at = here(request)
    record, claim = _find(at, report, row)
    seen = claim if blind else judging.present(at.store, record, claim)
    form = form_of(record, seen) | {"back": back, "blind": blind}
    return _show(request, Reader(record, form), _LETTERS[row[0]], claim)


@router.post(_ROW, openapi_extra=needs(Role.CODER))
async def correct(request: Request, report: str, row: str) -> Response:
    """Keep what the form says otherwise than the row."""
    form = await read_form(request)
    return await run_in_threadpool(_correct, request, report, row, form)


def _correct(request: Request, report: str, row: str, form: dict[str, str]) -> Response:
    at, coder = here(request), here(request).person.name
    record, claim = _find(at, report, row)
    reader = Reader(record, form)
    made = judging.correct_row(at.store, reader, claim, coder=coder, time=now())
    if reader.problems:
        return _show(request, reader, _LETTERS[row[0]], claim)
    return _kept(at, made, report, row, form)


@router.get(_ADD, openapi_extra=needs(Role.CODER))
def add(request: Request, report: str, what: str, quote: str = "") -> Response:
    """Show the form for a row that the machine missed.

    Args:
        request: Of the page.
        report: Id of the report.
        what: statement, event or link.
        quote: Words to begin with.
    """
    record = here(request).store.record(report, added=True)
    _check_kind(what)
    reader = Reader(record, {_ANCHORS[what]: quote})
    if quote.strip() and (span := reader.words(_ANCHORS[what])):
        given = {_ANCHORS[what]: quote, f"{_ANCHORS[what]}.at": str(span.start)}
        reader = Reader(record, given)
    return _show(request, reader, what, None)


@router.post(_ADD, openapi_extra=needs(Role.CODER))
async def keep(request: Request, report: str, what: str) -> Response:
    """Keep the row that the form tells of."""
    form = await read_form(request)
    return await run_in_threadpool(_keep, request, report, what, form)


def _keep(request: Request, report: str, kind: str, form: dict[str, str]) -> Response:
    at, coder = here(request), here(request).person.name
    _check_kind(kind)
    reader = Reader(at.store.record(report, added=True), form)
    made = judging.add_missed(at.store, reader, kind, coder=coder, time=now())
    if made is None:
        return _show(request, reader, kind, None)
    record = at.store.record(report, added=True)
    rows = told_by_row(record, at.store.judgements(report))
    names = (row for row, told in rows.items() if made in told)
    return _kept(at, [made], report, next(names, ""), form)


def _kept(
    at: Here,
    made: Sequence[Judgement],
    report: str,
    row: str,
    form: dict[str, str],
) -> Response:
    """Go back to the list or queue that the person came from, else to the row."""
    if made:
        at.undoing.note(at.person.name, made)
    if form.get("back") and not form["back"].startswith("/reports/"):
        return go_back(form)
    return RedirectResponse(f"/reports/{report}#{row}", status_code=303)


def _find(at: Here, report: str, row: str) -> tuple[Record, Claim]:
    record = at.store.record(report, added=True)
    found = find_row(record, row)
    is_claim = row[:1] in _LETTERS
    if not is_claim or found is None or getattr(found, "is_outlet", False):
        raise StoreError(
            f"the report has no row {row[:40]!r} with words of its own",
            mend="take a statement, event or tie from the page of the report",
        )
    return record, found  # type: ignore[return-value]  # as its letter says


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise StoreError(
            f"a report has no {kind[:40]!r} to add",
            mend=f"add one of {', '.join(KINDS)}",
        )


def _show(request: Request, reader: Reader, kind: str, row: Claim | None) -> Response:
    record = reader.record
    quote = urlencode({"quote": reader.given.get(_ANCHORS[kind], "")})
    groups = groups_of(kind, reader, is_new=row is None)
    return render(
        request,
        "edit.html",
        status=422 if reader.problems and request.method == "POST" else 200,
        report=record.report,
        kind=kind,
        kinds=[
            (name, f"/reports/{record.report.id}/add/{name}?{quote}") for name in KINDS
        ],
        row=row,
        groups=groups,
        problems=len(reader.problems),
        note=reader.given.get("note", ""),
        back=reader.given.get("back", ""),
        blind=reader.given.get("blind", ""),
        paragraphs=_paragraphs(record, groups),
    )


def _paragraphs(record: Record, groups: Sequence[Group]) -> list[list[Seen]]:
    spans = [
        (Span(int(field.at), int(field.at) + len(field.value)), _look(field.name))
        for group in groups
        for field in group.fields
        if field.look == "words" and field.at.isdecimal() and field.value
    ]
    words = split_words(record.report.text)
    broken = itertools.groupby(words, lambda one: one.is_space and "\n\n" in one.text)
    return [
        [Seen(word=word, look=_looks(word, spans)) for word in run]
        for is_gap, run in broken
        if not is_gap
    ]


def _look(name: str) -> str:
    return _LOOKS.get(name.partition(".")[0], "")


def _looks(word: Word, spans: Sequence[tuple[Span, str]]) -> str:
    here = Span(word.start, word.start + len(word.text))
    return " ".join(_unique(look for span, look in spans if span.meets(here)))


def _unique(looks: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(looks))
