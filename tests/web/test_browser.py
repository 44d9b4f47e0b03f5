"""The main tasks in a real browser, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.store.base import Store
from sayso.store.projects import create_project
from sayso.store.query import Condition, Query
from sayso.store.rows import Review
from tests.web.browser import REPORT, browsing, needs_browser, serving
from tests.web.test_escaping import PAYLOADS, poison

pytestmark = [pytest.mark.slow, needs_browser]


def of_report() -> Query:
    return Query(where=(Condition(field="report", values=(REPORT,)),))


def reviews(store: Store) -> list[Review]:
    return [row.review for row in store.ledger(of_report()).rows]


def test_a_report_is_found_and_opened_by_keys(store: Store) -> None:
    with serving(store) as base, browsing(base) as page:
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        title = page.locator(".now a.main").inner_text()
        page.keyboard.press("Enter")
        page.wait_for_url("**/reports/*")
        assert title[:20] in page.title()
        page.keyboard.press("?")
        assert page.locator("#keys").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator("#keys").is_visible()


def test_cards_are_judged_corrected_and_taken_back_by_keys(store: Store) -> None:
    with serving(store) as base, browsing(base) as page:
        page.goto(f"{base}/reports/{REPORT}")
        page.keyboard.press("j")
        assert page.locator(".paper .lit").count() > 0
        first = page.locator(".now").get_attribute("data-card")
        page.keyboard.press("a")
        page.locator(f'[data-card="{first}"] .chip.confirmed').wait_for()
        assert page.locator(".now").get_attribute("data-card") != first
        page.keyboard.press("x")
        page.locator(".chip.rejected").wait_for()
        page.keyboard.press("e")
        page.keyboard.press("End")
        page.keyboard.press("Tab")
        page.keyboard.type("not what was said")
        page.keyboard.press("Enter")
        page.locator(".chip.corrected").wait_for()
        told = {Review.CONFIRMED, Review.REJECTED, Review.CORRECTED}
        assert set(reviews(store)) >= told
        page.keyboard.press("u")
        page.wait_for_load_state()
        page.locator(".chip.corrected").wait_for(state="detached")
        assert Review.CORRECTED not in reviews(store)


def test_the_ledger_is_filtered_and_decided_as_a_whole(store: Store) -> None:
    with serving(store) as base, browsing(base) as page:
        page.goto(f"{base}/ledger")
        page.keyboard.press("/")
        page.keyboard.type("ministry")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ledger?*q=ministry*")
        denies = page.locator(".facets a", has_text="denies")
        denies.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**stance=denies**")
        page.get_by_role("button", name="Confirm all").focus()
        page.keyboard.press("Enter")
        page.locator(".chip.confirmed").first.wait_for()
        query = Query(where=(Condition(field="stance", values=("denies",)),))
        assert {row.review for row in store.ledger(query).rows} == {Review.CONFIRMED}


def test_review_goes_on_by_one_key(store: Store) -> None:
    left = store.info().statements
    with serving(store) as base, browsing(base) as page:
        page.goto(f"{base}/review")
        for key in ("a", "x", "s", "a"):
            card = page.locator("[data-card]").get_attribute("data-card")
            report = page.locator("input[name=report]").first.input_value()
            page.keyboard.press(key)
            page.wait_for_function(
                "([card, report]) => {"
                " const now = document.querySelector('[data-card]');"
                " return now && (now.dataset.card !== card ||"
                " document.querySelector('input[name=report]').value !== report); }",
                arg=[card, report],
            )
        assert len(store.judgements()) == 3
        page.goto(f"{base}/review")
        assert str(left - 3) in page.locator("h1").inner_text()


def test_what_is_shown_is_exported_by_keys(store: Store, tmp_path: Path) -> None:
    with serving(store) as base, browsing(base) as page:
        page.goto(f"{base}/ledger?stance=denies")
        page.locator(".export summary").focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Export exactly").focus()
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        path = tmp_path / "out.jsonl"
        download.value.save_as(path)
        assert b"denies" in path.read_bytes()


def test_reading_needs_no_script(store: Store) -> None:
    with serving(store) as base, browsing(base, scripts=False) as page:
        page.goto(f"{base}/reports/{REPORT}")
        page.get_by_role("button", name="Confirm").first.click()
        page.wait_for_url(f"**/reports/{REPORT}")
        assert page.locator(".chip.confirmed").count() == 1


def test_no_payload_runs_and_none_is_stopped_by_the_policy_alone(
    tmp_path: Path,
) -> None:
    with create_project(tmp_path / "hot.sayso") as store:
        poison(store, PAYLOADS)
        reports = [one.id for one in store.reports(Query(limit=1000)).rows]
        assert len(reports) == len(PAYLOADS)
        with serving(store, coder=PAYLOADS[0]) as base, browsing(base) as page:
            for path in ("/", "/reports", "/ledger", "/events", "/links", "/review"):
                page.goto(f"{base}{path}", wait_until="load")
            for report in reports:
                page.goto(f"{base}/reports/{report}", wait_until="load")
                assert page.title().endswith("· sayso")
