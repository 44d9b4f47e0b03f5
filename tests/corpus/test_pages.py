from __future__ import annotations

import numpy as np
import pytest

from sayso.corpus.pages import Pages

ROWS = ([1, 2, 3], [], [4], [5, 6])


@pytest.mark.parametrize("held", [0, 14, 1_000])
def test_pages_are_the_same_wherever_they_lie(held: int) -> None:
    pages = Pages(held)
    for row in ROWS:
        pages.append(np.array(row, np.int32))

    assert [page.tolist() for page in pages] == list(ROWS)
    assert pages.part(0, 1, 3).tolist() == [2, 3]
    assert pages.part(3, 1, None).tolist() == [6]
    assert len(pages) == 4
