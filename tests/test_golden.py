"""Records of the bundled samples, as the shipped kit makes them.

After a change of model, word lists or stages run `pytest --golden-update
tests/test_golden.py tests/test_doctor.py` and review the diff line by line.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

import sayso
from sayso.doctor import is_reference_family
from sayso.record import Fingerprint, Record, to_json
from tests.invariants import assert_sound

SAMPLES = Path(sayso.__file__).parent / "data" / "samples"
KEYS = (
    "declined.txt",
    "ferry-talks.txt",
    "river-militants.txt",
    "tersa-harbour",
    "tersa-delta",
    "valley-dam.html",
)


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    outcomes = list(sayso.read_many([SAMPLES]))
    assert not [one for one in outcomes if not isinstance(one, Record)]
    return {one.report.key: one for one in outcomes if isinstance(one, Record)}


def test_every_sample_is_a_case(records: dict[str, Record]) -> None:
    assert tuple(records) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_record_of_a_sample_is_sound(key: str, records: dict[str, Record]) -> None:
    record = records[key]

    assert_sound(record)
    assert len(record.statements) > 10


@pytest.mark.parametrize("key", KEYS)
def test_record_of_a_sample_stays_the_same(
    key: str, records: dict[str, Record], check_golden: Callable[[str, str], None]
) -> None:
    if not is_reference_family():
        pytest.skip("a close label may tip on this processor family; see sayso doctor")

    check_golden(f"{Path(key).stem}/record.json", labels(records[key]))


def labels(record: Record) -> str:
    """Return a record as lines for a diff, without what changes with every model."""
    bare = replace(
        record,
        kit=Fingerprint(sayso="", model="", lexicons=""),
        actors=tuple(replace(one, confidence=0.0) for one in record.actors),
        statements=tuple(replace(one, confidence=0.0) for one in record.statements),
    )
    return msgspec.json.format(to_json(bare), indent=1).decode() + "\n"
