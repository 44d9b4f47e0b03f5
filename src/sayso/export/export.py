"""Records out of sayso, in any of the forms that other tools read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from sayso import __version__
from sayso.export import acled, plover, ucdp
from sayso.export.cells import Column, Row
from sayso.export.claim import write_claims
from sayso.export.codes import Codes, load_codes
from sayso.export.coding import DRAFT, NOT_MERGED
from sayso.export.csv_files import Rows, write_coded, write_csv, write_table
from sayso.export.dossier import write_html
from sayso.export.formats import ExportFormat, Options, TextKept
from sayso.export.ftm import write_ftm
from sayso.export.geojson import write_geojson
from sayso.export.graphs import write_gexf, write_graphml
from sayso.export.muc4 import COLUMNS as MUC4_COLUMNS
from sayso.export.muc4 import muc4_rows
from sayso.export.output import Written, describe, new_path
from sayso.export.parquet import check_duckdb, write_parquet
from sayso.export.prov import write_prov
from sayso.export.redact import redact
from sayso.export.sqlite import write_sqlite
from sayso.export.webannotation import write_webannotation
from sayso.extract.incidents_types import Incident
from sayso.record import SCHEMA, Fingerprint, Judgement, Record, to_json

MANIFEST = "manifest.json"
LABEL = f"{DRAFT}; {NOT_MERGED}"
IncidentsOf = Callable[[Record], Iterable[Incident]]
_KEY_BYTES = 8  # of a report's id: enough to know it again among 10^8


class Kit(msgspec.Struct, frozen=True, kw_only=True):
    """A kit that made some of the records."""

    digest: str
    kit: Fingerprint
    reports: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an export is and holds; `manifest.json` in exports that are folders."""

    sayso: str
    format: ExportFormat
    schema: int
    label: str
    options: Options
    reports: int
    repeated: int
    """Reports that came again under the same id, and were left out."""
    kits: tuple[Kit, ...]
    files: tuple[Written, ...]


class _Passing:
    """Gives each report once, redacted, and counts what goes by."""

    def __init__(
        self, records: Iterable[Record], options: Options, codes: Codes
    ) -> None:
        self._records = records
        self._options = options
        self._names = codes.names
        self._seen: set[bytes] = set()
        self._kits: dict[Fingerprint, int] = {}
        self.repeated = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self.unredacted():
            yield redact(record, self._options, self._names)

    def unredacted(self) -> Iterator[Record]:
        """Give each report once, as it was read; for what has to be read anew."""
        for record in self._records:
            key = bytes.fromhex(record.report.id[: 2 * _KEY_BYTES])
            if key in self._seen:
                self.repeated += 1
                continue
            self._seen.add(key)
            self._kits[record.kit] = self._kits.get(record.kit, 0) + 1
            yield record

    @property
    def reports(self) -> int:
        """How many reports went by."""
        return len(self._seen)

    def kits(self) -> tuple[Kit, ...]:
        """Return the kits that made them."""
        kits = (
            Kit(digest=kit.digest(), kit=kit, reports=reports)
            for kit, reports in self._kits.items()
        )
        return tuple(sorted(kits, key=lambda one: one.digest))


def export(
    records: Iterable[Record],
    out: Path,
    form: ExportFormat,
    options: Options = Options(),  # noqa: B008 - frozen
    *,
    judgements: Iterable[Judgement] = (),
    incidents_of: IncidentsOf | None = None,
) -> Manifest:
    """Write records in one form and return what was written.

    Records are read one by one; memory does not grow with their number, but for eight
    bytes of each id. Equal input gives equal bytes.

    Args:
        records: As read: they are redacted here. A report that comes again is left out.
        out: Name of the new file, or folder for tables.
        form: Which form.
        options: Whose names and which words leave, and for whom CSV is written.
        judgements: Decisions on rows of these records, as `redact_judgement` gives
            them; taken after the last record.
        incidents_of: For MUC-4: gives the incidents of a record as read. None reads
            each report once more, by the shipped kit.

    Raises:
        UsageError: `out` is there already, or a library for the form is missing.
        StoreError: `out` cannot be written.
    """
    if form is ExportFormat.PARQUET:
        check_duckdb()
    codes = load_codes()
    passing = _Passing(records, options, codes)
    with new_path(out) as path:
        if form is ExportFormat.MUC4:
            found = incidents_of or _read_incidents()
            rows = _write_muc4(passing, path, options, codes, found)
        elif form in _CODED:
            rows = _write_coded(passing, path, form, options, codes)
        else:
            rows = _write(passing, path, form, options, codes, judgements)
        files = _describe(path, rows, out)
        manifest = _manifest(passing, form, options, files)
        if path.is_dir():
            text = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
            (path / MANIFEST).write_bytes(text + b"\n")
    return manifest


def _describe(path: Path, rows: Rows, out: Path) -> tuple[Written, ...]:
    """Return what was written at `path`, under the names that it will have."""
    if path.is_dir():
        return tuple(describe(path / name, count) for name, count in rows.items())
    (count,) = rows.values()
    return (msgspec.structs.replace(describe(path, count), file=out.name),)


def _manifest(
    passing: _Passing,
    form: ExportFormat,
    options: Options,
    files: tuple[Written, ...],
) -> Manifest:
    return Manifest(
        sayso=__version__,
        format=form,
        schema=SCHEMA,
        label=LABEL,
        options=options,
        reports=passing.reports,
        repeated=passing.repeated,
        kits=passing.kits(),
        files=files,
    )


def _write_coded(
    records: _Passing, folder: Path, form: ExportFormat, options: Options, codes: Codes
) -> Rows:
    """Write rows of a coding scheme into a new folder; return the rows of each file."""
    folder.mkdir()
    columns, rows_of = _CODED[form]
    return write_coded(
        records,
        folder,
        name=form.value,
        columns=columns,
        rows_of=lambda record: rows_of(record, codes),
        csv_for=options.csv_for,
    )


def _write_muc4(
    passing: _Passing,
    folder: Path,
    options: Options,
    codes: Codes,
    incidents_of: IncidentsOf,
) -> Rows:
    """Write MUC-4 templates into a new folder; return the rows of its file."""
    folder.mkdir()
    # Fillers are quotes, so whether words leave is decided with them.
    names_only = msgspec.structs.replace(options, text=TextKept.FULL)
    has_words = options.text is not TextKept.NONE

    def rows() -> Iterator[Row]:
        for record in passing.unredacted():
            leaving = redact(record, names_only, codes.names)
            incidents = incidents_of(record)
            yield from muc4_rows(record, leaving, incidents, has_words=has_words)

    name = ExportFormat.MUC4.value
    return write_table(rows(), folder, name, MUC4_COLUMNS, options.csv_for)


def _read_incidents() -> IncidentsOf:
    # Imported here: they load the model, which no other form needs.
    from sayso.incidents import incident_templates
    from sayso.kit import load_kit

    return partial(incident_templates, kit=load_kit())


def _write(
    records: _Passing,
    path: Path,
    form: ExportFormat,
    options: Options,
    codes: Codes,
    judgements: Iterable[Judgement],
) -> Rows:
    """Write any other form; return the rows of each file."""
    match form:
        case ExportFormat.CSV:
            path.mkdir()
            csv_for = options.csv_for
            return write_csv(records, path, csv_for=csv_for, judgements=judgements)
        case ExportFormat.PARQUET:
            path.mkdir()
            return write_parquet(records, path, judgements=judgements)
        case ExportFormat.SQLITE:
            about = _about(options)
            rows = write_sqlite(records, path, about=about, judgements=judgements)
            return {path.name: sum(rows.values())}
        case ExportFormat.FTM:
            return {path.name: write_ftm(records, path, codes)}
        case ExportFormat.PROV:
            return {path.name: write_prov(records, path, judgements=judgements)}
        case ExportFormat.GEXF:
            return {path.name: sum(write_gexf(records, path))}
        case ExportFormat.GRAPHML:
            return {path.name: sum(write_graphml(records, path))}
    return {path.name: _SINGLE[form](records, path)}


def _about(options: Options) -> dict[str, str]:
    return {
        "made_by": f"sayso {__version__}",
        "label": LABEL,
        "persons": options.persons.value,
        "text": options.text.value,
    }


def write_jsonl(records: Iterable[Record], path: Path) -> int:
    """Write one Record a line, as `sayso read --format jsonl` does; return how many."""
    count = 0
    with path.open("wb") as file:
        for record in records:
            file.write(to_json(record) + b"\n")
            count += 1
    return count


_CODED: dict[
    ExportFormat, tuple[tuple[Column, ...], Callable[[Record, Codes], list[Row]]]
] = {
    ExportFormat.UCDP: (ucdp.COLUMNS, ucdp.ucdp_rows),
    ExportFormat.ACLED: (acled.COLUMNS, acled.acled_rows),
    ExportFormat.PLOVER: (plover.PLOVER_COLUMNS, plover.plover_rows),
    ExportFormat.CAMEO: (plover.CAMEO_COLUMNS, plover.cameo_rows),
}
_SINGLE: dict[ExportFormat, Callable[[Iterable[Record], Path], int]] = {
    ExportFormat.JSONL: write_jsonl,
    ExportFormat.GEOJSON: write_geojson,
    ExportFormat.WEBANNOTATION: write_webannotation,
    ExportFormat.CLAIM: write_claims,
    ExportFormat.HTML: write_html,
}
