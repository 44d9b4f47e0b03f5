"""How much time and memory each export takes, on generated records.

    python -m evals.exports [--records N] [--as FORMAT ...] [--largest M]
    python -m evals.exports --project FILE [--as FORMAT ...]

Every record is a sample report read by the shipped kit, under an id of its own, with an
event and a link added, so that all tables have rows. Each format runs in a process of
its own; memory is the highest resident set of that process. With `--largest` each
format runs again on M records: a memory that grows with the number shows there.
`--project` exports a project, such as one that `evals.store` has made.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import count, cycle, islice
from pathlib import Path

from msgspec.structs import replace

from sayso.export.formats import ExportFormat
from sayso.record import (
    Assertion,
    Count,
    Counted,
    Event,
    EventPlace,
    EventTime,
    Link,
    LinkKind,
    OverallStatus,
    Participant,
    PlaceRole,
    Record,
    Role,
    Status,
    from_json,
    to_json,
)
from sayso.store.projects import open_project

# MUC-4 reads every report once more: that is what `evals.speed` measures.
WITHOUT_MODEL = [form for form in ExportFormat if form is not ExportFormat.MUC4]
SAMPLES = Path(__file__).parent.parent / "src" / "sayso" / "data" / "samples"


def sample_records() -> list[Record]:
    """Return the records of the shipped samples, each with an event and a link."""
    from sayso.api import Failure, read_many

    records = []
    for outcome in read_many([SAMPLES]):
        if isinstance(outcome, Failure):
            raise outcome.error
        records.append(_filled(outcome))
    return records


def _filled(record: Record) -> Record:
    voice = record.statements[0]
    span = voice.cue or voice.content[0]
    first, second = record.actors[0], record.actors[-1]
    said = Assertion(statement=voice.id, status=Status.HAPPENED, span=span)
    told = {"assertions": (said,), "confidence": 0.5, "made_by": "evals"}
    voices = (voice.id,)
    event = Event(
        id="e000000000001",
        trigger=span,
        type="ASSAULT",
        mode="firearms",
        participants=tuple(
            Participant(
                role=role, span=one.mentions[0], actor=one.id, statements=voices
            )
            for role, one in ((Role.ACTOR, first), (Role.VICTIM, second))
        ),
        places=tuple(
            EventPlace(place=one.id, role=PlaceRole.AT, statements=voices)
            for one in record.places[:1]
        ),
        times=tuple(
            EventTime(time=one.id, statements=voices) for one in record.times[:1]
        ),
        counts=(
            Count(what=Counted.KILLED, low=2, high=4, span=span, statements=voices),
        ),
        status=OverallStatus.ALLEGED,
        **told,
    )
    link = Link(
        id="l000000000001",
        kind=LinkKind.LINKED_TO,
        from_=first.id,
        to=second.id,
        span=span,
        **told,
    )
    return replace(record, events=(event,), links=(link,))


def write_records(path: Path, number: int) -> None:
    """Write that many records, each under an id of its own."""
    samples = sample_records()
    with path.open("wb") as file:
        for n, record in islice(zip(count(), cycle(samples)), number):
            new_id = hashlib.sha256(str(n).encode()).hexdigest()
            file.write(to_json(replace(record, report=_named(record, new_id, n))))
            file.write(b"\n")


def _named(record: Record, report_id: str, n: int) -> object:
    key = f"made-{n}"
    return replace(record.report, id=report_id, key=key, keys=(key,))


def records_in(path: Path) -> Iterator[Record]:
    """Give the records of a file or project, one at a time."""
    if path.suffix == ".sayso":
        with open_project(path) as store:
            yield from store.records()
        return
    with path.open("rb") as file:
        for line in file:
            yield from_json(line)


def run_one(source: Path, form: ExportFormat) -> dict[str, float]:
    """Export in this process; return seconds, highest MB and MB written."""
    from sayso.export.export import export

    with tempfile.TemporaryDirectory() as folder:
        start, cpu = time.perf_counter(), time.process_time()
        manifest = export(records_in(source), Path(folder) / "out", form)
        seconds = time.perf_counter() - start
        cpu = time.process_time() - cpu
    return {
        "reports": manifest.reports,
        "rows": sum(one.rows for one in manifest.files),
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "peak_mb": _peak_mb(),
        "written_mb": round(sum(one.bytes for one in manifest.files) / 2**20, 1),
    }


def _peak_mb() -> int:
    """Return the highest resident set; what the parent had before does not count."""
    status = Path("/proc/self/status").read_text("ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return round(int(found[1]) / 1024)


def main() -> None:
    """Measure each format and print one line of JSON for it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--largest", type=int)
    parser.add_argument("--as", dest="forms", nargs="+", default=WITHOUT_MODEL)
    parser.add_argument("--project", type=Path)
    parser.add_argument("--one", nargs=2, metavar=("FILE", "FORMAT"))
    given = parser.parse_args()
    if given.one:
        print(json.dumps(run_one(Path(given.one[0]), ExportFormat(given.one[1]))))
        return
    if given.project:
        measure(given.project, given.forms)
        return
    sizes = [given.records, *([given.largest] if given.largest else [])]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            source = Path(folder) / f"{size}.jsonl"
            write_records(source, size)
            measure(source, given.forms)
            source.unlink()


def measure(source: Path, forms: Sequence[ExportFormat]) -> None:
    """Export in each form, and print one line of JSON for it."""
    for form in forms:
        command = [sys.executable, "-m", "evals.exports", "--one", str(source)]
        done = subprocess.run(
            [*command, str(form)], capture_output=True, text=True, check=True
        )
        print(json.dumps({"as": str(form)} | json.loads(done.stdout)), flush=True)


if __name__ == "__main__":
    main()
