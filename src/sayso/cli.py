"""The command line: parse, call the function of the same name, print.

Results go to standard output, all else to standard error. Exit codes: 0 all is well,
1 something could not be read, 2 wrong usage, 130 stopped by Ctrl-C, 141 the reader of
the output has gone.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sayso import __version__
from sayso.errors import SaysoError, UsageError
from sayso.export_command import make_command as make_export
from sayso.project_command import make_commands as make_project_commands
from sayso.project_command_coding import make_coding_commands
from sayso.project_command_demo import make_demo
from sayso.serve_command import make_command as make_serve
from sayso.show.formats import Format
from sayso.users_command import make_command as make_users

if TYPE_CHECKING:
    from sayso.api import Failure

STOPPED, NO_READER = 130, 141  # 128 + SIGINT, 128 + SIGPIPE, as shells count


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="sayso %(version)s")
def main() -> None:
    """Read news reports and tell who says what, on whose authority."""


@main.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    default=Format.TABLE.value,
    show_default=True,
    help="Marked article and ledger, indented JSON, or one JSON record a line.",
)
@click.option("--published", metavar="DATE", help="Day of publication: 2024-03-31.")
@click.option("--outlet", metavar="NAME", help="Who published them.")
@click.option(
    "--gazetteer",
    "places",
    metavar="FILE",
    multiple=True,
    help="Your own places: CSV, GeoJSON, or an unpacked table of GeoNames (.txt).",
)
@click.option(
    "--min-confidence",
    "floor",
    metavar="SHARE",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Leave out statements, events and ties below it; 0 to 1.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Number of worker processes.",
)
@click.option("--traceback", "trace", is_flag=True, help="Show where errors come from.")
def read(
    files: tuple[str, ...],
    form: str,
    published: str | None,
    outlet: str | None,
    places: tuple[str, ...],
    floor: float,
    jobs: int,
    trace: bool,
) -> None:
    """Read reports and print what their sources say.

    FILE is a text, a saved web page, a JSONL file, a folder, a pattern, or - for
    standard input; any of them may be gzipped.
    """
    with _ends_well(trace=trace):
        from sayso.api import Failure, read_many
        from sayso.record.overall import keep_sure
        from sayso.show.progress import count_inputs, watch
        from sayso.show.writers import open_writer

        outcomes = read_many(
            files, published=published, outlet=outlet, places=places, jobs=jobs
        )
        total = count_inputs(files)
        writer = open_writer(Format(form), sys.stdout, is_single=total == 1)
        count = failed = 0
        for outcome in watch(outcomes, total=total):
            count += 1
            if isinstance(outcome, Failure):
                failed += 1
                _tell_failure(outcome, trace=trace)
            else:
                writer.write(keep_sure(outcome, floor) if floor else outcome)
        writer.close()
        if failed:
            _print_error(f"sayso: {failed} of {count} could not be read")
            raise click.exceptions.Exit(1)


@main.command()
@click.argument("source", metavar="INPUT")
@click.option("--article", metavar="FILE", help="What the comments stand under.")
@click.option(
    "--background",
    metavar="FILE",
    help="Other comments (JSONL, CSV) that tell what is usual.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    default=Format.TABLE.value,
    show_default=True,
    help="Sentences with excerpts, indented JSON, or one JSON object a line.",
)
@click.option("--similar", is_flag=True, help="Group paraphrases, too; untested.")
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Search on this machine, or on a Ray cluster (RAY_ADDRESS tells where).",
)
@click.option("--traceback", "trace", is_flag=True, help="Show where errors come from.")
def thread(
    source: str,
    article: str | None,
    background: str | None,
    form: str,
    similar: bool,
    engine: str,
    trace: bool,
) -> None:
    """Find phrases and texts that several comments share.

    INPUT is a report with comments, JSONL or CSV of comments with the fields n,
    author, time, reply_to and text, or a project.
    """
    with _ends_well(trace=trace):
        from sayso.thread_command import Engine, run

        run(
            source,
            form=form,
            article=article,
            background=background,
            similar=similar,
            engine=Engine(engine),
        )


@main.command()
@click.option("--traceback", "trace", is_flag=True, help="Show where errors come from.")
def doctor(trace: bool) -> None:
    """Check the installation, and whether this machine gives the expected results."""
    with _ends_well(trace=trace):
        from sayso.doctor import examine

        is_well = True
        for finding in examine():
            is_well = is_well and finding.is_well
            sign = "ok" if finding.is_well else "!!"
            click.echo(f"{sign}  {finding.name:<18} {finding.found}")
            if not finding.is_well:
                click.echo(f"    {'':<18} {finding.mend}")
        if not is_well:
            raise click.exceptions.Exit(1)


@main.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    with _ends_well(trace=False):
        import msgspec

        from sayso.record import json_schema

        click.echo(msgspec.json.format(msgspec.json.encode(json_schema()), indent=2))


@contextmanager
def _ends_well(*, trace: bool) -> Iterator[None]:
    """Turn errors and interruptions into a line or none, and an exit code."""
    try:
        yield
        sys.stdout.flush()
    except SaysoError as error:
        _tell(error, trace=trace)
        code = 2 if isinstance(error, UsageError) else 1
        raise click.exceptions.Exit(code) from None
    except KeyboardInterrupt:
        raise click.exceptions.Exit(STOPPED) from None
    except BrokenPipeError:
        # What is still in the buffer would raise again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(NO_READER) from None


def _tell_failure(failure: Failure, *, trace: bool) -> None:
    _tell(failure.error, trace=trace)
    if trace and failure.trace:
        _print_error(failure.trace)


def _tell(error: SaysoError, *, trace: bool) -> None:
    _print_error(f"sayso: {error.message}\n       {error.mend}")
    if trace:
        _print_error("".join(traceback.format_exception(error)))


def _print_error(text: str) -> None:
    # Not by click.echo, which writes past a progress bar that stands there.
    print(text, file=sys.stderr)


for _command in (
    make_demo(_ends_well),
    make_export(_ends_well),
    *make_project_commands(_ends_well),
    *make_coding_commands(_ends_well),
    make_serve(_ends_well),
    make_users(_ends_well),
):
    main.add_command(_command)
