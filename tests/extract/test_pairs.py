import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.pairs import pair_type
from sayso.extract.pairs_terms import BLOCKS, BUCKETS, read_pair, stem
from sayso.vocab.event_words import EventWords
from tests.build import WIDTH, make_reading

TEXT = "Velan troops attacked two Ostrian villages, Mira Tolan said on Monday."
WORDS = EventWords({"attack": (("ASSAULT", ""),)}, {}, {})
SYNTAX = {
    "Velan": ("PROPN", "amod", "troops"),
    "troops": ("NOUN", "nsubj", "attacked"),
    "attacked": ("VERB", "ccomp", "said"),
    "villages": ("NOUN", "obj", "attacked"),
    "said": ("VERB", "root", None),
}
ACTOR, RECIPIENT = (0, 2), (3, 6)


def reading_of(text=TEXT, **names):
    return make_reading(text, entities=names, syntax=SYNTAX)


class Judge:
    """Says ASSAULT if the pair shares the terms of an attack, else AID."""

    labels = ("AID", "ASSAULT")
    words = WORDS

    def __init__(self, known):
        self.known = set(known.terms.tolist())

    def score(self, pair):
        share = len(self.known & set(pair.terms.tolist())) / len(self.known)
        return np.array([1 - share, share], np.float32)


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("attacked", "attack"),
        ("attacking", "attack"),
        ("attacks", "attack"),
        ("released", "releas"),
        ("releases", "releas"),
        ("stopped", "stop"),
        ("parties", "party"),
        ("kill", "kill"),
        ("press", "press"),
        ("is", "is"),
        ("cease-fires", "cease-fires"),
    ],
)
def test_forms_of_a_word_share_a_stem(word, stemmed):
    assert stem(word) == stemmed


def test_the_likeliest_type_comes_with_its_probability():
    reading = reading_of()
    judge = Judge(read_pair(reading, ACTOR, RECIPIENT, WORDS))

    kind, probability = pair_type(reading, ACTOR, RECIPIENT, judge)

    assert (kind, probability) == ("ASSAULT", 1.0)


def test_names_of_the_two_and_of_others_are_no_terms():
    other = (
        TEXT.replace("Velan", "Kestan")
        .replace("Ostrian", "Lorian")
        .replace("Mira Tolan", "Pell Adran")
    )
    syntax = {quote.replace("Velan", "Kestan"): row for quote, row in SYNTAX.items()}
    one = read_pair(reading_of(**{"Mira Tolan": "PER"}), ACTOR, RECIPIENT, WORDS)
    two = read_pair(
        make_reading(other, entities={"Pell Adran": "PER"}, syntax=syntax),
        ACTOR,
        RECIPIENT,
        WORDS,
    )

    assert set(one.terms.tolist()) == set(two.terms.tolist())


def test_words_beside_the_way_weigh_less_than_the_predicate():
    near = read_pair(reading_of(), ACTOR, RECIPIENT, WORDS)
    far = read_pair(
        reading_of(TEXT.replace("Monday", "Friday")), ACTOR, RECIPIENT, WORDS
    )
    changed = set(near.terms.tolist()) - set(far.terms.tolist())

    weights = [
        weight
        for term, weight in zip(near.terms, near.weights, strict=True)
        if int(term) in changed
    ]

    assert changed
    assert max(weights) < near.weights.max()


@pytest.mark.parametrize("pair", [(ACTOR, None), (None, RECIPIENT)])
def test_one_of_the_two_is_enough(pair):
    found = read_pair(reading_of(), *pair, WORDS)

    assert len(found.terms)


@pytest.mark.parametrize("pair", [(None, None), ((2, 2), RECIPIENT)])
def test_nobody_is_no_pair(pair):
    with pytest.raises(ValueError, match="actor or a recipient"):
        read_pair(reading_of(), *pair, WORDS)


def test_rings_of_heads_end():
    syntax = {**SYNTAX, "attacked": ("VERB", "dep", "troops")}

    found = read_pair(make_reading(TEXT, syntax=syntax), ACTOR, RECIPIENT, WORDS)

    assert found.vectors.shape == (BLOCKS, WIDTH)


ENDS = st.tuples(st.integers(0, 11), st.integers(1, 3)).map(
    lambda pair: (pair[0], min(12, pair[0] + pair[1]))
)


@given(actor=ENDS, recipient=ENDS)
def test_any_two_ranges_give_numbers_in_bounds(actor, recipient):
    found = read_pair(reading_of(), actor, recipient, WORDS)

    assert len(found.terms) == len(found.weights)
    assert ((found.terms >= 0) & (found.terms < BUCKETS)).all()
    assert np.isfinite(found.vectors).all()
    assert not len(found.weights) or np.isclose((found.weights**2).sum(), 1)
