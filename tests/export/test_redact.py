from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sayso.export.formats import Options, Persons, TextKept
from sayso.export.redact import quote, redact, redact_judgement
from sayso.record import Actor, ActorKind, Comment, Record, Span, to_json
from sayso.vocab.names import load_names
from tests.export.raid import PLANTED, judgement, planted_record, raid_record
from tests.export.samples import RECORDS, talks_record
from tests.records import make_record
from tests.strategies import records

NAMES = load_names()
FULL = Options(text=TextKept.FULL)
NOTHING_HIDDEN = Options(persons=Persons.ALL, text=TextKept.FULL)
ALL_OPTIONS = [
    Options(persons=persons, text=text) for persons in Persons for text in TextKept
]


# No title, role, state or word of English has "qz" in it.
name_words = st.from_regex(r"[A-Z][a-z]{0,4}qz[a-z]{0,3}", fullmatch=True)


def person(text: str, name: str, *mentions: str, **told: object) -> Record:
    """Return the record of a text with one person in it."""
    record = make_record(text)
    start = text.index(mentions[0] if mentions else name)
    told = {"kind": ActorKind.PERSON, "public": False} | told
    one = Actor(
        id="a1",
        name=name,
        mentions=(Span(start, start + len(mentions[0] if mentions else name)),),
        confidence=1.0,
        made_by="test",
        **told,
    )
    return replace(record, actors=(one,))


def text_of(record: Record, options: Options = FULL) -> str:
    return redact(record, options, NAMES).report.text


@pytest.mark.parametrize("options", ALL_OPTIONS, ids=str)
@given(record=records())
def test_lengths_ids_and_spans_stay(options: Options, record: Record) -> None:
    redacted = redact(record, options, NAMES)

    assert len(redacted.report.text) == len(record.report.text)
    assert redacted.report.id == record.report.id
    assert [*redacted.spans()] == [*record.spans()] or len(redacted.links) < len(
        record.links
    )
    assert [len(one.text) for one in redacted.report.comments] == [
        len(one.text) for one in record.report.comments
    ]


@given(record=records())
def test_nothing_changes_if_all_may_leave(record: Record) -> None:
    assert redact(record, NOTHING_HIDDEN, NAMES) == record


@pytest.mark.parametrize("text", list(TextKept))
def test_planted_name_is_nowhere(text: TextKept) -> None:
    redacted = redact(planted_record(), Options(text=text), NAMES)

    told = to_json(redacted).decode().casefold()

    assert [name for name in PLANTED if name.casefold() in told] == []
    assert "\u200b" not in told or "rvik" not in told


def test_private_mentions_are_overwritten_in_place() -> None:
    record = raid_record()
    redacted = redact(record, FULL, NAMES)

    witness = redacted.actors[3]

    assert witness.name == "█" * len("Ama Torvik")
    assert {redacted.text_of(one)[0] for one in witness.mentions} == {"█"}
    assert quote(redacted, redacted.statements[1].cue) == "said"


def test_links_with_a_private_end_are_dropped() -> None:
    assert redact(raid_record(), FULL, NAMES).links == ()
    assert len(redact(talks_record(), FULL, NAMES).links) == 2


def test_public_persons_stay_unless_nobody_may_leave() -> None:
    record = talks_record()

    assert redact(record, FULL, NAMES) == record
    nobody = redact(record, Options(persons=Persons.NONE, text=TextKept.FULL), NAMES)
    assert "Voss" not in to_json(nobody).decode()
    assert "voss" not in to_json(nobody).decode()
    assert "Reed Front" in nobody.report.text


def test_byline_goes_if_nobody_may_leave() -> None:
    record = raid_record(byline="By Noor Halden")
    nobody = redact(record, Options(persons=Persons.NONE), NAMES)

    assert redact(record, FULL, NAMES).report.byline == "By Noor Halden"
    assert "Halden" not in to_json(nobody).decode()


def test_word_that_is_common_in_the_article_is_hidden_with_a_capital_only() -> None:
    text = "Ilse Rose sells a rose. Rose and ROSE said so. The roses are red."

    assert text_of(person(text, "Ilse Rose")) == (
        "█████████ sells a rose. ████ and ████ said so. The roses are red."
    )


def test_surname_of_an_officeholder_stays() -> None:
    text = "President Karim met his nephew, Tarek Karim. Karim smiled at Tarek."
    record = person(text, "Tarek Karim")
    president = Actor(
        id="a2",
        name="Karim",
        kind=ActorKind.PERSON,
        public=True,
        mentions=(Span(0, 15),),
        confidence=1.0,
        made_by="test",
    )

    shown = text_of(replace(record, actors=(*record.actors, president)))

    assert (
        shown == "President Karim met his nephew, ███████████. Karim smiled at █████."
    )


def test_description_hides_its_mentions_but_no_other_words() -> None:
    text = "My brother left. The brother of a friend said: my brother is here."

    shown = text_of(person(text, "My brother"))

    assert shown == "██████████ left. The brother of a friend said: my brother is here."


def test_states_and_titles_are_no_names() -> None:
    text = "Mr Jordan Abel left Jordan. Mr Stam did not. abel is a word."

    shown = text_of(person(text, "Mr Jordan Abel"))

    assert shown == "██████████████ left Jordan. Mr Stam did not. abel is a word."


def test_names_without_case_are_found_inside_words() -> None:
    text = "証人の山田太郎は話した。山田さん。"

    assert "山田太郎" not in text_of(person(text, "山田太郎"))


@pytest.mark.parametrize(
    "comment",
    [
        "TORVIK",
        "torvik's",
        "Törvïk",
        "the Torviks",
        "@torvik",
        "Ｔｏｒｖｉｋ",
        "T\u00adorvik",
    ],
)
def test_other_spellings_in_comments_are_found(comment: str) -> None:
    record = raid_record()
    report = record.report
    comments = (replace(report.comments[0], text=comment),)
    record = replace(record, report=replace(report, comments=comments))
    shown = redact(record, FULL, NAMES).report.comments[0].text

    assert "█" in shown
    assert "orvik" not in shown.casefold()
    assert len(shown) == len(comment)


@given(
    first=name_words,
    last=name_words,
    between=st.sampled_from([" ", "-", "_", "  ", ". ", "\n", "%20", ", ", "+", "/"]),
    spell=st.sampled_from([str, str.upper, str.lower, str.title]),
    around=st.text(st.sampled_from(" .,:;!?\"'()[]{}<>=#@\n0123456789„“”"), max_size=9),
)
def test_any_name_is_found_in_any_spelling(
    first: str, last: str, between: str, spell: Callable[[str], str], around: str
) -> None:
    record = person(f"{first} {last} spoke.", f"{first} {last}")
    whole = f"{around}{spell(first)}{between}{spell(last)}{around}"
    texts = (whole, f"{around}{spell(last)}{around}", f"{spell(first)}'s {around}")
    comments = tuple(
        Comment(n=n, author="c1", text=text) for n, text in enumerate(texts, 1)
    )
    record = replace(record, report=replace(record.report, comments=comments))

    shown = " ".join(one.text for one in redact(record, FULL, NAMES).report.comments)

    assert first.lower() not in shown.lower()
    assert last.lower() not in shown.lower()


def test_only_quotes_leave_by_default() -> None:
    record = raid_record()
    redacted = redact(record, Options(), NAMES)

    assert "Seven died" in redacted.report.text
    assert redacted.report.text.startswith("Four soldiers die in raid near Tersa\n\n")
    assert "has left" not in redacted.report.text
    assert redacted.report.text.count("\n") == record.report.text.count("\n")
    assert "again" not in redacted.report.comments[0].text
    assert "hides its dead" in redacted.report.comments[0].text


def test_no_words_leave_if_none_may() -> None:
    redacted = redact(raid_record(), Options(text=TextKept.NONE), NAMES)

    assert not any(map(str.isalnum, redacted.report.text))
    assert not any(map(str.isalnum, redacted.report.comments[0].text))
    assert redacted.events[0].counts[0].of is None
    assert redacted.actors[0].name == "Reed Front"
    assert redacted.report.title == "Four soldiers die in raid near Tersa"


def test_quote_without_words_is_none() -> None:
    redacted = redact(raid_record(), Options(text=TextKept.NONE), NAMES)

    assert quote(redacted, redacted.statements[1].content[0]) is None


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.report.key)
def test_redacting_twice_changes_no_more(record: Record) -> None:
    once = redact(record, Options(), NAMES)

    assert redact(once, Options(), NAMES) == once


def test_judgement_on_a_hidden_person_tells_no_name() -> None:
    record = raid_record()
    made = redact_judgement(judgement(record), record, FULL, NAMES)

    told = msgspec.json.encode(made).decode()

    assert "Torvik" not in told
    assert "Amalia" not in told
    assert made.anchor.quote.startswith("said █")


def test_added_private_person_tells_no_name() -> None:
    record = raid_record()
    added = {"kind": "person", "name": "Odd Person", "mentions": [[0, 4]]}
    made = judgement(record, target=None, field=None, value=added)

    told = redact_judgement(made, record, FULL, NAMES)

    assert "Odd Person" not in msgspec.json.encode(told).decode()
    assert told.value["mentions"] == [[0, 4]]
    open_to_all = redact_judgement(made, record, NOTHING_HIDDEN, NAMES)
    assert open_to_all == made
