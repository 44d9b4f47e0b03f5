from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sayso.cli import main
from sayso.store.accounts import open_accounts
from sayso.store.projects import create_project
from sayso.web.team.passwords import Passwords
from tests.store.places import make_place, on_postgres

PASSWORD = "four quiet harbour gulls"


@pytest.fixture(params=[on_postgres])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give where an empty project is."""
    with make_place(request.param, tmp_path) as place:
        create_project(place).close()
        yield place


def users(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["users", *words], input=typed)


def test_a_user_is_added_by_a_password_that_is_piped_in(place: str) -> None:
    done = users("add", place, "ada", "--role", "admin", typed=f"{PASSWORD}\n")

    assert (done.exit_code, done.output) == (0, "ada may sign in as admin\n")
    with open_accounts(place) as accounts:
        account = accounts.find("ada")
        (entry,) = accounts.log()
    assert account is not None and not account.own
    assert account.password.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert Passwords().fits(PASSWORD, account.password)
    assert entry.who.startswith("sayso users (")


def test_users_are_listed_changed_and_shut_out(place: str) -> None:
    for name, role in (("ada", "admin"), ("ben", "coder")):
        users("add", place, name, "--role", role, typed=PASSWORD)

    assert users("role", place, "ben", "editor").exit_code == 0
    assert users("disable", place, "ben").output == "ben is disabled\n"

    lines = [line.split("\t") for line in users("list", place).output.splitlines()]
    assert [line[:3] for line in lines] == [
        ["ada", "admin", "active"],
        ["ben", "editor", "disabled"],
    ]
    assert users("enable", place, "ben").exit_code == 0
    assert users("password", place, "ben", typed="another long one").exit_code == 0


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (["add", "eve"], "short", "the password has 5 characters"),
        (["add", "eve"], "", "the password has 0 characters"),
        (["add", "Eve!"], PASSWORD, "cannot be the name of a user"),
        (["add", "eve", "--role", "boss"], PASSWORD, "is no role"),
        (["role", "eve", "coder"], "", "the team has no user 'eve'"),
        (["disable", "ada"], "", "without an admin"),
    ],
)
def test_what_cannot_be_done_is_told(
    place: str, words: list[str], typed: str, told: str
) -> None:
    users("add", place, "ada", "--role", "admin", typed=PASSWORD)
    act, *rest = words

    done = users(act, place, *rest, typed=typed)

    assert done.exit_code in (1, 2)
    assert told in done.output


def test_a_file_has_no_users(tmp_path: Path) -> None:
    done = users("list", str(tmp_path / "a.sayso"))

    assert done.exit_code == 2
    assert "a team works on a PostgreSQL database" in done.output


def test_no_password_can_be_given_where_others_see_it() -> None:
    for command in ("add", "password"):
        told = CliRunner().invoke(main, ["users", command, "--help"]).output
        assert "--password" not in told
