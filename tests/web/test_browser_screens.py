"""Every screen in a real browser: keys, access, width, print, and what it loads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from msgspec.structs import replace

from sayso.record import Verdict, report_id
from sayso.store.base import Store
from sayso.store.judgements import decide, merge_owners
from sayso.store.query import Query
from tests.export.raid import planted_record, raid_record
from tests.web.browser import (
    WRONG,
    browsing,
    is_wide,
    needs_browser,
    screens,
    serious_of,
    serving,
)

pytestmark = [pytest.mark.slow, needs_browser]
MOST_SCRIPT = 60_000
TIME = "2026-01-02T10:00:00+00:00"
LONG = "Anunbrokenname" * 20
RIGHT_TO_LEFT = "قال الوزير إن الجسر مفتوح"
SEEN = """() => {
  const known = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  window.known = [...document.querySelectorAll(known)].filter((one) =>
    !one.disabled && one.type !== "hidden" && one.checkVisibility());
  window.reached = new Set();
  window.bare = new Set();
  document.addEventListener("focusin", ({ target }) => {
    window.reached.add(target);
    if (getComputedStyle(target).outlineStyle === "none") window.bare.add(target);
  });
  return window.known.length;
}"""
MISSED = """() => window.known
  .filter((one) => !window.reached.has(one) || window.bare.has(one))
  .map((one) => one.outerHTML.slice(0, 120))"""
SCRIPT = """() => performance.getEntriesByType("resource")
  .filter((one) => new URL(one.name).pathname.endsWith(".js"))
  .reduce((sum, one) => sum + one.decodedBodySize, 0)"""


@pytest.fixture
def lived_in(store: Store) -> Store:
    """Give a project that two coders work on, with words that are hard to show."""
    raid, planted = raid_record(), planted_record()
    report = replace(planted.report, title=LONG, outlet=LONG, url=f"https://{LONG}/")
    text = f"{report.text}\n\n{RIGHT_TO_LEFT}\n\n{LONG * 3}"
    frame = {name: getattr(report, name) for name in ("url", "outlet", "title")}
    ident = report_id(text=text, published=report.published, **frame)
    report = replace(report, id=ident, text=text, key=LONG, keys=(LONG,))
    actors = tuple(replace(one, name=LONG) for one in planted.actors)
    places = tuple(replace(one, name=RIGHT_TO_LEFT) for one in planted.places)
    store.add_records([replace(planted, report=report, actors=actors, places=places)])
    verdicts = [Verdict.CONFIRM, Verdict.REJECT, Verdict.CONFIRM]
    for coder in ("ada", "ben"):
        for row, verdict in zip(raid.statements, verdicts, strict=True):
            store.judge(
                [decide(raid, row.id, verdict, coder=coder, time=TIME, note=LONG)]
            )
    first, second = [row.actor.id for row in store.actors(Query(limit=2)).rows]
    store.judge([merge_owners(second, first, coder="ada", time=TIME)])
    return store


def opened(page: Any, base: str, paths: list[str]) -> Iterator[str]:
    """Open one page after another; a page that does not give what it should is told."""
    for path in paths:
        reply = page.goto(f"{base}{path}")
        assert (reply.status >= 400) == (path in WRONG), path
        assert page.title().endswith("· sayso"), path
        yield path


def test_all_that_can_be_pressed_is_reached_by_the_tab_key_and_gets_a_ring(
    lived_in: Store,
) -> None:
    missed = []
    with serving(lived_in) as base, browsing(base) as page:
        for path in opened(page, base, screens(lived_in)):
            # A date is three fields for this key, and a calendar.
            dates = page.locator("[type=date]").count()
            for _ in range(page.evaluate(SEEN) + 3 * dates + 1):
                page.keyboard.press("Tab")
            missed += [f"{path}: {one}" for one in page.evaluate(MISSED)]
    assert missed == [], "\n".join(missed)


def test_rows_are_gone_through_and_opened_by_keys(lived_in: Store) -> None:
    with serving(lived_in) as base, browsing(base) as page:
        for path in opened(page, base, screens(lived_in)):
            page.keyboard.press("?")
            assert page.locator("#keys").is_visible(), path
            page.keyboard.press("Escape")
            page.locator("#keys").wait_for(state="hidden")
            page.keyboard.press("j")
            rows = page.locator("[data-row]:visible").count()
            assert page.locator(".now").count() == (rows > 0), path
            link = page.locator(".now a.main").first
            if rows and link.count():
                target = urljoin(page.url, link.get_attribute("href"))
                page.keyboard.press("Enter")
                page.wait_for_function("(url) => location.href === url", arg=target)


def test_each_screen_is_reached_from_the_menu_by_keys(lived_in: Store) -> None:
    with serving(lived_in) as base, browsing(base) as page:
        addresses = [
            link.get_attribute("href") for link in page.locator(".top nav a").all()
        ]
        assert len(addresses) >= 12
        for number, address in enumerate(addresses):
            page.goto(f"{base}/")
            for _ in range(number + 3):  # behind the way past the menu, and the name
                page.keyboard.press("Tab")
            with page.expect_navigation(url=f"{base}{address}"):
                page.keyboard.press("Enter")
            assert page.locator("nav [aria-current]").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(lived_in: Store, scheme: str) -> None:
    found: list[str] = []
    with serving(lived_in) as base, browsing(base, scheme=scheme) as page:
        for _ in opened(page, base, screens(lived_in)):
            page.keyboard.press("j")
            found += serious_of(page)
    assert found == []


@pytest.mark.parametrize("width", [320, 640])  # a phone; 1280 at 200 %
def test_nothing_has_to_be_scrolled_sideways(lived_in: Store, width: int) -> None:
    wide = []
    with serving(lived_in) as base, browsing(base, width=width) as page:
        for path in opened(page, base, screens(lived_in)):
            wide += [path] if is_wide(page) else []
    assert wide == []


def test_pages_load_little_script_and_print_without_controls(lived_in: Store) -> None:
    with serving(lived_in) as base, browsing(base) as page:
        for path in opened(page, base, screens(lived_in)):
            assert 0 < page.evaluate(SCRIPT) < MOST_SCRIPT, path
            page.emulate_media(media="print")
            assert page.locator("button:visible, nav:visible").count() == 0, path
            page.emulate_media(media="screen")
