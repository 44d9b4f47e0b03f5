"""`sayso import` and `sayso compare`: what others have coded, beside the machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.errors import UsageError
from sayso.project_command_ingest import EndsWell, trace_option

if TYPE_CHECKING:
    from sayso.ingest.compare import Comparison, Imported

FORMS = ("doccano", "ucdp", "acled")


def make_coding_commands(ends_well: EndsWell) -> tuple[click.Command, ...]:
    """Return the commands; `ends_well` turns errors into lines and exit codes."""
    return _make_import(ends_well), _make_compare(ends_well)


def _make_import(ends_well: EndsWell) -> click.Command:
    @click.command("import")
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--into", metavar="PROJECT", required=True, help="Where to.")
    @click.option(
        "--as",
        "form",
        type=click.Choice(FORMS),
        required=True,
        help="Which tool or project the file is of.",
    )
    @click.option("--coder", metavar="NAME", required=True, help="Who has coded it.")
    @click.option(
        "--labels", metavar="MAP", help="Names of labels here: SRC=source,CUE=cue."
    )
    @trace_option
    def bring(
        file: Path, into: str, form: str, coder: str, labels: str | None, trace: bool
    ) -> None:
        """Bring hand-coded spans or events into a project, as judgements of a coder.

        Spans (doccano, JSONL) go to the reports that have the same text. Events (CSV of
        UCDP GED or ACLED) go to the project. A second import adds nothing.
        """
        from sayso.store.postgres import without_password

        with ends_well(trace=trace):
            done = bring_in(file, into, form, coder, parse_labels(labels))
            parts = [f"{done.new:,} new", f"{done.known:,} known before"]
            if done.unmatched:
                parts.append(f"{done.unmatched:,} texts of no report here")
            click.echo(f"{without_password(into)}: {', '.join(parts)}")
            if done.unmatched:
                raise click.exceptions.Exit(1)

    return bring


def bring_in(
    file: Path, into: str, form: str, coder: str, labels: dict[str, str]
) -> Imported:
    """Import a file of codings; see the command."""
    from sayso.ingest.codings import CodingForm, read_events, read_texts
    from sayso.ingest.compare import MACHINE, keep_events, keep_texts
    from sayso.ingest.ingest import now
    from sayso.store.projects import open_project

    if coder == MACHINE:
        raise UsageError(
            f"{MACHINE} is sayso itself", mend="give the coder another name"
        )
    with open_project(into) as store:
        kind = CodingForm(form)
        if kind is CodingForm.DOCCANO:
            texts = list(read_texts(file, labels))
            return keep_texts(texts, store, coder=coder, time=now())
        events = list(read_events(file, kind))
        return keep_events(events, store, coder=coder, time=now())


def parse_labels(told: str | None) -> dict[str, str]:
    """Return names of labels by those of the file, from "SRC=source,CUE=cue".

    Raises:
        UsageError: It is not of this form.
    """
    labels: dict[str, str] = {}
    for part in filter(None, (told or "").split(",")):
        theirs, sign, ours = (one.strip() for one in part.partition("="))
        if not (theirs and sign and ours):
            raise UsageError(
                f"--labels {part!r} is not THEIRS=OURS",
                mend="give pairs: --labels SRC=source,CUE=cue",
            )
        labels[theirs] = ours
    return labels


def _make_compare(ends_well: EndsWell) -> click.Command:
    @click.command()
    @click.argument("project")
    @click.argument("first")
    @click.argument("second", default="machine")
    @click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        help="For people, or one JSON object.",
    )
    @trace_option
    def compare(project: str, first: str, second: str, form: str, trace: bool) -> None:
        """Tell how far two coders agree, or a coder and the machine.

        FIRST and SECOND are names of coders; SECOND is the machine if it is left out.
        """
        with ends_well(trace=trace):
            _compare(project, first, second, as_json=form == "json")

    return compare


def _compare(project: str, first: str, second: str, *, as_json: bool) -> None:
    import msgspec

    from sayso.ingest.compare import MACHINE, compare
    from sayso.store.postgres import without_password
    from sayso.store.projects import open_project

    with open_project(project) as store:
        coders = {one.coder for one in store.judgements()} | {MACHINE}
        for name in (first, second):
            if name not in coders:
                shown = without_password(project)
                raise UsageError(
                    f"nobody called {name} has coded in {shown}",
                    mend=f"coders are {', '.join(sorted(coders))}",
                )
        found = compare(store, first, second)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2))
    else:
        _show(found, first, second)


def _show(found: Comparison, first: str, second: str) -> None:
    click.echo(f"{first} and {second}")
    told = _show_rows(found, first, second)
    events = found.events
    if found.reports:
        click.echo(f"\nSpans in {found.reports:,} reports that both have coded")
        head = ("label", first[:9], second[:9], "both", "F1", "kappa", "alpha")
        click.echo("  {:20}{:>9}{:>9}{:>7}{:>7}{:>7}{:>7}".format(*head))
        for label, one in found.spans.items():
            scores = [_told(score) for score in (one.f1, one.kappa, one.alpha)]
            cells = (label[:19], one.first, one.second, one.both, *scores)
            click.echo("  {:20}{:9,}{:9,}{:7,}{:>7}{:>7}{:>7}".format(*cells))
    if events.first and events.second:
        click.echo(
            f"\nEvents: {events.first:,} and {events.second:,}, {events.both:,} in "
            f"both (F1 {_told(events.f1)}); deaths meet in {events.deaths_equal:,}, "
            f"alpha {_told(events.deaths_alpha)}"
        )
    if not (told or found.reports or (events.first and events.second)):
        click.echo("There is nothing that both have coded.")


def _show_rows(found: Comparison, first: str, second: str) -> bool:
    """Print what is told of rows; return whether there was anything."""
    rows, coding = found.rows, found.coding
    work = [one for one in found.machine if one.is_any]
    for one in work:
        click.echo(
            f"\n{one.coder} of the machine's rows: {one.confirmed:,} confirmed, "
            f"{one.corrected:,} corrected, {one.rejected:,} rejected; "
            f"{one.added:,} added that it missed"
        )
    if rows.rows:
        click.echo(
            f"\n{rows.rows:,} rows that both have judged: agree {_told(rows.raw)}, "
            f"kappa {_told(rows.kappa)}, alpha {_told(rows.alpha)}"
        )
    if coding.fields:
        click.echo(
            f"\n{coding.fields:,} fields that both have corrected, "
            f"{coding.equal:,} of them alike"
        )
    is_two = not found.machine and (coding.first_added or coding.second_added)
    if is_two:
        click.echo(
            f"\nRows added: {coding.first_added:,} by {first}, "
            f"{coding.second_added:,} by {second}, {coding.both_added:,} by both"
        )
    return bool(work or rows.rows or coding.fields or is_two)


def _told(score: float | None) -> str:
    return "–" if score is None else f"{score:.2f}"
