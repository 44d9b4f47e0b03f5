"""What holds for the actors of any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Actor, Basis, QuoteKind, Span, Stance, Statement, statement_id
from sayso.resolve.actors import resolve_actors
from sayso.vocab.names import load_names
from tests.build import make_reading, make_report

NAMES = load_names()
WORDS = [
    "the",
    "a",
    "his",
    "its",
    "army",
    "minister",
    "ministry",
    "Halvor",
    "Brenn",
    "said",
    "He",
    "it",
    "they",
    "who",
    "and",
    "of",
    ",",
    ".",
    '"',
    "-",
    "I",
    "we",
    "police",
    "two",
    "officials",
    "Kabul",
    "Chinese",
    "report",
    "by",
    "told",
    "’s",
    "Mrs",
    "GROUP\n\n",
    "one",
]


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, tuple[Statement, ...]]:
    """Return a text and statements whose spans lie anywhere in it."""
    text = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40)))
    place = st.integers(0, len(text))

    def span() -> Span:
        return Span(*sorted((draw(place), draw(place))))

    statements: dict[str, Statement] = {}
    for _ in range(draw(st.integers(0, 4))):
        source = draw(st.sampled_from([None, span()]))
        cue = span()
        number = statement_id("r", cue=cue, source=source)
        statements[number] = Statement(
            id=number,
            source=source,
            cue=cue,
            content=tuple(sorted(span() for _ in range(draw(st.integers(0, 2))))),
            quote=draw(st.sampled_from(QuoteKind)),
            stance=Stance.ASSERTS,
            basis=Basis.NONE,
            confidence=0.5,
            made_by="test",
        )
    return text, tuple(statements.values())


def resolve(
    text: str, statements: tuple[Statement, ...]
) -> tuple[tuple[Actor, ...], tuple[Statement, ...]]:
    return resolve_actors(make_report(text), make_reading(text), statements, NAMES)


@given(case=cases())
def test_mentions_lie_in_the_text_and_belong_to_one_actor(
    case: tuple[str, tuple[Statement, ...]],
) -> None:
    actors, _ = resolve(*case)

    spans = [span for actor in actors for span in actor.mentions]
    assert all(0 <= span.start < span.end <= len(case[0]) for span in spans)
    assert len(spans) == len(set(spans))
    assert len({actor.id for actor in actors}) == len(actors)


@given(case=cases())
def test_mentions_of_two_actors_nest_or_stand_apart(
    case: tuple[str, tuple[Statement, ...]],
) -> None:
    # Sources that cross each other cannot come from one text that was read.
    text, statements = case
    sources = [s.source for s in statements if s.source is not None]
    crossing = any(
        a.meets(b) and not a.holds(b) and not b.holds(a)
        for a in sources
        for b in sources
    )
    actors, _ = resolve(text, () if crossing else statements)

    spans = [span for actor in actors for span in actor.mentions]
    for one in spans:
        for other in spans:
            assert not one.meets(other) or one.holds(other) or other.holds(one)


@given(case=cases())
def test_speakers_and_subjects_are_actors(
    case: tuple[str, tuple[Statement, ...]],
) -> None:
    actors, told = resolve(*case)

    ids = {actor.id for actor in actors}
    for statement in told:
        assert {statement.speaker, *statement.about} - {None} <= ids
        assert statement.source is not None or statement.speaker is None


@given(case=cases())
def test_order_of_statements_does_not_matter(
    case: tuple[str, tuple[Statement, ...]],
) -> None:
    text, statements = case

    actors, told = resolve(text, statements)
    again, turned = resolve(text, statements[::-1])

    assert actors == again
    assert told == turned[::-1]
