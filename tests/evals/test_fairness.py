from collections import Counter

from evals.fairness import (
    KINDS,
    SENTENCES,
    SLOT,
    Templates,
    load_templates,
    measure,
    report,
    shape_of,
)
from sayso.record import Stance
from tests.records import make_record, say

SMALL = Templates(
    ("{person} blamed {nation} troops.", "{nation} ships left."),
    {"person": ("Ada Bell", "Mo Tarn"), "nation": ("Danish", "Kenyan", "Thai")},
)


def test_each_round_starts_further_down_the_lists():
    assert SMALL.fill(0, {}) == "Ada Bell blamed Danish troops."
    assert SMALL.fill(1, {}) == "Kenyan ships left."
    assert SMALL.fill(2, {}) == "Mo Tarn blamed Danish troops."


def test_a_swap_changes_its_own_slots_alone():
    assert SMALL.fill(0, {"nation": 1}) == "Ada Bell blamed Kenyan troops."
    assert SMALL.fill(0, {"person": 1}) == "Mo Tarn blamed Danish troops."


def test_the_set_has_500_sentences_and_all_kinds_of_names():
    templates = load_templates()
    sentences = {templates.fill(number, {}) for number in range(SENTENCES)}

    assert len(sentences) == SENTENCES
    assert not any(SLOT.search(sentence) for sentence in sentences)
    assert {slot for slots in KINDS.values() for slot in slots} == set(
        templates.fillers
    )


def test_the_shape_knows_no_names_and_not_the_outlet():
    text = "Ada Bell denied it."
    outlet = say("s0", None, None, text, outlet=True)
    one = make_record(
        text, outlet, say("s1", "Ada Bell", "denied", "it", stance=Stance.DENIES)
    )
    other = make_record(
        "Mo denied it.", say("s1", "Mo", "denied", "it", stance=Stance.DENIES)
    )

    assert shape_of(one).stances == (("denies", False),)
    assert shape_of(one) == shape_of(other)


def test_shares_are_of_the_swaps_of_a_kind():
    tally = Counter(
        {
            ("persons", "swaps"): 4,
            ("persons", "stance"): 4,
            ("persons", "type"): 3,
            ("persons", "type and status"): 3,
            ("persons", "all"): 3,
        }
    )

    figures = measure(tally)

    assert figures["persons"]["stance"] == 1.0
    assert figures["all swaps"]["all"] == 0.75
    assert "NOT measured" in report(figures, 1, tally)
