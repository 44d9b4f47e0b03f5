import re

import pytest

from sayso.extract.counts_amounts import parse_amount
from sayso.vocab.amounts import AmountWords, load_amount_words

WORD = re.compile(r"\w+(?:[.,]\w+)*|[^\w\s]")


@pytest.fixture(scope="module")
def vocabulary() -> AmountWords:
    return load_amount_words()


@pytest.mark.parametrize(
    ("words", "low", "high", "approximate"),
    [
        ("25", 25, 25, False),
        ("15,000", 15000, 15000, False),
        ("1.2 million", 1200000, 1200000, False),
        ("twenty-five", 25, 25, False),
        ("two hundred and fifty", 250, 250, False),
        ("half a dozen", 6, 6, False),
        ("two dozen", 24, 24, False),
        ("at least 25", 25, None, False),
        ("more than 30", 31, None, False),
        ("more than a dozen", 13, None, False),
        ("30 or more", 30, None, False),
        ("up to 27", None, 27, False),
        ("no more than four", None, 4, False),
        ("fewer than 12", None, 11, False),
        ("nearly 60", None, 60, True),
        ("about 20", 20, 20, True),
        ("some 24", 24, 24, True),
        ("a hundred or so", 100, 100, True),
        ("several", 3, 9, True),
        ("dozens", 24, 99, True),
        ("scores", 40, 99, True),
        ("hundreds", 200, 999, True),
        ("several dozen", 36, 99, True),
        ("12 to 15", 12, 15, False),
        ("12-15", 12, 15, False),
        ("two or three", 2, 3, False),
        ("between nine and sixty", 9, 60, False),
        ("at least 11 and perhaps as many as 30", 11, 30, False),
        ("nobody", 0, 0, False),
        ("no", 0, 0, False),
    ],
)
def test_reads_the_interval_of_a_number(
    vocabulary: AmountWords,
    words: str,
    low: int | None,
    high: int | None,
    approximate: bool,
) -> None:
    tokens = WORD.findall(words)
    amounts = (parse_amount(tokens, at, vocabulary) for at in range(len(tokens)))
    amount = next(one for one in amounts if one is not None)

    assert (amount.low, amount.high, amount.approximate) == (low, high, approximate)
    assert (amount.start, amount.end) == (0, len(tokens))


@pytest.mark.parametrize("word", ["soldiers", "15:30", "a", "4815162342"])
def test_other_words_are_no_number(vocabulary: AmountWords, word: str) -> None:
    assert parse_amount([word], 0, vocabulary) is None


def test_and_between_two_numbers_is_no_range(vocabulary: AmountWords) -> None:
    amount = parse_amount(["five", "and", "six"], 0, vocabulary)

    assert amount is not None
    assert (amount.low, amount.high) == (5, 5)
