"""Export: what a filter shows, in any form, as one file to keep."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask
from starlette.datastructures import QueryParams

from sayso.errors import UsageError
from sayso.export.export import export as write
from sayso.export.formats import ExportFormat, Options, Persons, TextKept
from sayso.export.redact import redact_judgement
from sayso.record import Judgement
from sayso.store.base import Store
from sayso.store.query import View
from sayso.vocab.names import load_names
from sayso.web.filters import read_filter
from sayso.web.pages import here
from sayso.web.people import Role, needs
from sayso.web.shown import shown_records

router = APIRouter()
SUFFIXES = {
    ExportFormat.JSONL: ".jsonl",
    ExportFormat.SQLITE: ".sqlite",
    ExportFormat.GEOJSON: ".geojson",
    ExportFormat.GEXF: ".gexf",
    ExportFormat.GRAPHML: ".graphml",
    ExportFormat.WEBANNOTATION: ".jsonl",
    ExportFormat.CLAIM: ".jsonl",
    ExportFormat.FTM: ".jsonl",
    ExportFormat.PROV: ".json",
    ExportFormat.HTML: ".html",
}
"""Of forms that are one file; the others are folders, and leave as .zip."""
_VIEWS = (View.REPORTS, View.STATEMENTS, View.EVENTS, View.LINKS)


@router.get("/export", openapi_extra=needs(Role.READER))
def export(
    request: Request,
    view: str,
    form: str,
    filter: str = "",
    persons: str = Persons.PUBLIC.value,
    text: str = TextKept.QUOTES.value,
) -> Response:
    """Send the rows that a filter shows, all pages of them."""
    if view not in _VIEWS or form not in list(ExportFormat):
        raise UsageError("there is no such export", mend="choose one on the page")
    if persons not in list(Persons) or text not in list(TextKept):
        raise UsageError("there is no such option", mend="choose one on the page")
    store = here(request).store
    options = Options(persons=Persons(persons), text=TextKept(text))
    query = read_filter(QueryParams(filter), View(view), "/").query
    folder = Path(mkdtemp(prefix="sayso-export-"))
    try:
        form = ExportFormat(form)
        out = folder / f"sayso-{view}{SUFFIXES.get(form, f'-{form.value}')}"
        records = shown_records(store, View(view), query)
        judgements = _judgements(store, options) if view == View.REPORTS else ()
        write(records, out, form, options, judgements=judgements)
        if out.is_dir():
            out = Path(shutil.make_archive(str(out), "zip", out))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    clear = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    # Never shown in the browser, where a file of ours would run as our own page.
    return FileResponse(
        out,
        filename=out.name,
        media_type="application/octet-stream",
        background=clear,
    )


def _judgements(store: Store, options: Options) -> Iterator[Judgement]:
    """Give the decisions on reports, as they may leave."""
    names = load_names()
    for one in store.judgements(in_force=False):
        record = store.record(one.report) if one.report else None
        yield redact_judgement(one, record, options, names)
