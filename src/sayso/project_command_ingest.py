"""`sayso ingest`: reports from anywhere into a project."""

from __future__ import annotations

import getpass
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.ingest.ingest import Found, Tally
    from sayso.intake import Failure, Meter
    from sayso.store.base import Store

EndsWell = Callable[..., AbstractContextManager[None]]
SHOWN_FAILURES = 10
"""By one command; `sayso failures` lists all."""
_SERVERS = ("postgresql://", "postgres://")

trace_option = click.option(
    "--traceback", "trace", is_flag=True, help="Show where errors come from."
)
jobs_option = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Number of worker processes.",
)


def user_name(other: str) -> str:
    """Return the name of the user of this machine, or another where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return other


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """How an ingest is called; the options, as they are named there."""

    files: tuple[str, ...]
    into: str
    jobs: int
    engine: str
    segments: Path | None
    published: str | None
    outlet: str | None
    columns: str | None
    fetch: tuple[str, ...]
    feed: tuple[str, ...]
    keep_raw: bool

    def parameters(self) -> dict[str, str]:
        """Return what was asked for, as the project notes it."""
        told = msgspec.structs.asdict(self)
        return {
            name: " ".join(value) if isinstance(value, tuple) else str(value)
            for name, value in told.items()
            if value and name != "into"  # which may hold a password
        }


def make_ingest(ends_well: EndsWell) -> click.Command:
    """Return the command; `ends_well` turns errors into lines and exit codes."""

    @click.command()
    @click.argument("files", metavar="[FILE]...", nargs=-1)
    @click.option("--into", metavar="PROJECT", required=True, help="Made if need be.")
    @jobs_option
    @click.option(
        "--engine",
        type=click.Choice(["local", "ray"]),
        default="local",
        show_default=True,
        help="Read on this machine, or on a Ray cluster (RAY_ADDRESS tells where).",
    )
    @click.option(
        "--segments",
        metavar="FOLDER",
        type=click.Path(path_type=Path),
        help="Where the machines of a cluster leave results; all must reach it.",
    )
    @click.option("--published", metavar="DATE", help="Day of publication: 2024-03-31.")
    @click.option("--outlet", metavar="NAME", help="Who published them.")
    @click.option(
        "--columns", metavar="MAP", help="Of tables: text=Body,published=Date,id=No."
    )
    @click.option("--fetch", metavar="URL", multiple=True, help="Fetch this page.")
    @click.option(
        "--feed", metavar="URL", multiple=True, help="Fetch a feed and its pages."
    )
    @click.option("--keep-raw", is_flag=True, help="Keep the original bytes as well.")
    @trace_option
    def ingest(trace: bool, **options: object) -> None:
        """Read reports into a project; what it has already is not read again.

        FILE is a text, a saved web page, a JSONL or CSV table, a web archive (WARC), a
        feed (RSS, Atom), a folder, a pattern, or - for standard input. Nothing is
        fetched from anywhere unless --fetch or --feed asks for it.
        """
        with ends_well(trace=trace):
            tally = run(msgspec.convert(options, Call))
            _tell(str(options["into"]), tally)
            if tally.failed:
                raise click.exceptions.Exit(1)

    return ingest


def run(call: Call) -> Tally:
    """Ingest as asked and return what came of it.

    Raises:
        UsageError: There is nothing to ingest, or an option makes no sense.
        StoreError: The project cannot be written.
    """
    from sayso.ingest.progress import watch
    from sayso.intake import Meter, measure
    from sayso.store.projects import open_project

    if not (call.files or call.fetch or call.feed):
        raise UsageError("there is nothing to ingest", mend="give files or folders")
    is_measured = not (call.fetch or call.feed)
    meter = Meter(measure(call.files) if is_measured else None)
    found = _find(call, meter)
    with open_project(call.into, create=True) as store:
        start = _start_ray if call.engine == "ray" else _start_here
        return deque(watch(start(found, store, call), meter), maxlen=1)[0]


def _find(call: Call, meter: Meter) -> Iterator[Found]:
    """Return all inputs: files first, then what is fetched."""
    from itertools import chain

    from sayso.intake import find_pieces
    from sayso.intake.assemble import check_given
    from sayso.intake.fetch import fetch_feeds, fetch_pages
    from sayso.intake.tables import parse_columns

    given = check_given(published=call.published, outlet=call.outlet)
    return chain(
        find_pieces(
            call.files,
            published=call.published,
            outlet=call.outlet,
            columns=parse_columns(call.columns),
            meter=meter,
        ),
        fetch_pages(call.fetch, given),
        fetch_feeds(call.feed, given),
    )


def _start_here(found: Iterator[Found], store: Store, call: Call) -> Iterator[Tally]:
    from sayso.engine import map_items, open_piece_reader
    from sayso.ingest.ingest import ingest

    return ingest(
        found,
        store,
        partial(map_items, open_reader=open_piece_reader, jobs=call.jobs),
        keep_raw=call.keep_raw,
        parameters=call.parameters(),
        tell=Teller(call.into),
    )


def _start_ray(found: Iterator[Found], store: Store, call: Call) -> Iterator[Tally]:
    from sayso.engine_ray import write_segments
    from sayso.ingest.segments import ingest_segments

    return ingest_segments(
        found,
        store,
        segments := _segments(call),
        partial(write_segments, folder=segments, keep_raw=call.keep_raw),
        parameters=call.parameters(),
        tell=Teller(call.into),
    )


def _segments(call: Call) -> Path:
    from sayso.ingest.segments import segments_beside

    if call.segments:
        return call.segments
    if call.into.startswith(_SERVERS):
        raise UsageError(
            "a project on a server has no folder for segments beside it",
            mend="give one that all machines reach: --segments FOLDER",
        )
    return segments_beside(call.into)


class Teller:
    """Prints the first failures, and where the others can be seen."""

    def __init__(self, project: str) -> None:
        self._project = project
        self._told = 0

    def __call__(self, failure: Failure) -> None:
        """Tell of one failure, or that there are more."""
        from sayso.store.postgres import without_password

        self._told += 1
        if self._told <= SHOWN_FAILURES:
            error = failure.error
            print_error(f"sayso: {error.message}\n       {error.mend}")
        elif self._told == SHOWN_FAILURES + 1:
            shown = without_password(self._project)
            print_error(f"sayso: there are more: `sayso failures {shown}`")


def _tell(into: str, tally: Tally) -> None:
    from sayso.store.postgres import without_password

    known = tally.known + tally.unchanged
    parts = [
        f"{tally.new:,} new",
        f"{known:,} known before" if known else "",
        f"{tally.merged:,} merged" if tally.merged else "",
        f"{tally.failed:,} failed" if tally.failed else "",
    ]
    told = ", ".join(filter(None, parts))
    click.echo(f"{without_password(into)}: {told}")


def print_error(text: str) -> None:
    """Print a line on standard error."""
    # Not by click.echo, which writes past a progress bar that stands there.
    sys.stderr.write(f"{text}\n")
