from __future__ import annotations

import os
from pathlib import Path

import pytest

from evals.kill import KINDS, run_rounds
from sayso.ingest.ingest import BATCH

ROUNDS = 52


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_kill_loses_nothing_acknowledged(tmp_path: Path) -> None:
    counts = run_rounds(tmp_path, ROUNDS)

    assert sum(one.rounds for one in counts.values()) == ROUNDS
    assert {kind for kind, one in counts.items() if one.killed} == set(KINDS)
    for kind, one in counts.items():
        assert (one.lost, one.half, one.unopened) == (0, 0, 0), kind
        assert one.repeated <= BATCH
