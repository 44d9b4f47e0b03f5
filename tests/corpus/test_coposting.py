from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus.coposting import Post, find_matches, find_together

TEXT = "the old ferry must sail again before the winter"

POSTS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.integers(0, 300),
        st.lists(st.sampled_from("pqrstuv"), max_size=8).map(" ".join),
    ),
    max_size=20,
)


def post(number: int, author: str, second: float, text: str = TEXT) -> Post:
    return Post(id=number, author=author, second=second, text=text)


@given(rows=POSTS, least=st.sampled_from([0.5, 0.8, 0.9, 1.0]))
def test_join_finds_what_comparing_all_pairs_finds(
    rows: list[tuple[str, int, str]], least: float
) -> None:
    posts = [Post(number, *row) for number, row in enumerate(rows)]

    found = {
        frozenset((one.first, one.second)): one.jaccard
        for one in find_matches(posts, min_jaccard=least, window_s=60)
    }

    wanted = {}
    for left, right in combinations(posts, 2):
        a, b = set(left.text.split()), set(right.text.split())
        near = abs(left.second - right.second) <= 60 and left.author != right.author
        if near and a and b and len(a & b) / len(a | b) >= least:
            wanted[frozenset((left.id, right.id))] = len(a & b) / len(a | b)
    assert found == pytest.approx(wanted)


def test_earlier_post_comes_first() -> None:
    (match,) = find_matches([post(1, "b", 30), post(2, "a", 10)])

    assert (match.first, match.second, match.jaccard) == (2, 1, 1.0)


def test_authors_together_share_several_texts() -> None:
    other = "kite permits are too dear for the children of this town"
    posts = [
        post(1, "a", 0),
        post(2, "b", 20),
        post(3, "a", 5000, other),
        post(4, "b", 5030, other),
        post(5, "c", 25),
        post(6, "c", 9000, other),
    ]

    (pair,) = find_together(posts)

    assert pair.authors == ("a", "b")
    assert pair.texts == 2
    assert [(one.first, one.second) for one in pair.matches] == [(1, 2), (3, 4)]
