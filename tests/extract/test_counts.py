import pytest

from sayso.extract.counts import find_counts
from sayso.extract.counts_people import CountWords
from sayso.vocab.amounts import load_amount_words
from sayso.vocab.casualties import load_casualty_words
from sayso.vocab.names import load_names
from tests.parses import parse

Row = tuple[str, int | None, int | None, str]


@pytest.fixture(scope="module")
def words() -> CountWords:
    return CountWords(
        amounts=load_amount_words(),
        casualties=load_casualty_words(),
        names=load_names(),
    )


CASES: list[tuple[str, str, list[Row]]] = [
    (
        "At least 25 soldiers were killed and nine wounded.",
        "At|ADP|case|2 least|ADJ|nmod|3 25|NUM|nummod|4 soldiers|NOUN|nsubj:pass|6"
        " were|AUX|aux:pass|6 killed|VERB|root|0 and|CCONJ|cc|9 nine|NUM|nummod|9"
        " wounded|VERB|conj|6 .|PUNCT|punct|6",
        [
            ("killed", 25, None, "At least 25 soldiers"),
            ("injured", 9, 9, "nine wounded"),
        ],
    ),
    (
        "At least 9 and perhaps as many as 20 people were killed.",
        "At|ADP|case|2 least|ADJ|nmod|3 9|NUM|root|0 and|CCONJ|cc|10"
        " perhaps|ADV|advmod|7 as|ADV|advmod|7 many|ADJ|amod|10 as|ADP|fixed|7"
        " 20|NUM|nummod|10 people|NOUN|conj|3 were|AUX|aux:pass|12"
        " killed|VERB|conj|3 .|PUNCT|punct|3",
        [("killed", 9, 20, "At least 9 and perhaps as many as 20 people")],
    ),
    (
        "In October 2017 twelve porters drowned.",
        "In|ADP|case|2 October|PROPN|obl|6 2017|NUM|nmod:unmarked|2"
        " twelve|NUM|obl:unmarked|6 porters|NOUN|nsubj|6 drowned|VERB|root|0"
        " .|PUNCT|punct|6",
        [("killed", 12, 12, "twelve porters")],
    ),
    (
        "A truce agreed on June 3 was broken.",
        "A|DET|det|2 truce|NOUN|nsubj:pass|7 agreed|VERB|acl|2 on|ADP|case|5"
        " June|PROPN|obl|3 3|NUM|nummod|5 was|AUX|aux:pass|8 broken|VERB|root|0"
        " .|PUNCT|punct|8",
        [],
    ),
    (
        "The ministry put the toll at seven soldiers killed and nine wounded.",
        "The|DET|det|2 ministry|NOUN|nsubj|3 put|VERB|root|0 the|DET|det|5"
        " toll|NOUN|obj|3 at|ADP|case|8 seven|NUM|nummod|8 soldiers|NOUN|nmod|5"
        " killed|VERB|acl|8 and|CCONJ|cc|12 nine|NUM|nummod|12 wounded|ADJ|conj|9"
        " .|PUNCT|punct|3",
        [("killed", 7, 7, "seven soldiers"), ("injured", 9, 9, "nine wounded")],
    ),
    (
        "Clashes wounded two men, bringing the death toll to 19.",
        "Clashes|NOUN|nsubj|2 wounded|VERB|root|0 two|NUM|nummod|4 men|NOUN|obj|2"
        " ,|PUNCT|punct|6 bringing|VERB|advcl|2 the|DET|det|9 death|NOUN|compound|9"
        " toll|NOUN|obj|6 to|ADP|case|11 19|NUM|obl|6 .|PUNCT|punct|2",
        [("injured", 2, 2, "two men"), ("killed", 19, 19, "19")],
    ),
    (
        "Two youths were questioned and let go.",
        "Two|NUM|nummod|2 youths|NOUN|nsubj:pass|4 were|AUX|aux:pass|4"
        " questioned|VERB|root|0 and|CCONJ|cc|6 let|VERB|conj|4 go|VERB|xcomp|6"
        " .|PUNCT|punct|4",
        [("detained", 2, 2, "Two youths"), ("released", 2, 2, "Two youths")],
    ),
    (
        "At least four civilians and three soldiers died.",
        "At|ADP|case|2 least|ADJ|nmod|3 four|NUM|nummod|4 civilians|NOUN|nsubj|8"
        " and|CCONJ|cc|7 three|NUM|nummod|7 soldiers|NOUN|conj|4 died|VERB|root|0"
        " .|PUNCT|punct|8",
        [
            ("killed", 4, None, "At least four civilians"),
            ("killed", 3, None, "three soldiers"),
        ],
    ),
    (
        "The fire killed a councillor and four of his neighbours.",
        "The|DET|det|2 fire|NOUN|nsubj|3 killed|VERB|root|0 a|DET|det|5"
        " councillor|NOUN|obj|3 and|CCONJ|cc|7 four|NUM|conj|5 of|ADP|case|10"
        " his|PRON|nmod:poss|10 neighbours|NOUN|nmod|7 .|PUNCT|punct|3",
        [("killed", 5, 5, "a councillor and four of his neighbours")],
    ),
    (
        "Nine people died, two of them children.",
        "Nine|NUM|nummod|2 people|NOUN|nsubj|3 died|VERB|root|0 ,|PUNCT|punct|8"
        " two|NUM|nsubj|8 of|ADP|case|7 them|PRON|nmod|5 children|NOUN|parataxis|3"
        " .|PUNCT|punct|3",
        [("killed", 9, 9, "Nine people"), ("killed", 2, 2, "two of them")],
    ),
    (
        "A family of five was abducted.",
        "A|DET|det|2 family|NOUN|nsubj:pass|6 of|ADP|case|4 five|NUM|nmod|2"
        " was|AUX|aux:pass|6 abducted|VERB|root|0 .|PUNCT|punct|6",
        [("abducted", 5, 5, "A family of five")],
    ),
    (
        "The army said 12 rebels were killed. Residents counted 30.",
        "The|DET|det|2 army|NOUN|nsubj|3 said|VERB|root|0 12|NUM|nummod|5"
        " rebels|NOUN|nsubj:pass|7 were|AUX|aux:pass|7 killed|VERB|ccomp|3"
        " .|PUNCT|punct|3 / Residents|NOUN|nsubj|2 counted|VERB|root|0 30|NUM|obj|2"
        " .|PUNCT|punct|2",
        [("killed", 12, 12, "12 rebels"), ("killed", 30, 30, "30")],
    ),
    (
        "Four of the injured were porters.",
        "Four|NUM|nsubj|6 of|ADP|case|4 the|DET|det|4 injured|ADJ|nmod|1"
        " were|AUX|cop|6 porters|NOUN|root|0 .|PUNCT|punct|6",
        [("injured", 4, 4, "Four of the injured")],
    ),
    (
        "Some 3,000 people left Uri.",
        "Some|DET|det|2 3,000|NUM|nummod|3 people|NOUN|nsubj|4 left|VERB|root|0"
        " Uri|PROPN|obj|4 .|PUNCT|punct|4",
        [("displaced", 3000, 3000, "Some 3,000 people")],
    ),
    (
        "Eleven bodies were found.",
        "Eleven|NUM|nummod|2 bodies|NOUN|nsubj:pass|4 were|AUX|aux:pass|4"
        " found|VERB|root|0 .|PUNCT|punct|4",
        [("killed", 11, 11, "Eleven bodies")],
    ),
    (
        "Nobody was hurt.",
        "Nobody|PRON|nsubj:pass|3 was|AUX|aux:pass|3 hurt|ADJ|root|0 .|PUNCT|punct|3",
        [("injured", 0, 0, "Nobody")],
    ),
    (
        "A guard was stabbed.",
        "A|DET|det|2 guard|NOUN|nsubj:pass|4 was|AUX|aux:pass|4 stabbed|VERB|root|0"
        " .|PUNCT|punct|4",
        [("injured", 1, 1, "A guard")],
    ),
    (
        "Fighters shot dead six herders.",
        "Fighters|NOUN|nsubj|2 shot|VERB|root|0 dead|ADV|advmod|2 six|NUM|nummod|5"
        " herders|NOUN|obj|2 .|PUNCT|punct|2",
        [("killed", 6, 6, "six herders")],
    ),
    (
        "Twelve conscripts were shot in the leg.",
        "Twelve|NUM|nummod|2 conscripts|NOUN|nsubj:pass|4 were|AUX|aux:pass|4"
        " shot|VERB|root|0 in|ADP|case|7 the|DET|det|7 leg|NOUN|obl|4 .|PUNCT|punct|4",
        [("injured", 12, 12, "Twelve conscripts")],
    ),
]


@pytest.mark.parametrize(
    ("text", "written", "rows"), CASES, ids=[text for text, _, _ in CASES]
)
def test_counts_those_whom_something_befell(
    words: CountWords, text: str, written: str, rows: list[Row]
) -> None:
    counts = find_counts(parse(text, written), words)

    found = [(one.what, one.low, one.high, one.span.of(text)) for one in counts]
    assert sorted(found, key=str) == sorted(rows, key=str)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "Police destroyed three trucks.",
            "Police|NOUN|nsubj|2 destroyed|VERB|root|0 three|NUM|nummod|4"
            " trucks|NOUN|obj|2 .|PUNCT|punct|2",
        ),
        (
            "Rebels shot down two drones.",
            "Rebels|NOUN|nsubj|2 shot|VERB|root|0 down|ADP|compound:prt|2"
            " two|NUM|nummod|5 drones|NOUN|obj|2 .|PUNCT|punct|2",
        ),
        (
            "The 35-year-old trader was arrested.",
            "The|DET|det|7 35|NUM|nummod|4 -|PUNCT|punct|2 year|NOUN|obl:unmarked|6"
            " -|PUNCT|punct|4 old|ADJ|amod|7 trader|NOUN|nsubj:pass|9"
            " was|AUX|aux:pass|9 arrested|VERB|root|0 .|PUNCT|punct|9",
        ),
        (
            "Three ministers left Uri.",
            "Three|NUM|nummod|2 ministers|NOUN|nsubj|3 left|VERB|root|0"
            " Uri|PROPN|obj|3 .|PUNCT|punct|3",
        ),
        (
            "The army lost three tanks.",
            "The|DET|det|2 army|NOUN|nsubj|3 lost|VERB|root|0 three|NUM|nummod|5"
            " tanks|NOUN|obj|3 .|PUNCT|punct|3",
        ),
    ],
    ids=["things", "shot down", "an age", "travellers", "a loss of things"],
)
def test_other_numbers_are_no_counts(
    words: CountWords, text: str, written: str
) -> None:
    assert find_counts(parse(text, written), words) == ()


@pytest.mark.parametrize(
    ("holder", "what"), [("Gunmen", "abducted"), ("Police", "detained")]
)
def test_who_holds_them_tells_custody_from_abduction(
    words: CountWords, holder: str, what: str
) -> None:
    written = f"{holder}|NOUN|nsubj|2 held|VERB|root|0 two|NUM|nummod|4"
    text = f"{holder} held two engineers"

    (count,) = find_counts(parse(text, f"{written} engineers|NOUN|obj|2"), words)

    assert count.what == what


def test_names_noun_and_word_of_a_count(words: CountWords) -> None:
    text, written, _ = CASES[0]

    killed, injured = find_counts(parse(text, written), words)

    assert (killed.of, killed.anchor) == ("soldiers", 5)
    assert (injured.of, injured.anchor) == (None, 8)
