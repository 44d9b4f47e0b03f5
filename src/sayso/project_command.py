"""`sayso ingest`, `reread`, `failures` and `delete`: what is in a project, and how."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING

import click

from sayso.errors import UsageError
from sayso.project_command_ingest import (
    EndsWell,
    Teller,
    jobs_option,
    make_ingest,
    print_error,
    trace_option,
)

if TYPE_CHECKING:
    from sayso.store.base import Store

MIN_ID = 8
"""Digits that an id of a report must be shortened to at least."""


def make_commands(ends_well: EndsWell) -> tuple[click.Command, ...]:
    """Return the commands; `ends_well` turns errors into lines and exit codes."""
    return (
        make_ingest(ends_well),
        _make_reread(ends_well),
        _make_failures(ends_well),
        _make_delete(ends_well),
    )


def _make_reread(ends_well: EndsWell) -> click.Command:
    @click.command()
    @click.argument("project")
    @jobs_option
    @trace_option
    def reread(project: str, jobs: int, trace: bool) -> None:
        """Read a project again where another version of sayso has read it.

        Judgements stay. Those whose row is no longer found at its place are listed.
        """
        with ends_well(trace=trace):
            _reread(project, jobs)

    return reread


def _reread(project: str, jobs: int) -> None:
    from sayso.engine import map_reports
    from sayso.ingest.progress import watch
    from sayso.ingest.reread import reread
    from sayso.intake import Meter
    from sayso.kit import load_kit
    from sayso.store.postgres import without_password
    from sayso.store.projects import open_project

    with open_project(project) as store:
        read_all = partial(map_reports, jobs=jobs)
        kit = load_kit().fingerprint
        tallies = reread(store, kit, read_all, tell=Teller(project))
        tally = deque(watch(tallies, Meter()), maxlen=1)[0]
        anew = tally.merged + tally.unchanged
        shown = without_password(project)
        click.echo(f"{shown}: {anew:,} read anew, {tally.known:,} up to date")
        _show_moved(store)
        if tally.failed:
            raise click.exceptions.Exit(1)


def _show_moved(store: Store) -> None:
    moved = store.moved()
    if not moved:
        return
    click.echo(f"{len(moved):,} judgements whose row is no longer at its place:")
    for one in moved:
        told = one.judgement
        now = f"row {one.now} has words of it" if one.now else "no such row any more"
        quote = " ".join(told.anchor.quote.split())
        key = store.record(told.report).report.key
        click.echo(f"  {key}  {told.coder}: {told.verdict.value} “{quote}”  {now}")


def _make_failures(ends_well: EndsWell) -> click.Command:
    @click.command()
    @click.argument("project")
    @click.option(
        "--format",
        "form",
        type=click.Choice(["table", "jsonl"]),
        default="table",
        show_default=True,
        help="For people, or one object a line.",
    )
    @trace_option
    def failures(project: str, form: str, trace: bool) -> None:
        """List the inputs that gave no report: why, and how to mend it.

        Ingest them again when they are mended; then they leave the list.
        """
        with ends_well(trace=trace):
            _list_failures(project, as_lines=form == "jsonl")

    return failures


def _list_failures(project: str, *, as_lines: bool) -> None:
    import msgspec

    from sayso.store.postgres import without_password
    from sayso.store.projects import open_project

    with open_project(project) as store:
        after: str | None = None
        count = 0
        while True:
            page = store.failures(after=after)
            for one in page.rows:
                count += 1
                if as_lines:
                    click.echo(msgspec.json.encode(one))
                    continue
                click.echo(f"{one.input}  ({one.time})\n  {one.reason}\n  {one.mend}")
            after = page.next
            if after is None:
                break
    print_error(f"{without_password(project)}: {count:,} failures")


def _make_delete(ends_well: EndsWell) -> click.Command:
    @click.command()
    @click.argument("project")
    @click.argument("reports", metavar="REPORT...", nargs=-1, required=True)
    @click.option("--yes", is_flag=True, help="Do not ask.")
    @trace_option
    def delete(project: str, reports: tuple[str, ...], yes: bool, trace: bool) -> None:
        """Remove reports with all that comes from them, down to the bytes on the disk.

        REPORT is the id of a report, its first 8 digits or more, its key or its URL.
        """
        with ends_well(trace=trace):
            _delete(project, reports, ask=not yes)

    return delete


def _delete(project: str, reports: tuple[str, ...], *, ask: bool) -> None:
    import shutil

    from sayso.ingest.segments import segments_beside
    from sayso.store.postgres import without_password
    from sayso.store.projects import open_project

    shown = without_password(project)
    with open_project(project) as store:
        if store.finish_deletions():
            click.echo(f"{shown}: what was deleted before has now left the disk")
        chosen = [find_report(store, name) for name in reports]
        for report_id, key in chosen:
            if ask:
                click.confirm(f"Delete {key} ({report_id[:12]}) for good?", abort=True)
            store.delete(report_id)
            # Results of a cluster that nobody took in may hold it; they are made anew.
            shutil.rmtree(segments_beside(project), ignore_errors=True)
            click.echo(f"{shown}: {key} is deleted")


def find_report(store: Store, name: str) -> tuple[str, str]:
    """Return id and key of the one report that a user means.

    Raises:
        UsageError: There is none, or more than one.
    """
    found: dict[str, str] = {}
    for record in store.records():
        report = record.report
        is_id = len(name) >= MIN_ID and report.id.startswith(name)
        if is_id or name == report.url or name in report.keys:
            found[report.id] = report.key
    if len(found) == 1:
        return next(iter(found.items()))
    several = ", ".join(sorted(one[:12] for one in found)[:5])
    raise UsageError(
        f"{name} is {f'more than one report: {several}' if found else 'no report'}",
        mend="give the id of a report, or its first digits",
    )
