from __future__ import annotations

import pytest
from msgspec.structs import replace

from sayso.extract.incidents import find_incidents
from sayso.extract.incidents_types import Claim, Incident, IncidentKind, Stage
from sayso.reading.slot_scores import SLOTS, SlotScores, SlotSettings
from sayso.record import Fingerprint, Record
from sayso.record.claims import (
    Assertion,
    Count,
    Counted,
    Event,
    OverallStatus,
    Participant,
    Role,
    Status,
)
from tests.build import make_report, spot
from tests.incidents import NO_WORDS, make_judge, make_scores, make_settings

TEXT = (
    "The Red Moth Front [RMF] fired on the bridge of Oram. Colonel Ilun Dabar was hurt."
    " The RMF said that it had burnt two lorries."
)
KIT = Fingerprint(sayso="0", model="none", lexicons="none")


def record_of(text: str = TEXT) -> Record:
    return Record(report=make_report(text), kit=KIT)


def incidents_of(
    scores: SlotScores,
    settings: SlotSettings | None = None,
    record: Record | None = None,
) -> tuple[Incident, ...]:
    return find_incidents(
        record or record_of(),
        scores,
        settings or make_settings(),
        NO_WORDS,
        "model:muc4",
    )


def test_each_filler_goes_to_its_slot_with_its_words() -> None:
    fillers = {
        "organisation": ("Red Moth Front",),
        "target": ("bridge of Oram",),
        "victim": ("Ilun Dabar",),
    }

    (incident,) = incidents_of(make_scores(TEXT, fillers))

    assert incident.kind is IncidentKind.ATTACK
    assert incident.stage is Stage.ACCOMPLISHED
    assert [one.name for one in incident.organisations] == ["Red Moth Front"]
    assert [one.name for one in incident.targets] == ["bridge of Oram"]
    assert incident.victims[0].spans == (spot(TEXT, "Ilun Dabar"),)
    assert incident.instruments == ()


def test_an_acronym_joins_its_long_name() -> None:
    fillers = {"organisation": ("Red Moth Front", "RMF", "RMF@2")}

    (incident,) = incidents_of(make_scores(TEXT, fillers))

    (front,) = incident.organisations
    assert [span.of(TEXT) for span in front.spans] == ["Red Moth Front", "RMF", "RMF"]


def test_fillers_are_parted_by_kind_of_incident() -> None:
    fillers = {"target": ("bridge of Oram", "lorries")}
    kinds = {"bridge of Oram": ("attack",), "lorries": ("arson",)}
    present = {"attack": 0.9, "arson": 0.9}

    attack, arson = incidents_of(
        make_scores(TEXT, fillers, kinds=kinds, present=present)
    )

    assert [one.name for one in attack.targets] == ["bridge of Oram"]
    assert [one.name for one in arson.targets] == ["lorries"]
    assert attack.id != arson.id


def test_a_text_that_muc4_would_not_ask_for_keeps_its_incident() -> None:
    scores = make_scores(TEXT, {"target": ("lorries",)}, relevance=0.1)

    (incident,) = incidents_of(scores)

    assert not incident.relevant
    assert incident.relevance == 0.1
    assert incident.targets


def test_a_relevant_text_has_an_incident_even_if_no_kind_is_sure() -> None:
    scores = make_scores(TEXT, {}, present={"attack": 0.2, "arson": 0.3})

    (incident,) = incidents_of(scores)

    assert incident.kind is IncidentKind.ARSON


def test_a_text_without_any_incident_has_none() -> None:
    scores = make_scores(TEXT, {"target": ("lorries",)}, present={}, relevance=0.1)

    assert incidents_of(scores) == ()


def test_an_empty_text_has_no_incident() -> None:
    scores = make_scores("", {}, present={}, relevance=0.0)

    assert incidents_of(scores, record=record_of("")) == ()


def test_a_claim_is_told_of_the_organisation_it_is_about() -> None:
    scores = make_scores(
        TEXT, {"organisation": ("RMF@2",)}, claims={"RMF@2": "claimed_or_admitted"}
    )

    (incident,) = incidents_of(scores)

    assert incident.organisations[0].claim is Claim.CLAIMED_OR_ADMITTED


def test_weights_turn_the_balance_between_claims() -> None:
    scores = make_scores(TEXT, {"organisation": ("RMF@2",)})
    weights = (0.5, 1.0, 1.0, 1.0, 2.0, 1.0)

    (incident,) = incidents_of(scores, make_settings(claim=make_judge(weights)))

    assert incident.organisations[0].claim is Claim.POSSIBLE


def test_a_cue_in_the_sentence_of_an_organisation_speaks_for_a_claim() -> None:
    scores = make_scores(TEXT, {"organisation": ("RMF@2",)})
    rule = make_judge((1.0,) * 6, "said that it", claimed_or_admitted=5.0)

    (incident,) = incidents_of(scores, make_settings(claim=rule))

    assert incident.organisations[0].claim is Claim.CLAIMED_OR_ADMITTED


def test_weights_turn_the_balance_between_stages() -> None:
    scores = make_scores(TEXT, {"target": ("lorries",)})
    rule = make_judge((1.0, 1.0, 20.0))

    (incident,) = incidents_of(scores, make_settings(stage=rule))

    assert incident.stage is Stage.THREATENED


@pytest.mark.parametrize(
    ("least", "found"), [(0.5, ["lorries"]), (0.99, [])], ids=["likely", "too strict"]
)
def test_unlikely_fillers_are_left_out(least: float, found: list[str]) -> None:
    settings = make_settings(least=dict.fromkeys(SLOTS, least))

    (incident,) = incidents_of(make_scores(TEXT, {"target": ("lorries",)}), settings)

    assert [one.name for one in incident.targets] == found


def test_events_and_counts_are_tied_by_the_words_they_share() -> None:
    lorries = spot(TEXT, "two lorries")
    count = Count(what=Counted.MISSING, low=2, high=2, span=lorries, statements=("s1",))
    event = Event(
        id="e1",
        trigger=spot(TEXT, "burnt"),
        type="ASSAULT",
        participants=(Participant(role=Role.TARGET, span=lorries, statements=("s1",)),),
        counts=(count,),
        assertions=(Assertion(statement="s1", status=Status.HAPPENED, span=lorries),),
        status=OverallStatus.ALLEGED,
        confidence=0.9,
        made_by="test",
    )
    record = replace(record_of(), events=(event,))

    (incident,) = incidents_of(
        make_scores(TEXT, {"target": ("lorries",)}), None, record
    )

    assert incident.events == ("e1",)
    assert (incident.targets[0].low, incident.targets[0].high) == (2, 2)


def test_equal_scores_give_equal_incidents() -> None:
    scores = make_scores(TEXT, {"target": ("lorries",), "organisation": ("RMF",)})

    assert incidents_of(scores) == incidents_of(scores)
