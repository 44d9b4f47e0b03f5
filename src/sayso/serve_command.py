"""`sayso serve`: a project as pages on this machine."""

from __future__ import annotations

import getpass
import secrets
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click

from sayso.errors import SaysoError, UsageError

if TYPE_CHECKING:
    from sayso.project_command_ingest import EndsWell

PORT = 8321
MOST_PORTS = 20
MOST_AT_ONCE = 100


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
        help="This machine alone can reach the pages.",
    )
    @click.option("--read-only", is_flag=True, help="Nothing can be decided or added.")
    @click.option("--no-browser", is_flag=True, help="Only print the address.")
    @click.option("--traceback", "trace", is_flag=True, help="Show where errors arise.")
    def serve(
        project: str,
        coder: str | None,
        port: int | None,
        bind: str,
        read_only: bool,
        no_browser: bool,
        trace: bool,
    ) -> None:
        """Open a project in the browser: read, filter, check and correct.

        The pages are for this machine and for one person. The address that is printed
        lets you in once; Ctrl-C ends it.
        """
        with ends_well(trace=trace):
            check_bind(bind)
            listener = find_port(bind, port)
            with listener:
                role = "reader" if read_only else "admin"
                _serve(project, listener, coder or _user(), role, browse=not no_browser)

    return serve


def check_bind(bind: str) -> None:
    """Refuse an address that others can reach.

    Raises:
        UsageError: It is no address of this machine alone.
    """
    try:
        is_own = bind == "localhost" or ip_address(bind).is_loopback
    except ValueError:
        is_own = False
    if not is_own:
        raise UsageError(
            f"at {bind} others could reach the project, and nobody would ask them "
            "for a password",
            mend="leave --bind out, and come in from elsewhere by ssh -L "
            f"{PORT}:127.0.0.1:{PORT}",
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


def _serve(
    project: str, listener: socket.socket, coder: str, role: str, *, browse: bool
) -> None:
    try:
        import uvicorn

        from sayso.web.app import create_app
        from sayso.web.people import Role
    except ImportError as error:
        raise UsageError(
            f"the reader needs a library that is not there: {error.name}",
            mend="pip install 'sayso[web]'",
        ) from error
    from sayso.store.projects import open_project

    address, port = listener.getsockname()[:2]
    token = secrets.token_urlsafe(24)
    named = f"[{address}]" if ":" in address else address
    link = f"http://{named}:{port}/enter?token={token}"
    with open_project(project) as store:
        may = Role[role.upper()]
        app = create_app(store, token=token, coder=coder, role=may, port=port)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,  # addresses hold the token and what was looked for
            server_header=False,
            limit_concurrency=MOST_AT_ONCE,
            timeout_graceful_shutdown=2,
        )
        server = uvicorn.Server(config)
        # From now on it holds requests until the server answers them.
        listener.listen()
        click.echo(f"{project} is open at\n  {link}\nCtrl-C ends it.")
        if browse:
            import webbrowser

            webbrowser.open(link)
        server.run(sockets=[listener])


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "coder"
