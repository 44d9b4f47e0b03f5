from __future__ import annotations

import hashlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Report, Span, make_id, report_id, statement_id
from tests import strategies

FRAME = {"url": None, "outlet": "Harbour Wire", "published": None, "title": None}


@given(report=strategies.reports())
def test_report_id_is_the_hash_of_a_plain_json_list(report: Report) -> None:
    parts = [report.text, report.url, report.outlet, report.published, report.title]
    plain = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))

    assert report.id == hashlib.sha256(plain.encode()).hexdigest()


@pytest.mark.parametrize("field", ["text", "url", "outlet", "published", "title"])
def test_each_field_of_the_frame_makes_another_report(field: str) -> None:
    before = {"text": "Police said no.", **FRAME}
    after = before | {field: "other"}

    assert report_id(**before) != report_id(**after)


@given(letter=st.sampled_from("seltap"), anchor=st.lists(st.none() | st.integers(0, 9)))
def test_row_id_is_a_letter_and_twelve_hex_digits(
    letter: str, anchor: list[int | None]
) -> None:
    row_id = make_id(letter, "report", "kind", anchor)

    assert re.fullmatch(rf"{letter}[0-9a-f]{{12}}", row_id)
    assert row_id == make_id(letter, "report", "kind", anchor)


def test_row_ids_differ_by_report_kind_and_anchor() -> None:
    ids = {
        make_id("e", "one", "event", (Span(3, 8),)),
        make_id("e", "two", "event", (Span(3, 8),)),
        make_id("e", "one", "other", (Span(3, 8),)),
        make_id("e", "one", "event", (Span(3, 9),)),
    }

    assert len(ids) == 4


def test_joint_sources_give_two_statement_ids() -> None:
    cue, source = Span(20, 24), Span(0, 19)

    first = statement_id("report", cue=cue, source=source)
    second = statement_id("report", cue=cue, source=source, conjunct=1)

    assert first != second


def test_id_of_the_outlet_voice_does_not_clash_with_a_cue_at_the_start() -> None:
    outlet = statement_id("report", cue=None, source=None)

    assert outlet != statement_id("report", cue=Span(0, 0), source=None)


def test_ids_are_the_same_in_every_release() -> None:
    found = statement_id("report", cue=Span(20, 24), source=Span(0, 19))

    assert found == "sf037ce37c173"
