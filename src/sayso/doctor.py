"""Tells whether an installation is whole and gives the results that it should."""

from __future__ import annotations

import os
import platform
import shutil
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from sayso import __version__
from sayso.errors import SaysoError
from sayso.intake import Failure, read_path
from sayso.kit import Kit, load_kit
from sayso.pipeline import read_report
from sayso.record import Record, Statement, from_json, to_json

LIBRARIES = (
    "onnxruntime",
    "numpy",
    "msgspec",
    "lxml",
    "trafilatura",
    "charset-normalizer",
    "click",
    "rich",
)
VNNI = ("avx512_vnni", "avx_vnni")  # instructions that add 8-bit products exactly
INSTALL_AGAIN = "install sayso again; its files are damaged or of different versions"
OTHER_FAMILY = (
    "this processor rounds in another way: expect small differences from results of "
    "other machines, and keep a project on one processor family"
)
GOLDEN_SAMPLE = "river-militants.txt"
GOLDEN_RECORD = "river-militants.json"
MIN_FREE_BYTES = 200 * 1024 * 1024
MIB = 1024 * 1024


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing looked at."""

    name: str
    found: str
    is_well: bool = True
    mend: str = ""
    """What to do about it; empty if all is well."""


def examine() -> Iterator[Finding]:
    """Give what is found, one thing after the other, the quick ones first."""
    yield Finding(name="sayso", found=f"{__version__} in {Path(__file__).parent}")
    yield Finding(
        name="Python", found=f"{platform.python_version()} on {platform.platform()}"
    )
    yield from map(_library, LIBRARIES)
    yield Finding(name="processor", found=_processor())
    yield _free_space(Path.cwd())
    started = time.perf_counter()
    try:
        kit = load_kit()
    except SaysoError as error:
        yield Finding(name="kit", found=error.message, is_well=False, mend=error.mend)
        return
    took = time.perf_counter() - started
    yield Finding(
        name="model", found=f"{kit.fingerprint.model}, loaded in {took:.2f} s"
    )
    yield Finding(name="word lists", found=kit.fingerprint.lexicons)
    yield Finding(name="kit", found=kit.fingerprint.digest())
    yield compare_golden(kit)


def read_golden(kit: Kit) -> Record:
    """Return the record of the golden report, which all machines should make alike."""
    with as_file(_data() / "samples" / GOLDEN_SAMPLE) as path:
        (report,) = read_path(path)
    if isinstance(report, Failure):
        raise report.error
    return read_report(report, kit)


def compare_golden(kit: Kit) -> Finding:
    """Return whether this machine gives the golden record, byte for byte.

    What may differ is the arithmetic of the processor family: sums of 8-bit products
    saturate on some, and a label that was close may tip.
    """
    path = _data() / "golden" / GOLDEN_RECORD
    try:
        expected = from_json(path.read_bytes())
    except FileNotFoundError:
        return _golden(f"{path}: no such file", mend=INSTALL_AGAIN)
    if expected.kit.model != kit.fingerprint.model:
        found = f"made with model {expected.kit.model}, not with this one"
        return _golden(found, mend=INSTALL_AGAIN)
    # Word lists may be newer than the golden record, as long as they change nothing.
    record = replace(read_golden(kit), kit=expected.kit)
    if to_json(record) == to_json(expected):
        return _golden("equal, byte for byte")
    count = _count_other_labels(record, expected)
    if not count:
        return _golden("same statements, other confidences", mend=OTHER_FAMILY)
    found = f"{count} of {len(expected.statements)} statements differ"
    return _golden(found, mend=OTHER_FAMILY)


def is_reference_family() -> bool:
    """Tell whether the processor adds 8-bit products as that of the golden record."""
    return any(flag in _cpu_facts().get("flags", "").split() for flag in VNNI)


def _golden(found: str, *, mend: str = "") -> Finding:
    return Finding(name="golden output", found=found, is_well=not mend, mend=mend)


def _count_other_labels(record: Record, expected: Record) -> int:
    """Return how many statements of the expected record are not in this one."""
    labels = {_labels(statement) for statement in record.statements}
    return sum(_labels(statement) not in labels for statement in expected.statements)


def _labels(statement: Statement) -> Statement:
    return replace(statement, confidence=0.0)


def _data() -> Traversable:
    return files("sayso") / "data"


def _library(name: str) -> Finding:
    try:
        return Finding(name=name, found=version(name))
    except PackageNotFoundError:
        return Finding(
            name=name,
            found="missing",
            is_well=False,
            mend=f"run: python -m pip install {name}",
        )


def _processor() -> str:
    """Return name and what counts for 8-bit arithmetic, as far as Linux tells."""
    facts = _cpu_facts()
    name = facts.get("model name", platform.machine())
    known = [flag for flag in VNNI if flag in facts.get("flags", "").split()]
    return f"{name}, {os.cpu_count()} cores, {', '.join(known) or 'no VNNI'}"


def _cpu_facts() -> dict[str, str]:
    """Return what Linux tells of the last core; elsewhere nothing."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.partition(":") for line in lines)
    return {name.strip(): value.strip() for name, _, value in pairs}


def _free_space(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    is_well = free >= MIN_FREE_BYTES
    return Finding(
        name="free space",
        found=f"{free // MIB:,} MiB at {folder}",
        is_well=is_well,
        mend="" if is_well else "make room before you write results here",
    )
