from __future__ import annotations

import numpy as np

from sayso.corpus.similar import Sentences, find_similar
from sayso.record import Comment, Span
from tests.corpus.build import make_comments

BRIDGE = (
    "The council should repair the old bridge soon.",
    "They must mend our crossing before it snows.",
    "Why is nobody fixing that thing this year?",
)
RAIN = "It has rained for two weeks without end."


def embed(comment: Comment) -> Sentences:
    """Give what speaks of the bridge one direction, and all else one of its own."""
    row = np.zeros((1, 9), np.float32)
    if comment.text.casefold() in {one.casefold() for one in BRIDGE}:
        row[0, 0], row[0, 8] = 0.9, np.sqrt(0.19) * (-1) ** comment.n
    else:
        row[0, comment.n % 7 + 1] = 1
    return Sentences([Span(0, len(comment.text))], row)


def test_sentences_of_one_meaning_are_one_point() -> None:
    comments = make_comments(BRIDGE[0], RAIN, BRIDGE[1], BRIDGE[2], "Wind.")

    (point,) = find_similar(comments, embed, min_cosine=0.6)

    assert [one.n for one in point.sentences] == [1, 3, 4]
    assert point.authors == 3
    assert point.cosine == 0.62


def test_the_same_words_are_no_similar_point() -> None:
    comments = make_comments(BRIDGE[0], BRIDGE[0].upper(), BRIDGE[0])

    assert find_similar(comments, embed, min_cosine=0.6) == ()


def test_one_author_and_two_authors_make_no_point() -> None:
    comments = make_comments(*BRIDGE, authors=("c1", "c1", "c2"))

    assert find_similar(comments, embed, min_cosine=0.6) == ()
    assert find_similar((), embed) == ()
