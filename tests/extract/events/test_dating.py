"""Acts that cannot be one for their days."""

from __future__ import annotations

import pytest

from sayso.extract.events.dating import Days, are_apart

MONDAY, TUESDAY = Days("2024-03-04", "2024-03-04"), Days("2024-03-05", "2024-03-05")
MARCH = Days("2024-03-01", "2024-03-31")


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        (MONDAY, TUESDAY, True),
        (TUESDAY, MONDAY, True),
        (MONDAY, MONDAY, False),
        (MARCH, TUESDAY, False),
        (None, TUESDAY, False),
    ],
)
def test_days_that_share_none_are_apart(
    a: Days | None, b: Days | None, apart: bool
) -> None:
    assert are_apart(a, b) is apart
