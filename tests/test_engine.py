from __future__ import annotations

from pathlib import Path

import pytest

from sayso.engine import map_reports, with_places
from sayso.errors import IntakeError, ModelError
from sayso.intake import Failure
from sayso.kit import load_kit
from sayso.record import Record, Report, to_json
from tests.build import make_report
from tests.readers import open_fragile, open_nothing, open_plain

BOTH = pytest.mark.parametrize("jobs", [1, 2], ids=["in process", "two workers"])


def reports(*texts: str) -> list[Report]:
    return [make_report(text) for text in texts]


def told(outcome: Record | Failure) -> str:
    if isinstance(outcome, Failure):
        return f"! {outcome.error.message}"
    return outcome.report.text


@BOTH
def test_results_keep_the_order_of_input(jobs: int) -> None:
    texts = [f"Report {number}." for number in range(25)]

    outcomes = map_reports(reports(*texts), open_reader=open_plain, jobs=jobs)

    assert [told(one) for one in outcomes] == texts


def test_workers_give_the_same_bytes() -> None:
    given = reports("One.", "Two “quoted”.", "Three \U0001f600.")

    alone, shared = (
        [
            to_json(one)
            for one in map_reports(given, open_reader=open_plain, jobs=jobs)
            if isinstance(one, Record)
        ]
        for jobs in (1, 2)
    )

    assert alone == shared
    assert len(alone) == len(given)


@BOTH
def test_one_crash_is_a_failure_and_the_rest_goes_on(jobs: int) -> None:
    given = reports("One.", "A crash.", "Three.")

    outcomes = list(map_reports(given, open_reader=open_fragile, jobs=jobs))

    assert [told(one) for one in outcomes] == [
        "One.",
        "! test: reading stopped with ValueError: it crashed",
        "Three.",
    ]
    assert isinstance(outcomes[1], Failure)
    assert "read_fragile" in (outcomes[1].trace or "")


@BOTH
def test_known_error_is_told_as_it_is(jobs: int) -> None:
    given = reports("They refuse.")

    (outcome,) = map_reports(given, open_reader=open_fragile, jobs=jobs)

    assert isinstance(outcome, Failure)
    assert outcome.error.message == "it was refused"
    assert outcome.error.mend == "leave it out"
    assert outcome.trace is None


def test_death_of_a_worker_fails_only_the_report_that_caused_it() -> None:
    given = reports("One.", "Two.", "They die.", "Four.", "Five.", "Six.")

    outcomes = map_reports(given, open_reader=open_fragile, jobs=2)

    assert [told(one) for one in outcomes] == [
        "One.",
        "Two.",
        "! test: the worker process that read it died",
        "Four.",
        "Five.",
        "Six.",
    ]


@BOTH
def test_failures_of_intake_keep_their_place(jobs: int) -> None:
    failure = Failure(input="b.txt", error=IntakeError("b.txt: empty", mend="fill it"))
    given = [*reports("One."), failure, *reports("Three.")]

    outcomes = list(map_reports(given, open_reader=open_plain, jobs=jobs))

    assert [told(one) for one in outcomes] == ["One.", "! b.txt: empty", "Three."]


@BOTH
def test_damaged_model_ends_the_batch(jobs: int) -> None:
    with pytest.raises(ModelError, match=r"trunk\.onnx"):
        list(map_reports(reports("One."), open_reader=open_nothing, jobs=jobs))


def test_reports_are_taken_only_as_they_are_needed() -> None:
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield make_report("One.")

    outcomes = map_reports(endless(), open_reader=open_plain, jobs=2)
    next(outcomes)
    outcomes.close()

    assert len(taken) < 20


def test_a_users_places_come_first_and_change_the_fingerprint(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("id,name,lat,lon,country\nx1,Gao,12.1,3.4,NER\n", "utf-8")
    kit = load_kit()

    own = with_places(kit, [table])

    assert own.gazetteer.find("Gao")[0].gazetteer_id == "x1"
    assert len(own.gazetteer.find("Gao")) > 1
    assert own.fingerprint.gazetteer != kit.fingerprint.gazetteer
    assert with_places(kit, []) is kit
