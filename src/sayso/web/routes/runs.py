"""Run log: what was read when, with which kit, and what each file gave."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request, Response

from sayso.errors import StoreError
from sayso.record import Fingerprint
from sayso.store.base import Store
from sayso.store.query import Page
from sayso.store.run import Outcome, Run
from sayso.web.pages import counted, here, render
from sayso.web.people import Role, needs

router = APIRouter()
PATH = "/runs"
LISTED = 500


@router.get(PATH, openapi_extra=needs(Role.READER))
def runs(request: Request) -> Response:
    """List all runs, newest first."""
    found = here(request).store.runs()
    return render(
        request,
        "runs.html",
        runs=[(run, duration(run)) for run in found[:LISTED]],
        more=len(found) - LISTED,
    )


@router.get(PATH + "/{run_id}", openapi_extra=needs(Role.READER))
def run(request: Request, run_id: str, after: str | None = None) -> Response:
    """Show one run: kit, parameters, a paragraph to cite, and its files."""
    store = here(request).store
    found = next((one for one in store.runs() if one.id == run_id), None)
    if found is None:
        raise StoreError(
            "the project has no such run", mend="take one from the page Runs"
        )
    page = store.outcomes(run_id, after=after)
    kit = _kit(store, found, page)
    return render(
        request,
        "runs_one.html",
        run=found,
        lasted=duration(found),
        kit=kit,
        methods=methods(found, kit, store.info().reports),
        page=page,
        after=after,
        path_here=f"{PATH}/{run_id}",
    )


def duration(run: Run) -> str | None:
    """Return how long a run took, in words; None if it has no end."""
    if run.ended is None:
        return None
    try:
        took = datetime.fromisoformat(run.ended) - datetime.fromisoformat(run.started)
    except (TypeError, ValueError):
        return None
    seconds = int(took.total_seconds())
    if seconds < 60:
        return f"{seconds} s" if seconds else "less than 1 s"
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds % 60} s"


def methods(run: Run, kit: Fingerprint | None, reports: int) -> str:
    """Return a paragraph that tells how the project was made, for a paper.

    Args:
        run: Which run.
        kit: Of the run, if a record tells it.
        reports: In the project as it is now.
    """
    version = f"sayso {kit.sayso}" if kit else "sayso"
    parts = ["model", "ontology", "lexicons", "gazetteer", "background"]
    hashes = [
        f"{part} {value}" for part in parts if kit and (value := getattr(kit, part))
    ]
    told = f" ({', '.join(hashes)})" if hashes else ""
    ended = f"ended {run.ended[:10]}" if run.ended else "has no end yet"
    named = f", kit {run.kit}{told}" if run.kit else ""
    return (
        f"Reports were read with {version}{named}. The run began"
        f" {run.started[:10]} and {ended}; it took in {counted(run.inputs, 'input')},"
        f" of which {run.failures:,} gave no report."
        f" The project holds {counted(reports, 'report')}."
        " Statements, events and ties are what sources in the reports say; each is"
        " tied to the words that say it, and its confidence tells how sure the"
        " reading is, not whether it is true. The same reports and the same kit give"
        " the same records."
    )


def _kit(store: Store, run: Run, page: Page[Outcome]) -> Fingerprint | None:
    """Return the versions behind the kit of a run, as a record made by it tells."""
    first = next((one.reports[0] for one in page.rows if one.reports), None)
    if first is None:
        return None
    try:
        kit = store.record(first).kit
    except StoreError:  # the report was deleted since
        return None
    return kit if kit.digest() == run.kit else None
