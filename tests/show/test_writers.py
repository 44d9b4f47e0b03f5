from __future__ import annotations

import io
import json

import pytest

from sayso.errors import UsageError
from sayso.record import from_json
from sayso.show.formats import Format
from sayso.show.writers import open_writer
from tests.records import make_record

RECORDS = [make_record("One."), make_record("Two “2”.")]


def written(form: Format, count: int, *, is_single: bool = False) -> str:
    out = io.StringIO()
    writer = open_writer(form, out, is_single=is_single)
    for record in RECORDS[:count]:
        writer.write(record)
    writer.close()
    return out.getvalue()


def test_jsonl_has_one_record_a_line() -> None:
    lines = written(Format.JSONL, 2).splitlines()

    assert [from_json(line) for line in lines] == RECORDS


@pytest.mark.parametrize("count", [0, 1, 2])
def test_json_of_many_is_a_list(count: int) -> None:
    found = json.loads(written(Format.JSON, count))

    assert [one["report"]["text"] for one in found] == ["One.", "Two “2”."][:count]


def test_json_of_one_report_is_an_object() -> None:
    assert json.loads(written(Format.JSON, 1, is_single=True))["schema"] == 1


def test_json_of_one_report_that_failed_is_empty() -> None:
    assert written(Format.JSON, 0, is_single=True) == ""


def test_one_object_cannot_hold_two_reports() -> None:
    with pytest.raises(UsageError, match="more than one"):
        written(Format.JSON, 2, is_single=True)


def test_table_shows_each_record() -> None:
    assert "One." in written(Format.TABLE, 2)
    assert "Two “2”." in written(Format.TABLE, 2)
