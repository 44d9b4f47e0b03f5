from __future__ import annotations

import pytest

from sayso.ingest import progress
from sayso.ingest.ingest import Tally
from sayso.ingest.progress import Pace, span, watch
from sayso.intake import Meter


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 s"),
        (45.2, "45 s"),
        (59.7, "1 min"),
        (600, "10 min"),
        (7500, "2 h 5 min"),
        (356_400, "4 d 3 h"),
    ],
)
def test_length_of_time_is_told_in_two_parts(seconds: float, told: str) -> None:
    assert span(seconds) == told


def test_rate_and_time_left_follow_from_what_was_done() -> None:
    meter = Meter(1000)
    pace = Pace(start=0.0)

    meter.done = 100
    first = pace.tell(Tally(read=50), meter, at=10.0)
    meter.done = 500
    second = pace.tell(Tally(read=250, failed=2), meter, at=20.0)

    assert first == "50 reports, 5.0/s, 2 min left"
    assert second == "250 reports, 12.5/s, 2 failed, 20 s left"


def test_without_a_total_only_the_rate_is_told() -> None:
    assert Pace(start=0.0).tell(Tally(read=50), Meter(), at=10.0) == (
        "50 reports, 5.0/s"
    )


def test_log_gets_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "LINE_SECONDS", -1.0)

    given = list(watch([Tally(read=1), Tally(read=2)], Meter()))

    assert len(given) == 2
    assert capsys.readouterr().err.startswith("sayso: 1 reports, ")
