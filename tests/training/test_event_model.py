"""The event heads' habits: what differs between sets of reports."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="training extra is not installed")

from training.event_model import SIZES, RowNet, habit_of  # noqa: E402
from training.model import HIDDEN  # noqa: E402


def test_each_set_follows_its_habit() -> None:
    conflict = {"asia-01"}

    assert habit_of("asia-01", conflict) == 0
    assert habit_of("k-003", conflict) == 1
    assert habit_of("b-eeur-32", conflict) == 2


def test_a_net_answers_in_the_habit_of_the_conflict_set() -> None:
    torch.manual_seed(0)
    net = RowNet.of("implied").eval()
    torch.nn.init.normal_(net.habit)
    vectors, numbers = SIZES["implied"]
    rows = torch.randn(3, vectors * HIDDEN + numbers)

    plain, first, last = (
        net(rows, habits)[0]
        for habits in (None, torch.tensor([0, 0, 0]), torch.tensor([0, 1, 2]))
    )

    assert torch.equal(plain, first)
    assert torch.equal(plain[0], last[0])
    assert not torch.equal(plain[1:], last[1:])
