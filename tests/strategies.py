"""Hypothesis strategies: reports and records of any shape that the types allow."""

from __future__ import annotations

from hypothesis import strategies as st

from sayso.record import (
    Actor,
    ActorKind,
    Assertion,
    Basis,
    Channel,
    Comment,
    Event,
    Fingerprint,
    Flag,
    Link,
    LinkKind,
    OverallStatus,
    QuoteKind,
    Record,
    Report,
    Section,
    SectionKind,
    Span,
    Stance,
    Statement,
    Status,
    Time,
    TimePrecision,
    Timex,
    TimexType,
    make_id,
    report_id,
    statement_id,
)

# Surrogates cannot be written as UTF-8; intake replaces them.
CHARACTERS = st.characters(exclude_categories=["Cs"])
MADE_BY = "test"

texts = st.text(CHARACTERS, min_size=1, max_size=200)
words = st.text(CHARACTERS, min_size=1, max_size=12)
confidences = st.integers(0, 100).map(lambda percent: percent / 100)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    """Give a span inside `text`, now and then an empty one."""
    start = draw(st.integers(0, len(text)))
    return Span(start, draw(st.integers(start, len(text))))


@st.composite
def comments(draw: st.DrawFn) -> tuple[Comment, ...]:
    """Give a thread of up to four comments, numbered from 1."""
    bodies = draw(st.lists(texts, max_size=4))
    return tuple(
        Comment(
            n=number,
            author=f"c{draw(st.integers(1, number))}",
            reply_to=draw(st.none() | st.integers(1, number - 1))
            if number > 1
            else None,
            text=body,
        )
        for number, body in enumerate(bodies, 1)
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Give a report with any text, frame, sections, comments and flags."""
    text = draw(texts)
    frame = {
        "url": draw(st.none() | words),
        "outlet": draw(st.none() | words),
        "published": draw(st.none() | st.dates().map(str)),
        "title": draw(st.none() | words),
    }
    kinds = draw(st.lists(st.sampled_from(SectionKind), max_size=3))
    keys = tuple(sorted(draw(st.sets(words, min_size=1, max_size=3))))
    return Report(
        id=report_id(text=text, **frame),
        key=keys[0],
        keys=keys,
        language=draw(st.sampled_from(["en", "fr", "und"])),
        text=text,
        sections=tuple(Section(kind=kind, span=draw(spans(text))) for kind in kinds),
        comments=draw(comments()),
        flags=tuple(draw(st.sets(st.sampled_from(Flag), max_size=2))),
        **frame,
    )


@st.composite
def statements(draw: st.DrawFn, report: Report) -> Statement:
    """Give a statement of any kind; ids of other rows are left out."""
    cue = draw(st.none() | spans(report.text))
    source = draw(st.none() | spans(report.text))
    return Statement(
        id=statement_id(report.id, cue=cue, source=source),
        source=source,
        cue=cue,
        content=tuple(draw(st.lists(spans(report.text), max_size=3))),
        quote=draw(st.sampled_from(QuoteKind)),
        stance=draw(st.sampled_from(Stance)),
        negated=draw(st.booleans()),
        speech=draw(st.booleans()),
        hearsay=draw(st.booleans()),
        basis=draw(st.sampled_from(Basis)),
        channel=draw(st.sampled_from(Channel)),
        addressee=draw(st.none() | spans(report.text)),
        confidence=draw(confidences),
        made_by=MADE_BY,
    )


@st.composite
def actors(draw: st.DrawFn, report: Report) -> Actor:
    """Give an actor with one to three mentions."""
    mentions = tuple(draw(st.lists(spans(report.text), min_size=1, max_size=3)))
    return Actor(
        id=make_id("a", report.id, "actor", mentions[:1]),
        name=draw(words),
        kind=draw(st.sampled_from(ActorKind)),
        mentions=mentions,
        confidence=draw(confidences),
        made_by=MADE_BY,
    )


@st.composite
def times(draw: st.DrawFn, report: Report) -> Time:
    """Give a time that one mention tells."""
    mention = draw(spans(report.text))
    value = draw(st.dates().map(str))
    return Time(
        id=make_id("t", report.id, "time", (mention,)),
        value=value,
        timex=Timex(type=draw(st.sampled_from(TimexType)), value=value),
        earliest=value,
        latest=value,
        precision=draw(st.sampled_from(TimePrecision)),
        rule="test",
        mentions=(mention,),
        confidence=draw(confidences),
        made_by=MADE_BY,
    )


@st.composite
def assertions(draw: st.DrawFn, statement: Statement, text: str) -> Assertion:
    """Give what one voice says of an event or link."""
    return Assertion(
        statement=statement.id,
        status=draw(st.sampled_from(Status)),
        span=draw(spans(text)),
    )


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Give a record with rows of most kinds; events and links only with a voice."""
    report = draw(reports())
    voices = tuple(draw(st.lists(statements(report), max_size=3)))
    events, links = [], []
    if voices:
        asserted = (draw(assertions(voices[0], report.text)),)
        span = draw(spans(report.text))
        frame = {"assertions": asserted, "confidence": 0.5, "made_by": MADE_BY}
        events.append(
            Event(
                id=make_id("e", report.id, "event", (span,)),
                trigger=span,
                type="ASSAULT",
                status=draw(st.sampled_from(OverallStatus)),
                **frame,
            )
        )
        links.append(
            Link(
                id=make_id("l", report.id, "link", (span, "a1", "a2")),
                kind=draw(st.sampled_from(LinkKind)),
                from_="a1",
                to="a2",
                span=span,
                **frame,
            )
        )
    return Record(
        report=report,
        actors=tuple(draw(st.lists(actors(report), max_size=2))),
        times=tuple(draw(st.lists(times(report), max_size=2))),
        statements=voices,
        events=tuple(events),
        links=tuple(links),
        kit=Fingerprint(sayso="0.1.0", model="m", lexicons="l"),
    )
