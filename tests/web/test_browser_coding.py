"""Words and parts of rows in a real browser: by keys, by mouse, without scripts."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.record import Verdict
from sayso.store.base import Store
from tests.store.build import make_record
from tests.web.browser import CHROMIUM, browsing, needs_browser, serving

pytestmark = [pytest.mark.slow, needs_browser]
RECORD = make_record(
    1, words=" The guard of Port Ilmen, said Ada Roe, saw the 🛶 raid."
)
TEXT = RECORD.report.text
REPORT = RECORD.report.id
SELECT = """([from, to]) => {
  const walker = document.createTreeWalker(document.querySelector(".paper"), 4);
  const range = document.createRange();
  let node;
  while ((node = walker.nextNode())) {
    const [first, last] = [node.data.indexOf(from), node.data.indexOf(to)];
    if (first >= 0) range.setStart(node, first);
    if (last >= 0) range.setEnd(node, last + to.length);
  }
  document.activeElement.blur();
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def coded(store: Store) -> Store:
    store.add_records([RECORD])
    return store


def spot(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def values(store: Store) -> dict[str | None, Any]:
    return {one.field: one.value for one in store.judgements(REPORT)}


def test_words_are_moved_by_arrows_and_taken_back_by_one_key(coded: Store) -> None:
    with serving(coded) as base, browsing(base) as page:
        page.goto(f"{base}/reports/{REPORT}")
        page.keyboard.press("j")
        page.keyboard.press("w")
        page.wait_for_url("**/rows/*")
        page.keyboard.press("j")  # nothing to step to: keys stay harmless
        page.locator("[data-move]").nth(0).focus()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Shift+ArrowRight")
        assert page.locator("textarea").nth(0).input_value() == TEXT[:26]
        assert page.locator(".paper .lit").count() == 4
        page.locator("[data-move]").nth(1).focus()
        page.keyboard.press("ArrowRight")
        page.locator("[name=note]").press("Enter")
        page.wait_for_url(f"**/reports/{REPORT}#*")
        assert values(coded) == {"source": [0, 26], "cue": spot("the")}
        page.keyboard.press("u")
        page.locator(".chip.corrected").wait_for(state="detached")
        assert coded.judgements() == ()


def test_selected_characters_are_taken_to_the_letter(coded: Store) -> None:
    with serving(coded) as base, browsing(base) as page:
        page.goto(f"{base}/reports/{REPORT}/rows/{RECORD.statements[0].id}")
        page.locator("[name=source]").focus()
        page.evaluate(SELECT, ["uard of", "he 🛶"])
        page.evaluate(SELECT, ["oe,", "🛶"])
        page.keyboard.press("t")
        page.get_by_role("button", name="Save").click()
        page.wait_for_url(f"**/reports/{REPORT}#*")

    assert values(coded) == {"source": spot("oe, saw the 🛶")}


def test_selection_in_the_reader_begins_a_row_that_was_missed(coded: Store) -> None:
    with serving(coded) as base, browsing(base) as page:
        page.goto(f"{base}/reports/{REPORT}")
        page.evaluate(SELECT, ["saw the", "saw the"])
        page.keyboard.press("n")
        page.wait_for_url("**/add/statement?**")
        page.get_by_role("link", name="Event", exact=True).click()
        page.wait_for_url("**/add/event?**")
        assert page.locator("[name=trigger]").input_value() == "saw the"
        page.get_by_role("button", name="Save").click()
        page.wait_for_url(f"**/reports/{REPORT}#*")
        assert page.locator(".now .chip.added").count() == 1

    (made,) = coded.judgements()
    assert (made.verdict, made.anchor.quote) == (Verdict.ADD, "saw the")


def test_without_scripts_the_form_asks_which_words_are_meant(coded: Store) -> None:
    from playwright.sync_api import sync_playwright

    with serving(coded) as base, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{base}/enter?token=t")
        page.wait_for_url(f"{base}/")  # the entrance sends there by itself
        page.goto(f"{base}/reports/{REPORT}/rows/{RECORD.statements[0].id}")
        assert page.locator("[data-take]").first.is_hidden()
        page.locator("[name=source]").fill("Port Ilmen")
        page.get_by_role("button", name="Save").click()
        page.locator("[name='source.at']").nth(1).check()
        page.get_by_role("button", name="Save").click()
        page.wait_for_url(f"**/reports/{REPORT}#*")
        browser.close()

    start = TEXT.rindex("Port Ilmen")
    assert values(coded) == {"source": [start, start + 10]}
