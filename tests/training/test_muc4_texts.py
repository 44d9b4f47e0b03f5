from __future__ import annotations

from typing import Any

import pytest

# `training` needs torch for its heads, but not for what is tested here.
from training.muc4_texts import OPEN, make_lesson, phrases_of

TEXT = "ORAM, 4 MAY -- A BOMB HIT THE BUS OF ILUN DABAR. DABAR SAID THE BOMB WAS SMALL."


def make_row(**slots: Any) -> dict[str, Any]:
    empty = dict.fromkeys(
        (
            "instrument_id",
            "perp_individual_id",
            "perp_organization_id",
            "perp_organization_confidence",
            "phys_tgt_id",
            "phys_tgt_effect",
            "hum_tgt_name",
            "hum_tgt_description",
            "hum_tgt_effect",
        )
    )
    template = empty | {
        "incident_type": ["BOMBING"],
        "incident_stage": ["ACCOMPLISHED"],
    }
    return {
        "doc_id": "made-up",
        "text": TEXT,
        "body_start": TEXT.index("A BOMB"),
        "templates": [template | slots],
    }


def marked(row: dict[str, Any], slot: int) -> list[str]:
    lesson = make_lesson(row)
    return [
        w for w, tag in zip(lesson.words, lesson.tags[:, slot], strict=True) if tag > 0
    ]


def test_every_place_of_a_filler_is_marked() -> None:
    row = make_row(instrument_id=[{"alts": ["BOMB"]}])

    assert marked(row, 5) == ["bomb", "bomb"]


def test_part_of_a_name_elsewhere_is_left_open() -> None:
    lesson = make_lesson(make_row(hum_tgt_name=[{"alts": ["ILUN DABAR"]}]))

    second = len(lesson.words) - 1 - lesson.words[::-1].index("dabar")
    assert lesson.tags[second, 3] == OPEN
    assert lesson.tags[second - 2, 3] != OPEN


def test_what_befell_a_filler_is_a_lesson_on_all_its_words() -> None:
    row = make_row(
        phys_tgt_id=[{"alts": ["BUS"]}],
        phys_tgt_effect=[{"value": ["DESTROYED"], "of": ["BUS"]}],
    )

    (filler,) = make_lesson(row).fillers

    assert (filler.task, filler.labels) == ("damages", [0])


def test_kinds_and_stages_are_lessons_on_the_whole_text() -> None:
    lesson = make_lesson(make_row())

    assert lesson.relevant
    assert lesson.present.tolist() == [0, 1, 0, 0, 0, 0]
    assert lesson.stages[1] == {0}


@pytest.mark.parametrize("name", ["THE BUS", "BUS"])
def test_phrases_are_without_articles(name: str) -> None:
    row = make_row(phys_tgt_id=[{"alts": [name]}])

    assert phrases_of(row)["target"] == {"bus"}
