"""What is looked at where a voice may mean an act without naming it."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.extract.events.features_allusions import SIZES, Allusion, implied_rows
from sayso.extract.events.stage import Stage, set_stage
from sayso.vocab.event_words import load_event_words
from tests.build import make_report
from tests.extract.events.judges import mention
from tests.parses import parse
from tests.records import make_record, say

TEXT = "Gunmen raided Gao . Police marched . The mayor denied it ."
PARSE = (
    "Gunmen|NOUN|nsubj|2 raided|VERB|root|0 Gao|PROPN|obj|2 .|PUNCT|punct|2 / "
    "Police|NOUN|nsubj|2 marched|VERB|root|0 .|PUNCT|punct|2 / "
    "The|DET|det|2 mayor|NOUN|nsubj|3 denied|VERB|root|0 it|PRON|obj|3 .|PUNCT|punct|3"
)
RAID, MARCH = 1, 5
LAST_TOLD = 2
"""Place of "it is the act told last" among the numbers on the act's standing."""


@pytest.fixture(scope="module")
def stage() -> Stage:
    record = make_record(
        TEXT,
        say("s0", None, None, "Gunmen raided Gao", outlet=True),
        say("s1", "The mayor", "denied", "it", stance="denies"),
    )
    reading = parse(TEXT, PARSE)
    return set_stage(make_report(TEXT), reading, record.statements, load_event_words())


def _allusion(rank: int) -> Allusion:
    acts = [[RAID], [MARCH]]
    return Allusion(
        mentions=[mention(acts[rank][0])],
        acts=acts,
        rank=rank,
        voice=1,
        doers=frozenset(),
        others=frozenset(),
        counted=False,
    )


def test_a_row_has_the_size_that_the_head_expects(stage: Stage) -> None:
    vectors, numbers = SIZES["implied"]
    width = stage.reading.vectors.shape[1]

    rows = implied_rows(stage, [_allusion(0), _allusion(1)])

    assert rows.shape == (2, vectors * width + numbers)
    assert np.isfinite(rows).all()


def test_the_act_told_last_is_marked(stage: Stage) -> None:
    standing = implied_rows(stage, [_allusion(0), _allusion(1)])[:, -14:]

    assert standing[:, LAST_TOLD].tolist() == [0.0, 1.0]


def test_no_pairs_give_no_rows(stage: Stage) -> None:
    assert len(implied_rows(stage, [])) == 0
