"""`sayso export`: records out, redacted, in the form of another tool."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.errors import StoreError, UsageError
from sayso.export.formats import CsvFor, ExportFormat, Options, Persons, TextKept

if TYPE_CHECKING:
    from sayso.export.export import Manifest
    from sayso.record import Judgement, Record
    from sayso.store.base import Store

_LINES = (".jsonl", ".ndjson")
_POSTGRES = ("postgresql://", "postgres://")


def run(source: str, form: ExportFormat, out: Path, options: Options) -> Manifest:
    """Export a project or a file of records and return what was written.

    Args:
        source: A project (a file, or the URL of a database), or a file of records, one
            a line, as `sayso read --format jsonl` writes it.
        form: The form to write.
        out: Name of the new file or folder.
        options: Whose names and which words leave, and for whom CSV is written.

    Raises:
        UsageError: There is no such input, or `out` is there already.
        StoreError: The input is damaged, or `out` cannot be written.
    """
    from sayso.export.export import export

    if Path(source).suffix in _LINES:
        return export(read_records(Path(source)), out, form, options)
    if not source.startswith(_POSTGRES) and not Path(source).is_file():
        raise UsageError(
            f"{source} is no file",
            mend="give a project, or a .jsonl file of `sayso read --format jsonl`",
        )
    from sayso.store.projects import open_project

    with open_project(source) as store:
        judgements = _judgements(store, options)
        return export(store.records(), out, form, options, judgements=judgements)


def _judgements(store: Store, options: Options) -> Iterator[Judgement]:
    """Give all decisions of a project, undone ones too, as they may leave."""
    from sayso.export.redact import redact_judgement
    from sayso.vocab.names import load_names

    names = load_names()
    for one in store.judgements(in_force=False):
        record = store.record(one.report) if one.report else None
        yield redact_judgement(one, record, options, names)


def read_records(path: Path) -> Iterator[Record]:
    """Give the records of a file, one a line; blank lines are passed over.

    Raises:
        UsageError: The file cannot be read.
        StoreError: A line is no record.
    """
    from sayso.record import from_json

    try:
        file = path.open("rb")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}", mend="give a file of records"
        ) from error
    with file:
        for number, line in enumerate(file, 1):
            if line.isspace():
                continue
            try:
                record = from_json(line)
            except StoreError as error:
                raise StoreError(
                    f"{path}:{number}: {error.message}", mend=error.mend
                ) from error
            yield record


def make_command(
    ends_well: Callable[..., AbstractContextManager[None]],
) -> click.Command:
    """Return the command; `ends_well` turns errors into lines and exit codes."""

    @click.command()
    @click.argument("source", metavar="INPUT")
    @click.option(
        "--as",
        "form",
        type=click.Choice([form.value for form in ExportFormat]),
        required=True,
        help="The form to write.",
    )
    @click.option(
        "--out",
        metavar="PATH",
        type=click.Path(path_type=Path),
        required=True,
        help="New file; for csv, parquet and coded events a new folder.",
    )
    @click.option(
        "--persons",
        type=click.Choice([one.value for one in Persons]),
        default=Persons.PUBLIC.value,
        show_default=True,
        help="Whose names leave: officeholders', everybody's, nobody's.",
    )
    @click.option(
        "--text",
        type=click.Choice([one.value for one in TextKept]),
        default=TextKept.QUOTES.value,
        show_default=True,
        help="Which words leave: all, what rows quote, none.",
    )
    @click.option(
        "--csv-for",
        type=click.Choice([one.value for one in CsvFor]),
        default=CsvFor.SPREADSHEET.value,
        show_default=True,
        help="Who reads CSV: people with a spreadsheet, or programs.",
    )
    @click.option(
        "--traceback", "trace", is_flag=True, help="Show where errors come from."
    )
    def export(
        source: str,
        form: str,
        out: Path,
        persons: str,
        text: str,
        csv_for: str,
        trace: bool,
    ) -> None:
        """Write records in the form of another tool.

        INPUT is a project, or a file of records as `sayso read --format jsonl` writes
        it. Names of private persons and words that no row quotes stay inside, unless
        told otherwise.
        """
        with ends_well(trace=trace):
            options = Options(
                persons=Persons(persons), text=TextKept(text), csv_for=CsvFor(csv_for)
            )
            _tell(run(source, ExportFormat(form), out, options), out)

    return export


def _tell(manifest: Manifest, out: Path) -> None:
    """Print what was written, on standard error: results are in the files."""
    again = f", {manifest.repeated} given again left out" if manifest.repeated else ""
    rows = sum(file.rows for file in manifest.files)
    reports = "1 report" if manifest.reports == 1 else f"{manifest.reports:,} reports"
    told = "1 row" if rows == 1 else f"{rows:,} rows"
    click.echo(f"{out}: {reports}{again}, {told}", err=True)
    options = manifest.options
    if options.persons is not Persons.ALL or options.text is not TextKept.FULL:
        kept = f"--persons {options.persons.value} --text {options.text.value}"
        click.echo(f"redacted by {kept}", err=True)
