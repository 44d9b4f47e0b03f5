from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings

from sayso.record import Record, Stance
from sayso.show.terminal import make_console, print_record
from tests.records import make_record, say
from tests.strategies import records

TEXT = "Head\n\n“Officials have assured me that it stops,” she said."


@pytest.fixture
def record() -> Record:
    return make_record(
        TEXT,
        say(
            "s1",
            "she",
            "said",
            "“Officials have assured me that it stops,”",
            speaker="a",
        ),
        say(
            "s2",
            "Officials",
            "have assured",
            "that it stops",
            within="s1",
            stance=Stance.PROMISES,
        ),
        people=[("a", "Ilra Voss")],
        comments=["No \x1b[31mway!"],
        headline="Head",
    )


def printed(record: Record) -> str:
    out = io.StringIO()
    print_record(record, make_console(out))
    return out.getvalue()


def test_a_pipe_gets_plain_lines_of_fixed_width(
    record: Record,
    monkeypatch: pytest.MonkeyPatch,
    check_golden: Callable[[str, str], None],
) -> None:
    monkeypatch.setenv("COLUMNS", "40")

    lines = [line.rstrip() for line in printed(record).splitlines()]

    check_golden("show/plain.txt", "\n".join([*lines, ""]))


def test_a_terminal_gets_colours_and_no_signs(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")

    shown = printed(record)

    assert "\x1b[1;36mshe\x1b[0m \x1b[4;35msaid\x1b[0m" in shown
    assert "*she*" not in shown


def test_no_color_keeps_the_marks_that_are_no_colours(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")

    shown = printed(record)

    assert "\x1b[1mshe\x1b[0m \x1b[4msaid\x1b[0m" in shown
    assert "36m" not in shown


def test_a_report_without_statements_says_so() -> None:
    assert "no statements" in printed(make_record("Nothing."))


@settings(max_examples=30)  # each is drawn, shown and looked through
@given(record=records())
def test_any_record_prints_without_escapes(record: Record) -> None:
    assert "\x1b" not in printed(record)
