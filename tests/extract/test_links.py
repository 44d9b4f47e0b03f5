from collections.abc import Mapping

import pytest

from sayso.extract.links import find_links
from sayso.record import (
    Actor,
    ActorKind,
    Link,
    Place,
    PlacePrecision,
    Span,
    Stance,
    Status,
)
from sayso.vocab.ties import TieWords, load_tie_words
from tests.build import make_report, spot
from tests.parses import parse
from tests.records import Saying, make_record, say

KINDS = {"ada": ActorKind.PERSON, "ben": ActorKind.PERSON}
Row = tuple[str, str, str]


@pytest.fixture(scope="module")
def words() -> TieWords:
    return load_tie_words()


def links_in(
    text: str,
    written: str,
    words: TieWords,
    actors: Mapping[str, str],
    *,
    places: Mapping[str, str] | None = None,
    sayings: tuple[Saying, ...] = (),
) -> tuple[Link, ...]:
    """Return the links of a text; actors and places are ids with a quote each."""
    outlet = say("s0", None, None, text, outlet=True)
    return find_links(
        make_report(text),
        parse(text, written),
        make_record(text, outlet, *sayings).statements,
        [make_actor(name, spot(text, quote), text) for name, quote in actors.items()],
        [make_place(name, spot(text, quote)) for name, quote in (places or {}).items()],
        words,
    )


def make_actor(name: str, span: Span, text: str) -> Actor:
    return Actor(
        id=name,
        name=span.of(text).title(),
        kind=KINDS.get(name, ActorKind.ORGANISATION),
        mentions=(span, span),
        confidence=0.9,
        made_by="test",
    )


def make_place(name: str, span: Span) -> Place:
    return Place(
        id=name,
        name=name,
        precision=PlacePrecision.CITY,
        mentions=(span,),
        confidence=0.9,
        made_by="test",
    )


BY_NOUN = (
    "The ministry's spokesman, Ada Korr, denied it.",
    "The|DET|det|2 ministry|NOUN|nmod:poss|4 's|PART|case|2 spokesman|NOUN|nsubj|9"
    " ,|PUNCT|punct|6 Ada|PROPN|appos|4 Korr|PROPN|flat|6 ,|PUNCT|punct|4"
    " denied|VERB|root|0 it|PRON|obj|9 .|PUNCT|punct|9",
)
DENIED = (
    "The Front has never been linked to the ministry.",
    "The|DET|det|2 Front|NOUN|nsubj:pass|6 has|AUX|aux|6 never|ADV|advmod|6"
    " been|AUX|aux:pass|6 linked|VERB|root|0 to|ADP|case|9 the|DET|det|9"
    " ministry|NOUN|obl|6 .|PUNCT|punct|6",
)
JOINED = (
    "Ada Korr and Ben Oduya belong to the Front.",
    "Ada|PROPN|nsubj|6 Korr|PROPN|flat|1 and|CCONJ|cc|4 Ben|PROPN|conj|1"
    " Oduya|PROPN|flat|4 belong|VERB|root|0 to|ADP|case|9 the|DET|det|9"
    " Front|NOUN|obl|6 .|PUNCT|punct|6",
)
ALLEGED = (
    "The Front's alleged leader, Ben Oduya, fled.",
    "The|DET|det|2 Front|PROPN|nmod:poss|5 's|PART|case|2 alleged|VERB|amod|5"
    " leader|NOUN|nsubj|10 ,|PUNCT|punct|7 Ben|PROPN|appos|5 Oduya|PROPN|flat|7"
    " ,|PUNCT|punct|5 fled|VERB|root|0 .|PUNCT|punct|10",
)
CASES: list[tuple[tuple[str, str], dict[str, str], list[Row]]] = [
    (
        BY_NOUN,
        {"ada": "Ada Korr", "ministry": "The ministry"},
        [("employed_by", "ada", "ministry")],
    ),
    (
        (
            "Ada Korr, a spokeswoman for the ministry, said so.",
            "Ada|PROPN|nsubj|10 Korr|PROPN|flat|1 ,|PUNCT|punct|5 a|DET|det|5"
            " spokeswoman|NOUN|appos|1 for|ADP|case|8 the|DET|det|8"
            " ministry|NOUN|nmod|5 ,|PUNCT|punct|1 said|VERB|root|0 so|ADV|advmod|10"
            " .|PUNCT|punct|10",
        ),
        {"ada": "Ada Korr", "ministry": "the ministry"},
        [("employed_by", "ada", "ministry")],
    ),
    (
        (
            "Ada Korr leads the Front.",
            "Ada|PROPN|nsubj|3 Korr|PROPN|flat|1 leads|VERB|root|0 the|DET|det|5"
            " Front|NOUN|obj|3 .|PUNCT|punct|3",
        ),
        {"ada": "Ada Korr", "front": "the Front"},
        [("leads", "ada", "front")],
    ),
    (
        (
            "The Front is led by Ada Korr.",
            "The|DET|det|2 Front|NOUN|nsubj:pass|4 is|AUX|aux:pass|4 led|VERB|root|0"
            " by|ADP|case|6 Ada|PROPN|obl:agent|4 Korr|PROPN|flat|6 .|PUNCT|punct|4",
        ),
        {"ada": "Ada Korr", "front": "The Front"},
        [("leads", "ada", "front")],
    ),
    (
        JOINED,
        {"ada": "Ada Korr", "ben": "Ben Oduya", "front": "the Front"},
        [("member_of", "ada", "front"), ("member_of", "ben", "front")],
    ),
    (
        (
            "The Front's deputy commander, Ben Oduya, fled.",
            "The|DET|det|2 Front|PROPN|nmod:poss|5 's|PART|case|2"
            " deputy|NOUN|compound|5 commander|NOUN|nsubj|10 ,|PUNCT|punct|7"
            " Ben|PROPN|appos|5 Oduya|PROPN|flat|7 ,|PUNCT|punct|5 fled|VERB|root|0"
            " .|PUNCT|punct|10",
        ),
        {"ben": "Ben Oduya", "front": "The Front"},
        [("member_of", "ben", "front")],
    ),
    (
        (
            "His brother Ben Oduya wept.",
            "His|PRON|nmod:poss|2 brother|NOUN|nsubj|5 Ben|PROPN|appos|2"
            " Oduya|PROPN|flat|3 wept|VERB|root|0 .|PUNCT|punct|5",
        ),
        {"ada": "His", "ben": "Ben Oduya"},
        [("family_of", "ben", "ada")],
    ),
    (
        (
            "Rebels led away the villagers.",
            "Rebels|NOUN|nsubj|2 led|VERB|root|0 away|ADV|advmod|2 the|DET|det|5"
            " villagers|NOUN|obj|2 .|PUNCT|punct|2",
        ),
        {"rebels": "Rebels", "villagers": "the villagers"},
        [],
    ),
]


@pytest.mark.parametrize(
    ("case", "actors", "rows"), CASES, ids=[case[0] for case, _, _ in CASES]
)
def test_ties_actors(
    words: TieWords, case: tuple[str, str], actors: dict[str, str], rows: list[Row]
) -> None:
    links = links_in(*case, words, actors)

    assert [(link.kind, link.from_, link.to) for link in links] == rows


LINKED = (
    "The Front denied any link to the ministry.",
    "The|DET|det|2 Front|PROPN|nsubj|3 denied|VERB|root|0 any|DET|det|5"
    " link|NOUN|obj|3 to|ADP|case|8 the|DET|det|8 ministry|NOUN|nmod|5"
    " .|PUNCT|punct|3",
)


def test_who_denies_a_link_denies_the_tie(words: TieWords) -> None:
    denial = say(
        "s1", "The Front", "denied", "any link to the ministry", stance=Stance.DENIES
    )

    (link,) = links_in(
        *LINKED,
        words,
        {"front": "The Front", "ministry": "the ministry"},
        sayings=(denial,),
    )

    assert (link.kind, link.from_, link.to) == ("linked_to", "front", "ministry")
    assert [one.status for one in link.assertions] == [Status.DENIED]


def test_group_is_based_in_the_place_of_its_compound(words: TieWords) -> None:
    text = "A Tersa-based group spoke."
    written = (
        "A|DET|det|5 Tersa|PROPN|compound|4 -|PUNCT|punct|2 based|VERB|amod|5"
        " group|NOUN|nsubj|6 spoke|VERB|root|0 .|PUNCT|punct|6"
    )

    (link,) = links_in(
        text,
        written,
        words,
        {"group": "A Tersa-based group"},
        places={"tersa": "Tersa"},
    )

    assert (link.kind, link.from_, link.to) == ("based_in", "group", "tersa")


def test_ties_an_actor_to_a_place(words: TieWords) -> None:
    text = "The Front, an armed group active in the Tersa valley, spoke."
    written = (
        "The|DET|det|2 Front|PROPN|nsubj|13 ,|PUNCT|punct|6 an|DET|det|6"
        " armed|ADJ|amod|6 group|NOUN|appos|2 active|ADJ|amod|6 in|ADP|case|11"
        " the|DET|det|11 Tersa|PROPN|compound|11 valley|NOUN|obl|7 ,|PUNCT|punct|2"
        " spoke|VERB|root|0 .|PUNCT|punct|13"
    )

    (link,) = links_in(
        text,
        written,
        words,
        {"front": "The Front, an armed group"},
        places={"tersa": "Tersa"},
    )

    assert (link.kind, link.from_, link.to) == ("active_in", "front", "tersa")


@pytest.mark.parametrize(
    ("case", "actors", "status"),
    [
        (DENIED, {"front": "The Front", "ministry": "the ministry"}, Status.DENIED),
        (ALLEGED, {"front": "The Front", "ben": "Ben Oduya"}, Status.POSSIBLE),
        (JOINED, {"ada": "Ada Korr", "front": "the Front"}, Status.HAPPENED),
    ],
    ids=["never linked", "alleged", "plain"],
)
def test_status_follows_the_words(
    words: TieWords, case: tuple[str, str], actors: dict[str, str], status: Status
) -> None:
    (link,) = links_in(*case, words, actors)

    assert [one.status for one in link.assertions] == [status]
    assert [one.statement for one in link.assertions] == ["s0"]


def test_who_denies_a_clause_denies_its_tie(words: TieWords) -> None:
    denial = say("s1", "Ada", "belong", JOINED[0], stance=Stance.DENIES)

    (link,) = links_in(
        *JOINED, words, {"ben": "Ben Oduya", "front": "the Front"}, sayings=(denial,)
    )

    assert [(one.statement, one.status) for one in link.assertions] == [
        ("s1", Status.DENIED)
    ]


def test_denial_takes_a_tie_in_a_noun_phrase_for_granted(words: TieWords) -> None:
    denial = say("s1", "Ada", "denied", BY_NOUN[0], stance=Stance.DENIES)

    (link,) = links_in(
        *BY_NOUN,
        words,
        {"ada": "Ada Korr", "ministry": "The ministry"},
        sayings=(denial,),
    )

    assert [one.status for one in link.assertions] == [Status.HAPPENED]


def test_silent_nameless_persons_are_tied_to_nobody(words: TieWords) -> None:
    text = "His brother wept."
    written = "His|PRON|nmod:poss|2 brother|NOUN|nsubj|3 wept|VERB|root|0 .|PUNCT|p|3"
    report, reading = make_report(text), parse(text, written)
    ada = make_actor("ada", spot(text, "His"), text)
    brother = Actor(
        id="ben",
        name="his brother",
        kind=ActorKind.PERSON,
        mentions=(spot(text, "His brother"),),
        confidence=0.9,
        made_by="test",
    )
    outlet = make_record(text, say("s0", None, None, text, outlet=True)).statements

    assert find_links(report, reading, outlet, [ada, brother], [], words) == ()


def test_same_link_gets_the_same_id(words: TieWords) -> None:
    actors = {"ada": "Ada Korr", "front": "the Front"}

    assert links_in(*JOINED, words, actors) == links_in(*JOINED, words, actors)
