"""What all routes share: the project, the person, and how a page is written.

The policy of the pages forbids inline styles and scripts: give elements classes, and
SVG its presentation attributes (`fill="…"`), but no `style="…"`.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from sayso import __version__
from sayso.errors import StoreError, UsageError
from sayso.export.formats import ExportFormat
from sayso.show.clean import clean, shorten
from sayso.store.base import Store
from sayso.store.query import Query, View
from sayso.web.filters import Shown, read_filter
from sayso.web.jobs import Jobs
from sayso.web.judging import Undoing
from sayso.web.people import Person, Role

MAX_FORM = 1_000_000
MAX_FIELDS = 2_000
MAX_BACK = 8_000
_QUOTES = tuple("“”„«‹\"'‘’")
NAV: tuple[tuple[str, str], ...] = (
    ("/", "Home"),
    ("/reports", "Reader"),
    ("/ledger", "Ledger"),
    ("/events", "Events"),
    ("/timeline", "Timeline"),
    ("/map", "Map"),
    ("/network", "Network"),
    ("/threads", "Threads"),
    ("/actors", "Actors"),
    ("/places", "Places"),
    ("/review", "Review"),
    ("/runs", "Runs"),
    ("/users", "Users"),
)
"""Screens in the order of the menu; one whose route is not there is left out."""


class Here(msgspec.Struct, frozen=True, kw_only=True):
    """What a route works with."""

    store: Store
    person: Person
    jobs: Jobs
    undoing: Undoing
    paths: Mapping[str, Role]
    """Of all pages, with what they ask for."""


def here(request: Request) -> Here:
    """Return what a route works with."""
    state = request.app.state
    return Here(
        store=state.store,
        person=request.state.person,
        jobs=state.jobs,
        undoing=state.undoing,
        paths=state.paths,
    )


def shown(
    request: Request, view: View, *, limit: int = 50, keep: tuple[str, ...] = ()
) -> Shown:
    """Return which rows of a view the address of a request asks for."""
    path = request.url.path
    return read_filter(request.query_params, view, path, limit=limit, keep=keep)


def render(
    request: Request, template: str, *, status: int = 200, **told: Any
) -> HTMLResponse:
    """Return a page; all that stands in it is escaped."""
    now = here(request)
    html = (
        environment()
        .get_template(template)
        .render(
            nav=[
                (path, name)
                for path, name in NAV
                if path in now.paths and now.person.role >= now.paths[path]
            ],
            path=request.url.path,
            paths=now.paths,
            person=now.person,
            may_code=now.person.role >= Role.CODER,
            may_edit=now.person.role >= Role.EDITOR,
            is_in=now.person.role > Role.NOBODY,
            version=__version__,
            **told,
        )
    )
    return HTMLResponse(html, status_code=status)


@cache
def environment() -> Environment:
    """Return what fills in templates: everything is escaped, a wrong name is a fault.

    Filters beside those of Jinja: `clean` shows control characters, `short(n)` cuts at
    a word, `quoted` puts quotation marks where there are none, `words` makes
    "member_of" two words, `number` writes 1,234, `counted("event")` 1 event, 2 events,
    `noun("event")` its word alone.
    """
    made = Environment(
        loader=PackageLoader("sayso.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["clean"] = clean
    made.filters["short"] = lambda text, chars=120: shorten(clean(text), chars)
    made.filters["quoted"] = quote
    made.filters["words"] = lambda code: str(code).replace("_", " ")
    made.filters["number"] = lambda count: f"{count:,}"
    made.filters["counted"] = counted
    made.filters["noun"] = lambda count, noun: noun if count == 1 else f"{noun}s"
    made.globals["export_forms"] = tuple(form.value for form in ExportFormat)
    return made


def quote(text: str) -> str:
    """Return the words in quotation marks, if they do not begin with some."""
    return text if text[:1] in _QUOTES else f"“{text}”" if text else ""


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: 1 event, 1,234 events."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form; of a name that comes again the last one.

    Raises:
        UsageError: It is too large, or no form.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM:
            raise UsageError("the form is too large", mend="send less at once")
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, max_num_fields=MAX_FIELDS
        )
    except ValueError as error:
        raise UsageError(
            "what was sent is no form", mend="send it from a page of sayso"
        ) from error
    return dict(pairs)


def now() -> str:
    """Return the present time as judgements keep it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def go_back(form: dict[str, str]) -> RedirectResponse:
    """Return to the page that a form names; to Home if it is none of ours."""
    back = form.get("back", "/")
    is_ours = back.startswith("/") and not back.startswith(("//", "/\\"))
    # A relative address cannot leave this host; line ends would break the header.
    plain = back if is_ours and back.isprintable() and len(back) < MAX_BACK else "/"
    return RedirectResponse(plain, status_code=303)


def names_of(store: Store, query: Query) -> dict[str, str]:
    """Return the names of actors, places and reports that a filter has by their ids."""
    names: dict[str, str] = {}
    for condition in query.where:
        for value in condition.values:
            with suppress(StoreError):  # an unknown id stands for itself
                if condition.field in ("actor", "speaker", "about"):
                    names[value] = store.actor(value).actor.name
                elif condition.field == "place":
                    names[value] = store.place(value).place.name
                elif condition.field == "report":
                    report = store.record(value).report
                    names[value] = report.title or report.key
    return names
