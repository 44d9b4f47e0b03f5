from __future__ import annotations

import hashlib
import html
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import StoreError, UsageError
from sayso.export.export import MANIFEST, Manifest
from sayso.export.export import export as export_records
from sayso.export.formats import CsvFor, ExportFormat, Options, Persons, TextKept
from sayso.export.redact import redact_judgement
from sayso.record import Record, from_json, to_json
from sayso.vocab.names import load_names
from tests.export.raid import PLANTED, judgement, planted_record, raid_record
from tests.export.samples import RECORDS, incidents_of
from tests.strategies import records

# No model is needed: incidents are made by hand.
export = partial(export_records, incidents_of=incidents_of)
FOLDERS = {"csv", "parquet", "ucdp", "acled", "plover", "cameo", "muc4"}
ALL = Options(persons=Persons.ALL, text=TextKept.FULL)
FORMS_AND_READERS = [
    (form, csv_for)
    for form in ExportFormat
    for csv_for in (CsvFor if form in FOLDERS - {"parquet"} else [CsvFor.SPREADSHEET])
]
NAMELESS = {"prov"}
"""Formats that hold ids alone."""
FORMS = pytest.mark.parametrize("form", list(ExportFormat))


def bytes_of(out: Path) -> dict[str, bytes]:
    files = sorted(out.iterdir()) if out.is_dir() else [out]
    return {path.name: path.read_bytes() for path in files}


def words_of(path: Path) -> Iterator[str]:
    """Give all that a file says, in its own escapes and without them."""
    if path.suffix == ".parquet":
        yield pandas.read_parquet(path).to_csv()
    elif path.read_bytes().startswith(b"SQLite"):
        with sqlite3.connect(path) as connection:
            yield "\n".join(connection.iterdump())
    else:
        text = path.read_text("utf-8")
        yield text
        yield re.sub(r"<[^>]*>", "", html.unescape(text))
        if text.startswith("{"):
            yield json.dumps(_loaded(text), ensure_ascii=False)
    yield path.read_bytes().decode("latin-1")


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("text", list(TextKept))
@pytest.mark.parametrize(("form", "csv_for"), FORMS_AND_READERS)
def test_planted_name_is_in_no_file(
    form: ExportFormat, text: TextKept, csv_for: CsvFor, tmp_path: Path
) -> None:
    out, planted = tmp_path / "out", planted_record()
    options = Options(text=text, csv_for=csv_for)
    names = load_names()
    judged = (redact_judgement(judgement(planted), planted, options, names),)

    export((planted, *RECORDS), out, form, options, judgements=judged)

    for path in out.iterdir() if out.is_dir() else [out]:
        told = " ".join(words_of(path)).casefold()
        found = [name for name in PLANTED if name.casefold() in told]
        assert found == [], path.name


@FORMS
def test_planted_name_is_there_if_asked_for(form: ExportFormat, tmp_path: Path) -> None:
    """The test above looks at the right files."""
    out = tmp_path / "out"

    export((planted_record(),), out, form, ALL)

    paths = out.iterdir() if out.is_dir() else [out]
    assert form in NAMELESS or any(
        "torvik" in word.casefold() for path in paths for word in words_of(path)
    )


@FORMS
def test_equal_input_gives_equal_bytes(form: ExportFormat, tmp_path: Path) -> None:
    first = export(RECORDS, tmp_path / "one" / "out", form)
    second = export(iter(RECORDS), tmp_path / "two" / "out", form)

    assert first == second
    one, two = bytes_of(tmp_path / "one" / "out"), bytes_of(tmp_path / "two" / "out")
    assert one == two
    for file in first.files:
        assert len(one[file.file]) == file.bytes
        assert hashlib.sha256(one[file.file]).hexdigest() == file.sha256


@FORMS
def test_nothing_else_is_left_behind(form: ExportFormat, tmp_path: Path) -> None:
    manifest = export(RECORDS, tmp_path / "out", form)

    names = {file.file for file in manifest.files}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    if form in FOLDERS:
        assert {*bytes_of(tmp_path / "out")} == names | {MANIFEST}
        assert json.loads((tmp_path / "out" / MANIFEST).read_bytes())["reports"] == 4
    else:
        assert names == {"out"}


@FORMS
def test_no_record_gives_an_empty_export(form: ExportFormat, tmp_path: Path) -> None:
    manifest = export((), tmp_path / "out", form)

    assert manifest.reports == 0
    assert (tmp_path / "out").exists()


def has_unique_ids(record: Record) -> bool:
    ids = [row.id for row in (*record.actors, *record.times, *record.statements)]
    return len(ids) == len({*ids})


@FORMS
@settings(max_examples=10, suppress_health_check=[HealthCheck.filter_too_much])
@given(found=st.lists(records().filter(has_unique_ids), max_size=3))
def test_any_record_can_leave(
    form: ExportFormat, found: list[Record], tmp_path_factory: pytest.TempPathFactory
) -> None:
    # Links in these records lead to actors that are not there.
    out = tmp_path_factory.mktemp("any") / "out"

    manifest = export(found, out, form, ALL)

    assert manifest.reports == len({record.report.id for record in found})


def test_jsonl_of_everything_is_what_read_wrote(tmp_path: Path) -> None:
    export(RECORDS, tmp_path / "out", ExportFormat.JSONL, ALL)

    lines = (tmp_path / "out").read_bytes().splitlines()

    assert lines == [to_json(record) for record in RECORDS]
    assert tuple(map(from_json, lines)) == RECORDS


def test_report_that_comes_again_is_left_out_and_counted(tmp_path: Path) -> None:
    manifest = export(RECORDS * 2, tmp_path / "out", ExportFormat.JSONL)

    assert (manifest.reports, manifest.repeated) == (4, 4)
    assert manifest.files[0].rows == 4


def test_manifest_tells_kits_and_options(tmp_path: Path) -> None:
    manifest = export(RECORDS, tmp_path / "out", ExportFormat.CSV)
    text = (tmp_path / "out" / MANIFEST).read_bytes()

    assert msgspec.json.decode(text, type=Manifest) == manifest
    assert [kit.reports for kit in manifest.kits] == [4]
    assert "draft for human coding" in manifest.label


@FORMS
def test_what_is_there_is_not_overwritten(form: ExportFormat, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("mine")

    with pytest.raises(UsageError, match="is there already"):
        export(RECORDS, out, form)

    assert out.read_text() == "mine"


@FORMS
def test_error_on_the_way_leaves_nothing(form: ExportFormat, tmp_path: Path) -> None:
    def broken() -> Iterator[Record]:
        yield raid_record()
        raise StoreError("a bad line", mend="mend it")

    with pytest.raises(StoreError, match="a bad line"):
        export(broken(), tmp_path / "out", form)

    assert [*tmp_path.iterdir()] == []


@FORMS
def test_remains_of_a_killed_run_are_cleared(
    form: ExportFormat, tmp_path: Path
) -> None:
    part = tmp_path / ".out.part"
    if form in FOLDERS:
        part.mkdir()
        (part / "old.csv").write_text("old")
    else:
        part.write_text("old")

    export(RECORDS, tmp_path / "out", form)

    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert "old.csv" not in bytes_of(tmp_path / "out")


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "sqlite", "gexf"])
def test_full_disk_is_told_and_leaves_nothing(form: str, tmp_path: Path) -> None:
    source, out = tmp_path / "records.jsonl", tmp_path / "out"
    source.write_bytes(b"".join(to_json(record) + b"\n" for record in RECORDS))
    export_it = [sys.executable, "-m", "sayso", "export", source, "--as", form]

    done = subprocess.run(  # no file may grow beyond two blocks
        ["sh", "-c", 'ulimit -f 2; exec "$@"', "sh", *export_it, "--out", out],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]


def test_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="cannot be written"):
        export(RECORDS, tmp_path / "file" / "out", ExportFormat.JSONL)
