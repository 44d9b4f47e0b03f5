from __future__ import annotations

from pathlib import Path

import pytest

import sayso
from sayso.record import to_json

SAMPLES = Path(sayso.__file__).parent / "data" / "samples"
TEXT = "The mayor, Orsin Pell, said the bridge was safe."


def test_public_names_are_few_and_all_there() -> None:
    assert len(sayso.__all__) <= 20
    assert all(getattr(sayso, name) is not None for name in sayso.__all__)
    assert dir(sayso) == sorted(sayso.__all__)


def test_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'write'"):
        _ = sayso.write


def test_text_gives_a_record() -> None:
    record = sayso.read_text(TEXT, outlet="Harbour Wire", published="2024-03-31")

    told = [one for one in record.statements if not one.is_outlet]

    assert record.report.outlet == "Harbour Wire"
    assert [record.text_of(one.cue) for one in told if one.cue] == ["said"]


def test_file_gives_the_record_of_its_text(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")

    record = sayso.read(path)

    assert record.report.key == "report.txt"
    assert record.statements == sayso.read_text(TEXT).statements


def test_file_with_several_reports_is_refused() -> None:
    with pytest.raises(sayso.SaysoError, match="more than one") as error:
        sayso.read(SAMPLES / "two-tolls.jsonl")

    assert "read_many" in error.value.mend


def test_file_that_cannot_be_read_raises_what_intake_found(tmp_path: Path) -> None:
    with pytest.raises(sayso.SaysoError, match=r"none\.txt"):
        sayso.read(tmp_path / "none.txt")


def test_jobs_below_one_are_refused() -> None:
    with pytest.raises(sayso.SaysoError, match="jobs is 0"):
        sayso.read_many(["a.txt"], jobs=0)


@pytest.mark.slow
def test_records_are_the_same_in_any_order_and_number_of_workers() -> None:
    paths = sorted(SAMPLES.glob("[a-z]*.*"))

    alone = [told(one) for one in sayso.read_many(paths)]
    shared = [told(one) for one in sayso.read_many(paths, jobs=2)]
    backwards = [told(one) for one in sayso.read_many(paths[::-1])]

    assert alone == shared
    assert sorted(alone) == sorted(backwards)


def told(outcome: sayso.Record | sayso.Failure) -> bytes:
    assert isinstance(outcome, sayso.Record)
    return to_json(outcome)


def test_notebook_gets_html() -> None:
    html = sayso.read_text(TEXT)._repr_html_()  # type: ignore[attr-defined] # see api

    assert html.startswith('<div class="sayso">')
    assert "<u>said</u>" in html
