"""People of a team sign in, stay signed in for a while, and cannot be guessed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from sayso.web.team.door import MOST_BY_ADDRESS, MOST_BY_NAME, WINDOW_S, WRONG
from sayso.web.team.sessions import IDLE_S, MOST_EACH, WHOLE_S
from tests.store.places import on_postgres
from tests.web.team import (
    COOKIE,
    HOST,
    OTHER,
    PASSWORD,
    ROW,
    TIME,
    Team,
    change,
    open_team,
    sign_in,
)


@pytest.fixture(params=[on_postgres])
def team(tmp_path: Path) -> Iterator[Team]:
    """Give a team with accounts of every role."""
    with open_team(tmp_path) as team:
        yield team


# Signing in


def test_who_signs_in_goes_on_to_the_page_that_was_asked_for(team: Team) -> None:
    client = team.browser()
    page = client.get("/ledger?stance=denies")
    (form,) = html.document_fromstring(page.text).xpath("//form[@action='/login']")

    fields = dict(form.form_values()) | {"name": " Ben ", "password": PASSWORD}
    reply = client.post("/login", data=fields, follow_redirects=False)

    assert (reply.status_code, reply.headers["location"]) == (
        303,
        "/ledger?stance=denies",
    )
    assert client.get("/ledger").status_code == 200
    assert client.get("/login", follow_redirects=False).headers["location"] == "/"


def test_the_cookie_goes_to_this_host_by_https_and_to_no_script(team: Team) -> None:
    form = {"name": "ben", "password": PASSWORD}
    reply = team.browser().post("/login", data=form, follow_redirects=False)

    name, *told = reply.headers["set-cookie"].split("; ")
    assert name.startswith("__Host-sayso=") and len(name) > 50
    assert {one.lower() for one in told} == {
        "httponly",
        "path=/",
        "samesite=strict",
        "secure",
    }


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ben", "wrong"),
        ("ben", ""),
        ("eve", PASSWORD),
        ("", PASSWORD),
        ("b\0n", PASSWORD),
        ("x" * 5000, PASSWORD),
        ("off", PASSWORD),
    ],
)
def test_all_refusals_look_alike(team: Team, name: str, password: str) -> None:
    team.accounts.disable("rea", who="test", time=TIME)
    client = team.browser()
    given = {"name": "rea" if name == "off" else name, "password": password}

    reply = client.post("/login", data=given)

    assert reply.status_code == 400
    assert WRONG in reply.text
    assert "set-cookie" not in reply.headers


def test_a_password_is_checked_for_users_that_are_not_there(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str | None] = []
    passwords = team.app.state.door.passwords
    plain = passwords.fits

    def fits(given: str, known: str | None) -> bool:
        checked.append(known)
        return bool(plain(given, known))

    monkeypatch.setattr(passwords, "fits", fits)

    for name in ("eve", "b\0n", "rea"):
        sign_in(team.browser(), name, "wrong")

    assert checked[:2] == [None, None] and checked[2]


def test_a_password_is_the_same_on_all_keyboards(team: Team) -> None:
    ben = team.signed_in("ben")
    assert change(ben, "caf\u00e9 am kleinen Kanal") == 200

    assert sign_in(team.browser(), "ben", "cafe\u0301 am kleinen Kanal") == 303


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb: c"]
)
def test_signing_in_leads_to_our_own_pages_alone(team: Team, back: str) -> None:
    form = {"name": "ben", "password": PASSWORD, "back": back}
    reply = team.browser().post("/login", data=form, follow_redirects=False)

    assert reply.headers["location"] == "/"


def test_a_new_session_is_not_the_one_that_the_browser_brought(team: Team) -> None:
    client = team.signed_in("rea")
    before = client.cookies[COOKIE]

    assert sign_in(client, "ben") == 303

    assert client.cookies[COOKIE] != before
    client.cookies.set(COOKIE, before, domain=HOST)
    assert client.get("/", follow_redirects=False).status_code == 303


# Guessing


def test_guessing_one_name_is_slowed_down_from_anywhere(team: Team) -> None:
    for count in range(MOST_BY_NAME):
        client = team.browser(address=f"192.0.2.{count}")
        assert sign_in(client, "ben", "wrong") == 400

    late = team.browser(address="198.51.100.1")
    reply = late.post("/login", data={"name": "BEN", "password": PASSWORD})
    assert reply.status_code == 429
    assert 0 < int(reply.headers["retry-after"]) <= WINDOW_S + 1
    assert sign_in(late, "ada") == 303

    team.clock.now += WINDOW_S
    assert sign_in(late, "ben") == 303


def test_guessing_names_is_slowed_down_by_address(team: Team) -> None:
    for count in range(MOST_BY_ADDRESS):
        client = team.browser(address=f"2001:db8::{count:x}")  # one network
        assert sign_in(client, f"user{count}", "wrong") == 400

    assert sign_in(team.browser(address="2001:db8::ffff"), "ben") == 429
    assert sign_in(team.browser(address="2001:db8:0:1::1"), "ben") == 303


def test_an_unknown_name_is_slowed_down_as_a_known_one(team: Team) -> None:
    for name in ("ben", "eve"):
        told = [sign_in(team.browser(), name, "wrong") for _ in range(MOST_BY_NAME + 1)]
        assert told == [400] * MOST_BY_NAME + [429]


def test_who_signs_in_often_is_not_slowed_down(team: Team) -> None:
    for _ in range(MOST_BY_ADDRESS + 1):
        assert sign_in(team.browser(), "ben") == 303


def test_the_present_password_cannot_be_guessed_in_a_session(team: Team) -> None:
    ben = team.signed_in("ben")

    told = [change(ben, OTHER, present="wrong") for _ in range(MOST_BY_NAME + 1)]

    assert told == [400] * MOST_BY_NAME + [429]


def test_refusals_are_told_to_who_keeps_the_server(
    team: Team, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in(team.browser(address="192.0.2.9"), "ben\nroot", "wrong-secret")

    assert "refused to sign in 'ben\\nroot' from 192.0.2.9" in caplog.text
    assert "wrong-secret" not in caplog.text


# Sessions


def test_signing_out_ends_the_session_and_not_only_the_cookie(team: Team) -> None:
    ben = team.signed_in("ben")
    cookie = ben.cookies[COOKIE]

    reply = ben.post("/logout", follow_redirects=False)

    assert reply.headers["location"] == "/login"
    assert COOKIE not in ben.cookies
    ben.cookies.set(COOKIE, cookie, domain=HOST)
    assert ben.get("/", follow_redirects=False).status_code == 303


def test_a_session_ends_when_nobody_uses_it(team: Team) -> None:
    ben = team.signed_in("ben")
    team.clock.now += IDLE_S - 1
    assert ben.get("/jobs").status_code == 200

    team.clock.now += IDLE_S

    assert ben.get("/jobs", follow_redirects=False).status_code == 303


def test_a_session_ends_after_a_week_of_use(team: Team) -> None:
    ben = team.signed_in("ben")
    for _ in range(WHOLE_S // (IDLE_S // 2) - 1):
        team.clock.now += IDLE_S // 2
        assert ben.get("/jobs", follow_redirects=False).status_code == 200

    team.clock.now += IDLE_S // 2

    assert ben.get("/jobs", follow_redirects=False).status_code == 303


def test_the_oldest_of_many_sessions_makes_room_and_no_one_elses(team: Team) -> None:
    rea = team.signed_in("rea")
    bens = [team.signed_in("ben") for _ in range(MOST_EACH + 1)]

    told = [one.get("/jobs", follow_redirects=False).status_code for one in bens]

    assert told == [303] + [200] * MOST_EACH
    assert rea.get("/jobs").status_code == 200


def test_a_new_start_signs_all_out(team: Team) -> None:
    ben = team.signed_in("ben")
    cookie = ben.cookies[COOKIE]
    team.app = team.new_app()

    again = team.browser()
    again.cookies.set(COOKIE, cookie, domain=HOST)

    assert again.get("/", follow_redirects=False).status_code == 303


def test_what_is_done_to_an_account_holds_at_once(team: Team) -> None:
    ben = team.signed_in("ben")
    team.accounts.set_role("ben", "reader", who="ada", time=TIME)
    assert ben.post("/judge", data=ROW).status_code == 403

    team.accounts.disable("ben", who="ada", time=TIME)
    assert ben.get("/", follow_redirects=False).status_code == 303

    team.accounts.enable("ben", who="ada", time=TIME)
    assert ben.get("/", follow_redirects=False).status_code == 303  # it is over


def test_a_page_that_looks_for_news_gets_no_page_to_sign_in(team: Team) -> None:
    headers = {"Sec-Fetch-Mode": "cors"}

    reply = team.browser().get("/jobs", headers=headers, follow_redirects=False)

    assert reply.status_code == 401


def test_a_link_in_a_letter_leads_to_its_page(team: Team) -> None:
    visit = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    reply = team.browser().get("/ledger?q=%22a%22&x='>", headers=visit)

    assert reply.status_code == 200
    (to,) = html.document_fromstring(reply.text).xpath("//meta[@http-equiv]/@content")
    assert to == "0;url=/ledger?q=%22a%22&x='%3E"


def test_a_link_in_a_letter_leads_nowhere_else(team: Team) -> None:
    visit = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    reply = team.browser().get(
        "https://reader.example.org//evil.example", headers=visit
    )

    (to,) = html.document_fromstring(reply.text).xpath("//meta[@http-equiv]/@content")
    assert to == "0;url=/evil.example"
