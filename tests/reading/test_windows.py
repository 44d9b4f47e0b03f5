from itertools import accumulate, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.reading.windows import plan_windows

DOCUMENTS = st.lists(
    st.lists(st.integers(1, 6), min_size=1, max_size=30), min_size=1, max_size=12
)
"""Pieces of each token, by sentence."""


def plan(
    document: list[list[int]],
) -> tuple[list[int], list[tuple[int, int, int, int]]]:
    sizes = [size for sentence in document for size in sentence]
    ends = [0, *accumulate(len(sentence) for sentence in document)]
    return sizes, plan_windows(sizes, list(pairwise(ends)), max_pieces=24, overlap=0.5)


@given(document=DOCUMENTS)
@settings(deadline=None, derandomize=True)
def test_own_parts_meet_and_cover_all_tokens(document: list[list[int]]) -> None:
    sizes, windows = plan(document)

    own = [(window.own_start, window.own_end) for window in windows]

    assert own[0][0] == 0
    assert own[-1][1] == len(sizes)
    assert all(left[1] == right[0] for left, right in pairwise(own))
    assert all(start < end for start, end in own)


@given(document=DOCUMENTS)
@settings(deadline=None, derandomize=True)
def test_windows_hold_their_own_part_and_fit(document: list[list[int]]) -> None:
    sizes, windows = plan(document)

    for window in windows:
        assert window.start <= window.own_start < window.own_end <= window.end
        assert sum(sizes[window.start : window.end]) <= 22 or (
            window.end - window.start == 1
        )


def test_windows_before_a_long_sentence_leave_no_empty_part() -> None:
    _, windows = plan([[5], [5], [5], [5], [6] * 3, [5]])

    assert all(window.own_start < window.own_end for window in windows)
