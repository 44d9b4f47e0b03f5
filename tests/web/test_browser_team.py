"""A team's own pages in a real browser: signing in, one's account, users."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.store.places import on_postgres
from tests.web.browser import is_wide, looking, needs_browser, serious_of
from tests.web.team import OTHER, PASSWORD, Team, add, open_team, serving_team

pytestmark = [pytest.mark.slow, needs_browser]
LONG = "m" * 40
"""A name as long as one can be."""


@pytest.fixture(params=[on_postgres])
def team(tmp_path: Path) -> Iterator[Team]:
    with open_team(tmp_path) as team:
        add(team.accounts, "ina", "admin", own=False)
        add(team.accounts, LONG, "reader")
        yield team


@pytest.fixture
def base(team: Team) -> Iterator[str]:
    """Give the address of a team's reader that browsers of this machine can reach."""

    with serving_team(team) as base:
        yield base


def type_in(page: Any, *words: str) -> None:
    """Fill fields one after another by keys, from the one that has the focus."""
    # A page is there a moment before its first field has the focus.
    page.locator("input:focus").wait_for()
    for number, one in enumerate(words):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.type(one)
    page.keyboard.press("Enter")


def sign_out(page: Any, base: str) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{base}/login")


def test_an_admin_comes_in_by_keys_and_brings_in_another(base: str, team: Team) -> None:
    with looking(base) as page:
        page.goto(f"{base}/ledger")
        assert page.url.startswith(f"{base}/login")
        type_in(page, "ina", PASSWORD)
        page.wait_for_url(f"{base}/account")
        assert page.get_by_role("link", name="Users").count() == 0
        page.get_by_label("Present password").focus()
        type_in(page, PASSWORD, OTHER, OTHER)
        page.get_by_text("Your password is changed.").wait_for()

        page.get_by_role("link", name="Users").click()
        page.get_by_label("Name", exact=True).focus()
        type_in(page, "zoe")
        given = page.locator(".drop code").inner_text()
        assert page.get_by_label("Role of zoe").input_value() == "coder"
        sign_out(page, base)
        type_in(page, "zoe", given)
        page.wait_for_url(f"{base}/account")
        page.get_by_label("Present password").focus()
        type_in(page, given, OTHER, OTHER)
        page.get_by_text("Your password is changed.").wait_for()
        page.goto(f"{base}/review")
        assert page.locator("a.who").inner_text() == "zoe"
        assert page.get_by_role("link", name="Users").count() == 0

    account = team.accounts.find("zoe")
    assert account is not None
    assert account.own


def own_pages(page: Any, base: str) -> Iterator[str]:
    """Open all pages that only a team has, one after another."""
    page.goto(f"{base}/login")
    yield "sign in"
    type_in(page, "new", PASSWORD)
    page.wait_for_url(f"{base}/account")
    yield "account of a newcomer"
    sign_out(page, base)
    type_in(page, "ada", PASSWORD)
    page.wait_for_url(f"{base}/")
    yield "home"
    page.goto(f"{base}/account?done=1")
    yield "account"
    page.goto(f"{base}/users")
    yield "users"
    page.get_by_label("Name", exact=True).focus()
    type_in(page, "zoe")
    page.locator(".drop code").wait_for()
    page.wait_for_load_state()  # with its styles
    yield "users, with a password given"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_pages_of_a_team(base: str, scheme: str) -> None:
    with looking(base, scheme=scheme) as page:
        found = {name: serious_of(page) for name in own_pages(page, base)}

    assert not any(found.values()), found


@pytest.mark.parametrize("width", [320, 640])
def test_no_page_of_a_team_has_to_be_scrolled_sideways(base: str, width: int) -> None:
    with looking(base, width=width) as page:
        wide = [name for name in own_pages(page, base) if is_wide(page)]

    assert wide == []


def test_without_scripts_one_signs_in_all_the_same(base: str) -> None:
    with looking(base, scripts=False) as page:
        page.goto(f"{base}/login?back=/ledger")
        type_in(page, "ada", PASSWORD)
        page.wait_for_url(f"{base}/ledger")
