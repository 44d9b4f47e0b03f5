from __future__ import annotations

from sayso.extract.chains import find_outer
from sayso.extract.scene import Draft, set_scene
from sayso.record import Span
from sayso.vocab.lexicon import load_lexicon
from tests.build import make_reading

TEXT = "word " * 20
SCENE = set_scene(TEXT, make_reading(TEXT), load_lexicon())


def draft(cue: tuple[int, int], *content: tuple[int, int]) -> Draft:
    return Draft(
        cue=Span(*cue),
        source=None,
        content=tuple(Span(*span) for span in content),
        stance=(),
        speech=1.0,
        made_by="test",
    )


def test_the_smallest_content_round_a_cue_is_the_outer_one() -> None:
    outlet_said = draft((0, 2), (3, 50))
    he_said = draft((5, 7), (8, 40))
    they_said = draft((10, 12), (13, 30))

    assert find_outer(SCENE, [outlet_said, he_said, they_said]) == [None, 0, 1]


def test_a_statement_is_not_within_itself_or_its_twin() -> None:
    twins = [draft((5, 7), (0, 20)), draft((5, 7), (0, 20))]

    assert find_outer(SCENE, twins) == [None, None]


def test_rings_are_cut() -> None:
    one = draft((0, 2), (10, 20))
    other = draft((12, 14), (0, 5))

    outer = find_outer(SCENE, [one, other])

    assert outer.count(None) == 1


def test_split_contents_hold_cues_in_any_part() -> None:
    broken = draft((20, 22), (0, 10), (30, 60))
    inner = draft((35, 37), (40, 50))

    assert find_outer(SCENE, [broken, inner]) == [None, 0]
