"""`sayso serve`: a project as pages, for one person or for a team."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click
import msgspec

from sayso.errors import SaysoError, UsageError
from sayso.project_command_ingest import user_name

if TYPE_CHECKING:
    from fastapi import FastAPI

    from sayso.project_command_ingest import EndsWell
    from sayso.store.accounts import Accounts

PORT = 8321
MOST_PORTS = 20
MOST_AT_ONCE = 100


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """How the command is called; the options, as they are named there."""

    project: str
    coder: str | None
    port: int | None
    bind: str
    read_only: bool
    team: bool
    allow_host: tuple[str, ...]
    behind_https: bool
    no_browser: bool

    @property
    def is_own(self) -> bool:
        """Whether this machine alone can reach it."""
        is_known = _is_address(self.bind)
        return self.bind == "localhost" or (
            is_known and ip_address(self.bind).is_loopback
        )


def make_command(ends_well: EndsWell) -> click.Command:
    """Return the command; `ends_well` turns errors into lines and exit codes."""

    @click.command()
    @click.argument("project")
    @click.option("--coder", metavar="NAME", help="Stands under your decisions.")
    @click.option(
        "--port",
        metavar="N",
        type=click.IntRange(1, 65_535),
        help=f"Of this machine; without it the first free one from {PORT}.",
    )
    @click.option(
        "--bind",
        metavar="ADDRESS",
        default="127.0.0.1",
        show_default=True,
        help="One that other machines can reach needs --team.",
    )
    @click.option("--read-only", is_flag=True, help="Nothing can be decided or added.")
    @click.option("--team", is_flag=True, help="For all whom `sayso users` names.")
    @click.option(
        "--allow-host",
        metavar="NAME",
        multiple=True,
        help="With --team: name by which browsers may call the reader.",
    )
    @click.option(
        "--behind-https",
        is_flag=True,
        help="With --team: a proxy on this machine takes https and hands on http.",
    )
    @click.option("--no-browser", is_flag=True, help="Only print the address.")
    @click.option("--traceback", "trace", is_flag=True, help="Show where errors arise.")
    def serve(*, trace: bool, **options: object) -> None:
        """Open a project in the browser: read, filter, check and correct.

        The pages are for this machine and for one person. The address that is printed
        lets you in once; Ctrl-C ends it. With --team they are for all who have an
        account in a project on PostgreSQL.
        """
        with ends_well(trace=trace):
            run(msgspec.convert(options, Call))

    return serve


def run(call: Call) -> None:
    """Serve a project until Ctrl-C.

    Raises:
        UsageError: The call would let in people who must not come, or is at odds.
    """
    check_bind(call)
    _check_options(call)
    # A team knows the port; one person is told it, so that any free one will do.
    wanted = call.port or (PORT if call.team else None)
    with find_port(call.bind, wanted) as listener:
        _serve_team(call, listener) if call.team else _serve_one(call, listener)


def check_bind(call: Call) -> None:
    """Refuse an address that others can reach, unless they are asked who they are.

    Raises:
        UsageError: It is no address of this machine alone, or with a team no address.
    """
    if not call.is_own and not call.team:
        raise UsageError(
            f"at {call.bind} others could reach the project, and nobody would ask them "
            "for a password",
            mend="leave --bind out, and come in from elsewhere by ssh -L "
            f"{PORT}:127.0.0.1:{PORT}; for a team, add --team",
        )
    if not call.is_own and not _is_address(call.bind):
        raise UsageError(
            f"{call.bind!r} is no address to listen at",
            mend="give --bind one of this machine, or 0.0.0.0 for all that it has; "
            "names go to --allow-host",
        )


def _is_address(bind: str) -> bool:
    try:
        ip_address(bind)
    except ValueError:
        return False
    return True


def _check_options(call: Call) -> None:
    if call.team and (call.coder or call.read_only):
        raise UsageError(
            "in a team, who signs in is the coder, and the role tells what they may do",
            mend="leave --coder and --read-only out",
        )
    if not call.team and (call.allow_host or call.behind_https):
        raise UsageError(
            "without --team the pages are for this machine alone",
            mend="leave --allow-host and --behind-https out, or add --team",
        )


def find_port(bind: str, port: int | None) -> socket.socket:
    """Return a listener at the port asked for, or at the first free one.

    Raises:
        SaysoError: None is free.
    """
    kind = socket.AF_INET6 if ":" in bind else socket.AF_INET
    for number in [port] if port else range(PORT, PORT + MOST_PORTS):
        listener = socket.socket(kind, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((bind, number))
        except OSError:
            listener.close()
            continue
        return listener
    raise SaysoError(
        f"port {port or PORT} of {bind} is taken", mend="choose another by --port"
    )


def _serve_one(call: Call, listener: socket.socket) -> None:
    with _telling_extra():
        from sayso.web.app import create_app
        from sayso.web.people import Role
    from sayso.store.postgres import without_password
    from sayso.store.projects import open_project

    address, port = listener.getsockname()[:2]
    token = secrets.token_urlsafe(24)
    named = f"[{address}]" if ":" in address else address
    link = f"http://{named}:{port}/enter?token={token}"
    with open_project(call.project) as store:
        role = Role.READER if call.read_only else Role.ADMIN
        coder = call.coder or user_name("coder")
        app = create_app(store, token=token, coder=coder, role=role, port=port)
        # From now on it holds requests until the server answers them.
        listener.listen()
        told = f"{without_password(call.project)} is open at\n  {link}"
        click.echo(f"{told}\nCtrl-C ends it.")
        if not call.no_browser:
            import webbrowser

            webbrowser.open(link)
        _run(app, listener)


def _serve_team(call: Call, listener: socket.socket) -> None:
    with _telling_extra():
        from sayso.web.app import create_team_app
        from sayso.web.team.passwords import Passwords
        from sayso.web.team.site import find_site
    from sayso.store.accounts import open_accounts
    from sayso.store.projects import open_project

    port = listener.getsockname()[1]
    site = find_site(
        call.allow_host, bind=call.bind, port=port, https=call.behind_https
    )
    passwords = Passwords()
    with open_accounts(call.project) as accounts, open_project(call.project) as store:
        check_admin(accounts)
        app = create_team_app(store, accounts, site, passwords=passwords)
        listener.listen()
        told = f"{accounts.location} is open to its team at\n  {site.address}"
        click.echo(f"{told}\nCtrl-C ends it.")
        if not site.https and not call.is_own:
            click.echo(
                "Passwords and reports pass the network unencrypted: put a proxy with "
                "TLS before the reader, and add --behind-https.",
                err=True,
            )
        _run(app, listener, behind_proxy=site.https)


def check_admin(accounts: Accounts) -> None:
    """Refuse to serve a team that nobody could let people into.

    Raises:
        UsageError: It has no admin.
    """
    from sayso.store.accounts import ADMIN

    if not any(one.role == ADMIN and not one.disabled for one in accounts.listed()):
        raise UsageError(
            "the team of this project has no admin yet",
            mend="make one: sayso users add PROJECT NAME --role admin",
        )


def _run(app: FastAPI, listener: socket.socket, *, behind_proxy: bool = False) -> None:
    import uvicorn

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,  # addresses hold the token and what was looked for
        server_header=False,
        limit_concurrency=MOST_AT_ONCE,
        # Whence somebody comes is what the proxy says, but only if there is one.
        proxy_headers=behind_proxy,
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def _telling_extra() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise UsageError(
            f"the reader needs a library that is not there: {error.name}",
            mend="pip install 'sayso[web]'",
        ) from error
