"""A raid with everything in it, and the same with private names planted."""

from __future__ import annotations

from msgspec.structs import replace

from sayso.record import (
    ActorKind,
    Assertion,
    Burst,
    Comment,
    CommentSpans,
    Copies,
    Count,
    Counted,
    Event,
    EventPlace,
    EventTime,
    Judgement,
    Link,
    LinkKind,
    OverallStatus,
    Participant,
    PlaceCandidate,
    PlacePrecision,
    PlaceRole,
    QuoteAnchor,
    QuoteKind,
    Record,
    Role,
    Span,
    Stance,
    Status,
    TalkingPoint,
    Thread,
    Verdict,
)
from tests.build import spot
from tests.export.build import KIT, SURE, actor, day, outlet, place, report, say

RAID = (
    "Four soldiers die in raid near Tersa\n\n"
    "TERSA, Aug 13 - Gunmen of the Reed Front killed four soldiers near Tersa on"
    " Monday. The defence ministry denied the raid. “Seven died,” said Ama Torvik, a"
    " nurse who saw it. She has left Tersa."
)


def raid_record(**frame: str | None) -> Record:
    """Return a raid that the outlet reports and a ministry denies, with a thread."""
    text = RAID
    comments = tuple(
        Comment(n=n, author=f"c{n}", time=f"2019-08-14T10:0{n}:00Z", text=words)
        for n, words in enumerate(
            ["The army hides its dead again", "they say the army hides its dead"], 1
        )
    )
    frame = {"headline": "Four soldiers die in raid near Tersa"} | frame
    killed = ("s01", (4, 4)), ("s02", (7, 7))
    return Record(
        report=replace(report(text, "raid", **frame), comments=comments),
        actors=(
            actor(
                text,
                "Reed Front",
                "a01",
                kind=ActorKind.ORGANISATION,
                sector="REB",
                public=True,
            ),
            actor(
                text,
                "four soldiers",
                "a02",
                kind=ActorKind.GROUP,
                country="MLI",
                sector="MIL",
            ),
            actor(
                text,
                "The defence ministry",
                "a03",
                kind=ActorKind.ORGANISATION,
                country="MLI",
                sector="GOV",
                public=True,
            ),
            actor(text, "Ama Torvik", "a04", "Ama Torvik, a nurse who saw it", "She"),
        ),
        places=(
            place(
                text,
                "TERSA",
                "p01",
                gazetteer_id="test:1",
                lat=-16.27,
                lon=-0.04,
                country="MLI",
                admin1="Gao",
                precision=PlacePrecision.CITY,
                radius_km=4.0,
                candidates=(
                    PlaceCandidate(gazetteer_id="test:2", name="Tersa", score=0.1),
                ),
            ),
        ),
        times=(day(text, "Monday", "t01", "2019-08-12", "2019-08-12"),),
        statements=(
            outlet("s01", text, "Gunmen of the Reed Front", "She has left Tersa."),
            say(
                "s02",
                text,
                "Ama Torvik, a nurse who saw it",
                "said",
                "“Seven died,”",
                speaker="a04",
                quote=QuoteKind.DIRECT,
            ),
            say(
                "s03",
                text,
                "The defence ministry",
                "denied",
                "the raid",
                speaker="a03",
                stance=Stance.DENIES,
            ),
        ),
        events=(
            Event(
                id="e01",
                trigger=spot(text, "killed"),
                also=(spot(text, "the raid"),),
                type="ASSAULT",
                mode="firearms",
                participants=(
                    Participant(
                        role=Role.ACTOR,
                        span=spot(text, "Gunmen of the Reed Front"),
                        actor="a01",
                        statements=("s01",),
                    ),
                    Participant(
                        role=Role.VICTIM,
                        span=spot(text, "four soldiers"),
                        actor="a02",
                        statements=("s01", "s02"),
                    ),
                ),
                places=(
                    EventPlace(place="p01", role=PlaceRole.AT, statements=("s01",)),
                ),
                times=(EventTime(time="t01", statements=("s01",)),),
                counts=tuple(
                    Count(
                        what=Counted.KILLED,
                        low=low,
                        high=high,
                        span=spot(text, "four soldiers" if low == 4 else "Seven"),
                        of="soldiers",
                        of_actor="a02",
                        statements=(voice,),
                    )
                    for voice, (low, high) in killed
                ),
                assertions=(
                    Assertion(
                        statement="s01",
                        status=Status.HAPPENED,
                        span=spot(
                            text, "Gunmen of the Reed Front killed four soldiers"
                        ),
                    ),
                    Assertion(
                        statement="s02",
                        status=Status.HAPPENED,
                        span=spot(text, "Seven died"),
                    ),
                    Assertion(
                        statement="s03",
                        status=Status.DENIED,
                        span=spot(text, "the raid"),
                    ),
                ),
                status=OverallStatus.DISPUTED,
                **SURE,
            ),
        ),
        links=(
            Link(
                id="l01",
                kind=LinkKind.MEMBER_OF,
                from_="a04",
                to="a03",
                span=spot(text, "a nurse"),
                assertions=(
                    Assertion(
                        statement="s01",
                        status=Status.HAPPENED,
                        span=spot(text, "a nurse"),
                    ),
                ),
                **SURE,
            ),
        ),
        thread=Thread(
            talking_points=(
                TalkingPoint(
                    phrase="hides its dead",
                    comments=tuple(
                        CommentSpans(n=one.n, spans=(spot(one.text, "hides its dead"),))
                        for one in comments
                    ),
                    authors=2,
                    in_article=False,
                    expected=0.01,
                    p=0.001,
                    q=0.01,
                ),
            ),
            copies=(
                Copies(
                    comments=(1, 2),
                    similarity=0.8,
                    spans=tuple(
                        spot(one.text, "army hides its dead") for one in comments
                    ),
                ),
            ),
            bursts=(
                Burst(
                    comments=(1, 2),
                    start="2019-08-14T10:01:00Z",
                    end="2019-08-14T10:02:00Z",
                    expected=0.2,
                    p=0.01,
                    q=0.04,
                ),
            ),
        ),
        kit=KIT,
    )


def planted_record() -> Record:
    """Return the raid with the witness's name in every place that can hold a text."""
    record = raid_record(
        headline="Four soldiers die in raid near Tersa",
        title="Nurse AMA TORVIK tells of raid",
        url="https://harbour.example/2019/ama-torvik-tells",
        byline="By a friend of Ama Torvik",
        outlet="The Torvik Gazette",
    )
    texts = (
        "Ama Torvik lies, the army hides its dead",
        "torvik and #AmaTorvik again: the army hides its dead. To\u200brvik!",
    )
    comments = tuple(
        replace(comment, text=text)
        for comment, text in zip(record.report.comments, texts, strict=True)
    )
    point = TalkingPoint(
        phrase="Torvik lies",
        comments=(CommentSpans(n=1, spans=(spot(texts[0], "Torvik lies"),)),),
        authors=2,
        in_article=False,
        expected=0.01,
        p=0.001,
        q=0.01,
    )
    copies = Copies(
        comments=(1, 2),
        similarity=0.8,
        spans=tuple(Span(0, len(text)) for text in texts),
    )
    keys = ("Ama_Torvik.html", "ama%20torvik")
    place_of_her = replace(
        record.places[0],
        id="p02",
        name="Torvik's house",
        gazetteer_id=None,
        candidates=(PlaceCandidate(gazetteer_id="test:3", name="Torvik", score=0.1),),
    )
    return replace(
        record,
        report=replace(record.report, keys=keys, key=keys[0], comments=comments),
        places=(*record.places, place_of_her),
        actors=(
            *record.actors[:3],
            replace(
                record.actors[3], aliases=("Torvik", "Nurse Torvik", "Ama Tørvik-Ås")
            ),
        ),
        thread=replace(record.thread, talking_points=(point,), copies=(copies,)),
    )


PLANTED = ("Ama", "Torvik", "Tørvik")


def judgement(record: Record, **told: object) -> Judgement:
    """Return a decision on the witness of the raid."""
    span = spot(record.report.text, "said Ama Torvik")
    told = {
        "id": "j01",
        "target": "a04",
        "field": "name",
        "verdict": Verdict.CORRECT,
        "value": "Amalia Torvik-Lund",
        "note": "=Torvik is her husband's name",
    } | told
    return Judgement(
        report=record.report.id,
        anchor=QuoteAnchor(spans=(span,), quote=span.of(record.report.text)),
        kit=record.kit.digest(),
        coder="coder one",
        time="2019-09-01T10:00:00Z",
        **told,
    )
