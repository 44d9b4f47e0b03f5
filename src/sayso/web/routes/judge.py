"""Decisions: on one row, on all that a filter shows, and back by undo."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams

from sayso.errors import UsageError
from sayso.record import Judgement, Verdict
from sayso.store.query import View
from sayso.web import judging
from sayso.web.filters import read_filter
from sayso.web.pages import Here, go_back, here, now, read_form
from sayso.web.people import Role, needs

router = APIRouter()
_CLAIMS = (View.STATEMENTS, View.EVENTS, View.LINKS)


@router.post("/judge", openapi_extra=needs(Role.CODER))
async def judge(request: Request) -> Response:
    """Confirm or reject a row."""
    return await _decide(request, judging.judge)


@router.post("/correct", openapi_extra=needs(Role.CODER))
async def correct(request: Request) -> Response:
    """Correct a field of a row."""
    return await _decide(request, judging.correct)


async def _decide(request: Request, how: Any) -> Response:
    form, at = await read_form(request), here(request)
    coder = at.person.name
    made: Judgement = await run_in_threadpool(
        how, at.store, form, coder=coder, time=now()
    )
    at.undoing.note(coder, [made])
    told = f"{made.verdict.value} noted"
    return _answer(request, form, told=told, verdict=made.verdict.value)


@router.post("/undo", openapi_extra=needs(Role.CODER))
async def undo(request: Request) -> Response:
    """Take back the decision that is named, or else the person's last one."""
    form, at = await read_form(request), here(request)
    count = await run_in_threadpool(_undo, form, at)
    told = f"{count:,} taken back" if count else "nothing of this session to take back"
    return _answer(request, form, told=told, verdict="undo" if count else "")


def _undo(form: dict[str, str], at: Here) -> int:
    name = form.get("judgement")
    if name is None:
        found = at.undoing.last(at.person.name)
    else:
        found = (judging.find_judgement(at.store, form.get("report", ""), name),)
    if not found:
        return 0
    return judging.take_back(at.store, found, coder=at.person.name, time=now())


@router.post("/bulk", openapi_extra=needs(Role.CODER))
async def bulk(request: Request) -> Response:
    """Confirm or reject exactly the rows that a filter has shown."""
    form, at = await read_form(request), here(request)
    count = await run_in_threadpool(_bulk, form, at)
    return _answer(request, form, told=f"{count:,} decided", verdict="bulk")


def _bulk(form: dict[str, str], at: Here) -> int:
    view, verdict, rows = (form.get(name, "") for name in ("view", "verdict", "rows"))
    if view not in _CLAIMS or verdict not in ("confirm", "reject"):
        raise UsageError(
            "this cannot be decided for many rows at once",
            mend="confirm or reject statements, events or ties",
        )
    if not rows.isdecimal() or len(rows) > 9:
        raise UsageError("the number of rows is missing", mend="use the page's button")
    shown = read_filter(QueryParams(form.get("filter", "")), View(view), "/")
    time, coder = now(), at.person.name
    count = at.store.judge_matching(
        View(view),
        shown.query,
        rows=int(rows),
        verdict=Verdict(verdict),
        coder=coder,
        time=time,
    )
    made = [
        one for one in at.store.judgements() if (one.coder, one.time) == (coder, time)
    ]
    at.undoing.note(coder, made)
    return count


def _answer(
    request: Request, form: dict[str, str], *, told: str, verdict: str
) -> Response:
    """Answer a script by what was done, and a form by the page that it came from."""
    if request.headers.get("accept") == "application/json":
        return JSONResponse({"told": told, "verdict": verdict})
    return go_back(form)
