import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading import decode
from sayso.reading.decode import Transitions

CHAIN = Transitions(
    np.array([[0.5, 0, -9], [0, -1, 1], [0, -1, 1]], np.float32),
    np.array([0, 0, -9], np.float32),
)


def scores_of(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def value(tags: tuple[int, ...], emissions: np.ndarray) -> float:
    total = CHAIN.begin[tags[0]] + emissions[range(len(tags)), tags].sum()
    return float(total + sum(CHAIN.moves[a, b] for a, b in itertools.pairwise(tags)))


@given(st.integers(0, 50), st.integers(1, 5))
def test_best_path_is_the_best_of_all_paths(seed: int, size: int) -> None:
    emissions = scores_of(seed, size, 3)

    found = tuple(decode.best_path(emissions, CHAIN))

    best = max(
        itertools.product(range(3), repeat=size), key=lambda t: value(t, emissions)
    )
    assert value(found, emissions) == pytest.approx(value(best, emissions), abs=1e-4)


@given(st.integers(0, 50))
def test_many_paths_at_once_equal_one_by_one(seed: int) -> None:
    emissions = scores_of(seed, 3, 9, 3)

    together = decode.best_paths(emissions, CHAIN)

    for row in range(3):
        assert together[row].tolist() == decode.best_path(emissions[row], CHAIN)


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ([0, 1, 2, 2, 0, 1], [(1, 4), (5, 6)]),
        ([1, 1, 2], [(0, 1), (1, 3)]),
        ([0, 2, 2, 0], [(1, 3)]),
        ([], []),
    ],
)
def test_runs_of_tags(tags: list[int], found: list[tuple[int, int]]) -> None:
    assert decode.runs(tags, 1, 2) == found


def test_an_entity_ends_where_its_label_changes() -> None:
    tags = [1, 2, 4, 4, 0, 2]  # B-0 I-0 I-1 I-1 O I-0

    assert decode.entity_runs(tags) == [(0, 2, 0), (2, 4, 1), (5, 6, 0)]


@given(st.integers(0, 200), st.integers(1, 14))
def test_heads_always_make_one_tree(seed: int, size: int) -> None:
    heads = decode.tree_heads(scores_of(seed, size, size + 1))

    assert heads.count(-1) == 1
    for word in range(size):
        steps = 0
        while word != -1:
            word, steps = heads[word], steps + 1
            assert steps <= size


@given(st.integers(0, 60))
def test_the_tree_is_the_best_one_under_its_root(seed: int) -> None:
    scores = scores_of(seed, 4, 5)
    heads = decode.tree_heads(scores)
    root = heads.index(-1)

    def total(choice: dict[int, int]) -> float:
        return sum(float(scores[word, head]) for word, head in choice.items())

    others = [w for w in range(4) if w != root]
    trees = []
    for choice in itertools.product(range(4), repeat=3):
        tree = dict(zip(others, choice, strict=True))
        if all(_leads_to(tree, word, root) for word in others):
            trees.append(total(tree))
    found = {word: head for word, head in enumerate(heads) if head >= 0}
    assert total(found) == pytest.approx(max(trees), abs=1e-4)


def _leads_to(tree: dict[int, int], word: int, root: int) -> bool:
    for _ in range(5):
        if word == root:
            return True
        word = tree[word]
    return False
