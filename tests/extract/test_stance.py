from __future__ import annotations

import pytest

from sayso.extract.scene import Draft, set_scene
from sayso.extract.stance import choose_stance, is_speech, match_cue
from sayso.record import Span, Stance
from sayso.vocab.lexicon import load_lexicon
from tests.build import make_reading, spot

LEXICON = load_lexicon()


def draft(
    text: str, cue: str, content: str | None, best: Stance | None, sure: float
) -> Draft:
    rest = (1 - sure) / (len(Stance) - 1)
    return Draft(
        cue=spot(text, cue),
        source=Span(0, 1),
        content=(spot(text, content),) if content else (),
        stance=tuple(sure if s is best else rest for s in Stance) if best else (),
        speech=0.5,
        made_by="test",
    )


def stance_of(
    text: str,
    cue: str,
    content: str | None = None,
    *,
    best: Stance | None = None,
    sure: float = 0.5,
    negated: bool = False,
) -> Stance:
    scene = set_scene(text, make_reading(text), LEXICON)
    one = draft(text, cue, content, best, sure)
    return choose_stance(one, match_cue(scene, one, negated=negated))


@pytest.mark.parametrize(
    ("text", "cue", "content", "negated", "stance"),
    [
        ("He denied the raid", "denied", "the raid", False, Stance.DENIES),
        (
            "He claimed responsibility",
            "claimed",
            "responsibility",
            False,
            Stance.CONFIRMS,
        ),
        ("He claimed victory", "claimed", "victory", False, Stance.CLAIMS),
        ("He is expected to leave", "is expected", "to leave", False, Stance.PREDICTS),
        ("He asked them to leave", "asked", "to leave", False, Stance.DEMANDS),
        (
            "He asked whether they left",
            "asked",
            "whether they left",
            False,
            Stance.ASKS,
        ),
        ("He did not say who left", "did not say", "who left", True, Stance.DECLINES),
        ("He declined to comment", "declined to comment", None, False, Stance.DECLINES),
        ("He agreed to leave", "agreed", "to leave", False, Stance.PROMISES),
        ("He VOWED revenge", "VOWED", "revenge", False, Stance.PROMISES),
        ("He could not verify it", "could not verify", "it", True, Stance.CONFIRMS),
    ],
)
def test_the_cue_tells_its_force(
    text: str, cue: str, content: str | None, negated: bool, stance: Stance
) -> None:
    assert stance_of(text, cue, content, negated=negated) is stance


def test_a_telling_cue_overrules_an_unsure_head() -> None:
    found = stance_of("He denied it", "denied", best=Stance.ASSERTS, sure=0.7)

    assert found is Stance.DENIES


def test_a_sure_head_overrules_the_cue() -> None:
    found = stance_of("He promised it", "promised", best=Stance.THREATENS, sure=0.95)

    assert found is Stance.THREATENS


def test_under_a_neutral_cue_the_head_decides() -> None:
    found = stance_of("He said it", "said", best=Stance.BLAMES, sure=0.3)

    assert found is Stance.BLAMES


def test_an_unknown_cue_without_a_head_asserts() -> None:
    assert stance_of("He zorbed it", "zorbed") is Stance.ASSERTS


def test_attitudes_are_no_speech_where_the_head_wavers() -> None:
    text = "He wants rain"
    scene = set_scene(text, make_reading(text), LEXICON)
    one = draft(text, "wants", "rain", Stance.DEMANDS, 0.5)

    assert not is_speech(one, match_cue(scene, one, negated=False))
