from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from sayso.cli import main
from sayso.errors import SaysoError, UsageError
from sayso.serve_command import Call, check_bind, find_port
from sayso.store.accounts import Account, open_accounts
from sayso.store.projects import create_project
from tests.store.places import make_place, on_postgres


def call(**options: object) -> Call:
    """Return a call of the command as it is without options, but for some."""
    plain = Call(
        project="a.sayso",
        coder=None,
        port=None,
        bind="127.0.0.1",
        read_only=False,
        team=False,
        allow_host=(),
        behind_https=False,
        no_browser=True,
    )
    return msgspec.structs.replace(plain, **options)


@pytest.mark.parametrize("bind", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_addresses_of_this_machine_are_taken(bind: str) -> None:
    check_bind(call(bind=bind))


@pytest.mark.parametrize("bind", ["0.0.0.0", "::", "192.168.1.4", "example.org", ""])
def test_addresses_that_others_can_reach_are_refused(bind: str) -> None:
    with pytest.raises(UsageError, match="others could reach the project"):
        check_bind(call(bind=bind))


@pytest.mark.parametrize("bind", ["0.0.0.0", "::", "192.168.1.4", "localhost"])
def test_a_team_may_be_reached_from_other_machines(bind: str) -> None:
    check_bind(call(bind=bind, team=True))


@pytest.mark.parametrize("bind", ["example.org", "", "0.0.0.0:80"])
def test_a_name_is_no_address_to_listen_at(bind: str) -> None:
    with pytest.raises(UsageError, match="is no address to listen at"):
        check_bind(call(bind=bind, team=True))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--team", "--bind", "0.0.0.0"], "nothing tells the name"),
        (["--team"], "a team works on a PostgreSQL database"),
        (["--team", "--coder", "ada"], "who signs in is the coder"),
        (["--team", "--read-only"], "who signs in is the coder"),
        (["--allow-host", "a.example"], "without --team"),
        (["--behind-https"], "without --team"),
        (["--team", "--allow-host", "a/b"], "is no name of a host"),
    ],
)
def test_options_that_are_at_odds_are_refused(
    tmp_path: Path, options: list[str], told: str
) -> None:
    place = tmp_path / "a.sayso"
    create_project(place).close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])

    done = CliRunner().invoke(main, ["serve", str(place), "--port", port, *options])

    assert done.exit_code == 2
    assert told in done.output


def test_refusal_of_an_open_address_is_a_wrong_usage(tmp_path: Path) -> None:
    words = ["serve", str(tmp_path / "a.sayso"), "--bind", "0.0.0.0"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SaysoError, match="is taken"):
            find_port("127.0.0.1", other.getsockname()[1])


@pytest.mark.slow
def test_a_project_is_served_to_who_has_the_link_and_ends_by_ctrl_c(
    tmp_path: Path,
) -> None:
    project = tmp_path / "a.sayso"
    create_project(project).close()
    words = [sys.executable, "-m", "sayso", "serve", str(project), "--no-browser"]
    served = subprocess.Popen(
        [*words, "--coder", "ada"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert served.stdout is not None
        told = served.stdout.readline() + served.stdout.readline()
        link = re.search(r"http://127\.0\.0\.1:\d+/enter\?token=\S+", told)
        assert link is not None
        base = link[0].split("/enter")[0]
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(base, timeout=60)
        assert refused.value.code == 401
        refused.value.close()
        with urllib.request.urlopen(link[0], timeout=60) as reply:
            assert "Open the project" in reply.read().decode()
        served.send_signal(signal.SIGINT)
        assert served.wait(timeout=60) in (0, 130)
    finally:
        served.kill()
        served.communicate()


@pytest.mark.parametrize("kind", [on_postgres])
def test_commands_tell_a_database_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("sayso.serve_command._run", lambda *_: None)
    with make_place(kind, tmp_path) as place:
        create_project(place).close()
        secret = f"{place}&password=secret"
        for words in (
            ["serve", secret, "--no-browser"],
            ["failures", secret],
            ["reread", secret],
            ["ingest", str(tmp_path), "--into", secret],
            ["compare", secret, "nobody"],
        ):
            done = CliRunner().invoke(main, words)
            assert "&password=***" in done.output, words
            assert "secret" not in done.output


@pytest.mark.slow
@pytest.mark.parametrize("kind", [on_postgres])
def test_a_team_is_served_once_it_has_an_admin(tmp_path: Path, kind: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with make_place(kind, tmp_path) as place:
        create_project(place).close()
        words = [sys.executable, "-m", "sayso", "serve", place]
        words += ["--team", "--port", port]
        early = subprocess.run(words, capture_output=True, text=True, check=False)
        assert early.returncode == 2
        assert "has no admin yet" in early.stderr
        with open_accounts(place) as accounts:
            ada = Account(name="ada", role="admin", password="x", made="2026-01-01")
            accounts.add(ada, who="test", time="2026-01-01")
        served = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        try:
            assert served.stdout is not None
            told = served.stdout.readline() + served.stdout.readline()
            assert f"http://127.0.0.1:{port}/" in told
            base = f"http://127.0.0.1:{port}"
            with urllib.request.urlopen(base, timeout=60) as reply:
                assert reply.url == f"{base}/login"
                assert "Sign in" in reply.read().decode()
            served.send_signal(signal.SIGINT)
            assert served.wait(timeout=60) in (0, 130)
        finally:
            served.kill()
            served.communicate()
