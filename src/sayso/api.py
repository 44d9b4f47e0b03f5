"""The public functions: files or text in, Records out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import islice
from pathlib import Path

from sayso.engine import Reader, map_reports, open_reader
from sayso.errors import SaysoError, UsageError
from sayso.intake import Failure, read_paths, report_from_text
from sayso.record import (
    Actor,
    Record,
    Report,
    Span,
    Statement,
    from_json,
    json_schema,
    to_json,
)
from sayso.show.html import record_html

__all__ = [
    "Actor",
    "Failure",
    "Record",
    "Report",
    "SaysoError",
    "Span",
    "Statement",
    "from_json",
    "json_schema",
    "read",
    "read_many",
    "read_text",
    "to_json",
]

# Notebooks ask an object for its HTML. The types know nothing of faces, so the face is
# put on here, where every public name comes from.
setattr(Record, "_repr_html_", record_html)  # noqa: B010 - unknown to the type

FilePath = str | os.PathLike[str]


def read(
    path: FilePath, *, published: str | None = None, outlet: str | None = None
) -> Record:
    """Return the record of the one report in a file; "-" is standard input.

    Args:
        path: A text, a saved page, or a JSONL file with one row; also gzipped.
        published: Date of publication (EDTF), over what the file says.
        outlet: Who published it, over what the file says.

    Raises:
        IntakeError: The file gives no report.
        UsageError: The file holds several reports, or `published` is no date.
        ReadingError: The report cannot be read.
    """
    reports = read_paths([path], published=published, outlet=outlet)
    found = list(islice(reports, 2))
    if len(found) != 1:
        raise UsageError(
            f"{os.fspath(path)} holds {'no' if not found else 'more than one'} report",
            mend="use sayso.read_many, which gives a record for each",
        )
    report = found[0]
    if isinstance(report, Failure):
        raise report.error
    return _shipped_reader()(report)


def read_text(
    text: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
) -> Record:
    """Return the record of a report given as text.

    Args:
        text: Headline, article, and perhaps a numbered list of reader comments.
        published: Date of publication (EDTF).
        outlet: Who published it.

    Raises:
        IntakeError: The text is empty.
        UsageError: `published` is no date.
        ReadingError: The report cannot be read.
    """
    report = report_from_text(text, published=published, outlet=outlet)
    return _shipped_reader()(report)


def read_many(
    paths: Iterable[FilePath],
    *,
    published: str | None = None,
    outlet: str | None = None,
    places: Sequence[FilePath] = (),
    jobs: int = 1,
) -> Iterator[Record | Failure]:
    """Give a record for each report in the files, in order, or why there is none.

    Args:
        paths: Files, folders, patterns such as `news/*.html`, or "-".
        published: Date of publication (EDTF) of all of them, over what they say.
        outlet: Who published all of them, over what they say.
        places: Your own gazetteers (CSV, GeoJSON, tables of GeoNames), asked first.
        jobs: Number of worker processes. Above 1, a script must guard its entry with
            `if __name__ == "__main__":`, as workers load the script anew.

    Raises:
        UsageError: `published` is no date, or `jobs` is below 1.
        ModelError: The model that comes with sayso is damaged.
        VocabError: A gazetteer cannot be read, or a row of it is malformed.
    """
    if jobs < 1:
        raise UsageError(f"jobs is {jobs}", mend="give a number from 1 upwards")
    reports = read_paths(paths, published=published, outlet=outlet)
    opened: Callable[[], Reader]
    opened = _shipped_reader if jobs == 1 else open_reader
    if places:
        opened = partial(open_reader, places=[Path(place) for place in places])
    return map_reports(reports, open_reader=opened, jobs=jobs)


@cache
def _shipped_reader() -> Reader:
    """Return the reader with the shipped kit, which is loaded once a process."""
    return open_reader()
