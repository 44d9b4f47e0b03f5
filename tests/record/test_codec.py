from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given

import sayso.record
from sayso.errors import StoreError
from sayso.record import SCHEMA, Record, from_json, json_schema, to_json
from sayso.record.codec import upgrade
from tests import strategies
from tests.build import make_report

KIT = sayso.record.Fingerprint(sayso="0.1.0", model="m", lexicons="l")


@pytest.fixture
def record() -> Record:
    return Record(report=make_report("Police said no."), kit=KIT)


@given(record=strategies.records())
def test_record_comes_back_from_json_as_it_was(record: Record) -> None:
    line = to_json(record)

    assert from_json(line) == record
    assert from_json(line.decode()) == record
    assert to_json(from_json(line)) == line


@given(record=strategies.records())
def test_json_is_one_line(record: Record) -> None:
    assert b"\n" not in to_json(record)


def test_link_and_participant_use_the_words_of_the_contract() -> None:
    fields = json_schema()["$defs"]

    assert {"from", "to"} <= set(fields["Link"]["properties"])
    assert "class" in fields["Participant"]["properties"]


def test_unknown_field_is_refused_by_name(record: Record) -> None:
    fields = json.loads(to_json(record)) | {"verdict": "true"}

    with pytest.raises(StoreError, match="verdict"):
        from_json(json.dumps(fields))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="broken"),
        pytest.param(b"[]", id="list"),
        pytest.param(b"{}", id="no schema"),
        pytest.param(b'{"schema": "1"}', id="schema in words"),
        pytest.param(b'{"schema": 1}', id="no report"),
        pytest.param(b'{"schema": 1, "x": ' + b"[" * 100_000, id="bottomless"),
        pytest.param(b'{"schema": 1, "report": {"id": "\xff"}}', id="not UTF-8"),
        pytest.param('{"schema": 1, "x": "\ud800"}', id="lone surrogate"),
    ],
)
def test_other_json_is_refused_with_a_mend(line: bytes | str) -> None:
    with pytest.raises(StoreError, match="not a record") as caught:
        from_json(line)

    assert "sayso read" in caught.value.mend


def test_record_of_a_newer_schema_is_refused_by_number(record: Record) -> None:
    newer = json.loads(to_json(record)) | {"schema": SCHEMA + 1}

    with pytest.raises(StoreError, match=f"schema {SCHEMA + 1}"):
        from_json(json.dumps(newer))


def test_older_record_is_upgraded_step_by_step() -> None:
    def rename(old: dict[str, Any]) -> dict[str, Any]:
        return {"schema": SCHEMA - 1, "claims": old["facts"]}

    def number(old: dict[str, Any]) -> dict[str, Any]:
        return old | {"schema": SCHEMA}

    steps = {SCHEMA - 2: rename, SCHEMA - 1: number}

    found = upgrade({"schema": SCHEMA - 2, "facts": [1]}, steps)

    assert found == {"schema": SCHEMA, "claims": [1]}


def test_schema_and_public_names_are_as_published(
    check_golden: Callable[[str, str], None],
) -> None:
    names = {
        "sayso": sorted(sayso.__all__),
        "sayso.record": sorted(sayso.record.__all__),
    }
    published = {"names": names, "record": json_schema()}

    check_golden("schema.json", json.dumps(published, indent=1) + "\n")


def test_public_face_is_small() -> None:
    assert len(sayso.__all__) <= 20


@given(record=strategies.records())
def test_equal_records_give_equal_bytes(record: Record) -> None:
    again = msgspec.convert(msgspec.to_builtins(record), type=Record)

    assert to_json(again) == to_json(record)
