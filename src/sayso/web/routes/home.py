"""Home: what is in the project, what is being read, what failed, what to review."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

import anyio
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from sayso.errors import UsageError
from sayso.store.query import Facet, Query, View
from sayso.web.pages import here, render
from sayso.web.people import Role, needs

router = APIRouter()
NEWEST = 8
SHOWN_FAILURES = 20


@router.get("/", openapi_extra=needs(Role.READER))
def home(request: Request) -> Response:
    """Show the state of the project."""
    store = here(request).store
    reports = store.reports(Query(limit=NEWEST))
    failures = store.failures()
    views = (View.STATEMENTS, View.EVENTS, View.LINKS)
    return render(
        request,
        "home.html",
        info=store.info(),
        reports=reports.rows,
        failures=failures.rows[:SHOWN_FAILURES],
        jobs=here(request).jobs.listed(),
        open={view.value: _open(store.facets(view).facets) for view in views},
    )


def _open(facets: Iterable[Facet]) -> int:
    for facet in facets:
        if facet.field == "review":
            return sum(one.rows for one in facet.counts if one.value == "open")
    return 0


@router.post("/ingest", openapi_extra=needs(Role.EDITOR))
async def ingest(request: Request, name: str) -> Response:
    """Put a file that was dropped on the page in the queue; its bytes are the body."""
    plain = PurePath(name.replace("\\", "/")).name.replace("\0", "").strip(". ")
    if not plain or len(plain.encode()) > 200:
        raise UsageError(
            "the file has no name that can be kept", mend="give it a shorter name"
        )
    jobs = here(request).jobs
    path = jobs.folder() / plain
    async with await anyio.open_file(path, "wb") as file:
        async for chunk in request.stream():
            await file.write(chunk)
    jobs.add(path, by=here(request).person.name)
    return RedirectResponse("/", status_code=303)


@router.get("/jobs", openapi_extra=needs(Role.READER))
def jobs(request: Request) -> Response:
    """Show how far the files are that were dropped; the page asks again and again."""
    return render(request, "jobs.html", jobs=here(request).jobs.listed())
