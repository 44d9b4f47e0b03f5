"""Four invented records with everything in them, and one that plants private names.

Text is given in quoted words, as in `tests.records`; ids are those of real records.
"""

from __future__ import annotations

from msgspec.structs import replace

from sayso.record import (
    Actor,
    ActorKind,
    Anchor,
    AnchorKind,
    Assertion,
    Basis,
    Burst,
    Comment,
    CommentSpans,
    Copies,
    Count,
    Counted,
    Event,
    EventPlace,
    EventTime,
    Fingerprint,
    Judgement,
    Link,
    LinkKind,
    OverallStatus,
    Participant,
    Place,
    PlaceCandidate,
    PlacePrecision,
    PlaceRole,
    QuoteAnchor,
    QuoteKind,
    Record,
    Report,
    Role,
    Section,
    SectionKind,
    Span,
    Stance,
    Statement,
    Status,
    TalkingPoint,
    Thread,
    Time,
    TimePrecision,
    Timex,
    TimexType,
    Verdict,
    report_id,
)
from tests.build import spot

KIT = Fingerprint(sayso="0.1.0", model="m 1", lexicons="l", ontology="o")
SURE = {"confidence": 0.9, "made_by": "test"}

RAID = (
    "Four soldiers die in raid near Tersa\n\n"
    "TERSA, Aug 13 - Gunmen of the Reed Front killed four soldiers near Tersa on"
    " Monday. The defence ministry denied the raid. “Seven died,” said Ama Torvik, a"
    " nurse who saw it. She has left Tersa."
)
TALKS = (
    "The governor, Ilra Voss, demanded that the Reed Front release the ferry crew."
    " Voss leads the river council. The Reed Front trains in Karsenia, officials say."
)
MARCH = "Some two hundred people marched in Quarrin in early May, and police watched."
SHELLING = (
    "Army guns shelled a village in the east, killing two civilians and three rebels,"
    " the army said. A monitor put the dead at nine."
)


def report(
    text: str, key: str, *, headline: str | None = None, **frame: str | None
) -> Report:
    """Return a report; what of the frame is not told gets a fitting value."""
    frame = {"url": None, "outlet": "Harbour Wire", "published": "2019-08-14"} | frame
    frame.setdefault("title", headline)
    byline = frame.pop("byline", None)
    start = len(headline) + 2 if headline else 0
    sections = [Section(kind=SectionKind.BODY, span=Span(start, len(text)))]
    if headline:
        head = Section(kind=SectionKind.HEADLINE, span=Span(0, len(headline)))
        sections.insert(0, head)
    return Report(
        id=report_id(text=text, **frame),
        key=key,
        keys=(key,),
        byline=byline,
        language="en",
        text=text,
        sections=tuple(sections),
        **frame,
    )


def actor(text: str, name: str, actor_id: str, *mentions: str, **told: object) -> Actor:
    """Return an actor; without further mentions the first place of the name is one."""
    spans = tuple(spot(text, words) for words in mentions or (name,))
    told = {"kind": ActorKind.PERSON} | told
    return Actor(id=actor_id, name=name, mentions=spans, **told, **SURE)


def place(text: str, name: str, place_id: str, **told: object) -> Place:
    """Return a place at the first mention of its name."""
    return Place(id=place_id, name=name, mentions=(spot(text, name),), **told, **SURE)


def outlet(statement_id: str, text: str, *content: str) -> Statement:
    """Return the outlet's own voice."""
    return Statement(
        id=statement_id,
        source=None,
        cue=None,
        content=tuple(spot(text, words) for words in content),
        quote=QuoteKind.INDIRECT,
        stance=Stance.ASSERTS,
        basis=Basis.NONE,
        **SURE,
    )


def say(
    statement_id: str, text: str, source: str, cue: str, *content: str, **told: object
) -> Statement:
    """Return what a source says."""
    told = {
        "quote": QuoteKind.INDIRECT,
        "stance": Stance.ASSERTS,
        "basis": Basis.NAMED,
    } | told
    return Statement(
        id=statement_id,
        source=spot(text, source),
        cue=spot(text, cue),
        content=tuple(spot(text, words) for words in content),
        **told,
        **SURE,
    )


def day(text: str, words: str, time_id: str, first: str, last: str) -> Time:
    """Return a time reckoned from the day of publication."""
    is_day = first == last
    value = first if is_day else f"{first}/{last}"
    return Time(
        id=time_id,
        value=value,
        timex=Timex(type=TimexType.DATE, value=value),
        earliest=first,
        latest=last,
        precision=TimePrecision.DAY if is_day else TimePrecision.INTERVAL,
        anchor=Anchor(kind=AnchorKind.PUBLISHED),
        rule="test",
        mentions=(spot(text, words),),
        **SURE,
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


def talks_record() -> Record:
    """Return a demand of an officeholder, and links to a body and a place."""
    text = TALKS
    voice = Assertion(
        statement="s11",
        status=Status.HAPPENED,
        span=spot(text, "leads the river council"),
    )
    officials = Assertion(
        statement="s13", status=Status.HAPPENED, span=spot(text, "trains in Karsenia")
    )
    return Record(
        report=report(text, "talks", url="https://harbour.example/talks?id=1&x=2"),
        actors=(
            actor(
                text,
                "Ilra Voss",
                "a11",
                "The governor, Ilra Voss",
                "Voss@2",
                aliases=("Voss",),
                country="MLI",
                sector="GOV",
                authority="test.voss",
                public=True,
            ),
            actor(
                text,
                "Reed Front",
                "a12",
                kind=ActorKind.ORGANISATION,
                sector="REB",
                public=True,
            ),
            actor(
                text,
                "the river council",
                "a13",
                kind=ActorKind.ORGANISATION,
                sector="GOV",
                public=True,
            ),
        ),
        places=(
            place(
                text,
                "Karsenia",
                "p11",
                country="MLI",
                precision=PlacePrecision.COUNTRY,
                lat=17.0,
                lon=-4.0,
                radius_km=600.0,
            ),
        ),
        statements=(
            outlet("s11", text, "Voss leads the river council."),
            say(
                "s12",
                text,
                "The governor, Ilra Voss",
                "demanded",
                "the Reed Front release the ferry crew",
                speaker="a11",
                stance=Stance.DEMANDS,
                about=("a12",),
            ),
            say("s13", text, "officials", "say", "The Reed Front trains in Karsenia"),
        ),
        links=(
            Link(
                id="l11",
                kind=LinkKind.LEADS,
                from_="a11",
                to="a13",
                span=spot(text, "leads"),
                assertions=(voice,),
                **SURE,
            ),
            Link(
                id="l12",
                kind=LinkKind.ACTIVE_IN,
                from_="a12",
                to="p11",
                span=spot(text, "trains in Karsenia"),
                assertions=(officials,),
                **SURE,
            ),
        ),
        kit=KIT,
    )


def march_record() -> Record:
    """Return a protest in a region, within some days."""
    text = MARCH
    said = Assertion(
        statement="s21", status=Status.HAPPENED, span=spot(text, "people marched")
    )
    return Record(
        report=report(text, "march", published="2021-05-20"),
        places=(
            place(
                text,
                "Quarrin",
                "p21",
                country="MLI",
                lat=14.5,
                lon=-4.2,
                precision=PlacePrecision.REGION,
                radius_km=120.0,
            ),
        ),
        times=(day(text, "early May", "t21", "2021-05-01", "2021-05-10"),),
        statements=(outlet("s21", text, MARCH),),
        events=(
            Event(
                id="e21",
                trigger=spot(text, "marched"),
                type="PROTEST",
                mode="demo",
                participants=(
                    Participant(
                        role=Role.ACTOR,
                        span=spot(text, "Some two hundred people"),
                        statements=("s21",),
                    ),
                ),
                places=(
                    EventPlace(place="p21", role=PlaceRole.AT, statements=("s21",)),
                ),
                times=(EventTime(time="t21", statements=("s21",)),),
                assertions=(said,),
                status=OverallStatus.REPORTED,
                **SURE,
            ),
        ),
        kit=KIT,
    )


def shelling_record() -> Record:
    """Return deaths of two sides, a greater total, no place and no day."""
    text = SHELLING
    counts = (
        ("two civilians", 2, "civilians", None, "s31"),
        ("three rebels", 3, "rebels", "a32", "s31"),
        ("nine", 9, "dead", None, "s32"),
    )
    return Record(
        report=report(text, "shelling", outlet=None, published=None),
        actors=(
            actor(
                text,
                "the army",
                "a31",
                "Army",
                "the army",
                kind=ActorKind.ORGANISATION,
                country="MLI",
                sector="MIL",
                public=True,
            ),
            actor(text, "three rebels", "a32", kind=ActorKind.GROUP, sector="REB"),
        ),
        statements=(
            say(
                "s31", text, "the army", "said", "killing two civilians", speaker="a31"
            ),
            say("s32", text, "A monitor", "put", "the dead at nine"),
        ),
        events=(
            Event(
                id="e31",
                trigger=spot(text, "shelled"),
                type="ASSAULT",
                mode="heavy-weapons",
                participants=(
                    Participant(
                        role=Role.ACTOR,
                        span=spot(text, "Army guns"),
                        actor="a31",
                        statements=("s31",),
                    ),
                    Participant(
                        role=Role.TARGET,
                        span=spot(text, "three rebels"),
                        actor="a32",
                        statements=("s31",),
                    ),
                ),
                counts=tuple(
                    Count(
                        what=Counted.KILLED,
                        low=number,
                        high=number,
                        span=spot(text, words),
                        of=noun,
                        of_actor=of_actor,
                        statements=(voice,),
                    )
                    for words, number, noun, of_actor, voice in counts
                ),
                assertions=(
                    Assertion(
                        statement="s31",
                        status=Status.HAPPENED,
                        span=spot(text, "Army guns shelled a village"),
                    ),
                    Assertion(
                        statement="s32",
                        status=Status.HAPPENED,
                        span=spot(text, "the dead at nine"),
                    ),
                ),
                status=OverallStatus.ALLEGED,
                **SURE,
            ),
        ),
        kit=KIT,
    )


RECORDS = (raid_record(), talks_record(), march_record(), shelling_record())


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
