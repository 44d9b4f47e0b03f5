from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus.phrases import MAX_WORDS, find_shared
from sayso.corpus.words import BREAK, Vocabulary, number_words

TEXTS = st.lists(
    st.lists(st.sampled_from(["ale", "bun", "cod", "of", ","]), max_size=9),
    min_size=1,
    max_size=7,
)


@given(texts=TEXTS, at_least=st.integers(1, 3))
def test_shared_phrases_are_those_of_plain_counting(
    texts: list[list[str]], at_least: int
) -> None:
    vocabulary = Vocabulary()
    words = number_words([" ".join(text) for text in texts], vocabulary)
    edges = np.array([stem != "of" for stem in vocabulary.stems], np.bool_)
    units = np.arange(len(texts)) // 2

    levels, tests = find_shared(words, units, at_least=at_least, edges=edges)

    numbers = np.concatenate(list(words.chunks))
    authors = units[words.comments_at(np.arange(words.total))]
    wanted, different = plain(numbers.tolist(), authors, vocabulary)
    found = {
        tuple(gram): int(count)
        for level in levels
        for gram, count in zip(level.grams.tolist(), level.units, strict=True)
    }
    assert found == {g: len(u) for g, u in wanted.items() if len(u) >= at_least}
    assert tests >= different


def plain(
    numbers: list[int], authors: np.ndarray, vocabulary: Vocabulary
) -> tuple[dict[tuple[int, ...], set[int]], int]:
    users: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for at in range(len(numbers)):
        for length in range(2, MAX_WORDS + 1):
            gram = tuple(numbers[at : at + length])
            if len(gram) < length or BREAK in gram:
                break
            if "of" not in {vocabulary.stems[gram[0]], vocabulary.stems[gram[-1]]}:
                users[gram].add(int(authors[at]))
    return users, len(users)
