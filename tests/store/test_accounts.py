from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from sayso.errors import StoreError, UsageError
from sayso.record import Record
from sayso.store.accounts import LOGGED, Account, Accounts, Act, open_accounts
from sayso.store.projects import create_project, open_project
from tests.store.build import make_record
from tests.store.places import make_place, on_postgres

TIME = "2026-01-01T10:00:00+00:00"
ADA = Account(name="ada", role="admin", password="h1", made=TIME)
BEN = Account(name="ben", role="coder", password="h2", made=TIME)


@pytest.fixture(params=[on_postgres])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give where an empty project is."""
    with make_place(request.param, tmp_path) as place:
        create_project(place).close()
        yield place


@pytest.fixture
def accounts(place: str) -> Iterator[Accounts]:
    """Give the accounts of a project: an admin and a coder."""
    with open_accounts(place) as accounts:
        for account in (ADA, BEN):
            accounts.add(account, who="test", time=TIME)
        yield accounts


def test_accounts_are_kept_and_listed_by_name(place: str, accounts: Accounts) -> None:
    with open_accounts(place) as others:
        assert others.listed() == (ADA, BEN)
        assert others.find("ben") == BEN
        assert others.find("eve") is None


def test_changes_hold_and_the_log_tells_them(accounts: Accounts) -> None:
    accounts.set_role("ben", "editor", who="ada", time=TIME)
    accounts.set_password("ben", "h3", own=True, who="ben", time=TIME)
    accounts.disable("ben", who="ada", time=TIME)

    assert accounts.find("ben") == msgspec.structs.replace(
        BEN, role="editor", password="h3", own=True, disabled=True
    )
    told = [(one.who, one.act, one.whom, one.told) for one in accounts.log()]
    assert told[:3] == [
        ("ada", Act.DISABLE, "ben", ""),
        ("ben", Act.PASSWORD, "ben", ""),
        ("ada", Act.ROLE, "ben", "editor"),
    ]


def test_a_password_set_by_another_is_not_ones_own(accounts: Accounts) -> None:
    accounts.set_password("ben", "h3", own=True, who="ben", time=TIME)
    accounts.set_password("ben", "h4", own=False, who="ada", time=TIME)

    found = accounts.find("ben")

    assert found is not None and not found.own
    assert accounts.log()[0].act is Act.RESET


def test_no_hash_is_ever_in_the_log(accounts: Accounts) -> None:
    accounts.set_password("ben", "secret-hash", own=True, who="ben", time=TIME)

    assert not any("secret-hash" in str(one) for one in accounts.log())


@pytest.mark.parametrize(
    "name", ["", "Ada", "a b", "-a", "аda", "a" * 41, "a\n", "a\0"]
)
def test_names_that_could_be_mistaken_are_refused(
    accounts: Accounts, name: str
) -> None:
    with pytest.raises(UsageError, match="cannot be the name of a user"):
        accounts.add(msgspec.structs.replace(BEN, name=name), who="t", time=TIME)


def test_a_name_is_given_once(accounts: Accounts) -> None:
    accounts.disable("ben", who="ada", time=TIME)

    with pytest.raises(StoreError, match="there is a user ben already"):
        accounts.add(BEN, who="ada", time=TIME)


def test_the_last_admin_stays(accounts: Accounts) -> None:
    for take in (
        lambda: accounts.set_role("ada", "editor", who="ada", time=TIME),
        lambda: accounts.disable("ada", who="ada", time=TIME),
    ):
        with pytest.raises(StoreError, match="without an admin"):
            take()
    assert accounts.find("ada") == ADA

    accounts.set_role("ben", "admin", who="ada", time=TIME)
    accounts.disable("ada", who="ben", time=TIME)

    found = accounts.find("ada")
    assert found is not None and found.disabled


def test_what_nobody_has_is_refused(accounts: Accounts) -> None:
    with pytest.raises(UsageError, match="is no role"):
        accounts.set_role("ben", "owner", who="ada", time=TIME)
    with pytest.raises(StoreError, match="has no user 'eve'"):
        accounts.set_role("eve", "coder", who="ada", time=TIME)


def test_the_log_is_shown_as_far_as_it_is_of_use(accounts: Accounts) -> None:
    for count in range(LOGGED + 5):
        accounts.note(Act.SIGN_IN, "ben", time=TIME, told=str(count))

    log = accounts.log()

    assert len(log) == LOGGED
    assert log[0].told == str(LOGGED + 4)


def test_who_signs_in_does_not_wait_for_an_ingest(
    place: str, accounts: Accounts
) -> None:
    noted: list[bool] = []

    def records() -> Iterator[Record]:
        yield make_record(1)
        # Within the transaction of the batch.
        accounts.note(Act.SIGN_IN, "ben", time=TIME)
        noted.append(True)

    with open_project(place) as store:
        store.add_records(records())

    assert noted == [True]


def test_a_file_has_no_accounts(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a team works on a PostgreSQL database"):
        open_accounts(tmp_path / "a.sayso")


@pytest.mark.postgres
def test_where_no_project_is_no_accounts_are_made(
    place: str, accounts: Accounts
) -> None:
    empty = place.replace("csearch_path%3D", "csearch_path%3Dnone_")

    with pytest.raises(StoreError, match="there is no project"):
        open_accounts(empty)
