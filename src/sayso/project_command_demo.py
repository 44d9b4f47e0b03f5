"""`sayso demo`: a sample project out of invented reports, and a first look at it."""

from __future__ import annotations

from importlib.resources import as_file
from importlib.resources import files as package_files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.project_command_ingest import Call, EndsWell, jobs_option, run, trace_option

if TYPE_CHECKING:
    from sayso.record import Report
    from sayso.store.base import Store

DEFAULT = "demo.sayso"
SHOWN = 6
QUOTE_CHARS = 90
_NEXT = """
Next
  sayso serve {0}                                 read and check it in the browser
  sayso export {0} --as html --out demo.html      a dossier to read and print
  sayso export {0} --as csv --out demo-tables     tables for a spreadsheet
  sayso ingest YOUR-REPORTS --into {0}            more reports"""


def make_demo(ends_well: EndsWell) -> click.Command:
    """Return the command; `ends_well` turns errors into lines and exit codes."""

    @click.command()
    @click.option(
        "--into",
        metavar="PROJECT",
        default=DEFAULT,
        show_default=True,
        help="The project to build.",
    )
    @jobs_option
    @trace_option
    def demo(into: str, jobs: int, trace: bool) -> None:
        """Build a sample project out of twelve invented reports, and show it.

        Done once more it shows the same: what is in a project is not read again.
        """
        with ends_well(trace=trace):
            build(into, jobs)

    return demo


def build(into: str, jobs: int = 1) -> None:
    """Build the sample project and print a first look at it."""
    from sayso.store.postgres import without_password
    from sayso.store.projects import open_project

    with as_file(package_files("sayso") / "data" / "demo") as folder:
        run(_call(folder, into, jobs))
    with open_project(into) as store:
        _show(store)
    click.echo(_NEXT.format(without_password(into)))


def _call(folder: Path, into: str, jobs: int) -> Call:
    return Call(
        files=(str(folder),),
        into=into,
        jobs=jobs,
        engine="local",
        segments=None,
        published=None,
        outlet=None,
        columns=None,
        fetch=(),
        feed=(),
        keep_raw=False,
    )


def _show(store: Store) -> None:
    from sayso.store.query import Condition, Query

    info = store.info()
    parts = ("reports", "statements", "events", "links", "comments")
    told = ", ".join(f"{getattr(info, part):,} {part}" for part in parts)
    click.echo(f"{info.location}: {told}")
    actors = store.actors(Query(limit=1000)).rows
    click.echo("\nWho is quoted most")
    for voice in sorted(actors, key=lambda one: -one.statements)[:SHOWN]:
        click.echo(f"  {voice.statements:4}  {voice.actor.name}")
    click.echo("\nWho denies what")
    denials = Query(where=(Condition(field="stance", values=("denies",)),), limit=SHOWN)
    for row in store.ledger(denials).rows:
        speaker = row.actors.get(row.claim.speaker or "")
        source = (row.claim.source,) if row.claim.source else ()
        name = speaker.name if speaker else row.record.text_of(*source)
        words = " ".join(row.record.text_of(*row.claim.content).split())
        click.echo(f"  {name}: {_cut(words)}\n      {_cite(row.record.report)}")


def _cut(words: str) -> str:
    if len(words) <= QUOTE_CHARS:
        return words
    return words[:QUOTE_CHARS].rsplit(" ", 1)[0] + " …"


def _cite(report: Report) -> str:
    return ", ".join(filter(None, (report.outlet, report.published, report.key)))
