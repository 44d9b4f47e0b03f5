from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from sayso.record import Record
from sayso.show.html import record_html
from tests.records import make_record, say
from tests.strategies import records

EVIL = "<script>alert(1)</script> “x” & <img src=x onerror=alert(1)>"
VOID = {"br", "img"}


class Checker(HTMLParser):
    """Collects tags, ids and links, and sees that all tags are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.add(tag)
        facts = dict(attrs)
        assert set(facts) <= {"class", "id", "href", "scope"}, facts
        self.ids += [value for value in [facts.get("id")] if value]
        self.links |= {(facts.get("href") or "").removeprefix("#")} - {""}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def check(record: Record) -> Checker:
    checker = Checker()
    checker.feed(record_html(record))
    checker.close()
    assert checker.open == []
    return checker


@pytest.fixture
def record() -> Record:
    return make_record(
        "“Officials have assured me that it stops,” she said.",
        say("s1", "she", "said", "“Officials have assured me that it stops,”"),
        say("s2", "Officials", "have assured", "that it stops", within="s1"),
        say("s0", None, None, "she", outlet=True),
    )


def test_numbers_lead_to_the_ledger_and_back(record: Record) -> None:
    page = check(record)

    assert page.links == {one for one in page.ids if not one.endswith("line-0")}
    assert len(page.ids) == len(set(page.ids))


def test_text_of_a_report_is_no_markup() -> None:
    record = make_record(
        EVIL,
        say("s", "x", None, "<img", speaker="a"),
        people=[("a", EVIL)],
        comments=[EVIL],
    )

    page = check(record)

    assert not page.tags & {"script", "img"}
    assert page.words.count("alert(1)") >= 4


def test_nothing_is_loaded_and_nothing_runs(record: Record) -> None:
    html = record_html(record)

    assert "http" not in html
    assert "url(" not in html
    assert "<script" not in html


@settings(max_examples=30)  # each is drawn, shown and looked through
@given(record=records())
def test_any_record_gives_closed_tags(record: Record) -> None:
    check(record)
