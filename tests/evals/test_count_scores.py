from collections import Counter
from typing import Any

from evals.counts import gold_counts, score


def tally_of(gold: set[Any], found: set[Any]) -> dict[str, int]:
    tally: Counter[Any] = Counter()
    score(gold, found, tally)
    kinds = {kind for kind, _ in tally}
    return {kind: sum(n for (k, _), n in tally.items() if k == kind) for kind in kinds}


def test_number_told_of_two_events_is_one() -> None:
    count = {"what": "killed", "low": 4, "high": 4, "span": [10, 23]}
    row = {"events": {"E1": {"counts": [count]}, "E2": {"counts": [count]}}}

    assert set(gold_counts(row)) == {("killed", 4, 4, 10, 23)}


def test_found_count_must_agree_and_meet() -> None:
    gold = {("killed", 4, 4, 10, 23), ("injured", 9, None, 30, 40)}
    found = {("killed", 4, 4, 12, 15), ("injured", 9, 9, 30, 40)}

    assert tally_of(gold, found) == {"hit": 1, "gold": 2, "found": 2}


def test_one_found_count_hits_one_gold_count() -> None:
    gold = {("killed", 4, 4, 10, 23), ("killed", 4, 4, 12, 23)}

    assert tally_of(gold, {("killed", 4, 4, 10, 23)})["hit"] == 1
