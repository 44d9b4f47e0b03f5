from sayso.extract.scene import Draft, Scene, set_scene
from sayso.extract.sureness import signs, sureness
from sayso.reading.types import Signs
from sayso.record.span import Span
from sayso.vocab.lexicon import load_lexicon
from tests.build import make_reading, spot

TEXT = "Voss said on Monday that the ferry stopped."
SOURCE = spot(TEXT, "Voss")
HEARD = Signs(cue=1.0, cue_opens=1.0, cue_goes_on=-2.0, source=1.0, content=1.0)


def scene() -> Scene:
    reading = make_reading(TEXT, syntax={"stopped": ("VERB", "root", None)})
    return set_scene(TEXT, reading, load_lexicon())


def draft(
    content: str | None = "the ferry stopped",
    *,
    source: Span | None = SOURCE,
    heard: Signs = HEARD,
) -> Draft:
    return Draft(
        cue=spot(TEXT, "said"),
        source=source,
        content=(spot(TEXT, content),) if content else (),
        stance=(1.0,),
        speech=1.0,
        signs=heard,
        made_by="test",
    )


def test_a_statement_is_surer_the_surer_the_heads_are() -> None:
    wavering = draft(heard=HEARD._replace(cue_opens=-1.0, cue_goes_on=0.0))

    assert sureness(scene(), draft(), nested=False) > sureness(
        scene(), wavering, nested=False
    )


def test_a_statement_without_a_source_or_within_another_is_less_sure() -> None:
    plain = sureness(scene(), draft(), nested=False)

    assert sureness(scene(), draft(source=None), nested=False) < plain
    assert sureness(scene(), draft(), nested=True) < plain


def test_signs_tell_of_the_content() -> None:
    far = signs(scene(), draft(), nested=False)
    near = signs(scene(), draft("on Monday"), nested=False)

    assert far["content_has_verb"] == 1
    assert near["content_has_verb"] == 0
    assert far["content_away"] > near["content_away"] == 0
    assert far["content_words"] > near["content_words"]


def test_a_bare_statement_has_signs_too() -> None:
    given = signs(scene(), draft(None), nested=False)

    assert given["content_words"] == given["content_away"] == 0
    assert given["content_has_verb"] == 0
