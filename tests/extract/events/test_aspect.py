"""How far an act came, by the verbs before it."""

from __future__ import annotations

import pytest

from sayso.extract.events.aspect import is_leading, settle_status
from sayso.extract.events.stage import Stage, set_stage
from sayso.record import Status
from sayso.vocab.event_words import load_event_words
from tests.build import make_report
from tests.parses import parse
from tests.records import make_record, say

FAILED = (
    "Men|NOUN|nsubj|2 failed|VERB|root|0 to|PART|mark|4 kill|VERB|xcomp|2 "
    "him|PRON|obj|4"
)
TRIED = (
    "They|PRON|nsubj|4 did|AUX|aux|4 not|PART|advmod|4 try|VERB|root|0 to|PART|mark|6 "
    "storm|VERB|xcomp|4 it|PRON|obj|6"
)
FOILED = "Police|NOUN|nsubj|2 foiled|VERB|root|0 an|DET|det|4 attack|NOUN|obj|2"
NOBODY = "Nobody|PRON|nsubj|2 stormed|VERB|root|0 it|PRON|obj|2"
NO_SHOT = "No|DET|det|2 shot|NOUN|nsubj:pass|4 was|AUX|aux:pass|4 fired|VERB|root|0"
NOT_ONE = (
    "Not|PART|advmod|2 a|DET|det|3 shot|NOUN|nsubj:pass|5 was|AUX|aux:pass|5 "
    "fired|VERB|root|0"
)
PLAIN = "Men|NOUN|nsubj|2 stormed|VERB|root|0 it|PRON|obj|2"


def _stage(written: str) -> Stage:
    text = " ".join(cell.split("|")[0] for cell in written.split())
    record = make_record(text, say("s0", None, None, text, outlet=True))
    return set_stage(
        make_report(text), parse(text, written), record.statements, load_event_words()
    )


@pytest.mark.parametrize(
    ("written", "act", "status"),
    [
        (FAILED, "kill", Status.ATTEMPTED),
        (TRIED, "storm", Status.HAPPENED),
        (FOILED, "attack", Status.ATTEMPTED),
        (PLAIN, "stormed", Status.HAPPENED),
        (NOBODY, "stormed", Status.DENIED),
        (NO_SHOT, "fired", Status.DENIED),
        (NOT_ONE, "fired", Status.DENIED),
    ],
)
def test_an_attempt_is_told_by_what_governs_the_act(
    written: str, act: str, status: Status
) -> None:
    stage = _stage(written)

    token = stage.reading.words.index(act)

    assert settle_status(stage, token, Status.HAPPENED) is status


def test_what_is_planned_stays_planned() -> None:
    stage = _stage(FAILED)

    assert settle_status(stage, 3, Status.PLANNED) is Status.PLANNED


def test_a_verb_that_leads_to_an_act_is_none_itself() -> None:
    stage = _stage(FAILED)

    assert is_leading(stage, 1)
    assert not is_leading(stage, 3)
