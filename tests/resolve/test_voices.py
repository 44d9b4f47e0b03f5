"""The look-ups give what a search through all statements would give."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Basis, QuoteKind, Span, Stance, Statement
from sayso.resolve.voices import Voices
from tests.build import make_reading

SPANS = st.tuples(st.integers(0, 2000), st.integers(1, 1500)).map(
    lambda pair: Span(pair[0], sum(pair))
)


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    return [
        Statement(
            id=f"s{number}",
            source=draw(st.none() | SPANS),
            cue=draw(SPANS),
            content=tuple(draw(st.lists(SPANS, max_size=3))),
            quote=draw(st.sampled_from(QuoteKind)),
            stance=Stance.ASSERTS,
            basis=Basis.NAMED,
            confidence=0.5,
            made_by="test",
        )
        for number in range(draw(st.integers(0, 8)))
    ]


def voices_of(said: list[Statement]) -> Voices:
    return Voices(make_reading("He left."), said, {})


@given(said=statements(), span=SPANS)
def test_holding_gives_all_whose_content_holds_a_span(
    said: list[Statement], span: Span
) -> None:
    found = {statement.id for statement in voices_of(said).holding(span)}

    assert found == {
        one.id for one in said if any(content.holds(span) for content in one.content)
    }


@given(said=statements())
def test_the_innermost_comes_first(said: list[Statement]) -> None:
    found = voices_of(said).holding(Span(1999, 2000))

    sizes = [sum(span.end - span.start for span in one.content) for one in found]
    assert sizes == sorted(sizes)


@given(said=statements(), span=SPANS)
def test_the_last_before_has_the_last_cue_of_earlier_sources(
    said: list[Statement], span: Span
) -> None:
    found = voices_of(said).last_before(span)

    earlier = [
        (one.cue, one.source, one.id)
        for one in said
        if one.cue and one.source and one.source.start < span.start
    ]
    assert (found and found.id) == max(earlier, default=(None, None, None))[2]


@given(said=statements(), span=SPANS)
def test_quoted_from_gives_direct_speech_of_the_very_source(
    said: list[Statement], span: Span
) -> None:
    source = next((one.source for one in said if one.source), span)

    found = {statement.id for statement in voices_of(said).quoted_from(source)}

    direct = [one for one in said if one.quote is QuoteKind.DIRECT]
    assert found == {one.id for one in direct if one.source == source}
