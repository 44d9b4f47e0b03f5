"""Four invented records: a raid, talks, a march, a shelling."""

from __future__ import annotations

from msgspec.structs import replace

from sayso.extract.incidents_types import (
    Claim,
    Filler,
    Harm,
    Incident,
    IncidentKind,
    Stage,
)
from sayso.record import (
    ActorKind,
    Assertion,
    Count,
    Counted,
    Event,
    EventPlace,
    EventTime,
    Link,
    LinkKind,
    OverallStatus,
    Participant,
    PlacePrecision,
    PlaceRole,
    Record,
    Role,
    Stance,
    Status,
)
from tests.build import spot
from tests.export.build import KIT, SURE, actor, day, outlet, place, report, say
from tests.export.raid import raid_record

TALKS = (
    "The governor, Ilra Voss, demanded that the Reed Front release the ferry crew."
    " Voss leads the river council. The Reed Front trains in Karsenia, officials say."
)
MARCH = "Some two hundred people marched in Quarrin in early May, and police watched."
SHELLING = (
    "Army guns shelled a village in the east, killing two civilians and three rebels,"
    " the army said. A monitor put the dead at nine."
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


def incidents_of(record: Record) -> tuple[Incident, ...]:
    """Return an incident with the record's actors in it, as a reader of slots may."""
    if not record.events or not record.actors:
        return ()
    fillers = tuple(
        Filler(
            name=one.mentions[0].of(record.report.text),
            spans=one.mentions,
            actor=one.id,
            claim=Claim.SUSPECTED_OR_ACCUSED,
            harm=Harm.DEATH,
            low=4,
            high=4 if number else None,
            confidence=0.9,
        )
        for number, one in enumerate(record.actors)
    )
    asked = Incident(
        id="i01",
        kind=IncidentKind.ATTACK,
        stage=Stage.ACCOMPLISHED,
        relevance=0.9,
        relevant=True,
        organisations=fillers[:1],
        people=fillers[1:2],
        victims=fillers[-1:],
        date="2019-08-12",
        place=record.places[0].id if record.places else None,
        country="MLI",
        **SURE,
    )
    return asked, replace(asked, id="i02", relevant=False)
