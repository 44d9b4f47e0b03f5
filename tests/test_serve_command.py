from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import main
from sayso.errors import SaysoError, UsageError
from sayso.serve_command import check_bind, find_port
from sayso.store.projects import create_project


@pytest.mark.parametrize("bind", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_addresses_of_this_machine_are_taken(bind: str) -> None:
    check_bind(bind)


@pytest.mark.parametrize("bind", ["0.0.0.0", "::", "192.168.1.4", "example.org", ""])
def test_addresses_that_others_can_reach_are_refused(bind: str) -> None:
    with pytest.raises(UsageError, match="others could reach the project"):
        check_bind(bind)


def test_refusal_of_an_open_address_is_a_wrong_usage(tmp_path: Path) -> None:
    call = ["serve", str(tmp_path / "a.sayso"), "--bind", "0.0.0.0"]
    done = CliRunner().invoke(main, call)
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
    call = [sys.executable, "-m", "sayso", "serve", str(project), "--no-browser"]
    served = subprocess.Popen(
        [*call, "--coder", "ada"], stdout=subprocess.PIPE, text=True
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
