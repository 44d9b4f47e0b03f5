"""Accounts of a team, and that what people do stands under their own names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from sayso.store.accounts import Act
from tests.store.places import on_postgres
from tests.web.team import (
    OTHER,
    PASSWORD,
    ROW,
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


# Accounts


def test_a_newcomer_chooses_a_password_before_all_else(team: Team) -> None:
    client = team.browser()
    form = {"name": "new", "password": PASSWORD, "back": "/ledger"}
    reply = client.post("/login", data=form, follow_redirects=False)
    assert reply.headers["location"] == "/account"
    refused = client.get("/ledger")
    assert refused.status_code == 403
    assert "choose a password of your own" in refused.text
    assert 'href="/ledger"' not in refused.text

    assert change(client, PASSWORD) == 400  # others know it
    assert change(client, OTHER) == 200

    assert client.get("/ledger").status_code == 200
    assert sign_in(team.browser(), "new", OTHER) == 303


def test_a_changed_password_ends_all_other_sessions(team: Team) -> None:
    here, there = team.signed_in("ben"), team.signed_in("ben")

    assert change(here, OTHER) == 200

    assert here.get("/").status_code == 200
    assert there.get("/", follow_redirects=False).status_code == 303
    assert sign_in(team.browser(), "ben") == 400


@pytest.mark.parametrize(
    "fresh", ["short", "x" * 12, "benbenbenbenben", "x" * 1001, "abababababab"]
)
def test_a_password_that_is_easily_guessed_is_refused(team: Team, fresh: str) -> None:
    assert change(team.signed_in("ben"), fresh) == 400

    assert sign_in(team.browser(), "ben") == 303


def test_a_password_typed_in_two_ways_is_refused(team: Team) -> None:
    form = {"password": PASSWORD, "fresh": OTHER, "again": OTHER + "x"}

    reply = team.signed_in("ben").post("/account/password", data=form)

    assert reply.status_code == 400 and "in two ways" in reply.text


def test_an_admin_adds_a_user_who_then_belongs_to_the_team(team: Team) -> None:
    ada = team.signed_in("ada")
    page = ada.post("/users", data={"name": "Zoe", "role": "editor"})
    (password,) = html.document_fromstring(page.text).xpath("//*[@role='status']//code")

    zoe = team.browser()
    assert sign_in(zoe, "zoe", password.text) == 303
    assert change(zoe, OTHER, present=password.text) == 200

    assert 'id="drop"' in zoe.get("/").text
    assert password.text not in ada.get("/users").text  # shown once


def test_an_admin_changes_roles_and_states_and_passwords(team: Team) -> None:
    ada, ben = team.signed_in("ada"), team.signed_in("ben")

    ada.post("/users/ben/role", data={"role": "editor"})
    assert 'id="drop"' in ben.get("/").text
    ada.post("/users/ben/password")
    assert ben.get("/", follow_redirects=False).status_code == 303
    ada.post("/users/ben/disable")
    assert sign_in(ben, "ben") == 400
    ada.post("/users/ben/enable")

    page = ada.get("/users").text
    for told in ("changed the role of ben", "reset the password of ben", "enabled ben"):
        assert told in page
    assert [one.who for one in team.accounts.log()][:4] == ["ada"] * 4


def test_the_last_admin_cannot_lock_the_team_out(team: Team) -> None:
    ada = team.signed_in("ada")

    assert ada.post("/users/ada/disable").status_code == 409
    assert ada.post("/users/ada/role", data={"role": "coder"}).status_code == 409
    assert ada.get("/users").status_code == 200


def test_users_that_are_not_there_are_told(team: Team) -> None:
    ada = team.signed_in("ada")

    for path in ("role", "disable", "enable", "password"):
        reply = ada.post(f"/users/eve/{path}", data={"role": "coder"})
        assert reply.status_code == 404, path
    assert (
        ada.post("/users", data={"name": "Eve Ex", "role": "coder"}).status_code == 400
    )
    assert ada.post("/users", data={"name": "eve", "role": "boss"}).status_code == 400
    assert ada.post("/users", data={"name": "ben", "role": "coder"}).status_code == 409


def test_signing_in_and_out_stands_in_the_log(team: Team) -> None:
    client = team.browser(address="192.0.2.44")
    sign_in(client, "ben")
    client.post("/logout")

    out, came_in = team.accounts.log()[:2]

    assert (out.who, out.act) == ("ben", Act.SIGN_OUT)
    assert (came_in.act, came_in.told) == (Act.SIGN_IN, "192.0.2.44")


# Who did what


def test_decisions_stand_under_the_name_of_who_signed_in(team: Team) -> None:
    forged = ROW | {"coder": "ada", "name": "ada", "by": "ada", "who": "ada"}

    team.signed_in("ben").post(
        "/judge?coder=ada", data=forged, headers={"X-Coder": "ada"}
    )

    (made,) = team.store.judgements()
    assert made.coder == "ben"


def test_undo_takes_back_ones_own_decision_and_not_that_of_another(team: Team) -> None:
    ben, eda = team.signed_in("ben"), team.signed_in("eda")
    ben.post("/judge", data=ROW)
    eda.post("/judge", data=ROW | {"verdict": "reject"})

    ben.post("/undo", data={})

    (left,) = team.store.judgements()
    assert left.coder == "eda"


def test_files_are_read_in_the_name_of_who_dropped_them(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    jobs = team.app.state.jobs
    monkeypatch.setattr(jobs, "add", lambda path, *, by: told.append(by))

    reply = team.signed_in("eda").post("/ingest?name=a.txt&by=ada", content=b"x")

    assert reply.status_code == 200
    assert told == ["eda"]


def test_when_the_accounts_are_out_of_reach_nobody_is_let_in(team: Team) -> None:
    ben = team.signed_in("ben")
    database = team.accounts._database
    database._url = "postgresql://127.0.0.1:1/none"
    for connection in database._spare:
        connection.close()
    database._spare.clear()

    reply = ben.get("/")

    assert reply.status_code == 503
    assert "check that the server runs" in reply.text
    assert "Content-Security-Policy" in reply.headers
