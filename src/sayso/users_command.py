"""`sayso users`: who may use a project of a team."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from sayso.project_command_ingest import EndsWell, trace_option, user_name

if TYPE_CHECKING:
    from sayso.store.accounts import Accounts


def make_command(ends_well: EndsWell) -> click.Group:
    """Return the command; `ends_well` turns errors into lines and exit codes."""

    @click.group()
    def users() -> None:
        """Say who may use a project on PostgreSQL, and what each may do.

        Passwords are asked for, or read from standard input. Whoever gets one has to
        choose another at the first sign-in.
        """

    for make in (_make_list, _make_add, _make_role, _make_password):
        users.add_command(make(ends_well))
    for name, told in _SWITCHES.items():
        users.add_command(_make_switch(ends_well, name, told))
    return users


_SWITCHES = {
    "disable": "Shut a user out; sessions end at once.",
    "enable": "Let a user in again.",
}


def _make_list(ends_well: EndsWell) -> click.Command:
    @click.command("list")
    @click.argument("project")
    @trace_option
    def listed(project: str, trace: bool) -> None:
        """List the users: name, role, state, day of the account, by tabs."""
        with ends_well(trace=trace):
            from sayso.store.accounts import open_accounts

            with open_accounts(project) as accounts:
                for one in accounts.listed():
                    state = "disabled" if one.disabled else "active"
                    click.echo("\t".join((one.name, one.role, state, one.made[:10])))

    return listed


def _make_add(ends_well: EndsWell) -> click.Command:
    @click.command()
    @click.argument("project")
    @click.argument("name")
    @click.option(
        "--role",
        default="coder",
        show_default=True,
        help="reader, coder, editor or admin.",
    )
    @trace_option
    def add(project: str, name: str, role: str, trace: bool) -> None:
        """Add a user."""

        def work(accounts: Accounts, who: str, time: str) -> None:
            from sayso.store.accounts import Account

            password = _ask_password(name)
            account = Account(name=name, role=role, password=password, made=time)
            accounts.add(account, who=who, time=time)

        with ends_well(trace=trace):
            _change(project, work)
            click.echo(f"{name} may sign in as {role}")

    return add


def _make_role(ends_well: EndsWell) -> click.Command:
    @click.command()
    @click.argument("project")
    @click.argument("name")
    @click.argument("role")
    @trace_option
    def role(project: str, name: str, role: str, trace: bool) -> None:
        """Give a user another role: reader, coder, editor or admin."""

        def work(accounts: Accounts, who: str, time: str) -> None:
            accounts.set_role(name, role, who=who, time=time)

        with ends_well(trace=trace):
            _change(project, work)
            click.echo(f"{name} is {role}")

    return role


def _make_password(ends_well: EndsWell) -> click.Command:
    @click.command()
    @click.argument("project")
    @click.argument("name")
    @trace_option
    def password(project: str, name: str, trace: bool) -> None:
        """Give a user another password; sessions end at once."""

        def work(accounts: Accounts, who: str, time: str) -> None:
            hashed = _ask_password(name)
            accounts.set_password(name, hashed, own=False, who=who, time=time)

        with ends_well(trace=trace):
            _change(project, work)
            click.echo(f"{name} may sign in with it, and chooses another then")

    return password


def _make_switch(ends_well: EndsWell, switch: str, told: str) -> click.Command:
    @click.command(switch, help=told)
    @click.argument("project")
    @click.argument("name")
    @trace_option
    def command(project: str, name: str, trace: bool) -> None:
        def work(accounts: Accounts, who: str, time: str) -> None:
            act = accounts.disable if switch == "disable" else accounts.enable
            act(name, who=who, time=time)

        with ends_well(trace=trace):
            _change(project, work)
            click.echo(f"{name} is {switch}d")

    return command


def _change(project: str, work: Callable[[Accounts, str, str], None]) -> None:
    """Do something to the accounts of a project, in the name of this command."""
    from sayso.store.accounts import open_accounts

    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    with open_accounts(project) as accounts:
        work(accounts, f"sayso users ({user_name('unknown')})", time)


def _ask_password(name: str) -> str:
    """Return the hash of a password that is typed, or piped in as one line."""
    from sayso.web.team.passwords import Passwords, check_password

    passwords = Passwords()
    if sys.stdin.isatty():
        password: str = click.prompt(
            f"Password for {name}", hide_input=True, confirmation_prompt=True, err=True
        )
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    check_password(password, name)
    return passwords.hash(password)
