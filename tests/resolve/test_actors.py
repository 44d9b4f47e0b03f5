"""Who is who and who speaks, on Readings made by hand."""

from __future__ import annotations

import pytest

from sayso.reading.types import Reading
from sayso.record import (
    Actor,
    ActorKind,
    Basis,
    QuoteKind,
    Report,
    SectionKind,
    Stance,
    Statement,
    statement_id,
)
from sayso.resolve.actors import resolve_actors
from sayso.vocab.names import load_names
from tests.build import make_reading, make_report, spot

NAMES = load_names()


def say(
    text: str,
    source: str | None,
    cue: str,
    content: str | None = None,
    quote: QuoteKind = QuoteKind.INDIRECT,
) -> Statement:
    """Return a statement out of quotes of the text."""
    who = None if source is None else spot(text, source)
    what = spot(text, cue)
    return Statement(
        id=statement_id("r", cue=what, source=who),
        source=who,
        cue=what,
        content=() if content is None else (spot(text, content),),
        quote=quote,
        stance=Stance.ASSERTS,
        basis=Basis.NONE,
        confidence=0.9,
        made_by="test",
    )


def resolve(
    text: str, *statements: Statement, report: Report | None = None, **labels: object
) -> tuple[tuple[Actor, ...], list[str | None]]:
    """Return the actors and the name of the speaker of each statement."""
    reading: Reading = make_reading(text, **labels)  # type: ignore[arg-type]
    actors, told = resolve_actors(
        report or make_report(text), reading, statements, NAMES
    )
    names = {actor.id: actor.name for actor in actors}
    return actors, [None if s.speaker is None else names[s.speaker] for s in told]


def words(text: str, actor: Actor) -> list[str]:
    return [span.of(text) for span in actor.mentions]


def verbs(*quotes: str) -> dict[str, tuple[str, str, str | None]]:
    return {quote: ("VERB", "root", None) for quote in quotes}


def find(actors: tuple[Actor, ...], name: str) -> Actor:
    return next(actor for actor in actors if actor.name == name)


def test_pronoun_source_takes_the_speaker_of_the_sentence_before() -> None:
    text = "Mr Halvor Brenn denied the raid. He said the camp was empty."

    actors, speakers = resolve(
        text,
        say(text, "Mr Halvor Brenn", "denied", "the raid"),
        say(text, "He", "said", "the camp was empty"),
        entities={"Halvor Brenn": "PER"},
    )

    assert speakers == ["Halvor Brenn", "Halvor Brenn"]
    assert words(text, find(actors, "Halvor Brenn")) == ["Mr Halvor Brenn", "He"]


def test_pronoun_passes_over_a_speaker_of_the_other_gender() -> None:
    text = "Mrs Ada Lund spoke. Mr Halvor Brenn listened. She said it was over."

    _, speakers = resolve(
        text,
        say(text, "She", "said", "it was over"),
        entities={"Ada Lund": "PER", "Halvor Brenn": "PER"},
        syntax=verbs("spoke", "listened"),
    )

    assert speakers == ["Ada Lund"]


def test_surname_finds_the_full_name_before_or_after_it() -> None:
    text = "Brenn denies raid\n\nHalvor Brenn denied the raid. Brenn said nothing else."

    actors, speakers = resolve(
        text,
        say(text, "Brenn", "denies", "raid"),
        say(text, "Brenn@3", "said", "nothing else"),
        entities={"Brenn@1": "PER", "Halvor Brenn": "PER", "Brenn@3": "PER"},
        syntax=verbs("denies", "denied", "said"),
    )

    assert speakers == ["Halvor Brenn", "Halvor Brenn"]
    assert find(actors, "Halvor Brenn").aliases == ("Brenn",)


def test_apposition_ties_office_and_name() -> None:
    text = (
        "The district governor, Halvor Brenn, denied it. "
        "The governor said the camp was empty."
    )

    actors, speakers = resolve(
        text,
        say(text, "The district governor, Halvor Brenn", "denied", "it"),
        say(text, "The governor", "said", "the camp was empty"),
        entities={"Halvor Brenn": "PER"},
    )

    assert speakers == ["Halvor Brenn", "Halvor Brenn"]
    brenn = find(actors, "Halvor Brenn")
    assert (brenn.kind, brenn.sector, brenn.public) == (ActorKind.PERSON, "GOV", True)


def test_ministry_is_taken_up_by_its_noun_and_by_it() -> None:
    text = (
        "The defence ministry denied the raid. The ministry said so twice. "
        "It called the report a lie."
    )

    actors, speakers = resolve(
        text,
        say(text, "The defence ministry", "denied", "the raid"),
        say(text, "The ministry", "said", "so"),
        say(text, "It", "called", "the report"),
    )

    assert set(speakers) == {"The defence ministry"}
    assert len(words(text, actors[0])) == 3


def test_another_ministry_is_another_actor() -> None:
    text = "The defence ministry denied it. The interior ministry confirmed it."

    _, speakers = resolve(
        text,
        say(text, "The defence ministry", "denied", "it"),
        say(text, "The interior ministry", "confirmed", "it@2"),
    )

    assert speakers == ["The defence ministry", "The interior ministry"]


def test_second_official_is_not_the_first() -> None:
    text = "An official blamed rebels. A second official said nothing was known."

    _, speakers = resolve(
        text,
        say(text, "An official", "blamed", "rebels"),
        say(text, "A second official", "said", "nothing was known"),
    )

    assert speakers == ["An official", "A second official"]


def test_acronym_is_an_alias() -> None:
    text = "The Free Harbour Movement struck. The FHM said it would go on."

    actors, speakers = resolve(
        text,
        say(text, "The FHM", "said", "it would go on"),
        entities={"Free Harbour Movement": "ORG", "FHM": "ORG"},
        syntax=verbs("struck"),
    )

    assert speakers == ["Free Harbour Movement"]
    assert find(actors, "Free Harbour Movement").aliases == ("FHM",)


def test_group_takes_up_a_named_body() -> None:
    text = "The Free Harbour Movement struck at dawn. The group said it would go on."

    _, speakers = resolve(
        text,
        say(text, "The group", "said", "it would go on"),
        entities={"Free Harbour Movement": "ORG"},
        syntax=verbs("struck"),
    )

    assert speakers == ["Free Harbour Movement"]


def test_first_person_in_a_quotation_is_its_speaker() -> None:
    text = '"I saw nothing," Halvor Brenn said.'

    actors, _ = resolve(
        text,
        say(text, "Halvor Brenn", "said", "I saw nothing,", QuoteKind.DIRECT),
        entities={"Halvor Brenn": "PER"},
    )

    assert words(text, find(actors, "Halvor Brenn")) == ["I", "Halvor Brenn"]


def test_he_in_a_quotation_is_not_its_speaker() -> None:
    text = 'Mr Ole Dahl was freed. "He is well," Mr Halvor Brenn said.'

    actors, _ = resolve(
        text,
        say(text, "Mr Halvor Brenn", "said", "He is well,", QuoteKind.DIRECT),
        entities={"Ole Dahl": "PER", "Halvor Brenn": "PER"},
    )

    assert "He" in words(text, find(actors, "Ole Dahl"))


def test_we_of_the_outlet_is_the_outlet() -> None:
    text = "The Harbour Wire erred. We wrote that Brenn had fled."

    actors, speakers = resolve(
        text,
        say(text, "We", "wrote", "Brenn had fled"),
        entities={"Harbour Wire": "ORG"},
    )

    assert speakers == ["Harbour Wire"]
    assert find(actors, "Harbour Wire").sector == "JRN"


def test_capital_that_speaks_is_its_state() -> None:
    text = "Kabul denied the raid."

    actors, speakers = resolve(
        text,
        say(text, "Kabul", "denied", "the raid"),
        entities={"Kabul": "LOC"},
    )

    assert speakers == ["Kabul"]
    assert (actors[0].kind, actors[0].country) == (ActorKind.STATE, "AFG")


def test_city_that_nobody_speaks_for_is_no_actor() -> None:
    text = "Halvor Brenn denied a raid on Kabul."

    actors, _ = resolve(
        text,
        say(text, "Halvor Brenn", "denied", "a raid on Kabul"),
        entities={"Kabul": "LOC", "Halvor Brenn": "PER"},
    )

    assert [actor.name for actor in actors] == ["Halvor Brenn"]


def test_document_speaks_for_its_issuer() -> None:
    text = "The army's daily bulletin says nobody was hurt. A report says otherwise."

    _, speakers = resolve(
        text,
        say(text, "The army's daily bulletin", "says", "nobody was hurt"),
        say(text, "A report", "says@2", "otherwise"),
    )

    assert speakers == ["The army", None]


@pytest.mark.parametrize(
    ("source", "kind", "country"),
    [
        pytest.param("Chinese officials", ActorKind.GROUP, "CHN", id="officials"),
        pytest.param("The Chinese army", ActorKind.ORGANISATION, "CHN", id="army"),
        pytest.param("A Chinese baker", ActorKind.PERSON, None, id="baker"),
        pytest.param("Residents", ActorKind.GROUP, None, id="residents"),
        pytest.param("A doctor", ActorKind.PERSON, None, id="doctor"),
    ],
)
def test_country_comes_from_words_that_act_for_a_state(
    source: str, kind: ActorKind, country: str | None
) -> None:
    text = f"{source} said nothing was known."

    actors, speakers = resolve(
        text,
        say(text, source, "said", "nothing was known"),
        syntax={"Chinese": ("ADJ", "amod", None)} if "Chinese" in source else None,
    )

    assert speakers == [source]
    assert (actors[0].kind, actors[0].country) == (kind, country)


def test_relative_pronoun_behind_and_is_whom_its_clause_hangs_on() -> None:
    text = "Two guards in a hut survived, and who asked for silence, told the story."

    actors, speakers = resolve(
        text,
        say(text, "who", "asked", "for silence"),
        syntax={
            "guards": ("NOUN", "nsubj", "told"),
            "survived": ("VERB", "acl:relcl", "guards"),
            "who": ("PRON", "nsubj", "asked"),
            "asked": ("VERB", "conj", "survived"),
            "told": ("VERB", "root", None),
        },
    )

    assert speakers == ["Two guards"]
    assert "who" not in {actor.name for actor in actors}


def test_which_is_what_the_parse_says_and_not_its_neighbour() -> None:
    text = "The guard left the depot, which denied it."

    _, speakers = resolve(
        text,
        say(text, "which", "denied", "it"),
        syntax={
            "guard": ("NOUN", "nsubj", "left"),
            "which": ("PRON", "nsubj", "denied"),
            "denied": ("VERB", "acl:relcl", "guard"),
            "left": ("VERB", "root", None),
        },
    )

    assert speakers == ["The guard"]


def test_which_after_a_message_is_whoever_sent_it() -> None:
    text = "The group denied it in a message on its channel, which blamed the mayor."

    _, speakers = resolve(
        text,
        say(text, "The group", "denied", "it"),
        say(text, "which", "blamed", "the mayor"),
        syntax={
            "denied": ("VERB", "root", None),
            "message": ("NOUN", "obl", "denied"),
            "which": ("PRON", "nsubj", "blamed"),
            "blamed": ("VERB", "acl:relcl", "message"),
        },
    )

    assert speakers == ["The group", "The group"]


def test_relative_pronoun_is_whom_it_follows() -> None:
    text = "A nurse, who said she was tired, went home."

    actors, speakers = resolve(text, say(text, "who", "said", "she was tired"))

    assert speakers == ["A nurse"]
    assert words(text, actors[0]) == ["A nurse", "who", "she"]


def test_role_in_the_headline_is_the_one_of_the_lede() -> None:
    head = "Mediator leaves talks"
    text = f"{head}\n\nThe chief mediator left the talks on Monday."
    report = make_report(text, sections={head: SectionKind.HEADLINE})

    actors, _ = resolve(text, report=report, syntax=verbs("leaves", "left"))

    assert words(text, actors[0]) == ["Mediator", "The chief mediator"]


def test_statement_names_the_actors_it_is_about() -> None:
    text = "Halvor Brenn said the army had fled."

    reading = make_reading(text, entities={"Halvor Brenn": "PER"})
    actors, told = resolve_actors(
        make_report(text),
        reading,
        [say(text, "Halvor Brenn", "said", "the army had fled")],
        NAMES,
    )

    assert told[0].about == (find(actors, "the army").id,)


def test_bodies_of_the_authority_file_are_found_whatever_the_labels() -> None:
    text = "Human Rights Watch protested."
    actors, _ = resolve(
        text,
        entities={"Human Rights": "ORG"},
        syntax=verbs("protested"),
    )

    assert [(a.name, a.kind) for a in actors] == [
        ("Human Rights Watch", ActorKind.ORGANISATION)
    ]


def test_waters_and_named_days_are_no_actors() -> None:
    for text in ("Ships left the Strait of Varn.", "They met on Harvest Day."):
        actors, _ = resolve(text)
        assert not [a for a in actors if a.name[0].isupper() and a.name != "They"]


def test_a_name_with_an_age_is_a_person() -> None:
    text = "Rescuers buried Orla Dubrin, 41, and her daughters."
    actors, _ = resolve(text, entities={"Orla Dubrin": "LOC"})

    assert ("Orla Dubrin", ActorKind.PERSON, False) in [
        (a.name, a.kind, a.public) for a in actors
    ]


def test_whom_somebody_shot_is_a_person_whatever_the_label() -> None:
    text = "Then they shot Dunjel."
    actors, _ = resolve(
        text,
        entities={"Dunjel": "LOC"},
        syntax={"shot": ("VERB", "root", None), "Dunjel": ("PROPN", "obj", "shot")},
    )

    assert ("Dunjel", ActorKind.PERSON, False) in [
        (a.name, a.kind, a.public) for a in actors
    ]


def test_role_behind_a_body_s_letters_is_the_body_s() -> None:
    text = "The Dune Front (KNL), a separatist group, said it was over."
    source = "The Dune Front (KNL), a separatist group"
    actors, speakers = resolve(
        text,
        say(text, source, "said", "it was over"),
        entities={"Dune Front": "ORG", "KNL": "ORG"},
    )

    assert speakers == ["Dune Front"]
    assert "a separatist group" in words(text, find(actors, "Dune Front"))
