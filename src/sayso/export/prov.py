"""Where each row comes from, as PROV-JSON: which kit and part of it, or which coder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sayso.export.json_files import append_part, encode, parts_beside
from sayso.record import Judgement, Record

_PREFIX = {"sayso": "urn:sayso:", "prov": "http://www.w3.org/ns/prov#"}
_SECTIONS = (
    "entity",
    "activity",
    "agent",
    "wasGeneratedBy",
    "used",
    "wasAssociatedWith",
    "wasDerivedFrom",
)
_UNFIT = re.compile(r"\W")  # in a qualified name
Entry = tuple[str, str, dict[str, Any]]
"""Section, id and attributes."""


def write_prov(
    records: Iterable[Record], path: Path, *, judgements: Iterable[Judgement] = ()
) -> int:
    """Write all sections; return the number of entities."""
    agents: set[str] = set()  # kits and coders: few, whatever the number of reports
    counts = dict.fromkeys(_SECTIONS, 0)
    with parts_beside(path, _SECTIONS) as parts:
        for section, name, told in _entries(records, judgements):
            if section == "agent":
                if name in agents:
                    continue
                agents.add(name)
            gap = b",\n" if counts[section] else b"\n"
            parts[section].write(gap + encode(name) + b":" + encode(told))
            counts[section] += 1
        with path.open("wb") as file:
            file.write(encode({"prefix": _PREFIX})[:-1])
            for section, part in parts.items():
                file.write(b",\n" + encode(section) + b":{")
                append_part(part, file)
                file.write(b"\n}")
            file.write(b"}\n")
    return counts["entity"]


def _entries(
    records: Iterable[Record], judgements: Iterable[Judgement]
) -> Iterator[Entry]:
    for record in records:
        yield from _of_record(record)
    for judgement in judgements:
        yield from _of_judgement(judgement)


def _of_record(record: Record) -> Iterator[Entry]:
    short = record.report.id[:16]
    report, reading = f"sayso:report-{short}", f"sayso:reading-{short}"
    kit = f"sayso:kit-{record.kit.digest()}"
    versions = {
        f"sayso:{name}": value
        for name in record.kit.__struct_fields__
        if (value := getattr(record.kit, name)) is not None
    }
    yield "entity", report, {"prov:type": "report", "sayso:id": record.report.id}
    yield "activity", reading, {"prov:type": "reading"}
    yield "agent", kit, {"prov:type": "prov:SoftwareAgent", **versions}
    yield "used", f"_:u-{short}", {"prov:activity": reading, "prov:entity": report}
    associated = {"prov:activity": reading, "prov:agent": kit}
    yield "wasAssociatedWith", f"_:a-{short}", associated
    groups = (
        record.actors,
        record.places,
        record.times,
        record.statements,
        record.events,
        record.links,
    )
    for group in groups:
        for row in group:
            name = f"sayso:{short}-{row.id}"
            told = {
                "prov:type": type(row).__name__.lower(),
                "sayso:made_by": row.made_by,
                "sayso:confidence": row.confidence,
            }
            yield "entity", name, told
            made = {"prov:entity": name, "prov:activity": reading}
            yield "wasGeneratedBy", f"_:g-{short}-{row.id}", made


def _of_judgement(one: Judgement) -> Iterator[Entry]:
    short = one.report[:16]
    name, act = f"sayso:judgement-{one.id}", f"sayso:judging-{one.id}"
    coder = f"sayso:coder-{_UNFIT.sub('_', one.coder)}"
    told = {"prov:type": "judgement", "sayso:verdict": one.verdict.value}
    yield "entity", name, told
    yield "activity", act, {"prov:type": "judging", "prov:endTime": one.time}
    yield "agent", coder, {"prov:type": "prov:Person", "prov:label": one.coder}
    made = {"prov:entity": name, "prov:activity": act}
    yield "wasGeneratedBy", f"_:g-{one.id}", made
    yield (
        "wasAssociatedWith",
        f"_:a-{one.id}",
        {
            "prov:activity": act,
            "prov:agent": coder,
        },
    )
    if one.target is not None:
        derived = {
            "prov:generatedEntity": name,
            "prov:usedEntity": f"sayso:{short}-{one.target}",
        }
        yield "wasDerivedFrom", f"_:d-{one.id}", derived
