from __future__ import annotations

from msgspec.structs import replace

from sayso.record import (
    Anchor,
    AnchorKind,
    Basis,
    QuoteKind,
    SectionKind,
    Span,
    Stance,
    Statement,
    Time,
    statement_id,
)
from sayso.resolve.dates import find_times
from sayso.resolve.dates_saying import find_said_times, join_times
from sayso.vocab.calendar import load_calendar
from tests.build import make_reading, make_report, spot

TEXT = "The ministry said on Monday that the bridge fell on Sunday."
SYNTAX = {
    "said": ("VERB", "root", None),
    "Monday": ("PROPN", "obl", "said"),
    "on": ("ADP", "case", "Monday"),
    "fell": ("VERB", "ccomp", "said"),
    "Sunday": ("PROPN", "obl", "fell"),
}


def statement(cue: Span | None, content: Span) -> Statement:
    return Statement(
        id=statement_id("r", cue=cue, source=None),
        source=None,
        cue=cue,
        content=(content,),
        quote=QuoteKind.INDIRECT,
        stance=Stance.ASSERTS,
        basis=Basis.NONE,
        confidence=0.5,
        made_by="test",
    )


def test_time_of_the_saying_hangs_on_the_cue() -> None:
    report, reading = make_report(TEXT), make_reading(TEXT, syntax=SYNTAX)
    told = statement(spot(TEXT, "said"), spot(TEXT, "the bridge fell on Sunday"))
    times = find_times(report, reading, load_calendar())

    (joined,) = join_times(report, reading, [told], times)

    (monday,) = (time for time in times if time.value == "2019-08-12")
    assert joined == replace(told, times=(monday.id,))


def test_time_within_the_content_is_none_of_the_saying() -> None:
    report, reading = make_report(TEXT), make_reading(TEXT, syntax=SYNTAX)
    told = statement(spot(TEXT, "said"), spot(TEXT, "on Monday that the bridge fell"))
    times = find_times(report, reading, load_calendar())

    assert join_times(report, reading, [told], times) == (told,)


def test_dateline_is_no_time_of_a_saying() -> None:
    dateline = "ORREN, 12 August -"
    text = f"{dateline} The ministry said that the bridge fell."
    syntax = {"August": ("PROPN", "obl", "said"), "said": ("VERB", "root", None)}
    sections = {dateline: SectionKind.DATELINE, "The ministry": SectionKind.BODY}
    report = make_report(text, sections=sections)
    reading = make_reading(text, syntax=syntax)
    told = statement(spot(text, "said"), spot(text, "that the bridge fell"))
    times = find_times(report, reading, load_calendar())

    assert join_times(report, reading, [told], times) == (told,)


def test_outlet_has_no_time_of_saying() -> None:
    report, reading = make_report(TEXT), make_reading(TEXT, syntax=SYNTAX)
    outlet = statement(None, spot(TEXT, TEXT))
    times = find_times(report, reading, load_calendar())

    assert join_times(report, reading, [outlet], times) == (outlet,)


QUOTED = 'On 3 May the mayor said: "We will leave tomorrow." They left in June.'


def mayor(text: str, content: str, quote: QuoteKind) -> Statement:
    told = statement(spot(text, "said"), spot(text, content))
    return replace(told, quote=quote)


def said_times(text: str, *statements: Statement) -> dict[str, Time]:
    """Return the times of a text by their first words."""
    syntax = {
        "said": ("VERB", "root", None),
        "May": ("PROPN", "obl", "said"),
        "2014": ("NUM", "nummod", "May"),
        "3": ("NUM", "nummod", "May"),
    }
    syntax = {word: row for word, row in syntax.items() if word in text}
    report, reading = make_report(text), make_reading(text, syntax=syntax)
    times, _ = find_said_times(report, reading, statements, load_calendar())
    return {text[slice(*time.mentions[0])]: time for time in times}


def test_quoted_time_is_reckoned_from_the_day_of_the_saying() -> None:
    quoted = mayor(QUOTED, "We will leave tomorrow.", QuoteKind.DIRECT)

    times = said_times(QUOTED, quoted)

    tomorrow, said = times["tomorrow"], times["3 May"]
    assert (tomorrow.value, tomorrow.rule) == ("2019-05-04", "relative_day")
    assert tomorrow.anchor == Anchor(
        kind=AnchorKind.TIME, id=said.id, span=spot(QUOTED, "3 May")
    )
    assert times["June"].anchor == Anchor(kind=AnchorKind.PUBLISHED)


def test_quoted_time_without_a_told_saying_is_reckoned_from_publication() -> None:
    text = 'The mayor said: "We will leave tomorrow."'

    times = said_times(text, mayor(text, "We will leave tomorrow.", QuoteKind.DIRECT))

    assert times["tomorrow"].value == "2019-08-15"


def test_day_too_coarse_to_reckon_from_leaves_a_quoted_day_unknown() -> None:
    text = 'In May 2014 the mayor said: "We left yesterday, and return next month."'
    quoted = mayor(text, "We left yesterday, and return next month.", QuoteKind.DIRECT)

    times = said_times(text, quoted)

    assert times["yesterday"].value == "XXXX-XX-XX"
    assert times["next month"].value == "2014-06"


def test_weekday_of_indirect_speech_follows_its_saying_and_deictics_do_not() -> None:
    text = "The mayor said on 3 May that all would leave on Monday, not next week."
    content = "all would leave on Monday, not next week"

    times = said_times(text, mayor(text, content, QuoteKind.INDIRECT))

    assert times["Monday"].value == "2019-05-06"
    assert times["next week"].value == "2019-08-19/2019-08-25"


def test_only_the_marked_part_of_a_mixed_quotation_is_the_sources() -> None:
    text = 'The mayor said on 3 May that all "will leave tomorrow", unlike last week.'
    content = 'all "will leave tomorrow", unlike last week'

    times = said_times(text, mayor(text, content, QuoteKind.MIXED))

    assert times["tomorrow"].value == "2019-05-04"
    assert times["last week"].value == "2019-08-05/2019-08-11"


def test_speaker_who_goes_on_in_the_paragraph_speaks_on_the_same_day() -> None:
    text = 'On 3 May the mayor said: "We leave tomorrow." He added: "Not today."'
    first = replace(mayor(text, "We leave tomorrow.", QuoteKind.DIRECT), speaker="a1")
    added = replace(
        statement(spot(text, "added"), spot(text, "Not today.")),
        quote=QuoteKind.DIRECT,
        speaker="a1",
    )

    times = said_times(text, first, added)

    assert times["tomorrow"].value == "2019-05-04"
    assert times["3 May"].mentions == (spot(text, "3 May"), spot(text, "today"))


def test_quotation_within_a_quotation_follows_the_outer_day() -> None:
    text = 'The mayor said on 3 May: "The guards told us on Monday: we leave tomorrow."'
    outer = mayor(
        text, "The guards told us on Monday: we leave tomorrow.", QuoteKind.DIRECT
    )

    times = said_times(text, outer)

    assert times["Monday"].value == "2019-04-29"
    assert times["tomorrow"].value == "2019-05-04"
